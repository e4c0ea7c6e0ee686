"""What is wrong with a file: where, what, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field

from winset._record import Record

__all__ = ["Diagnostic", "Label", "Place"]


@dataclass(frozen=True, kw_only=True, repr=False)
class Place(Record):
    """Where something stands; lines and columns count from 1."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, kw_only=True, repr=False)
class Label(Record):
    """A second place that helps to understand a diagnostic."""

    file: str
    place: Place
    message: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Diagnostic(Record):
    """One thing wrong with a case, or with files of another program.

    >>> import winset
    >>> text = winset.starter().replace('kind = "mediator"', 'kind = "umpire"')
    >>> try:
    ...     winset.read(text)
    ... except winset.CaseError as error:
    ...     print(error.diagnostics[0].message)
    `umpire` is not a kind of actor
    """

    code: str
    """Which kind of mistake, such as `E104`."""
    severity: str
    """`error` or `warning`."""
    file: str | None
    """The file it stands in."""
    place: Place | None
    message: str
    """What is wrong."""
    labels: list[Label] = field(default_factory=list)
    """Other places that help."""
    help: str
    """How to mend it."""

    @property
    def line(self) -> int | None:
        """The line it begins in."""
        return self.place.line if self.place else None

    @property
    def column(self) -> int | None:
        """The column it begins at."""
        return self.place.column if self.place else None

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: " if self.place else ""
        return f"{where}{self.severity}[{self.code}]: {self.message}; {self.help}"
