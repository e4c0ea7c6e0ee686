"""What all answers have in common: they can be looked at as text, as a document and as tables."""

from __future__ import annotations

import dataclasses
import html
from dataclasses import dataclass
from typing import Any, TypeVar

from winset import _native
from winset._record import Record, build
from winset.table import Table

__all__ = ["Answer", "Figure", "framed"]

T = TypeVar("T", bound="Answer")


@dataclass(frozen=True, kw_only=True, repr=False)
class Answer(Record):
    """What a question came to. Printed, it is what the command prints.

    >>> import winset
    >>> answer = winset.read(winset.starter()).settle()
    >>> print(answer)  # doctest: +ELLIPSIS
    ───...
    THE COMMISSION'S TALKS
      2 packages of 11 are acceptable to all who must agree; 2 points on the Pareto frontier.
    ...
    """

    _answer: _native.Answer = dataclasses.field(init=False, repr=False, compare=False)

    @classmethod
    def _of(cls: type[T], native: _native.Answer, document: Any = None) -> T:
        answer = build(cls, native.document() if document is None else document)
        object.__setattr__(answer, "_answer", native)
        return answer

    def text(self, width: int = 100) -> str:
        """The text the command prints, in lines of at most `width` characters where that can be."""
        return self._answer.text(width)

    def to_dict(self) -> Any:
        """The document of `--json`."""
        return self._answer.document()

    @property
    def tables(self) -> list[str]:
        """The names of its tables."""
        return self._answer.table_names()

    def table(self, name: str = "") -> Table:
        """One of its tables; the first where none is named. They are those of `--csv` (docs/reference/csv.md).

        >>> import winset
        >>> answer = winset.read(winset.starter()).settle()
        >>> answer.tables
        ['tracks', 'points', 'blockers', 'shortfalls', 'coverage']
        >>> len(answer.table("points"))
        8
        """
        return Table(self._answer.table(name))

    def _figures(self) -> list[Figure]:
        keys = ("name", "title", "describe", "svg")
        return [build(Figure, dict(zip(keys, part, strict=True))) for part in self._answer.figures()]

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.text())}</pre>"


def framed(page: str) -> str:
    """A whole page within a notebook."""
    return f'<iframe srcdoc="{html.escape(page, quote=True)}" style="width: 100%; height: 40em; border: 1px solid #ccc" title="Page"></iframe>'


@dataclass(frozen=True, kw_only=True, repr=False)
class Figure(Record):
    """A figure of a brief or a simulation. A notebook shows it as a picture."""

    name: str
    """What it is called: `map`, `actors`, `frontier-TRACK`, `timeline`, …"""
    title: str
    """What it shows, in a few words."""
    describe: str
    """How to read it."""
    svg: str
    """The picture."""

    def _repr_svg_(self) -> str:
        return self.svg
