"""What `simulate` comes to. Shares are of all runs, each with its interval (95 %)."""

from __future__ import annotations

from dataclasses import dataclass, field

from winset._record import Record
from winset.results._answer import Answer, Figure, framed
from winset.results.settlements import Package

__all__ = ["ActorWorth", "BenchmarkCurve", "Breaks", "Ending", "EndingShare", "RunShare", "Simulation", "Stopping", "TrackRuns", "Unfolding", "Where"]


@dataclass(frozen=True, kw_only=True, repr=False)
class RunShare(Record):
    """In how many runs something came about."""

    runs: int
    share: float | None
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, repr=False)
class Ending(Record):
    """How a run ends."""

    class_: str
    """The document's `class`: `settlement`, `deal`, `collapse`, `deadlock`, `abandoned` or `unfinished`."""
    subject: str | None
    """The framework concluded, or the actor that collapsed."""


@dataclass(frozen=True, kw_only=True, repr=False)
class EndingShare(Record):
    """In how many runs it ends so."""

    ending: Ending
    share: RunShare
    runs_by_round: list[int]


@dataclass(frozen=True, kw_only=True, repr=False)
class BenchmarkCurve(Record):
    """When a benchmark is filled."""

    benchmark: str
    filled_by_round: list[RunShare]
    """For today and for each round."""
    holds_at_the_end: RunShare


@dataclass(frozen=True, kw_only=True, repr=False)
class Where(Record):
    """A place where runs stop."""

    options: Package | None
    concluded: list[str]


@dataclass(frozen=True, kw_only=True, repr=False)
class Stopping(Record):
    """In how many runs the process stops there."""

    where: Where
    share: RunShare


@dataclass(frozen=True, kw_only=True, repr=False)
class TrackRuns(Record):
    """What becomes of a track."""

    track: str
    meetings_per_run: float
    deals_per_run: float
    any_deal: RunShare
    deals_that_break: float | None
    fates: dict[str, RunShare]


@dataclass(frozen=True, kw_only=True, repr=False)
class ActorWorth(Record):
    """For whom it pays."""

    actor: str
    today: float | None
    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Breaks(Record):
    """In how many runs so many agreements broke."""

    breaks: int
    runs: int


@dataclass(frozen=True, kw_only=True, repr=False)
class Unfolding(Record):
    """How a process may unfold, over many runs. Where no runs were made `not_computed` says why, and everything else is empty."""

    not_computed: str | None = None
    title: str = ""
    as_of: str = ""
    seed: int = 0
    runs: int = 0
    rounds: int = 0
    """Of a run at most."""
    round_length: str = ""
    endings: list[EndingShare] = field(default_factory=list)
    benchmarks: list[BenchmarkCurve] = field(default_factory=list)
    stops: list[Stopping] = field(default_factory=list)
    tracks: list[TrackRuns] = field(default_factory=list)
    actors: list[ActorWorth] = field(default_factory=list)
    breaks: list[Breaks] = field(default_factory=list)
    rests_on: list[str] = field(default_factory=list)
    """What the runs rest on, in sentences."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Simulation(Unfolding, Answer):
    """How the process may unfold, over many runs. A notebook shows its page.

    >>> import winset
    >>> simulation = winset.read(winset.starter()).simulate(runs=1000)
    >>> simulation.runs, sum(each.share.runs for each in simulation.endings)
    (1000, 1000)
    >>> [figure.name for figure in simulation.figures]  # with a framework also 'survival'
    ['endings']
    """

    @property
    def figures(self) -> list[Figure]:
        """How the runs end, and when the parts are filled."""
        return self._figures()

    def html(self) -> str:
        """One page with its charts, as `winset simulate -o` writes it."""
        return self._answer.html() or ""

    def __repr__(self) -> str:
        lines = [f"<Simulation of {self.title!r}: {self.runs:,} runs of at most {self.rounds} rounds, seed {self.seed}"]
        for each in self.endings:
            subject = f" ({each.ending.subject})" if each.ending.subject else ""
            lines.append(f"  {each.ending.class_}{subject}: {each.share.runs:,}")
        return "\n".join(lines) + ">"

    def _repr_html_(self) -> str:
        return framed(self.html())
