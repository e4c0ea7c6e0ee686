"""Sweeps: computed here, by the command, and by Dask with a worker killed in the middle, they come to the same bytes."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import Command, document
from distributed import Client, LocalCluster

import winset
from winset import sweep


def plan(command: Command, folder: Path) -> Path:
    """Forty units of the starter."""
    case = folder / "river"
    folder.mkdir(exist_ok=True)
    if not case.exists():
        assert command("new", case).returncode == 0
    to = folder / "sweep"
    words = ["--vary", "lever.fund = on, off", "--runs", "60000", "--shard", "3000", "--seed", "4"]
    made = command("sweep", "plan", case, "-o", to, *words)
    assert made.returncode == 0, made.stderr
    return to


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.glob("data/*/runs-*.parquet"))}


@pytest.fixture(scope="module")
def local(command: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sweep as the command computes it."""
    folder = plan(command, tmp_path_factory.mktemp("local"))
    assert command("sweep", "run", folder, "--threads", 1).returncode == 0
    return folder


def test_units_are_those_of_the_command(command: Command, local: Path, tmp_path: Path) -> None:
    folder = plan(command, tmp_path)
    assert sweep.missing(folder) == list(range(40))
    assert sweep.run_unit(folder, 17)
    assert not sweep.run_unit(folder, 17)
    assert sweep.run(folder, threads=2) == 39
    assert files(folder) == files(local)
    assert sweep.verify(folder) == document(command, "sweep", "verify", local)
    assert sweep.reduce(folder) == document(command, "sweep", "reduce", local)


def test_what_cannot_be_done_is_said(command: Command, tmp_path: Path) -> None:
    folder = plan(command, tmp_path)
    with pytest.raises(winset.UsageError, match="there is no unit 40"):
        sweep.run_unit(folder, 40)
    with pytest.raises(winset.NotComputed, match="40 of 40 units"):
        sweep.reduce(folder)
    with pytest.raises(winset.FileError):
        sweep.missing(tmp_path / "nowhere")


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed otherwise there")
@pytest.mark.parametrize("workers", [1, 3])
def test_dask_with_a_worker_killed_comes_to_the_same_bytes(
    command: Command, local: Path, tmp_path: Path, workers: int
) -> None:
    folder = plan(command, tmp_path)
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        processes = list(client.run(os.getpid).values())
        assert len(processes) == workers
        killed = threading.Event()

        def kill() -> None:
            while not files(folder):
                time.sleep(0.001)
            if len(files(folder)) < 40:
                os.kill(processes[0], signal.SIGKILL)
                killed.set()

        killer = threading.Thread(target=kill)
        killer.start()
        # What the lost worker had finished may be computed, or found, once more.
        assert sweep.on_dask(client, folder) <= 40
        killer.join()
        assert killed.is_set(), "the work was done before a worker could be killed"
    assert files(folder) == files(local)
    assert sweep.verify(folder)["digest"] == sweep.verify(local)["digest"]
