"""What can be asked without a case: is a file well formed, how should it be laid out, what may stand in it, where to start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from typing import Any

from winset import _native
from winset._record import Record, build
from winset.case import Case, read
from winset.diagnostics import Diagnostic
from winset.results.record import Check

__all__ = ["ImportedCase", "check", "import_scenario", "lay_out", "schema", "starter"]


@dataclass(frozen=True, kw_only=True, repr=False)
class ImportedCase(Record):
    """Another program's scenario as a case."""

    text: str
    """The text of the case file."""
    findings: list[Diagnostic]
    """What was found in the files, each at its place."""

    @property
    def case(self) -> Case:
        """The case itself."""
        return read(self.text)


def check(path: str | PathLike[str]) -> Check:
    """Every mistake in a case file at its line, with how to mend it. It is true if there is none."""
    return Check._of(_native.check(path))


def import_scenario(
    sources: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    steps: int | None = None,
    title: str | None = None,
    as_of: str | None = None,
) -> ImportedCase:
    """A GENIUS, NegMAS or GeniusWeb scenario as a case: a folder with one domain and its profiles, or those files.

    Of an issue with infinitely many values, or too many, `steps` evenly spaced ones are kept. Raises `ScenarioError` if the files
    cannot be used.
    """
    paths = [sources] if isinstance(sources, (str, PathLike)) else list(sources)
    text, findings = _native.import_scenario(paths, steps, title, as_of)
    return build(ImportedCase, {"text": text, "findings": findings})


def lay_out(text: str) -> str:
    """The text of a case file in the one canonical layout, comments kept. Raises `CaseError` if it is not valid TOML.

    >>> import winset
    >>> print(winset.lay_out("[case]\\ntitle='A'\\nas_of   =  2024-05-01"), end="")
    [case]
    title = "A"
    as_of = 2024-05-01
    """
    return _native.lay_out(text)


def schema() -> dict[str, Any]:
    """The JSON Schema of the case file."""
    return _native.schema()


def starter() -> str:
    """A small commented case to start from: the text of what `winset new` writes."""
    return _native.starter()
