"""Cases and graph models, and the questions that can be put to them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from os import PathLike
from typing import Any, Literal, overload

from winset import _native
from winset._record import build
from winset.diagnostics import Diagnostic
from winset.errors import UsageError
from winset.results.brief import Brief
from winset.results.claims import Claims
from winset.results.comparisons import Comparison, Difference
from winset.results.record import Evidence, Status
from winset.results.settlements import Settlements, TrackAnswer
from winset.results.stability import Stability

__all__ = ["Case", "GraphModel", "load", "load_graph_model", "read"]

SanctionRule = Literal["legal", "each-once", "single"]

_MOST_DRAWS = 1_000_000


class Case:
    """A case that has been read and checked. It never changes: `what_if` gives another.

    Questions are computed without holding the interpreter's lock, so other threads go on meanwhile. Ctrl-C ends the wait at once with
    `KeyboardInterrupt`; what was being computed is given up.

    >>> import winset
    >>> case = winset.read(winset.starter())
    >>> case
    <Case 'A river and its dam', as of 2024-05-01: 4 actors, 3 issues, 1 track, 2 claims>
    >>> case.tracks
    {'talks': "The commission's talks"}
    >>> case.settle("talks").has_deal
    True
    """

    def __init__(self, native: _native.Case) -> None:
        self._native = native
        self._outline = native.outline()

    @property
    def title(self) -> str:
        """What the case is called."""
        return str(self._outline["title"])

    @property
    def as_of(self) -> str:
        """The day it stands at."""
        return str(self._outline["as_of"])

    @property
    def summary(self) -> str | None:
        """What it is about."""
        summary: str | None = self._outline["summary"]
        return summary

    @property
    def issues(self) -> dict[str, str]:
        """Its issues: ids and names. So are the others."""
        return self._names("issues")

    @property
    def actors(self) -> dict[str, str]:
        """Its actors."""
        return self._names("actors")

    @property
    def tracks(self) -> dict[str, str]:
        """Its tracks."""
        return self._names("tracks")

    @property
    def frameworks(self) -> dict[str, str]:
        """Its frameworks."""
        return self._names("frameworks")

    @property
    def levers(self) -> dict[str, str]:
        """Its levers."""
        return self._names("levers")

    @property
    def readings(self) -> dict[str, str]:
        """Its readings."""
        return self._names("readings")

    @property
    def options(self) -> dict[str, str]:
        """The options it compares."""
        return self._names("options")

    @property
    def levers_in_use(self) -> list[str]:
        """The levers that are in use."""
        return list(self._outline["levers_in_use"])

    @property
    def reading(self) -> str | None:
        """The reading in force."""
        reading: str | None = self._outline["reading"]
        return reading

    @property
    def warnings(self) -> list[Diagnostic]:
        """What in it is probably not what its author meant. What was laid over it is not checked again."""
        return [build(Diagnostic, each) for each in self._native.warnings()]

    def what_if(
        self,
        *,
        levers: str | Iterable[str] = (),
        edits: str | Iterable[str] = (),
        reading: str | None = None,
        strict_recognition: bool = False,
    ) -> Case:
        """The case with changes laid over it: first a reading, then levers put in use, then edits.

        >>> import winset
        >>> case = winset.read(winset.starter())
        >>> harder = case.what_if(edits="actor.upland.cost_of_going_on = 0.2")
        >>> harder.settle("talks").has_deal
        False
        >>> harder.what_if(levers="fund").settle("talks").has_deal
        True
        """
        return Case(self._native.what_if(reading, _list(levers), _list(edits), strict_recognition))

    @overload
    def settle(self, track: None = None) -> Settlements: ...

    @overload
    def settle(self, track: str) -> TrackAnswer: ...

    def settle(self, track: str | None = None) -> Settlements | TrackAnswer:
        """What each track can settle, or why it cannot, and what can be put together; or the same of one track alone."""
        if track is None:
            return Settlements._of(self._native.settle([]))
        return TrackAnswer._of_track(self._native.settle([track]), track)

    def claims(self, *, draws: int = 1000, seed: int = 1, threads: int | None = None) -> Claims:
        """Every claim decided, with its control, over draws of the numbers. No answer depends on the number of threads."""
        native = self._native.claims(*_draws(draws, seed, threads))
        return Claims._of(native, {"claims": native.document()})

    def brief(self, *, draws: int = 1000, seed: int = 1, threads: int | None = None) -> Brief:
        """Everything about the case in one go."""
        return Brief._of(self._native.brief(*_draws(draws, seed, threads)))

    def compare(self, *options: str, threads: int | None = None) -> Comparison:
        """Options side by side with today: ids of options, levers or readings, or new ones as `'NAME: PART; PART'`.

        Without any: every option of the case, or where it has none, each lever alone and each reading.
        """
        return Comparison._of(self._native.compare(list(options), _threads(threads)))

    def diff(self, other: Case) -> Difference:
        """What changed from this case to another version of it, and what it changed in the answers; how far two coders agree."""
        return Difference._of(self._native.diff(other._native))

    def status(self, as_of: str | None = None) -> Status:
        """Where the process stood on a day; on the day of the case if none is named."""
        return Status._of(self._native.status(as_of))

    def evidence(self, *, threads: int | None = None) -> Evidence:
        """What the case rests on: which numbers change an answer by themselves, and what every number rests on."""
        return Evidence._of(self._native.evidence(_threads(threads)))

    def stability(
        self, *, sanction_rule: SanctionRule | None = None, start: int | None = None, state: int | None = None, first: int = 20
    ) -> Stability:
        """Which states of the case's strategic game stay put.

        `start` is the state that stands today, if the case does not say; `state` is one to explain. States are numbered from 1.
        Where there are too many states to list, the `first` equilibria under each concept are named.
        """
        return Stability._of(self._native.stability(sanction_rule, start, state, first))

    def _names(self, what: str) -> dict[str, str]:
        return dict(self._outline[what])

    def __repr__(self) -> str:
        counts = {name: len(self._outline[name + "s"]) for name in ("actor", "issue", "track", "claim")}
        said = ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())
        return f"<Case {self.title!r}, as of {self.as_of}: {said}>"


class GraphModel:
    """A graph model from a `.gmcr` file, or a game from a `.nfg` file."""

    def __init__(self, native: _native.GraphModel) -> None:
        self._native = native

    @property
    def title(self) -> str:
        """What the file is called."""
        return self._native.title

    @property
    def decision_makers(self) -> list[str]:
        """The names of the decision makers."""
        return self._native.decision_makers

    def stability(
        self, *, sanction_rule: SanctionRule | None = None, start: int | None = None, state: int | None = None, first: int = 20
    ) -> Stability:
        """Which states stay put: see `Case.stability`."""
        return Stability._of(self._native.stability(sanction_rule, start, state, first))

    def __repr__(self) -> str:
        return f"<GraphModel {self.title!r}: {len(self.decision_makers)} decision makers>"


def load(path: str | PathLike[str]) -> Case:
    """The case in a file, or in the `case.toml` of a folder, with the files it names.

    Raises `CaseError` if it is wrong, with every mistake, and `FileError` if it cannot be read.
    """
    return Case(_native.load(path))


def read(text: str, name: str = "case.toml") -> Case:
    """The case that a text is; `name` is what it is called in messages. It cannot name other files.

    Raises `CaseError` if it is wrong.
    """
    return Case(_native.read(text, name))


def load_graph_model(path: str | PathLike[str]) -> GraphModel:
    """The graph model in a `.gmcr` file, or the game in a `.nfg` file. Raises `ScenarioError` if it is wrong."""
    return GraphModel(_native.load_graph_model(path))


def _list(words: str | Iterable[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _threads(threads: int | None) -> int:
    if threads is None:
        return os.cpu_count() or 1
    if threads < 1:
        raise UsageError("`threads` is how many threads to work on, 1 or more")
    return threads


def _draws(draws: int, seed: int, threads: int | None) -> tuple[int, int, int]:
    if not 0 <= draws <= _MOST_DRAWS:
        raise UsageError(f"`draws` is how many times to draw the numbers, from 0 to {_MOST_DRAWS:,}")
    if not 0 <= seed < 2**64:
        raise UsageError("`seed` is a whole number from 0 to 2^64 - 1")
    return draws, seed, _threads(threads)
