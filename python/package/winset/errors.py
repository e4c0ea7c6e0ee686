"""What can go wrong. Every error of this package is a `WinsetError`, and says in words what is wrong and how to mend it."""

from __future__ import annotations

from typing import Any

from winset._record import build
from winset.diagnostics import Diagnostic

__all__ = ["CaseError", "FileError", "NotComputed", "ScenarioError", "SweepError", "UnitError", "UsageError", "WinsetError"]


class WinsetError(Exception):
    """Any error of this package."""


class UsageError(WinsetError, ValueError):
    """A question that cannot be put so: it names something that is not in the case, or a number out of range.

    >>> import winset
    >>> case = winset.read(winset.starter())
    >>> case.settle("talk")
    Traceback (most recent call last):
    winset.errors.UsageError: there is no track `talk`; the case has talks
    """


class FileError(WinsetError, OSError):
    """A file that cannot be read or written."""


class NotComputed(WinsetError):
    """A question that was refused, with the reason: too large, or nothing in the case to ask about.

    >>> import winset
    >>> winset.read(winset.starter()).stability()
    Traceback (most recent call last):
    winset.errors.NotComputed: the case has no moves; declare what actors can do or leave as [move.ID]
    """


class _Found(WinsetError, ValueError):
    """Text that cannot be used, and what is wrong in it."""

    diagnostics: list[Diagnostic]
    """Everything found wrong, in the order of the file."""

    def __init__(self, message: str, found: list[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.diagnostics = [build(Diagnostic, each) for each in found or []]


class CaseError(_Found):
    """A case, an edit or an option that is wrong. As text it is what the command prints.

    >>> import winset
    >>> try:
    ...     winset.read(winset.starter().replace("as_of = 2024-05-01", "as_of = 2024-05"))
    ... except winset.CaseError as error:
    ...     first, text = error.diagnostics[0], str(error)
    >>> first.code, first.file, first.line, first.column
    ('E306', 'case.toml', 8, 9)
    >>> print(text)  # doctest: +ELLIPSIS
    error[E306]: ...
    """


class ScenarioError(_Found):
    """Files of another program that cannot be used."""


class SweepError(WinsetError):
    """Files of a sweep that are missing, damaged, or not what their units give."""


class UnitError(WinsetError):
    """Units of a sweep that failed by themselves on a worker. Computing them again ends the same way."""

    units: dict[int, str]
    """Why, by the numbers of the units."""

    def __init__(self, units: dict[int, str]) -> None:
        self.units = dict(sorted(units.items()))
        super().__init__("; ".join(f"unit {unit}: {why}" for unit, why in self.units.items()))

    def __reduce__(self) -> tuple[type[UnitError], tuple[dict[int, str]]]:
        return UnitError, (self.units,)
