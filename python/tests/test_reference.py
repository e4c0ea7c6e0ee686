"""The reference page says what the docstrings say, and names everything public."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import reference

import winset


def test_the_page_is_what_the_docstrings_say() -> None:
    # Write it anew with `python python/reference.py`.
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page()


def test_everything_public_is_on_it() -> None:
    text = reference.page()
    for name in winset.__all__:
        assert name.startswith("__") or name == "sweep" or f"### {name}\n" in text, name
    for name in winset.sweep.__all__:
        assert f"### {name}\n" in text, name
