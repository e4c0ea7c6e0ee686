"""Tables, and how they become those of other libraries."""

from __future__ import annotations

import html
import math
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Table"]

Cell = str | float | int | None
_SHOWN = 20


class Table:
    """A table: named columns of text, numbers or whole numbers, in which a cell may be empty (`None`).

    The columns stand in memory as Arrow lays them out. They are copied once, out of what computed them; `to_arrow` and every
    library that takes Arrow data (`__arrow_c_stream__`) then use the same memory. `to_polars` copies text, which Polars keeps in a
    form of its own, and `to_pandas` copies what pandas keeps in a form of its own.

    >>> import winset
    >>> table = winset.read(winset.starter()).settle().table("tracks")
    >>> table.columns[:3]
    ['track', 'name', 'deals']
    >>> table["acceptable"]
    [2]
    >>> table.rows[0]["verdict"]
    'deal'
    """

    def __init__(self, parts: tuple[str, int, list[tuple[str, str, bytes | None, bytes | None, bytes]]]) -> None:
        self._name, self._length, self._columns = parts

    @property
    def name(self) -> str:
        """What the table is called."""
        return self._name

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [name for name, *_ in self._columns]

    @property
    def kinds(self) -> dict[str, str]:
        """What each column holds: `text`, `number` or `count`."""
        return {name: kind for name, kind, *_ in self._columns}

    @property
    def rows(self) -> list[dict[str, Cell]]:
        """The rows, each by the names of the columns."""
        columns = [self[name] for name in self.columns]
        return [dict(zip(self.columns, row, strict=True)) for row in zip(*columns, strict=True)]

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, column: str) -> list[Cell]:
        """The cells of a column."""
        found = [each for each in self._columns if each[0] == column]
        if not found:
            raise KeyError(column)
        _, kind, valid, offsets, values = found[0]
        cells: list[Cell]
        if offsets is not None:
            ends = struct.unpack(f"<{self._length + 1}q", offsets)
            cells = [values[start:end].decode() for start, end in zip(ends, ends[1:], strict=False)]
        else:
            cells = list(struct.unpack(f"<{self._length}{'d' if kind == 'number' else 'q'}", values))
        if valid is None:
            return cells
        return [cell if valid[row // 8] >> (row % 8) & 1 else None for row, cell in enumerate(cells)]

    def to_arrow(self) -> pyarrow.Table:
        """The table as one of pyarrow, over the same memory. Needs pyarrow."""
        import pyarrow

        types = {"text": pyarrow.large_utf8(), "number": pyarrow.float64(), "count": pyarrow.int64()}

        def array(kind: str, *parts: bytes | None) -> Any:
            # What is empty has no address, which a buffer of values must have.
            buffers = [None if part is None else pyarrow.py_buffer(part) for part in parts]
            return pyarrow.Array.from_buffers(types[kind], self._length, buffers)

        arrays = [
            array(kind, valid, values) if offsets is None else array(kind, valid, offsets, values)
            for _, kind, valid, offsets, values in self._columns
        ]
        return pyarrow.Table.from_arrays(arrays, names=self.columns)

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a data frame of pandas, whole numbers and empty cells kept as such. Needs pandas and pyarrow."""
        import pandas

        whole = {name: pandas.array(self[name], dtype="Int64") for name, kind in self.kinds.items() if kind == "count"}
        return self.to_arrow().to_pandas().assign(**whole)

    def to_polars(self) -> polars.DataFrame:
        """The table as a data frame of Polars. Needs polars and pyarrow."""
        import polars

        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table for any library that takes Arrow data. Needs pyarrow."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Table {self._name}: {self._length} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = ""
        for row in self.rows[:_SHOWN]:
            body += "<tr>" + "".join(f"<td>{html.escape(_shown(cell))}</td>" for cell in row.values()) + "</tr>"
        more = f"<p>{self._length - _SHOWN} more rows</p>" if self._length > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and math.isfinite(cell):
        return f"{cell:.4g}"
    return str(cell)
