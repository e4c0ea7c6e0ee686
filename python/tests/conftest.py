"""What tests share: the cases of the repository, and the command they are compared with."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted(path.parent for path in (ROOT / "cases").glob("*/case.toml"))

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def command() -> Command:
    """Runs the `winset` command that WINSET_COMMAND names."""
    program = os.environ.get("WINSET_COMMAND")
    if not program:
        pytest.skip("not run: WINSET_COMMAND does not name the command to compare with")

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = [program, *map(str, arguments)]
        return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)

    return run


def document(run: Command, *arguments: object) -> Any:
    """What the command prints with `--json`."""
    return json.loads(run(*arguments, "--json").stdout)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name within it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
