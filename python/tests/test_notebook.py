"""The notebook runs from top to bottom, every cell shows what it should, and it is kept without its output."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

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


def test_it_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    # It looks for the cases from where it stands.
    monkeypatch.chdir(Path(NOTEBOOK).parent)
    names: dict[str, Any] = {}
    pictures = 0
    for source, _ in cells():
        shown = run(source, names)
        silent = source.splitlines()[-1].startswith((" ", "assert"))
        assert silent or shown is not None or capsys.readouterr().out, source
        pictures += hasattr(shown, "_repr_svg_")
        if hasattr(shown, "height"):
            assert shown.height > 0, source
    assert pictures == len(names["figures"]) == len(names["brief"].figures)


def test_it_is_kept_without_output() -> None:
    for _, cell in cells():
        assert cell["outputs"] == [] and cell["execution_count"] is None
