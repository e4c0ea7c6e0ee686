"""Everything is what the command says: documents, text and tables, for every case of the repository."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CASES, ROOT, Command, document

import winset
from winset import Case
from winset.results._answer import Answer

SMALL = [folder for folder in CASES if folder.name != "syria-2017"]
each_small_case = pytest.mark.parametrize("folder", SMALL, ids=lambda folder: folder.name)

Question = tuple[list[str], Callable[[Case], Answer]]

QUESTIONS: dict[str, Question] = {
    "settle": (["settle"], lambda case: case.settle()),
    "claims": (["claims", "--draws", "40", "--seed", "7"], lambda case: case.claims(draws=40, seed=7)),
    "brief": (["brief", "--draws", "40"], lambda case: case.brief(draws=40)),
    "brief without draws": (["brief", "--draws", "0"], lambda case: case.brief(draws=0)),
    "simulate": (["simulate", "-n", "300", "--seed", "5"], lambda case: case.simulate(runs=300, seed=5)),
    "status": (["status"], lambda case: case.status()),
}


@each_small_case
@pytest.mark.parametrize("question", QUESTIONS)
def test_documents_text_and_tables(folder: Path, question: str, command: Command) -> None:
    words, ask = QUESTIONS[question]
    if question == "simulate" and folder.name == "elmira-1991":
        with pytest.raises(winset.NotComputed, match="nothing to simulate"):
            ask(winset.load(folder))
        return
    words = [words[0], str(folder.relative_to(ROOT)), *words[1:]]
    answer = ask(winset.load(folder))
    expected = document(command, *words)
    assert answer.to_dict() == expected
    assert answer.text() == command(*words).stdout
    for name in answer.tables:
        # As a spreadsheet gets it, all is text; the sign that keeps formulas out of spreadsheets is no part of a table.
        rows = list(csv.DictReader(io.StringIO(command(*words, f"--csv={name}").stdout, newline="")))
        table = answer.table(name)
        assert len(rows) == len(table)
        for row, cells in zip(rows, table.rows, strict=True):
            for column, cell in cells.items():
                text = row[column]
                if isinstance(cell, str):
                    assert text.removeprefix("'") == cell.removeprefix("'")
                else:
                    assert cell == (None if text == "" else float(text))


def test_the_brief_of_a_large_case(command: Command) -> None:
    brief = winset.load(ROOT / "cases" / "syria-2017").brief(draws=10)
    assert brief.to_dict() == document(command, "brief", "cases/syria-2017", "--draws", "10")
    assert brief.draws is not None and brief.draws.draws == 10
    assert brief.assembly is not None and brief.assembly.frameworks is not None


def test_stability(command: Command) -> None:
    folder = "cases/elmira-1991"
    case = winset.load(ROOT / folder)
    assert case.stability().to_dict() == document(command, "stability", folder)
    assert case.stability().text() == command("stability", folder).stdout
    explained = case.stability(state=3, start=2, sanction_rule="each-once")
    words = ["stability", folder, "--state", "3", "--from", "2", "--sanction-rule", "each-once"]
    assert explained.to_dict() == document(command, *words)
    assert explained.text() == command(*words).stdout
    assert explained.from_ is not None and explained.from_.today == 2
    assert explained.explanation is not None and explained.explanation.state == 3


@pytest.mark.parametrize("folder", [each for each in SMALL if each.name != "elmira-1991"], ids=lambda folder: folder.name)
def test_options_and_evidence(folder: Path, command: Command) -> None:
    case, name = winset.load(folder), str(folder.relative_to(ROOT))
    comparison = case.compare()
    assert comparison.to_dict() == document(command, "compare", name)
    assert comparison.text() == command("compare", name).stdout
    assert case.evidence().to_dict() == document(command, "check", name, "--evidence")["evidence"]


def test_a_row_for_each_run(command: Command) -> None:
    folder = "cases/kempton-park-1993"
    text = command("simulate", folder, "-n", 50, "--seed", 3, "--rounds", 24, "--csv=runs").stdout
    table = winset.load(ROOT / folder).runs(runs=50, seed=3, rounds=24)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(rows[0]) == table.columns
    for row, cells in zip(rows, table.rows, strict=True):
        for column, cell in cells.items():
            assert row[column] == cell if isinstance(cell, str) else cell == (float(row[column]) if row[column] else None)
    table.to_arrow().validate(full=True)


def test_two_versions(command: Command) -> None:
    first, second = "cases/camp-david-1978", "cases/kempton-park-1993"
    difference = winset.load(ROOT / first).diff(winset.load(ROOT / second))
    assert difference.to_dict() == document(command, "diff", first, second)
    assert {table: len(difference.table(table)) > 0 for table in difference.tables} == {"changes": True, "answers": True, "agreement": True}


def test_changes_are_laid_over_the_case_in_the_same_order(command: Command) -> None:
    folder = "cases/syria-2017"
    case = winset.load(ROOT / folder)
    lever, reading = next(iter(case.levers)), next(iter(case.readings))
    edit = "track.geneva.mandate = none"
    changed = case.what_if(levers=lever, edits=[edit], reading=reading, strict_recognition=True)
    words = ["settle", folder, "--with", lever, "--edit", edit, "--reading", reading, "--strict-recognition", "--track", "geneva"]
    expected = document(command, *words)
    answer = changed.settle("geneva")
    assert answer.to_dict() == expected
    assert answer.text() == command(*words).stdout
    assert (changed.reading, changed.levers_in_use) == (reading, expected["case"]["levers_in_use"])
    assert case.levers_in_use == []


def test_pages(command: Command, tmp_path: Path) -> None:
    folder = "cases/camp-david-1978"
    brief = winset.load(ROOT / folder).brief(draws=20)
    for ending in ("html", "md"):
        ours, theirs = tmp_path / f"ours.{ending}", tmp_path / f"theirs.{ending}"
        brief.save(ours)
        command("brief", folder, "--draws", 20, "-o", theirs)
        assert ours.read_bytes() == theirs.read_bytes()
    assert brief.figures and all(figure.svg.startswith("<svg xmlns") and figure.title in figure.svg for figure in brief.figures)


def test_a_wrong_case_says_what_the_command_says(command: Command, tmp_path: Path) -> None:
    text = winset.starter().replace("as_of = 2024-05-01", "as_of = 2024-05").replace('kind = "mediator"', 'kind = "umpire"')
    file = tmp_path / "case.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(winset.CaseError) as caught:
        winset.load(tmp_path)
    said = command("settle", tmp_path)
    assert said.returncode == 1
    assert str(caught.value) == said.stderr.rstrip("\n")
    found = caught.value.diagnostics
    lines = [1 + text[: text.index(wrong)].count("\n") for wrong in ("as_of = 2024-05", 'kind = "umpire"')]
    assert [(each.code, each.file, each.line) for each in found] == [
        ("E306", str(file), lines[0]),
        ("E205", str(file), lines[1]),
    ]
    assert all(each.help for each in found)
    check = winset.check(tmp_path)
    assert not check and check.diagnostics == found
    assert check.to_dict() == document(command, "check", tmp_path)


def test_warnings_do_not_stand_in_the_way(command: Command, tmp_path: Path) -> None:
    text = winset.starter().replace('[define]\n', '[define]\nnever_used = "water = half-each"\n')
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    case = winset.load(tmp_path)
    assert [warning.severity for warning in case.warnings] == ["warning"]
    assert document(command, "check", tmp_path)["diagnostics"][0]["message"] == case.warnings[0].message


def test_files_of_other_programs(command: Command, tmp_path: Path) -> None:
    models = ROOT / "crates" / "winset-exchange" / "tests" / "graph-models"
    read = winset.load_graph_model(models / "prio_k4_n3.gmcr")
    assert (read.title, len(read.decision_makers)) == ("prio_k4_n3", 3)
    assert read.stability().to_dict() == document(command, "stability", models / "prio_k4_n3.gmcr")
    game = tmp_path / "elmira.nfg"
    game.write_text('NFG 1 R "Stag hunt" { "A" "B" } { 2 2 }\n\n2 2 1 0 0 1 1 1\n', encoding="utf-8")
    assert winset.load_graph_model(game).stability().text() == command("stability", game).stdout
    model = tmp_path / "wrong.gmcr"
    model.write_text("{}", encoding="utf-8")
    with pytest.raises(winset.ScenarioError) as caught:
        winset.load_graph_model(model)
    assert caught.value.diagnostics and caught.value.diagnostics[0].help
    with pytest.raises(winset.ScenarioError):
        winset.import_scenario(model)


def test_states_too_many_to_list(command: Command, tmp_path: Path) -> None:
    moves = "".join(f'[move.m{n}]\nname = "Move {n}"\nactor = "{"upland" if n % 2 else "lowland"}"\n' for n in range(40))
    wants = "".join(f'[stability.preference.{who}]\nbasis = "assumption"\nstatements = ["move({what})"]\n' for who, what in [("upland", "m0"), ("lowland", "m1")])
    (tmp_path / "case.toml").write_text(winset.starter() + moves + wants, encoding="utf-8")
    stability = winset.load(tmp_path).stability(first=3)
    assert (stability.engine, stability.states) == ("symbolic", 2**40)
    assert stability.to_dict() == document(command, "stability", tmp_path, "--first", 3)
    assert stability.concepts["seq"].equilibria is None and stability.concepts["seq"].not_computed


def test_layout_and_schema(command: Command, tmp_path: Path) -> None:
    assert winset.schema() == json.loads(command("schema").stdout)
    file = tmp_path / "case.toml"
    file.write_text(winset.starter().replace(" = ", "  =  "), encoding="utf-8")
    laid_out = winset.lay_out(file.read_text(encoding="utf-8"))
    command("fmt", file)
    assert laid_out == file.read_text(encoding="utf-8")
