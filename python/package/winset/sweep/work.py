"""What is done with a plan: its units computed, its files counted and checked."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike

from winset.case import _threads
from winset.results.sweeps import Reduced, Verified
from winset.sweep.plan import Plan, Unit, load
from winset.table import Table

__all__ = ["compute_unit", "reduce", "run", "run_unit", "take_unit", "unit_file", "verify"]

Progress = Callable[[int, int], object]


def run(plan: Plan | str | PathLike[str], *, threads: int | None = None, progress: Progress | None = None) -> int:
    """Computes every unit that is not there yet; gives how many were computed. The plan is named by its folder, or is one in a folder.

    `progress` is called now and then with how many units are done, and of how many. Ctrl-C stops within a moment, and what was finished is kept;
    run it again to go on. Other threads go on meanwhile.
    """
    return _plan(plan)._native.compute(_threads(threads), progress)


def compute_unit(plan: Plan | str | PathLike[str], unit: int | Unit) -> bool:
    """Computes one unit and writes its file into the folder of the sweep; gives whether it was not there.

    The file takes its name when it is complete and on the disk. Two who compute the same unit at the same time do no harm.
    """
    return _plan(plan)._native.compute_unit(_number(unit))


def run_unit(plan: Plan | str | PathLike[str], unit: int | Unit) -> Table:
    """The rows of a unit, one for each run: a pure function of the plan and the unit's number. Nothing is written. For up to 200,000 runs.

    >>> import tempfile, winset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     plan = winset.sweep.plan(winset.read(winset.starter()), folder, runs=100)
    >>> table = winset.sweep.run_unit(plan, 0)
    >>> len(table), table.columns[:4]
    (100, ['run', 'ending', 'subject', 'rounds'])
    """
    return Table(_plan(plan)._native.rows(_number(unit)))


def unit_file(plan: Plan | str | PathLike[str], unit: int | Unit) -> bytes:
    """The file of a unit, made in memory: the bytes that `compute_unit` writes. For up to 10,000,000 runs."""
    return _plan(plan)._native.file(_number(unit))


def take_unit(plan: Plan | str | PathLike[str], unit: int | Unit, content: bytes) -> bool:
    """Takes the file of a unit that `unit_file` made somewhere else into the folder of the sweep; gives whether it was not there.

    It is checked to be whole and the file of this unit before it takes its name, and `SweepError` is raised if it is not; what its rows say is
    checked by `verify` and `reduce`.
    """
    return _plan(plan)._native.take(_number(unit), content)


def reduce(plan: Plan | str | PathLike[str], *, threads: int | None = None, progress: Progress | None = None) -> Reduced:
    """What the runs of every point come to. Raises `SweepError` if units are missing or a file is damaged.

    `progress` is called now and then with how many points are done, and of how many.
    """
    return Reduced._of(_plan(plan)._native.reduce(_threads(threads), progress))


def verify(plan: Plan | str | PathLike[str], *, threads: int | None = None, progress: Progress | None = None) -> Verified:
    """Checks every file: that it is there, belongs to the plan, holds every run once and in its place, and says what was written."""
    return Verified._of(_plan(plan)._native.verify(_threads(threads), progress))


def _plan(plan: Plan | str | PathLike[str]) -> Plan:
    return plan if isinstance(plan, Plan) else load(plan)


def _number(unit: int | Unit) -> int:
    return unit.unit if isinstance(unit, Unit) else unit
