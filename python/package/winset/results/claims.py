"""What `claims` comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from winset._record import Record
from winset.results._answer import Answer

__all__ = ["Claim", "Claims", "Hedge", "Robustness", "Share", "Threshold"]


@dataclass(frozen=True, kw_only=True, repr=False)
class Share(Record):
    """In how many draws something held."""

    draws: int
    holds: int
    undecided: int
    share: float | None
    """Of the decided draws."""
    interval: list[float] | None
    """Within which the share lies, with 95 % confidence."""
    likelihood: str | None
    """The word for it; nothing where it held in all or none."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Hedge(Record):
    """How sure its author was, and whether the share of draws agrees."""

    likelihood: str
    holds: bool | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Threshold(Record):
    """The number that, moved alone, first turns a verdict."""

    path: str
    value: float
    turns_at: float
    end_of_range: float


@dataclass(frozen=True, kw_only=True, repr=False)
class Robustness(Record):
    """How robust a claim is over draws of the case's numbers."""

    given_ranges: Share
    admissible_ranges: Share
    """Where numbers that rest on assumption alone may be anything they could be."""
    tuning: str | None
    """`structural`, `tuned` or `between`."""
    hedge: Hedge | None
    first_turned_by: Threshold | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Claim(Record):
    """A claim of the case, decided."""

    id: str
    says: str
    check: str
    status: str
    """`holds`, `fails` or `undecided`."""
    findings: list[str]
    control_breaks: bool | None
    """Whether it fails under its control, as it must; nothing where it has none or that is undecided."""
    control_findings: list[str] | None
    robustness: Robustness | None
    """Nothing without draws."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Claims(Answer):
    """Every claim of the case, decided, in the order of the file.

    >>> import winset
    >>> claims = winset.read(winset.starter()).claims(draws=100)
    >>> claims
    <Claims: 2 hold>
    >>> claims["C1"].status, claims["C1"].control_breaks
    ('holds', True)
    >>> [claim.id for claim in claims]
    ['C1', 'C2']
    """

    claims: list[Claim]

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def __getitem__(self, which: int | str) -> Claim:
        """A claim by its id or its position."""
        if isinstance(which, int):
            return self.claims[which]
        for claim in self.claims:
            if claim.id == which:
                return claim
        raise KeyError(which)

    def __repr__(self) -> str:
        return f"<Claims: {tally(self.claims)}>"


def tally(claims: list[Claim]) -> str:
    """How many hold, fail and are undecided."""
    words = {"holds": "hold", "fails": "fail", "undecided": "undecided"}
    counts = {word: sum(claim.status == status for claim in claims) for status, word in words.items()}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "none"
