"""Writes docs/reference/python.md from the docstrings and types of the package: `python python/reference.py`."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "python" / "package" / "winset"
PAGE = ROOT / "docs" / "reference" / "python.md"

# In reading order: a heading, a file, and which of its names (all if none are listed).
PARTS = [
    ("Cases and questions", "case.py", ["load", "read", "Case", "load_graph_model", "GraphModel"]),
    ("Without a case", "tools.py", ["check", "starter", "lay_out", "schema", "import_scenario", "ImportedCase"]),
    ("What every answer has", "results/_answer.py", ["Answer", "Figure"]),
    ("Tables", "table.py", ["Table"]),
    ("Errors", "errors.py", []),
    ("Diagnostics", "diagnostics.py", []),
    ("Answers of `settle`", "results/settlements.py", []),
    ("Answers of `claims`", "results/claims.py", []),
    ("Answers of `brief`", "results/brief.py", []),
    ("Answers of `compare` and `diff`", "results/comparisons.py", []),
    ("Answers of `status`, `evidence` and `check`", "results/record.py", []),
    ("Answers of `stability`", "results/stability.py", []),
    ("Answers of `simulate`", "results/simulation.py", []),
    ("Sweeps: `winset.sweep`", "sweep/plan.py", ["plan", "load", "read", "Plan", "Unit", "Column"]),
    ("Computing, counting and checking a sweep", "sweep/work.py", ["run", "reduce", "verify", "compute_unit", "run_unit", "unit_file", "take_unit"]),
    ("Sweeps on many machines", "sweep/engines.py", []),
    ("Answers of `winset.sweep`", "results/sweeps.py", []),
]

HEAD = """\
# The Python package

Made from the docstrings of the package (`python python/reference.py`); a test keeps it true. [How to use it](../how-to/python.md).
Attributes that are keys of the JSON documents are explained [there](json.md) once more.
"""


def text_of(node: ast.ClassDef | ast.FunctionDef) -> str:
    """The docstring, its examples as code."""
    lines, within = [], False
    for line in (ast.get_docstring(node) or "").splitlines():
        example = line.startswith(">>>") or (within and bool(line.strip()))
        if example and not within:
            lines.append("```pycon")
        if within and not example:
            lines.append("```")
        within = example
        lines.append(line)
    return "\n".join(lines + (["```"] if within else [])).strip()


def signature(node: ast.FunctionDef) -> str:
    arguments = [each for each in node.args.args if each.arg not in ("self", "cls")]
    node.args.args = arguments
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({ast.unparse(node.args)}){returns}"


def is_called(node: ast.FunctionDef, name: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == name for each in node.decorator_list)


def cell(text: str) -> str:
    """Text that may stand in a table."""
    return " ".join(text.split()).replace("|", "\\|")


def write_class(node: ast.ClassDef) -> str:
    bases = [ast.unparse(base) for base in node.bases if ast.unparse(base) not in ("Record", "_Found")]
    out = [f"### {node.name}\n", text_of(node) + "\n"]
    if bases:
        out.insert(1, f"A {' and a '.join(f'`{base}`' for base in bases)}.\n")
    rows = []
    for position, each in enumerate(node.body):
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name) and not each.target.id.startswith("_"):
            after = node.body[position + 1] if position + 1 < len(node.body) else None
            said = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            rows.append((each.target.id, ast.unparse(each.annotation), str(said)))
        if isinstance(each, ast.FunctionDef) and is_called(each, "property") and not each.name.startswith("_"):
            rows.append((each.name, ast.unparse(each.returns) if each.returns else "", ast.get_docstring(each) or ""))
    if rows:
        out.append("| Attribute | Type | |\n|---|---|---|\n" + "".join(f"| `{name}` | `{cell(kind)}` | {cell(said)} |\n" for name, kind, said in rows))
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
            if not is_called(each, "property") and not is_called(each, "overload"):
                out.append(f"`{signature(each)}`\n\n{text_of(each)}\n")
    return "\n".join(out)


def page() -> str:
    """The whole page."""
    out = [HEAD]
    for heading, file, names in PARTS:
        body = ast.parse((PACKAGE / file).read_text(encoding="utf-8")).body
        found = {each.name: each for each in body if isinstance(each, (ast.ClassDef, ast.FunctionDef)) and not each.name.startswith("_")}
        out.append(f"## {heading}\n")
        for name in names or found:
            node = found[name]
            out.append(write_class(node) if isinstance(node, ast.ClassDef) else f"### {name}\n\n`{signature(node)}`\n\n{text_of(node)}\n")
    return "\n".join(out).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE.relative_to(ROOT)}", file=sys.stderr)
