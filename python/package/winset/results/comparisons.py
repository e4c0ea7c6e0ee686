"""What `compare` and `diff` come to."""

from __future__ import annotations

from dataclasses import dataclass

from winset._record import Record
from winset.results._answer import Answer
from winset.results.settlements import CaseHeader, Package, Step

__all__ = [
    "Agreement", "BlockingChange", "Changed", "Changes", "ClaimChange", "Comparison", "Cost", "Difference", "End", "FrameworkMeasures",
    "Measures", "OptionAnswer", "TableChange", "TableMeasures", "Terms", "Thing", "Version", "Vote", "Worth",
]


@dataclass(frozen=True, kw_only=True, repr=False)
class Vote(Record):
    """What one player gets, and how it votes."""

    share: float
    vote: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Terms(Record):
    """On whose terms a table settles."""

    point: str
    """`nash` or `kalai_smorodinsky`."""
    package: Package
    shares: dict[str, Vote]


@dataclass(frozen=True, kw_only=True, repr=False)
class TableMeasures(Record):
    """What one table comes to."""

    track: str
    deals: str
    has_deal: bool | None = None
    examined: int | None = None
    acceptable_count: int | None = None
    cause: str | None = None
    blockers: list[list[str]] | None = None
    terms: Terms | None = None
    not_computed: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class FrameworkMeasures(Record):
    """How far a framework comes."""

    concluded: bool | None = None
    route: list[Step] | None = None
    benchmarks: dict[str, str] | None = None
    together: list[str] | None = None
    missing: list[str] | None = None
    only_on_assembly: list[str] | None = None
    not_computed: bool | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Worth(Record):
    """What the end of the process is worth to an actor."""

    here: float
    today: float
    worst: float
    best: float


@dataclass(frozen=True, kw_only=True, repr=False)
class End(Record):
    """Where the process stops."""

    framework: str | None = None
    concluded: bool | None = None
    states: int | None = None
    cut_off: bool | None = None
    route: list[Step] | None = None
    worth: dict[str, Worth] | None = None
    not_computed: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Measures(Record):
    """What a case comes to."""

    tables: list[TableMeasures]
    frameworks: dict[str, FrameworkMeasures]
    end: End
    claims: dict[str, str]


@dataclass(frozen=True, kw_only=True, repr=False)
class Cost(Record):
    """What levers cost whom."""

    owner: str | None
    cost: float


@dataclass(frozen=True, kw_only=True, repr=False)
class TableChange(Record):
    """A table whose deals change."""

    track: str
    deals: str
    change: str
    before: int | None
    after: int | None


@dataclass(frozen=True, kw_only=True, repr=False)
class BlockingChange(Record):
    """What still blocks a table, what is new and what is gone."""

    track: str
    deals: str
    still: list[list[str]]
    new: list[list[str]]
    gone: list[list[str]]


@dataclass(frozen=True, kw_only=True, repr=False)
class ClaimChange(Record):
    """A claim whose verdict changes."""

    id: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Changes(Record):
    """What an option changes."""

    tables: list[TableChange]
    blocking: list[BlockingChange]
    gains: dict[str, float]
    """Per actor, how much more the end of the process is worth to it."""
    revalued: list[str]
    claims: list[ClaimChange]


@dataclass(frozen=True, kw_only=True, repr=False)
class OptionAnswer(Record):
    """What one option comes to."""

    id: str | None
    name: str
    actor: str | None
    levers: list[str]
    reading: str | None
    edits: list[str]
    costs: list[Cost]
    measures: Measures
    changes: Changes


@dataclass(frozen=True, kw_only=True, repr=False)
class Comparison(Answer):
    """Options side by side with what stands today.

    >>> import winset
    >>> case = winset.read(winset.starter()).what_if(edits="actor.upland.cost_of_going_on = 0.2")
    >>> comparison = case.compare("fund")
    >>> comparison
    <Comparison of 1 option
      A fund for Upland's farmers: 1 table changes>
    >>> comparison.options[0].changes.tables
    [TableChange(track='talks', deals='mandate', change='opened', before=0, after=1)]
    """

    case: CaseHeader
    today: Measures
    options: list[OptionAnswer]

    def __repr__(self) -> str:
        lines = [f"<Comparison of {_counted(len(self.options), 'option')}"]
        for option in self.options:
            tables = len(option.changes.tables)
            lines.append(f"  {option.name}: {_counted(tables, 'table')} change{'s' if tables == 1 else ''}")
        return "\n".join(lines) + ">"


@dataclass(frozen=True, kw_only=True, repr=False)
class Version(Record):
    """One of two versions of a case."""

    case: CaseHeader
    measures: Measures


@dataclass(frozen=True, kw_only=True, repr=False)
class Thing(Record):
    """Something only one version has."""

    path: str
    name: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Changed(Record):
    """Something the two say otherwise, or come to otherwise."""

    path: str
    kind: str
    first: str | None
    second: str | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Agreement(Record):
    """How far two coders agree on one kind of thing."""

    kind: str
    compared: int
    equal: int
    said_by_one: int
    mean_difference: float | None
    alpha: float | None
    """Krippendorff's alpha."""
    metric: str | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Difference(Answer):
    """What changed between two versions of a case, and what it changed in the answers.

    >>> import winset
    >>> case = winset.read(winset.starter())
    >>> difference = case.diff(case.what_if(edits="actor.upland.weights.monitors = 1"))
    >>> difference.changed
    [Changed(path='actor.upland.weights.monitors', kind='weights', first='2', second='1')]
    """

    first: Version
    second: Version
    added: list[Thing]
    removed: list[Thing]
    changed: list[Changed]
    answers: list[Changed]
    agreement: list[Agreement]
    agreement_on_answers: list[Agreement]

    def __repr__(self) -> str:
        return (
            f"<Difference: {len(self.added)} added, {len(self.removed)} removed, {len(self.changed)} changed; "
            f"{_counted(len(self.answers), 'answer')} changed>"
        )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
