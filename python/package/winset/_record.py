"""Documents as objects: every key is an attribute with a type."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any, TypeVar

T = TypeVar("T")

_WIDTH = 60


class Record:
    """What a document says, as attributes that cannot be changed. Subclasses are data classes whose fields are the keys."""

    def __repr__(self) -> str:
        parts = [f"{each.name}={_short(getattr(self, each.name))}" for each in dataclasses.fields(self) if each.repr]  # type: ignore[arg-type]
        return f"{type(self).__name__}({', '.join(parts)})"


def build(kind: type[T], document: Any) -> T:
    """The object a document stands for. A key it does not know stays in the document alone."""
    made = _convert(kind, document)
    assert isinstance(made, kind)
    return made


_KNOWN: dict[type, dict[str, tuple[str, Any]]] = {}


def _fields(kind: type[Any]) -> dict[str, tuple[str, Any]]:
    """The attribute and the type of each key of a class."""
    if kind not in _KNOWN:
        hints = typing.get_type_hints(kind)
        # A key that is a word of the language has an underscore after it.
        _KNOWN[kind] = {each.name.rstrip("_"): (each.name, hints[each.name]) for each in dataclasses.fields(kind) if each.init}
    return _KNOWN[kind]


def _convert(hint: Any, value: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, Record):
        known = _fields(hint)
        return hint(**{known[key][0]: _convert(known[key][1], each) for key, each in value.items() if key in known})
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        if value is None:
            return None
        (only,) = [each for each in arguments if each is not type(None)] if len(arguments) == 2 else [None]
        return value if only is None else _convert(only, value)
    if origin is list:
        return [_convert(arguments[0], each) for each in value]
    if origin is dict:
        return {key: _convert(arguments[1], each) for key, each in value.items()}
    if hint is float and isinstance(value, int):
        return float(value)
    if hint is int and isinstance(value, str):
        # Whole numbers beyond what every reader of JSON reads exactly are written as text.
        return int(value)
    return value


def _short(value: object) -> str:
    """How a value looks within another: what is long is counted instead."""
    text = repr(value)
    if len(text) <= _WIDTH:
        return text
    if isinstance(value, str):
        return repr(value[: _WIDTH - 8] + "…")
    if isinstance(value, (list, dict)):
        return f"[… {len(value)}]" if isinstance(value, list) else f"{{… {len(value)}}}"
    if isinstance(value, Record):
        return f"{type(value).__name__}(…)"
    return text
