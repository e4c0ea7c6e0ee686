"""Plans of sweeps, and their units of work."""

from __future__ import annotations

import functools
import html
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Literal, overload

from winset import _native
from winset._record import Record, build
from winset.case import Case, _list, _MOST_RUNS, _rounds, _seed
from winset.case import load as load_case
from winset.errors import UsageError

__all__ = ["Column", "Plan", "Unit", "load", "plan", "read"]

Design = Literal["grid", "latin-hypercube", "sobol"]

_MOST_IN_A_UNIT = 100_000_000


@dataclass(frozen=True, kw_only=True, repr=False)
class Unit(Record):
    """A unit of work: some runs at one point. It is a line of `units.jsonl`."""

    unit: int
    """Its number, from 0."""
    point: int
    """The number of its point."""
    from_: int
    """Its first run."""
    to: int
    """The first run that is not in it."""
    file: str
    """The name of its file within the folder of the sweep."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Column(Record):
    """A column of the rows of runs."""

    name: str
    type: str
    """`int64`, `int32 or null`, `string` or `double or null`."""
    says: str
    """What it says, in one line."""


class _Units(Sequence[Unit]):
    """Units by their numbers. They are made when they are looked at: a plan may have a million."""

    def __init__(self, native: _native.Plan) -> None:
        self._native = native

    def __len__(self) -> int:
        return self._native.units

    @overload
    def __getitem__(self, index: int) -> Unit: ...

    @overload
    def __getitem__(self, index: slice) -> list[Unit]: ...

    def __getitem__(self, index: int | slice) -> Unit | list[Unit]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(f"there is no unit {index}; the plan has {len(self)}, counted from 0")
        return build(Unit, self._native.unit(place))

    def __repr__(self) -> str:
        return f"<{len(self):,} units>"


class Plan:
    """Everything a sweep needs: the case, the points, the runs, the seed. It never changes.

    A plan may be pickled and sent to other machines; there it needs no folder to compute units (`run_unit`, `unit_file`).
    """

    def __init__(self, native: _native.Plan) -> None:
        self._native = native

    @functools.cached_property
    def _document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self._native.text)
        return document

    @property
    def title(self) -> str:
        """What the case is called."""
        return str(self._document["title"])

    @property
    def folder(self) -> Path | None:
        """The folder it stands in; nothing if it was read from a text."""
        return self._native.folder

    @property
    def runs(self) -> int:
        """Runs of every point."""
        return int(self._document["runs"])

    @property
    def shard(self) -> int:
        """Runs of a unit."""
        return int(self._document["shard"])

    @property
    def seed(self) -> int:
        """The seed, the same for every point: points share their luck."""
        return int(self._document["seed"])

    @property
    def rounds(self) -> int | None:
        """Rounds in a run, where it is not what the case says."""
        rounds: int | None = self._document["rounds"]
        return rounds

    @property
    def reading(self) -> str | None:
        """The reading of the case at every point."""
        reading: str | None = self._document["reading"]
        return reading

    @property
    def strict_recognition(self) -> bool:
        """Whether a track meets only if nobody there refuses to sit with another."""
        return bool(self._document["strict_recognition"])

    @property
    def edits(self) -> list[str]:
        """The edits made at every point, before its own."""
        return list(self._document["edits"])

    @property
    def design(self) -> str:
        """How points were chosen."""
        return str(self._document["design"])

    @property
    def vary(self) -> list[str]:
        """What is varied, as it was written."""
        return list(self._document["vary"])

    @property
    def points(self) -> list[list[str]]:
        """The points, each as the edits that lead to it."""
        return [list(point) for point in self._document["points"]]

    @property
    def columns(self) -> list[Column]:
        """The columns of the rows of runs."""
        return [build(Column, each) for each in self._document["columns"]]

    @property
    def units(self) -> Sequence[Unit]:
        """Its units of work, by their numbers."""
        return _Units(self._native)

    @property
    def missing(self) -> list[int]:
        """The numbers of units whose file is not in its folder."""
        return self._native.missing()

    @property
    def text(self) -> str:
        """The text of `plan.json`."""
        return self._native.text

    @property
    def id(self) -> str:
        """What tells it from any other plan: SHA-256 of its text, noted in every file."""
        return self._native.id

    def into(self, folder: str | PathLike[str]) -> Plan:
        """The same plan, written into another folder. Raises `UsageError` if another plan stands there."""
        return Plan(self._native.into(folder))

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.text, None if self.folder is None else str(self.folder))

    def _size(self) -> str:
        points, units = len(self._document["points"]), len(self.units)
        return (
            f"{points:,} point{'' if points == 1 else 's'} ({self.design}), {self.runs:,} run{'' if self.runs == 1 else 's'} each, "
            f"seed {self.seed}, in {units:,} unit{'' if units == 1 else 's'}"
        )

    def __repr__(self) -> str:
        return f"<Plan of {self.title!r}: {self._size()}>"

    def _repr_html_(self) -> str:
        varied = "".join(f"<li><code>{html.escape(each)}</code></li>" for each in self.vary)
        where = ""
        if self.folder is not None:
            where = f"<p>{len(self.missing):,} of {len(self.units):,} units still to be computed in <code>{html.escape(str(self.folder))}</code></p>"
        return f"<p><b>{html.escape(self.title)}</b>: {self._size()}</p><ul>{varied}</ul>{where}"


@functools.lru_cache(maxsize=8)
def _again(text: str, folder: str | None) -> Plan:
    """A plan that was sent. Whoever computes many of its units reads it once."""
    return Plan(_native.read_plan(text, folder))


def plan(
    case: Case | str | PathLike[str],
    out: str | PathLike[str],
    *,
    vary: str | Iterable[str] = (),
    runs: int = 10_000,
    seed: int = 1,
    design: Design = "grid",
    points: int | None = None,
    shard: int = 100_000,
    rounds: int | None = None,
    levers: str | Iterable[str] = (),
    edits: str | Iterable[str] = (),
    reading: str | None = None,
    strict_recognition: bool = False,
) -> Plan:
    """Writes a plan into a folder, as `winset sweep plan` does: the same plan, to the byte. Planning the same again changes nothing.

    `vary` is what to vary: `'PATH = a, b, c'` or `'PATH = low..high'`, where `PATH` is the left side of any edit. `points` is how many points
    to draw, or into how many a grid divides each range; a unit of work has `shard` runs. Levers, edits and the reading are laid over the
    case at every point. Raises `CaseError` with everything that is wrong with an edit, at its place.
    """
    case = case if isinstance(case, Case) else load_case(case)
    levers, edits = _list(levers), _list(edits)
    if levers or edits or reading is not None or strict_recognition:
        case = case.what_if(levers=levers, edits=edits, reading=reading, strict_recognition=strict_recognition)
    if not 1 <= runs <= _MOST_RUNS:
        raise UsageError(f"`runs` is how many runs of every point to make, from 1 to {_MOST_RUNS:,}")
    if not 1 <= shard <= _MOST_IN_A_UNIT:
        raise UsageError(f"`shard` is how many runs a unit has, from 1 to {_MOST_IN_A_UNIT:,}")
    if points is not None and points < 0:
        raise UsageError("`points` is how many points to draw, or into how many each range is divided")
    return Plan(case._native.plan(out, _list(vary), design, points, runs, shard, _seed(seed), _rounds(rounds)))


def load(folder: str | PathLike[str]) -> Plan:
    """The plan in the folder of a sweep."""
    return Plan(_native.open_sweep(folder))


def read(text: str) -> Plan:
    """The plan that the text of a `plan.json` is. It stands in no folder."""
    return Plan(_native.read_plan(text, None))
