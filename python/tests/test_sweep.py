"""Sweeps are those of the command: the same plans, files, digests and answers, however the work was cut and whoever did it."""

from __future__ import annotations

import csv
import io
import json
import pickle
import threading
from pathlib import Path

import pandas
import polars
import pyarrow.parquet
import pytest
from conftest import ROOT, Command, document, files

import winset

VARY = ["lever.fund = on, off", "simulation.track.talks.meets = 0.2..0.6"]


@pytest.fixture
def case() -> winset.Case:
    return winset.read(winset.starter())


def planned(folder: Path, **changed: object) -> winset.sweep.Plan:
    """A small sweep of the starter: four points."""
    asked = {"vary": VARY, "points": 2, "runs": 700, "shard": 100, "seed": 3, **changed}
    return winset.sweep.plan(winset.read(winset.starter()), folder, **asked)  # type: ignore[arg-type]


def test_a_plan_is_that_of_the_command(command: Command, tmp_path: Path) -> None:
    folder = ROOT / "cases" / "syria-2017"
    case = winset.load(folder)
    lever, reading = next(iter(case.levers)), next(iter(case.readings))
    edits = ["simulation.track.geneva.meets = 0.5", "actor.government.cost_of_going_on += 0.01"]
    vary = ["simulation.track.astana.meets = 0.1..0.9"]
    ours = winset.sweep.plan(
        folder, tmp_path / "ours", vary=vary, runs=1000, seed=9, design="sobol", points=4, shard=300, rounds=24,
        levers=lever, edits=edits, reading=reading, strict_recognition=True,
    )  # fmt: skip
    words = ["sweep", "plan", folder, "-o", tmp_path / "theirs", "-n", 1000, "--seed", 9, "--design", "sobol", "--points", 4, "--shard", 300]
    words += ["--rounds", 24, "--with", lever, "--reading", reading, "--strict-recognition"]
    words += [word for edit in edits for word in ("--edit", edit)] + ["--vary", *vary]
    said = command(*words)
    assert said.returncode == 0, said.stderr
    assert files(tmp_path / "ours") == files(tmp_path / "theirs")
    # What was laid over the case before is part of the plan.
    changed = case.what_if(levers=lever, reading=reading).what_if(edits=edits[0]).what_if(edits=edits[1], strict_recognition=True)
    again = winset.sweep.plan(changed, tmp_path / "again", vary=vary, runs=1000, seed=9, design="sobol", points=4, shard=300, rounds=24)
    assert again.text == ours.text == (tmp_path / "theirs" / "plan.json").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in (tmp_path / "theirs" / "units.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [{"unit": unit.unit, "point": unit.point, "from": unit.from_, "to": unit.to, "file": unit.file} for unit in ours.units] == lines
    assert (len(ours.units), ours.units[-1], ours.units[2:4]) == (16, ours.units[15], [ours.units[2], ours.units[3]])
    assert (ours.reading, ours.rounds, ours.edits, ours.vary, len(ours.points)) == (reading, 24, [f"lever.{lever} = on", *edits], vary, 4)
    assert ours.columns[0].name == "run" and ours.folder == tmp_path / "ours" and ours.missing == list(range(16))


@pytest.mark.parametrize("shard", [1, 7, 1000])
def test_one_digest_however_the_work_is_cut_and_done(shard: int, command: Command, tmp_path: Path) -> None:
    runs = 40 if shard == 1 else 700
    digests = set()
    for threads in (1, 2):
        plan = planned(tmp_path / f"ours-{threads}", runs=runs, shard=shard)
        assert winset.sweep.run(plan, threads=threads) == len(plan.units)
        verified = winset.sweep.verify(plan)
        assert verified and (verified.units, verified.rows, verified.missing, verified.wrong) == (len(plan.units), 4 * runs, [], [])
        digests.add(verified.digest)
    theirs = planned(tmp_path / "theirs", runs=runs, shard=shard)
    assert command("sweep", "run", theirs.folder, "--threads", 2).returncode == 0
    assert files(tmp_path / "ours-1") == files(tmp_path / "ours-2") == files(tmp_path / "theirs")
    digests.add(document(command, "sweep", "verify", theirs.folder)["digest"])
    # In one unit of each point, by the case itself.
    whole = planned(tmp_path / "whole", runs=runs, shard=runs)
    assert [winset.sweep.compute_unit(whole, unit) for unit in whole.units] == [True] * 4
    digests.add(winset.sweep.verify(whole).digest)
    assert len(digests) == 1 and None not in digests
    other = planned(tmp_path / "other", runs=runs, shard=runs, seed=4)
    winset.sweep.run(other)
    assert winset.sweep.verify(other).digest not in digests


def test_what_runs_come_to(command: Command, tmp_path: Path) -> None:
    plan = planned(tmp_path)
    with pytest.raises(winset.SweepError, match="28 of 28 units are still to be computed; `winset.sweep.run` computes them"):
        winset.sweep.reduce(plan)
    assert not winset.sweep.verify(plan)
    winset.sweep.run(tmp_path)
    reduced, verified = winset.sweep.reduce(tmp_path), winset.sweep.verify(tmp_path, threads=1)
    assert reduced.to_dict() == document(command, "sweep", "reduce", tmp_path)
    assert reduced.text() == command("sweep", "reduce", tmp_path).stdout
    assert verified.to_dict() == document(command, "sweep", "verify", tmp_path)
    assert verified.text() == command("sweep", "verify", tmp_path).stdout
    for name in reduced.tables:
        rows = list(csv.DictReader(io.StringIO(command("sweep", "reduce", tmp_path, f"--csv={name}").stdout, newline="")))
        table = reduced.table(name)
        assert len(rows) == len(table) and (len(table) > 0 or name == "benchmarks"), name
        assert all(list(row) == table.columns for row in rows)
    assert [point.runs for point in reduced.points] == [700] * 4
    endings = [share for share in reduced.points[0].shares if share.measure == "ending"]
    assert sum(share.runs for share in endings) == 700
    assert "<table>" in reduced._repr_html_() and "2 points" not in repr(reduced) and "4 points" in repr(reduced)


def test_a_unit_is_a_pure_function(case: winset.Case, tmp_path: Path) -> None:
    plan = planned(tmp_path)
    # Sent somewhere else, where there is no folder.
    sent = pickle.loads(pickle.dumps(winset.sweep.read(plan.text)))
    assert sent.folder is None and sent.text == plan.text and sent.id == plan.id
    with pytest.raises(winset.UsageError, match="stands in no folder"):
        winset.sweep.compute_unit(sent, 0)
    unit = plan.units[9]
    assert (unit.point, unit.from_, unit.to) == (1, 200, 300)
    table, content = winset.sweep.run_unit(sent, unit), winset.sweep.unit_file(sent, 9)
    assert list((tmp_path / "data").glob("*")) == []
    assert winset.sweep.compute_unit(plan, unit) and not winset.sweep.compute_unit(plan, 9)
    assert (tmp_path / unit.file).read_bytes() == content
    assert pyarrow.parquet.read_table(tmp_path / unit.file, partitioning=None).to_pylist() == table.rows
    # The same runs as those of the case itself with the edits of the point.
    alone = case.what_if(edits=plan.points[1]).runs(runs=300, seed=3)
    assert alone.rows[200:] == table.rows
    with pytest.raises(IndexError, match="there is no unit 28; the plan has 28"):
        plan.units[28]
    with pytest.raises(winset.UsageError, match="there is no unit 28; the plan has 28"):
        winset.sweep.unit_file(plan, 28)


def test_files_made_elsewhere_are_taken_once_they_are_checked(tmp_path: Path) -> None:
    plan = planned(tmp_path / "here")
    content = winset.sweep.unit_file(plan, 5)
    for wrong in (b"", content[:-1], content[: len(content) // 2], winset.sweep.unit_file(plan, 6), winset.sweep.unit_file(planned(tmp_path / "b", seed=4), 5)):
        with pytest.raises(winset.SweepError, match="file of unit 5 is none"):
            winset.sweep.take_unit(plan, 5, wrong)
    assert len(files(tmp_path / "here")) == 2, "nothing is left behind"
    assert winset.sweep.take_unit(plan, 5, content) and not winset.sweep.take_unit(plan, 5, content)
    assert (tmp_path / "here" / plan.units[5].file).read_bytes() == content
    # A file damaged afterwards is found.
    (tmp_path / "here" / plan.units[5].file).write_bytes(content[:-9] + b"123456789")
    verified = winset.sweep.verify(plan)
    assert not verified and len(verified.missing) == 27 and "is damaged" in verified.wrong[0]


def test_one_who_is_stopped_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    whole, stopped = (planned(tmp_path / name, runs=20_000, shard=500) for name in ("whole", "stopped"))
    winset.sweep.run(whole)

    def stop(done: int, of: int) -> None:
        assert 0 <= done <= of == 160
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        winset.sweep.run(stopped, threads=1, progress=stop)
    seen: list[tuple[int, int]] = []
    left = len(stopped.missing)
    assert 0 < left <= 160
    assert winset.sweep.run(stopped, progress=lambda done, of: seen.append((done, of))) == left
    assert seen[-1] == (left, left) and seen == sorted(seen)
    assert files(tmp_path / "stopped") == files(tmp_path / "whole")
    assert winset.sweep.run(stopped) == 0


def test_two_who_compute_the_same_units_at_once_do_no_harm(tmp_path: Path) -> None:
    alone = planned(tmp_path / "alone")
    winset.sweep.run(alone)
    plan = planned(tmp_path / "together")
    threads = [threading.Thread(target=winset.sweep.run, args=(plan,), kwargs={"threads": 2}) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert files(tmp_path / "together") == files(tmp_path / "alone")


def test_what_cannot_be_planned_is_said_at_its_place(case: winset.Case, command: Command, tmp_path: Path) -> None:
    vary = ["lever.find = on, off", "actor.upland.cost_of_going_on = 0.1, high, wide", "lever.fund"]
    with pytest.raises(winset.CaseError) as caught:
        winset.sweep.plan(case, tmp_path / "sweep", vary=vary)
    found = [(each.line, each.column) for each in caught.value.diagnostics]
    assert found == [(1, 7), (1, 38), (1, 44)]
    assert "no lever is called `find`" in caught.value.diagnostics[0].message
    assert "`lever.fund` has no `=`" in str(caught.value)
    assert not (tmp_path / "sweep").exists()
    river = tmp_path / "case.toml"
    river.write_text(winset.starter(), encoding="utf-8")
    said = command("sweep", "plan", river, "-o", tmp_path / "sweep", *(word for each in vary for word in ("--vary", each)))
    assert said.returncode == 2 and "--vary" in said.stderr and said.stderr.count("error") == 4
    for asked, message in [
        ({"vary": "lever.fund = on, off", "design": "sobol"}, "add `points`"),
        ({"vary": "lever.fund = on, off", "design": "cube"}, "there is no design `cube`"),
        ({"runs": 0}, "`runs` is how many"),
        ({"shard": 0}, "`shard` is how many"),
        ({"runs": 10_000_000, "shard": 1}, "put more runs into each with `shard`"),
        ({"points": -1}, "`points` is how many"),
    ]:
        with pytest.raises(winset.UsageError, match=message):
            winset.sweep.plan(case, tmp_path / "sweep", **asked)  # type: ignore[arg-type]
    with pytest.raises(winset.NotComputed):
        winset.sweep.plan(ROOT / "cases" / "elmira-1991", tmp_path / "sweep")
    planned(tmp_path / "sweep")
    with pytest.raises(winset.UsageError, match="holds another plan"):
        planned(tmp_path / "sweep", seed=8)
    with pytest.raises(winset.FileError):
        winset.sweep.load(tmp_path / "nothing")
    with pytest.raises(winset.UsageError, match="not JSON"):
        winset.sweep.read("{")
    with pytest.raises(winset.UsageError, match="smaller shard"):
        winset.sweep.run_unit(planned(tmp_path / "large", runs=300_000, shard=300_000), 0)


def in_other_hands(path: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of a file as pyarrow, pandas and polars read it."""
    frame = pandas.read_parquet(path, dtype_backend="numpy_nullable")
    by_pandas = [{str(name): None if pandas.isna(cell) else cell for name, cell in row.items()} for row in frame.to_dict("records")]
    by_arrow = pyarrow.parquet.read_table(path, partitioning=None).to_pylist()
    return {"pandas": by_pandas, "pyarrow": by_arrow, "polars": polars.read_parquet(path, hive_partitioning=False).to_dicts()}


@pytest.mark.parametrize("folder", ["syria-2017", "kempton-park-1993"])
def test_others_read_the_same_rows(folder: str, command: Command, tmp_path: Path) -> None:
    name, file = ROOT / "cases" / folder, tmp_path / "runs.parquet"
    words = ["simulate", name, "-n", 200, "--seed", 3]
    assert command(*words, "--parquet", file).returncode == 0
    expected = list(csv.DictReader(io.StringIO(command(*words, "--csv=runs").stdout, newline="")))
    plan = winset.sweep.plan(name, tmp_path / "sweep", runs=200, seed=3)
    winset.sweep.run(plan)
    for path in (file, tmp_path / "sweep" / plan.units[0].file):
        for reader, rows in in_other_hands(path).items():
            assert len(rows) == len(expected) == 200, reader
            for row, cells in zip(rows, expected, strict=True):
                assert list(row) == list(cells), reader
                for column, cell in row.items():
                    assert cells[column] == cell if isinstance(cell, str) else cell == (float(cells[column]) if cells[column] else None), (reader, column)
    schema = pyarrow.parquet.read_schema(file)
    kinds = {"int64": "int64", "int32 or null": "int32", "string": "string", "double or null": "double"}
    assert [(field.name, str(field.type)) for field in schema] == [(column.name, kinds[column.type]) for column in plan.columns]
    assert folder != "syria-2017" or {str(field.type) for field in schema} == set(kinds.values())


def test_the_whole_data_set_is_read_by_others(tmp_path: Path) -> None:
    import pyarrow.dataset

    plan = planned(tmp_path)
    winset.sweep.run(plan)
    reduced = winset.sweep.reduce(plan)
    counted = {point.point: {s.of: s.runs for s in point.shares if s.measure == "ending"} for point in reduced.points}
    frame = polars.read_parquet(tmp_path / "data" / "**" / "*.parquet", hive_partitioning=True)
    arrow = polars.from_arrow(pyarrow.dataset.dataset(tmp_path / "data", partitioning="hive").to_table())
    assert isinstance(arrow, polars.DataFrame)
    for each in (frame, arrow):
        for point, endings in counted.items():
            rows = each.filter(polars.col("point") == point)
            assert len(rows) == 700 and set(rows["run"]) == set(range(700))
            groups = rows.group_by("ending", "subject").len()["len"].to_list()
            assert sorted(groups) == sorted(endings.values())
