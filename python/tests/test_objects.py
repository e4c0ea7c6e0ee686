"""Answers as objects: attributes for every key, wrong questions, tables of other libraries."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import pkgutil
from pathlib import Path

import pandas
import polars
import pyarrow
import pytest
from conftest import ROOT

import winset
from winset._record import Record, build
from winset.results._answer import Answer
from winset.results.settlements import Settlements


@pytest.fixture
def case() -> winset.Case:
    return winset.read(winset.starter())


def modules() -> list[str]:
    names = [each.name for each in pkgutil.walk_packages(winset.__path__, "winset.")]
    return ["winset", *(name for name in names if not name.endswith("_native"))]


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    assert doctest.testmod(module).failed == 0


def test_the_examples_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "python" / "README.md").read_text(encoding="utf-8")
    examples = [part.split("```")[0] for part in text.split("```python\n")[1:]]
    assert len(examples) == 2
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in examples:
        exec(example, names)
    assert "2 points (grid) of 10,000 runs each" in capsys.readouterr().out


def test_everything_public_is_explained() -> None:
    for thing, name in [(getattr(module, name), name) for module in (winset, winset.sweep) for name in module.__all__]:
        if isinstance(thing, type):
            assert thing.__doc__ and not thing.__doc__.startswith(thing.__name__ + "("), name
            methods = [each for name, each in vars(thing).items() if callable(each) and not name.startswith("_")]
            assert all(each.__doc__ for each in methods), name
        elif callable(thing):
            assert thing.__doc__, name


def test_keys_are_attributes_and_none_is_left_out(case: winset.Case) -> None:
    answer = case.settle()
    for key, value in answer.to_dict()["tracks"]["talks"].items():
        attribute = getattr(answer["talks"], key)
        assert (attribute is None) == (value is None), key
    later = build(Settlements, {**answer.to_dict(), "weather": 1})
    assert later == answer
    with pytest.raises(TypeError, match="assembly"):
        build(Settlements, {key: value for key, value in answer.to_dict().items() if key != "assembly"})


def test_answers_do_not_change(case: winset.Case) -> None:
    answer = case.brief(draws=0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.verdict = "all is well"  # type: ignore[misc]
    assert answer == case.brief(draws=0)
    assert answer != case.what_if(levers="fund").brief(draws=0)
    assert answer.draws is None


def test_a_large_table_has_whole_numbers_of_any_size() -> None:
    issues = "".join(f'[issue.i{n}]\nname = "I{n}"\noptions = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]\n' for n in range(30))
    names = [f"i{n}" for n in range(30)]
    values = "{ " + ", ".join(f"{option} = {place / 10}" for place, option in enumerate("abcdefghij")) + " }"
    actors = ""
    for actor in ("north", "south"):
        actors += f'[actor.{actor}]\nname = "{actor}"\nfallback = 0.2\n[actor.{actor}.weights]\n'
        actors += "".join(f"{name} = 1\n" for name in names) + f"[actor.{actor}.values]\n"
        actors += "".join(f"{name} = {values}\n" for name in names)
    track = f'[track.talks]\nname = "Talks"\nagenda = {names}\nseats = {{ north = "party", south = "party" }}\n'.replace("'", '"')
    case = winset.read('[case]\ntitle = "Large"\nas_of = 2024-05-01\n' + issues + actors + track)
    talks = case.settle("talks")
    assert talks.packages is not None and talks.packages > 10**29
    assert talks.has_deal is True
    assert talks.acceptable_package is not None and len(talks.acceptable_package) == 30


def test_wrong_questions_say_what_there_is(case: winset.Case, tmp_path: Path) -> None:
    with pytest.raises(winset.UsageError, match="there is no lever `find`; the case has fund"):
        case.what_if(levers="find")
    with pytest.raises(winset.UsageError, match="there is no reading `x`; the case has none"):
        case.what_if(reading="x")
    with pytest.raises(winset.UsageError, match="there is no table `points` here; there is `claims`"):
        case.claims(draws=0).table("points")
    with pytest.raises(winset.UsageError, match="it cannot say where the process stood on 2030-01-01"):
        case.status("2030-01-01")
    with pytest.raises(winset.UsageError, match="from 1 to 9"):
        winset.load(ROOT / "cases" / "elmira-1991").stability(state=10)
    with pytest.raises(winset.UsageError, match="no sanction rule `loose`"):
        winset.load(ROOT / "cases" / "elmira-1991").stability(sanction_rule="loose")  # type: ignore[arg-type]
    with pytest.raises(winset.UsageError, match="from 0 to 1,000,000"):
        case.brief(draws=-1)
    with pytest.raises(winset.UsageError, match="1 or more"):
        case.brief(threads=0)
    with pytest.raises(winset.UsageError, match=r"name it \.html"):
        case.brief(draws=0).save(tmp_path / "brief.pdf")
    with pytest.raises(winset.FileError, match="cannot be read"):
        winset.load(tmp_path / "nothing")
    with pytest.raises(winset.CaseError) as caught:
        case.what_if(edits="actor.upland.weight.water = 2")
    assert caught.value.diagnostics[0].file == "the edit"
    assert "actor.upland.weight" in str(caught.value)


def all_tables() -> list[winset.Table]:
    case = winset.load(ROOT / "cases" / "kempton-park-1993")
    answers: list[Answer] = [case.brief(draws=0), case.compare(), case.diff(case), case.status(), case.evidence()]
    return [answer.table(name) for answer in answers for name in answer.tables]


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_tables_of_other_libraries_say_the_same(table: winset.Table) -> None:
    arrow = table.to_arrow()
    arrow.validate(full=True)
    assert arrow.to_pylist() == table.rows
    assert pyarrow.table(table) == arrow
    assert table.to_polars().to_dicts() == table.rows
    assert polars.DataFrame(table).equals(table.to_polars())
    frame = table.to_pandas()
    kinds = {"count": "Int64", "number": "float64"}
    for column, kind in table.kinds.items():
        assert str(frame[column].dtype) == kinds[kind] or kind == "text" if kind in kinds else True
        assert [None if pandas.isna(cell) else cell for cell in frame[column]] == table[column]


def test_arrow_uses_the_memory_of_the_table(case: winset.Case) -> None:
    table = case.evidence().table()
    (_, _, _, _, values) = next(each for each in table._columns if each[0] == "value")
    column = table.to_arrow().column("value").chunk(0)
    assert column.buffers()[1].address == pyarrow.py_buffer(values).address


def test_how_answers_look_in_a_notebook(case: winset.Case) -> None:
    brief = case.brief(draws=0)
    assert brief._repr_html_().startswith("<iframe srcdoc=") and "A river and its dam" in brief._repr_html_()
    assert brief._repr_markdown_() == brief.markdown()
    assert "<svg" in brief.figures[0]._repr_svg_()
    assert "<th>constraint</th>" in case.settle().table("blockers")._repr_html_()
    assert "&lt;" not in case.settle()._repr_html_()
    for answer in (brief, case.settle(), case.claims(draws=0), case.compare(), case.diff(case), case.status(), case.evidence()):
        assert len(repr(answer)) < 300
    assert isinstance(brief.tracks["talks"], Record) and "…" in repr(brief.tracks["talks"])
