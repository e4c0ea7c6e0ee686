"""What `brief` comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

from winset._record import Record
from winset.errors import UsageError
from winset.results._answer import Answer, Figure, framed
from winset.results.claims import Claim, Share, Threshold, tally
from winset.results.settlements import Assembly, CaseHeader, TrackSettlement, _said
from winset.results.simulation import Unfolding

__all__ = ["Brief", "Draws", "EvidenceCount", "FrameworkShares", "Influential", "Leaving", "StaysPut", "TableShares", "UnitRange"]


@dataclass(frozen=True, kw_only=True, repr=False)
class EvidenceCount(Record):
    """What the case's numbers rest on."""

    numbers: int
    ranges: int
    by_basis: dict[str, int]


@dataclass(frozen=True, kw_only=True, repr=False)
class TableShares(Record):
    """In how many draws a table has a deal."""

    track: str
    deals: str
    has_deal: Share
    opened_by_levers: Share | None
    """In how many some combination of levers opens it; only where it is empty at the point values."""
    first_turned_by: Threshold | None = None
    """The number that, moved alone, first opens or shuts it."""


@dataclass(frozen=True, kw_only=True, repr=False)
class FrameworkShares(Record):
    """In how many draws a framework can be filled and concluded."""

    framework: str
    concluded: Share
    reached: dict[str, Share]


@dataclass(frozen=True, kw_only=True, repr=False)
class Influential(Record):
    """A number that matters."""

    path: str
    basis: str
    moves: str
    """The verdict it moves most."""
    share_when_low: float
    share_when_high: float
    verdicts_moved: int


@dataclass(frozen=True, kw_only=True, repr=False)
class Draws(Record):
    """Everything again under drawn numbers."""

    draws: int
    seed: int
    numbers_drawn: int
    tables: list[TableShares]
    frameworks: list[FrameworkShares]
    influential: list[Influential]


@dataclass(frozen=True, kw_only=True, repr=False)
class Leaving(Record):
    """How the owner of levers would leave today's choice of them, and what it would gain."""

    actor: str
    uses: list[str]
    gives_up: list[str]
    gain: float | None


@dataclass(frozen=True, kw_only=True, repr=False)
class UnitRange(Record):
    """Worths of a unit of lever cost; without a limit above where `to` is nothing."""

    from_: float | None
    from_included: bool
    to: float | None
    to_included: bool


@dataclass(frozen=True, kw_only=True, repr=False)
class StaysPut(Record):
    """Whether today's choice of levers stays put, and who would leave it how. Where nothing was found out, `undecided` stands alone."""

    levers: list[str] = field(default_factory=list)
    """In use today."""
    choices_looked_at: int | None = None
    states_of_rest_today: int | None = None
    lever_cost_unit: float | None = None
    concepts: dict[str, bool | None] = field(default_factory=dict)
    """Whether it stays put under each concept of stability; nothing where that is undecided."""
    leaving: list[Leaving] = field(default_factory=list)
    leaving_if_levers_cost_nothing: list[Leaving] = field(default_factory=list)
    nobody_gains_where_unit: UnitRange | None = None
    """The worths of a unit of lever cost at which nobody gains by leaving."""
    undecided: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Brief(Answer):
    """Everything about a case in one go. A notebook shows the page.

    >>> import winset
    >>> brief = winset.read(winset.starter()).brief(draws=100, seed=1)
    >>> brief
    <Brief on 'A river and its dam', as of 2024-05-01
      talks: 2 of 11 packages acceptable
      claims: 2 hold
      100 draws, seed 1>
    >>> brief.draws.tables[0].has_deal.draws
    100
    >>> brief.figures[0].name
    'map'
    """

    case: CaseHeader
    verdict: str
    """The verdict, as a paragraph."""
    tracks: dict[str, TrackSettlement]
    assembly: Assembly | None
    claims: list[Claim]
    stays_put: StaysPut | None
    """Whether today's choice of levers stays put, where somebody can use a lever."""
    unfolding: Unfolding | None
    """How the process may unfold, where the case says how it moves from round to round."""
    evidence: EvidenceCount
    draws: Draws | None

    def html(self) -> str:
        """The page to hand out: one HTML file that needs nothing else."""
        return self._answer.html() or ""

    def markdown(self) -> str:
        """The same as Markdown."""
        return self._answer.markdown() or ""

    def save(self, file: str | PathLike[str]) -> None:
        """Writes the page to a file: `.html` for a page to hand out, `.md` for Markdown."""
        path = Path(file)
        forms = {".html": self.html, ".htm": self.html, ".md": self.markdown, ".markdown": self.markdown}
        if path.suffix.lower() not in forms:
            raise UsageError(f"what to write to `{path}` is told by its ending: name it .html for a page to hand out, or .md for Markdown")
        path.write_text(forms[path.suffix.lower()](), encoding="utf-8", newline="\n")

    @property
    def figures(self) -> list[Figure]:
        """Every figure of the brief, those of its page first."""
        return self._figures()

    def __repr__(self) -> str:
        lines = [f"<Brief on {self.case.title!r}, as of {self.case.as_of}"]
        lines += [f"  {name}: {_said(track)}" for name, track in self.tracks.items()]
        lines += [f"  claims: {tally(self.claims)}"] if self.claims else []
        lines += [f"  {self.draws.draws:,} draws, seed {self.draws.seed}"] if self.draws else []
        return "\n".join(lines) + ">"

    def _repr_html_(self) -> str:
        return framed(self.html())

    def _repr_markdown_(self) -> str:
        return self.markdown()
