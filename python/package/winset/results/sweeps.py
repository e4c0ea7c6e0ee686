"""What sweeps come to: `reduce` and `verify`."""

from __future__ import annotations

from dataclasses import dataclass

from winset._record import Record
from winset.results._answer import Answer

__all__ = ["FilledInRound", "Measure", "PointRuns", "PointShare", "Reduced", "Verified"]


@dataclass(frozen=True, kw_only=True, repr=False)
class PointShare(Record):
    """In how many runs of a point something came about, with its interval (95 %)."""

    measure: str
    """What kind of thing: `ending`, `benchmark`, `concluded`, `deal`, `fate`, …"""
    of: str
    """Of what, such as `settlement` or the id of a track."""
    runs: int
    share: float | None
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, repr=False)
class Measure(Record):
    """The mean of something over the runs of a point."""

    measure: str
    of: str
    mean: float | None


@dataclass(frozen=True, kw_only=True, repr=False)
class FilledInRound(Record):
    """In how many runs of a point a benchmark first held after this round; round 0 is today."""

    benchmark: str
    round: int
    first_filled: int


@dataclass(frozen=True, kw_only=True, repr=False)
class PointRuns(Record):
    """What the runs of one point come to."""

    point: int
    edits: list[str]
    """The edits that lead to it."""
    runs: int
    shares: list[PointShare]
    means: list[Measure]
    benchmarks_by_round: list[FilledInRound]


@dataclass(frozen=True, kw_only=True, repr=False)
class Reduced(Answer):
    """What the runs of every point of a sweep come to."""

    title: str
    design: str
    vary: list[str]
    seed: int
    runs: int
    """Of every point."""
    points: list[PointRuns]

    def __repr__(self) -> str:
        return f"<Reduced sweep of {self.title!r}: {len(self.points):,} points ({self.design}), {self.runs:,} runs each, seed {self.seed}>"

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


@dataclass(frozen=True, kw_only=True, repr=False)
class Verified(Answer):
    """What a check of every file of a sweep found. It is true if all is there and unchanged."""

    units: int
    rows: int
    """Runs read."""
    digest: str | None
    """One digest over all rows, the same however the work was cut and wherever it was done. Nothing where something is wrong."""
    missing: list[int]
    """Units whose file is not there."""
    wrong: list[str]
    """What is wrong, one for each file."""

    def __bool__(self) -> bool:
        return self.digest is not None

    def __repr__(self) -> str:
        if self.digest is not None:
            return f"<Verified sweep: {self.units:,} units, {self.rows:,} runs, digest {self.digest[:12]}…>"
        return f"<Verified sweep: {len(self.missing):,} of {self.units:,} units missing, {len(self.wrong):,} wrong>"
