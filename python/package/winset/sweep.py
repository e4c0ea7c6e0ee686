"""Sweeps from Python: the units of a plan that `winset sweep plan` wrote, computed here or by Dask.

A unit is a pure function of the plan and its number to one file, and a file takes its name when it is complete. So units may be
computed by anyone, in any order, twice, or again after a failure: the files come out the same to the byte.
"""

from __future__ import annotations

import os
from os import PathLike
from typing import TYPE_CHECKING, Any

from winset import _native

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["missing", "on_dask", "reduce", "run", "run_unit", "verify"]

Folder = str | PathLike[str]


def missing(folder: Folder) -> list[int]:
    """The units that have not been computed yet."""
    return _native.sweep_missing(folder)


def run_unit(folder: Folder, index: int) -> bool:
    """Computes one unit of the plan in this folder; false if its file was there already.

    Raises `NotComputed` if the unit cannot be simulated: computing it again ends the same way.
    """
    return _native.sweep_compute(folder, [index], 1) > 0


def run(folder: Folder, *, threads: int | None = None) -> int:
    """Computes every unit that is not there, on as many threads as there are processors if `threads` is left out. How many it computed."""
    return _native.sweep_compute(folder, missing(folder), threads or os.cpu_count() or 1)


def on_dask(client: Client, folder: Folder) -> int:
    """Computes every unit that is not there on the workers of a Dask cluster, all of which see the folder under this path. How many.

    Units of a worker that is lost are computed by another. A unit that fails by itself raises its error and is not tried again; what
    was computed stays, so calling this once more goes on from there.
    """
    units = missing(folder)
    path = os.path.abspath(folder)
    # Not pure for Dask: whether a file is there changes between calls.
    futures = client.map(run_unit, [path] * len(units), units, pure=False)
    return sum(client.gather(futures))


def reduce(folder: Folder, *, threads: int | None = None) -> dict[str, Any]:
    """What the runs of every point come to: the document of `winset sweep reduce --json`. Raises `NotComputed` if units are missing."""
    document: dict[str, Any] = _native.sweep_reduce(folder, threads or os.cpu_count() or 1)
    return document


def verify(folder: Folder, *, threads: int | None = None) -> dict[str, Any]:
    """Checks every file: the document of `winset sweep verify --json`. Its `digest` is the same however the work was cut and wherever it was done."""
    document: dict[str, Any] = _native.sweep_verify(folder, threads or os.cpu_count() or 1)
    return document
