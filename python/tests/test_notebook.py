"""The notebook runs from top to bottom, every cell shows what it should, and it is kept without its output."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Command

from winset.results._answer import Figure

NOTEBOOK = ROOT / "python" / "notebooks" / "syria.ipynb"


def cells() -> list[tuple[str, dict[str, Any]]]:
    """The source of each cell of code, and the cell."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    return [("".join(cell["source"]), cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def run(source: str, names: dict[str, Any]) -> Any:
    """Runs a cell as a notebook does, and gives what its last line comes to."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def test_it_runs_and_shows_every_figure_of_the_brief(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: Command) -> None:
    # It looks for the cases from where it stands.
    monkeypatch.chdir(Path(NOTEBOOK).parent)
    names: dict[str, Any] = {}
    shown_figures = []
    for source, _ in cells():
        shown = run(source, names)
        silent = source.splitlines()[-1].startswith((" ", "assert"))
        assert silent or shown is not None or capsys.readouterr().out, source
        if isinstance(shown, Figure):
            shown_figures.append(shown)
        if hasattr(shown, "height"):
            assert shown.height > 0, source
    # The figures are those that the command lists, each of them; how robust claims are is drawn.
    listed = [line.split()[0] for line in command("figure", "list", "cases/syria-2017", "--draws", 0).stdout.splitlines()]
    assert sorted(figure.name for figure in shown_figures) == sorted([*listed, "claims"]) == sorted(names["figures"])
    chart = names["chart"]._repr_svg_()
    assert chart.count("<polyline") == len(names["plan"].points) == 3


def test_it_is_kept_without_output() -> None:
    for _, cell in cells():
        assert cell["outputs"] == [] and cell["execution_count"] is None
