"""What `settle` comes to: tables, and what can be put together across them."""

from __future__ import annotations

from dataclasses import dataclass

from winset import _native
from winset._record import Record
from winset.results._answer import Answer

__all__ = [
    "Arrival", "Assembly", "Behind", "Bloc", "BlockingSet", "CaseHeader", "Cheapest", "Delivery", "Durability", "FrameworkAssembly",
    "FrontierPoint", "Imposed", "Levers", "NearMiss", "NotRecognised", "Point", "Proof", "ProofWeight", "Refused", "Settlement",
    "Settlements", "Shortfall", "Solutions", "Step", "Stop", "Ties", "TrackSettlement", "Unlocks", "Voting", "Walked",
]

Package = dict[str, str]


@dataclass(frozen=True, kw_only=True, repr=False)
class CaseHeader(Record):
    """Which case was asked, and what was laid over it."""

    title: str
    as_of: str
    reading: str | None
    """The reading in force."""
    levers_in_use: list[str]
    strict_recognition: bool


@dataclass(frozen=True, kw_only=True, repr=False)
class NotRecognised(Record):
    """Who refuses to sit with whom."""

    actor: str
    seat: str
    refuses: str
    refused_seat: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Behind(Record):
    """Somebody who stands behind a seat."""

    actor: str
    bond: str
    """`constituency` or `client`."""
    seat: str
    best_margin: float | None
    """By how much it would accept the package best for it; nothing: beyond price."""
    best_package: Package


@dataclass(frozen=True, kw_only=True, repr=False)
class Durability(Record):
    """How many of the acceptable packages those behind the seats would accept as well."""

    signable_count: int
    durable_count: int
    behind: list[Behind]


@dataclass(frozen=True, kw_only=True, repr=False)
class FrontierPoint(Record):
    """A point of the Pareto frontier, and the packages at it."""

    worth: dict[str, float]
    packages: list[Package]
    package_count: int | None = None
    """At tables too large to list: how many packages there are at it, where they were counted."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Imposed(Record):
    """Somebody for whom a deal is worse than none, and who could not stop it."""

    actor: str
    part: str
    """`outvoted`, `no vote` or `no seat`."""
    below_fallback: float | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Point(Record):
    """A package at a bargaining point."""

    package: Package
    worth: dict[str, float]
    terms: dict[str, float]
    """Per player, its share of what it could gain."""
    votes: dict[str, str]
    imposed: list[Imposed]
    behind: dict[str, float | None]
    closest_to: list[str]
    """Whose best package it is closest to."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Ties(Record):
    """At tables too large to list: how many packages tie at a bargaining point."""

    counted: int
    more: bool


@dataclass(frozen=True, kw_only=True, repr=False)
class Solutions(Record):
    """The bargaining points, each a list of the packages that tie; nothing where there is none."""

    nash: list[Point] | None
    kalai_smorodinsky: list[Point] | None
    egalitarian: list[Point] | None
    utilitarian: list[Point] | None
    without_range: list[str] | None
    """The players whose share counts as 1, since they gain the same everywhere."""
    ties: dict[str, Ties | None] | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class ProofWeight(Record):
    """The weight of one actor in a proof that there is no deal."""

    actor: str
    weight: float
    exactly: str
    asked: str
    """What is asked of it: it `accepts`, `presses` or `prices`."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Proof(Record):
    """Why there is no deal at a table too large to list, for one way in which a deal could be made."""

    kind: str
    """`weights`, `conditions` or `search`."""
    weights: list[ProofWeight] | None = None
    missing: float | None = None
    missing_exactly: str | None = None
    in_words: str | None = None
    partial_packages: int | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class BlockingSet(Record):
    """Constraints that cannot hold together, though any fewer of them can."""

    constraints: list[str]
    cause: str
    in_words: list[str]
    proofs: list[Proof] | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Shortfall(Record):
    """How far off an actor is."""

    status: str
    """`defined`, `no-price` or `undefined`."""
    amount: float | None
    package: Package | None = None
    content_margin: float | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Cheapest(Record):
    """The cheapest levers that open a table."""

    levers: list[str]
    cost: float


@dataclass(frozen=True, kw_only=True, repr=False)
class NearMiss(Record):
    """An actor that comes closest to acceptance under some levers, and what it still lacks."""

    actor: str
    missing: float
    levers: list[str]


@dataclass(frozen=True, kw_only=True, repr=False)
class Levers(Record):
    """Which levers open a table, of all combinations that can be used."""

    available: list[str] | None = None
    relevant: list[str] | None = None
    combinations: int | None = None
    """How many combinations were decided."""
    minimal: list[list[str]] | None = None
    cheapest: Cheapest | None = None
    near_misses: list[NearMiss] | None = None
    not_computed: str | None = None
    """Instead of all these, why it was not computed."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Unlocks(Record):
    """What would open a table."""

    corrections: list[list[str]]
    """The minimal sets of constraints one would have to drop."""
    levers: Levers | None
    """Nothing where there is a deal."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Settlement(Record):
    """The answers about one set of deals at one track. What was not computed is `None`, and `not_computed` or `not_found` says why."""

    deals: str | None = None
    """`mandate` or `concluding`."""
    must_say_yes: list[str] | None = None
    """The seats that vote: the players."""
    not_recognised: list[NotRecognised] | None = None
    durability: Durability | None = None
    examined: int | None = None
    """How many packages were looked at."""
    acceptable_count: int | None = None
    """How many of them pass."""
    concluding_count: int | None = None
    frontier_count: int | None = None
    frontier_package_count: int | None = None
    frontier: list[FrontierPoint] | None = None
    solutions: Solutions | None = None
    blockers: list[list[str]] | None = None
    """The minimal blocking sets; empty where there is a deal."""
    blocking_sets: list[BlockingSet] | None = None
    """The same with cause and words."""
    pivotal: list[str] | None = None
    """The seats whose removal alone would open the table."""
    shortfalls: dict[str, Shortfall] | None = None
    unlocks: Unlocks | None = None
    cause: str | None = None
    """The headline cause where there is no deal."""
    packages: int | None = None
    """At a table too large to list: how many packages are deals at all."""
    ways: int | None = None
    acceptable_package: Package | None = None
    frontier_within: float | None = None
    proofs: list[Proof] | None = None
    not_found: dict[str, str] | None = None
    not_computed: str | None = None
    """Why the table was refused."""

    @property
    def has_deal(self) -> bool | None:
        """Whether there is a deal; `None` where that is not known."""
        if self.acceptable_count is not None:
            return self.acceptable_count > 0
        return True if self.acceptable_package is not None else None


@dataclass(frozen=True, kw_only=True, repr=False)
class Bloc(Record):
    """A bloc of seats, and the share of it that must say yes."""

    members: list[str]
    share: float


@dataclass(frozen=True, kw_only=True, repr=False)
class Voting(Record):
    """How votes are counted."""

    quota: float | None
    votes: dict[str, float]
    blocs: dict[str, Bloc]
    veto: list[str]
    abstains: dict[str, float]


@dataclass(frozen=True, kw_only=True, repr=False)
class TrackSettlement(Settlement):
    """The answers about a track: its deals under its own mandate, and those that conclude its framework."""

    status: str
    rule: str
    voting: Voting | None
    mandate: str | None
    concluding: Settlement | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Step(Record):
    """One deal on a route."""

    track: str
    package: Package
    concludes: bool


@dataclass(frozen=True, kw_only=True, repr=False)
class Delivery(Record):
    """Whether a track can deliver a benchmark."""

    delivery: str
    """`stands`, `now`, `after`, `closed`, `off-agenda`, `mandate` or `refused`."""
    route: list[Step] | None = None
    refused_by: list[str] | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Walked(Record):
    """Somebody who would refuse the whole, and what brought it there."""

    actor: str
    by_pressure: bool
    by_end_of_cost: bool
    by_having_no_seat: bool


@dataclass(frozen=True, kw_only=True, repr=False)
class Arrival(Record):
    """Where a route leads."""

    route: list[Step]
    package_proof: bool
    walked: list[Walked]


@dataclass(frozen=True, kw_only=True, repr=False)
class Refused(Record):
    """Why a track does not conclude."""

    cause: str
    blockers: list[list[str]]
    corrections: list[list[str]]


@dataclass(frozen=True, kw_only=True, repr=False)
class Stop(Record):
    """Where assembly stops."""

    arrival: Arrival
    met: list[str]
    missing: list[str]
    refused: dict[str, Refused]
    only_on_assembly: list[str]
    """Red lines that no part crosses, and the whole does."""


@dataclass(frozen=True, kw_only=True, repr=False)
class FrameworkAssembly(Record):
    """How far tracks can fill a framework together."""

    reading: str
    coverage: dict[str, dict[str, Delivery]]
    """Benchmark, then track."""
    conclusions: list[Arrival]
    stop: Stop | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Assembly(Record):
    """What deals can lead to, one after the other."""

    states: int | None = None
    outcomes: int | None = None
    cut_off: bool | None = None
    frameworks: dict[str, FrameworkAssembly] | None = None
    not_computed: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Settlements(Answer):
    """What each track can settle, or why it cannot.

    >>> import winset
    >>> answer = winset.read(winset.starter()).settle()
    >>> answer
    <Settlements of 'A river and its dam', as of 2024-05-01
      talks: 2 of 11 packages acceptable>
    >>> answer["talks"].has_deal
    True
    >>> answer["talks"].frontier[0].packages
    [{'water': 'by-season', 'monitors': 'commission', 'compensation': 'none'}]
    """

    case: CaseHeader
    tracks: dict[str, TrackSettlement]
    assembly: Assembly | None

    def __getitem__(self, track: str) -> TrackSettlement:
        return self.tracks[track]

    def __repr__(self) -> str:
        lines = [f"<Settlements of {self.case.title!r}, as of {self.case.as_of}"]
        lines += [f"  {name}: {_said(track)}" for name, track in self.tracks.items()]
        return "\n".join(lines) + ">"


@dataclass(frozen=True, kw_only=True, repr=False)
class TrackAnswer(Answer, TrackSettlement):
    """What one track can settle, or why it cannot: a `TrackSettlement` that can be printed.

    >>> import winset
    >>> case = winset.read(winset.starter())
    >>> talks = case.what_if(edits='track.talks.mandate = "water = half-each and monitored"').settle("talks")
    >>> talks.has_deal, talks.cause
    (False, 'mandate')
    >>> for blocking_set in talks.blockers:
    ...     print(blocking_set)
    ['mandate:talks.1', 'fallback:upland']
    ['mandate:talks.1', 'mandate:talks.2', 'red-line:upland.sovereignty']
    """

    @classmethod
    def _of_track(cls, native: _native.Answer, track: str) -> TrackAnswer:
        return cls._of(native, native.document()["tracks"][track])

    def __repr__(self) -> str:
        return f"<TrackAnswer: {_said(self)}>"


def _said(table: Settlement) -> str:
    if table.not_computed is not None:
        return f"not computed: {table.not_computed}"
    if table.has_deal is None:
        return "not known"
    if not table.has_deal:
        return f"no deal ({table.cause})"
    if table.examined is None or table.acceptable_count is None:
        return "there is a deal"
    return f"{table.acceptable_count:,} of {table.examined:,} packages acceptable"
