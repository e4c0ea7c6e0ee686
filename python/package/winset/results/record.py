"""What `status`, `evidence` and `check` come to: what the case records, what it rests on, and whether it is well formed."""

from __future__ import annotations

from dataclasses import dataclass

from winset._record import Record
from winset.diagnostics import Diagnostic
from winset.results._answer import Answer
from winset.results.settlements import CaseHeader

__all__ = ["Check", "Event", "Evidence", "Flip", "Number", "Status", "TrackStatus"]


@dataclass(frozen=True, kw_only=True, repr=False)
class Event(Record):
    """An event of the record."""

    date: str
    end: str | None
    kind: list[str]
    text: str
    result: str | None


@dataclass(frozen=True, kw_only=True, repr=False)
class TrackStatus(Record):
    """Where a track stood."""

    status: str
    rounds: int
    under_way: Event | None
    last_event: Event | None
    agreements: list[Event]
    events: list[Event]


@dataclass(frozen=True, kw_only=True, repr=False)
class Status(Answer):
    """Where the process stood on a day.

    >>> import winset
    >>> winset.read(winset.starter()).status("2024-01-01").tracks["talks"].rounds
    0
    """

    case: CaseHeader
    as_of: str
    tracks: dict[str, TrackStatus]
    elsewhere: list[Event]

    def __repr__(self) -> str:
        events = sum(len(track.events) for track in self.tracks.values()) + len(self.elsewhere)
        return f"<Status of {self.case.title!r} on {self.as_of}: {len(self.tracks)} tracks, {events} events>"


@dataclass(frozen=True, kw_only=True, repr=False)
class Flip(Record):
    """An answer that a number changes by itself: whether a table has a deal, or what becomes of a claim."""

    at: float
    track: str | None = None
    deals: str | None = None
    has_deal: bool | None = None
    claim: str | None = None
    status: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Number(Record):
    """A number of the case, and what it rests on."""

    path: str
    value: float
    low: float
    high: float
    basis: str
    sources: list[str]
    flips: list[Flip]


@dataclass(frozen=True, kw_only=True, repr=False)
class Evidence(Answer):
    """What the case rests on: first the numbers that change an answer by themselves within their ranges.

    >>> import winset
    >>> evidence = winset.read(winset.starter()).evidence()
    >>> evidence.numbers[0].path
    'actor.upland.cost_of_going_on'
    """

    moved: int
    """How many numbers have a range."""
    left_out: list[str]
    """Claims that were too large to ask again."""
    numbers: list[Number]
    sources_never_cited: list[str]

    def __repr__(self) -> str:
        turning = sum(bool(number.flips) for number in self.numbers)
        return f"<Evidence: {turning} of {len(self.numbers)} numbers change an answer by themselves>"


@dataclass(frozen=True, kw_only=True, repr=False)
class Check(Answer):
    """Whether a case is well formed, and every mistake in it."""

    valid: bool
    diagnostics: list[Diagnostic]

    def __bool__(self) -> bool:
        return self.valid

    def __repr__(self) -> str:
        return f"<Check: {'well formed' if self.valid else 'wrong'}, {len(self.diagnostics)} diagnostics>"
