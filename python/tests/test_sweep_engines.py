"""Sweeps on engines for many machines: workers killed while they hold a unit, units that fail by themselves, and the same files in the end."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, files

import winset
from winset.sweep import Made, Plan, engines

Run = Callable[[Plan, Path], int]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are killed otherwise there")

VARY = ["lever.fund = on, off", "simulation.track.talks.meets = 0.2..0.6"]
UNIT = 5
"""The unit whose worker is killed."""


def planned(folder: Path) -> Plan:
    return winset.sweep.plan(winset.read(winset.starter()), folder, vary=VARY, points=2, runs=300, shard=50, seed=3)


def needs(module: str) -> Any:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"not run: {module} is not installed")
    return importlib.import_module(module)


def holding(notes: Path) -> Callable[[Plan, int], Made]:
    """Computes units; who gets UNIT first notes its process and waits for its end, and who gets it then notes its own."""
    unit = UNIT

    # It is defined in here, so that it is sent whole and workers need not have this module.
    def make(plan: Plan, index: int) -> Made:
        import os
        import time

        import winset

        if index == unit:
            try:
                note = os.open(notes / "first", os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            except FileExistsError:
                (notes / "second").write_text(str(os.getpid()))
            else:
                os.write(note, f"{os.getpid()}\n".encode())
                os.close(note)
                time.sleep(120)
                return Made(index, None, "it was not killed")
        return Made(index, winset.sweep.unit_file(plan, index), None)

    return make


class Killer(threading.Thread):
    """Kills the process that holds the unit, once it has noted its number."""

    def __init__(self, notes: Path) -> None:
        super().__init__()
        self.notes = notes
        self.killed = 0

    def run(self) -> None:
        note = self.notes / "first"
        for _ in range(1000):
            if note.exists() and note.read_text().endswith("\n"):
                self.killed = int(note.read_text())
                os.kill(self.killed, signal.SIGKILL)
                return
            time.sleep(0.1)


def killed_in_the_middle(run: Run, here: Plan, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Computes a sweep with an engine, one of whose workers is killed while it holds a unit; `here` has been computed without any."""
    folder.mkdir()
    out = folder / "out"
    # One unit is there already, so it is passed over.
    there = here.into(out)
    assert winset.sweep.compute_unit(there, 2)
    before = (out / there.units[2].file).stat().st_mtime_ns
    killer = Killer(folder)
    with monkeypatch.context() as patched:
        patched.setattr(engines, "_make", holding(folder))
        killer.start()
        assert run(winset.sweep.read(here.text), out) == len(here.units) - 1
    killer.join()
    # A process was killed while it held the unit, and another one computed it.
    second = int((folder / "second").read_text())
    assert killer.killed not in (0, second, os.getpid())
    assert not alive(killer.killed)
    assert here.folder is not None and files(out) == files(here.folder)
    assert (out / there.units[2].file).stat().st_mtime_ns == before
    verified = winset.sweep.verify(out)
    assert verified.digest is not None and verified == winset.sweep.verify(here)
    # All is there: nothing is left to do.
    assert run(here, out) == 0


def alive(process: int) -> bool:
    """Whether it runs; one that has ended and that nobody has asked about does not."""
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def failing_by_itself(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Computes a sweep with an engine, at one of whose points nothing can be simulated."""
    vary = "track.talks.status = open, closed, open"
    plan = winset.sweep.plan(winset.read(winset.starter()), folder / "failing", vary=vary, runs=200, shard=100)
    with monkeypatch.context() as patched:
        patched.setattr(engines, "_make", noting(folder))
        with pytest.raises(winset.UnitError, match="unit 2: NotComputed: point 1 cannot be simulated") as caught:
            run(plan, folder / "failed")
    # Each was tried once, and what others came to is kept.
    assert sorted(caught.value.units) == [2, 3]
    tried = (folder / "tried").read_text().split()
    assert len(tried) == len(set(tried)) and {"2", "3"} <= set(tried)
    out = winset.sweep.load(folder / "failed")
    assert sorted({str(unit) for unit in range(6)} - {str(unit) for unit in out.missing} | {"2", "3"}) == sorted(tried)


def noting(notes: Path) -> Callable[[Plan, int], Made]:
    """What the package does, noting every try."""

    def make(plan: Plan, index: int) -> Made:
        from winset.sweep import engines

        with (notes / "tried").open("a") as tried:
            tried.write(f"{index}\n")
        return engines._make(plan, index)

    return make


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A sweep that was computed without an engine."""
    plan = planned(tmp_path_factory.mktemp("here"))
    winset.sweep.run(plan)
    return plan


@pytest.mark.parametrize("processes", [1, 3])
def test_on_dask(processes: int, here: Plan, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = needs("distributed")
    words = {"n_workers": processes, "threads_per_worker": 1, "processes": True, "dashboard_address": None, "silence_logs": 50}
    with distributed.LocalCluster(**words) as cluster, distributed.Client(cluster) as client:
        workers = set(client.run(os.getpid).values())
        assert len(workers) == processes
        run = partial(winset.sweep.on_dask, client)
        killed_in_the_middle(run, here, tmp_path / "killed", monkeypatch)
        assert int((tmp_path / "killed" / "first").read_text()) in workers
        failing_by_itself(run, tmp_path, monkeypatch)
        # Where workers see the folder, they write into it themselves.
        seen: list[tuple[int, int]] = []
        shared = planned(tmp_path / "shared")
        assert winset.sweep.on_dask(client, shared, shared=True, progress=lambda done, of: seen.append((done, of))) == 24
        assert seen == [(done, 24) for done in range(1, 25)]
        assert files(tmp_path / "shared") == files(tmp_path / "killed" / "out")
    assert command("sweep", "verify", tmp_path / "shared").returncode == 0


def test_on_dask_a_unit_that_kills_every_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = needs("distributed")
    dask = needs("dask")

    def make(plan: Plan, index: int) -> Made:
        import os
        import signal

        if index == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return Made(index, winset.sweep.unit_file(plan, index), None)

    words = {"n_workers": 1, "threads_per_worker": 1, "processes": True, "dashboard_address": None, "silence_logs": 50}
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}), distributed.LocalCluster(**words) as cluster, distributed.Client(cluster) as client:
        monkeypatch.setattr(engines, "_make", make)
        with pytest.raises(winset.UnitError, match="unit 3: every worker died that computed it"):
            winset.sweep.on_dask(client, planned(tmp_path))


def test_on_ray(here: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ray = needs("ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    try:
        killed_in_the_middle(winset.sweep.on_ray, here, tmp_path / "killed", monkeypatch)
        failing_by_itself(winset.sweep.on_ray, tmp_path, monkeypatch)
    finally:
        ray.shutdown()


def test_on_spark(here: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs("pyspark")
    from pyspark.sql import SparkSession

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    # Two threads, and a unit is tried up to four times.
    session = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        run = partial(winset.sweep.on_spark, session)
        killed_in_the_middle(run, here, tmp_path / "killed", monkeypatch)
        failing_by_itself(run, tmp_path, monkeypatch)
    finally:
        session.stop()


def test_an_engine_of_ones_own(here: Plan, tmp_path: Path) -> None:
    def backwards(make: engines.Make, plan: Plan, units: Iterator[int]) -> Iterator[Made]:
        return (make(plan, unit) for unit in reversed(list(units)))

    def in_processes(make: engines.Make, plan: Plan, units: Iterator[int]) -> Iterator[Made]:
        # As docs/how-to/sweep.md has it.
        with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
            yield from pool.map(partial(make, plan), units)

    for engine in (backwards, in_processes):
        out = tmp_path / engine.__name__
        assert winset.sweep.collect(here, out, engine) == 24
        assert here.folder is not None and files(out) == files(here.folder)


@pytest.mark.parametrize(("module", "ask"), [("distributed", partial(winset.sweep.on_dask, None)), ("ray", winset.sweep.on_ray), ("pyspark", partial(winset.sweep.on_spark, None))])
def test_what_is_not_installed_is_named(module: str, ask: Run, here: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=r"not installed: pip install 'winset\["):
        ask(here, tmp_path)
