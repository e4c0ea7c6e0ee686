//! Tables as columns, laid out in memory as Arrow has them.
//!
//! A column is handed over as three `bytes` objects: which rows hold something (one bit each, the lowest first), where each text ends (`int64`,
//! one more than there are rows), and the values (`float64`, `int64`, or UTF-8). They are written once, here; what Python makes of them
//! (`pyarrow`, and `polars` and `pandas` through it) points into the same bytes.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyTuple};
use winset::report::csv::{Cell, Kind, Table};

/// A column: its name, its kind (`text`, `number`, `count`), the bits of the rows that hold something (`None`: all do), the offsets of text
/// (`None` for numbers), and the values.
pub(crate) fn columns<'py>(py: Python<'py>, table: &Table) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for (position, column) in table.columns.iter().enumerate() {
        let cells = || table.rows.iter().map(|row| &row[position]);
        let bits = valid(py, table.rows.len(), cells());
        let parts = match column.kind {
            Kind::Number => {
                let values = eight_each(py, cells(), |cell| number(cell).to_le_bytes())?;
                (column.name, "number", bits, None, values)
            }
            Kind::Count => {
                let values = eight_each(py, cells(), |cell| count(cell).to_le_bytes())?;
                (column.name, "count", bits, None, values)
            }
            Kind::Text => {
                let (offsets, values) = texts(py, cells());
                (column.name, "text", bits, Some(offsets), values)
            }
        };
        let parts: Bound<'py, PyTuple> = parts.into_pyobject(py)?;
        list.append(parts)?;
    }
    Ok(list)
}

fn valid<'py, 't>(py: Python<'py>, rows: usize, cells: impl Iterator<Item = &'t Cell>) -> Option<Bound<'py, PyBytes>> {
    let mut bits = vec![0_u8; rows.div_ceil(8)];
    let mut all = true;
    for (row, cell) in cells.enumerate() {
        if *cell == Cell::Empty {
            all = false;
        } else {
            bits[row / 8] |= 1 << (row % 8);
        }
    }
    (!all).then(|| PyBytes::new(py, &bits))
}

fn eight_each<'py, 't>(
    py: Python<'py>,
    cells: impl ExactSizeIterator<Item = &'t Cell>,
    of: impl Fn(&Cell) -> [u8; 8],
) -> PyResult<Bound<'py, PyBytes>> {
    PyBytes::new_with(py, cells.len() * 8, |bytes| {
        bytes.chunks_exact_mut(8).zip(cells).for_each(|(place, cell)| place.copy_from_slice(&of(cell)));
        Ok(())
    })
}

fn texts<'py, 't>(
    py: Python<'py>,
    cells: impl Iterator<Item = &'t Cell>,
) -> (Bound<'py, PyBytes>, Bound<'py, PyBytes>) {
    let mut text = String::new();
    let mut offsets = 0_i64.to_le_bytes().to_vec();
    for cell in cells {
        match cell {
            Cell::Empty => {}
            Cell::Text(value) => text.push_str(value),
            Cell::Number(value) => text.push_str(&value.to_string()),
            Cell::Whole(value) => text.push_str(&value.to_string()),
        }
        offsets.extend((text.len() as i64).to_le_bytes());
    }
    (PyBytes::new(py, &offsets), PyBytes::new(py, text.as_bytes()))
}

fn number(cell: &Cell) -> f64 {
    match cell {
        Cell::Number(value) => *value,
        Cell::Whole(value) => *value as f64,
        Cell::Empty | Cell::Text(_) => 0.0,
    }
}

fn count(cell: &Cell) -> i64 {
    match cell {
        Cell::Whole(value) => *value as i64,
        _ => 0,
    }
}
