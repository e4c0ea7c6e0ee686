"""What `stability` comes to. States are numbered from 1, as in `.gmcr` files."""

from __future__ import annotations

from dataclasses import dataclass

from winset._record import Record
from winset.results._answer import Answer

__all__ = ["Concept", "ExplainedConcept", "FurtherConcept", "Explanation", "From", "Improvement", "MakerExplanation", "Move", "Stability", "Way"]


@dataclass(frozen=True, kw_only=True, repr=False)
class Concept(Record):
    """What one concept of stability says."""

    equilibria: list[int] | None = None
    """The states that are stable for all; where states are not listed, the first of them."""
    equilibrium_count: int | None = None
    stable: list[int] | None = None
    """How many states are stable, per decision maker."""
    not_computed: str | None = None
    """Why there is no answer."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Move(Record):
    """One move."""

    mover: str
    to: int


@dataclass(frozen=True, kw_only=True, repr=False)
class Way(Record):
    """Shortest ways to an equilibrium, by moves and by improvements alone; nothing where there is none."""

    state: int
    moves: list[Move] | None
    improvements: list[Move] | None


@dataclass(frozen=True, kw_only=True, repr=False)
class From(Record):
    """The state that stands today, and the ways from there."""

    today: int
    ways: list[Way]


@dataclass(frozen=True, kw_only=True, repr=False)
class Improvement(Record):
    """An improvement from a state, and a shortest answer of the opponents that takes it back; nothing if there is none."""

    to: int
    sanction: list[Move] | None


@dataclass(frozen=True, kw_only=True, repr=False)
class ExplainedConcept(Record):
    """Whether a state is stable for a decision maker, and why."""

    stable: bool
    improvements: list[Improvement]


@dataclass(frozen=True, kw_only=True, repr=False)
class MakerExplanation(Record):
    """What one decision maker can do about a state."""

    decision_maker: str
    concepts: dict[str, ExplainedConcept]


@dataclass(frozen=True, kw_only=True, repr=False)
class Explanation(Record):
    """Why a state is stable for whom, or who leaves it how."""

    state: int
    options: str
    decision_makers: list[MakerExplanation]


@dataclass(frozen=True, kw_only=True, repr=False)
class FurtherConcept(Record):
    """What one concept of stability says where preferences are more, or less, than rankings."""

    equilibria: list[int]
    """The states that are stable for all."""
    stable: list[list[int]]
    """The states that are stable, per decision maker."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Stability(Answer):
    """Which states of a strategic game stay put."""

    states: int
    decision_makers: list[str]
    engine: str
    """`explicit`: every state was listed; `symbolic`: sets of states were compared."""
    concepts: dict[str, Concept]
    """`nash`, `gmr`, `smr`, `seq` and `sseq`."""
    from_: From | None = None
    """The document's `from`: the ways from today, where it is known which state stands today."""
    explanation: Explanation | None = None
    """Of the state that was asked about."""
    unseen: list[list[int]] | None = None
    """Where a `.gmcr` file says so: the states each decision maker does not see."""
    unknown_preference: dict[str, dict[str, FurtherConcept]] | None = None
    """Where a preference is known in part only: the five concepts, by extension `a` to `d`; `concepts` then has no answers."""
    strength: dict[str, FurtherConcept] | None = None
    """Strong stability, where the case says what is much better."""
    attitudes: dict[str, FurtherConcept] | None = None
    """Relational stability, where the case says who helps or harms whom."""
    misperception: dict[str, FurtherConcept] | None = None
    """Stability as each sees the game, where the case says that somebody sees it otherwise."""

    def __repr__(self) -> str:
        found = "; ".join(f"{name}: {_few(concept)}" for name, concept in self.concepts.items())
        return f"<Stability of {self.states:,} states, {len(self.decision_makers)} decision makers; equilibria {found}>"


def _few(concept: Concept) -> str:
    if concept.equilibria is None or concept.equilibrium_count is None:
        return "not computed"
    shown = ", ".join(str(state) for state in concept.equilibria[:8])
    more = concept.equilibrium_count - len(concept.equilibria[:8])
    return (shown + (f" and {more:,} more" if more > 0 else "")) or "none"
