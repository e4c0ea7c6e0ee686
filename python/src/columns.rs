//! Tables as columns, laid out in memory as Arrow has them.
//!
//! A column is handed over as three `bytes` objects: which rows hold something (one bit each, the lowest first), where each text ends (`int64`,
//! one more than there are rows), and the values (`float64`, `int64`, or UTF-8). They are written once, here; what Python makes of them
//! (`pyarrow`, and `polars` and `pandas` through it) points into the same bytes.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyTuple};
use winset::report::csv::{Cell, Kind, Table};
use winset::simulation::{Rows, Values};

/// A column: its name, its kind (`text`, `number`, `count`), the bits of the rows that hold something (`None`: all do), the offsets of text
/// (`None` for numbers), and the values.
pub(crate) fn columns<'py>(py: Python<'py>, table: &Table) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for (position, column) in table.columns.iter().enumerate() {
        let cells = || table.rows.iter().map(|row| &row[position]);
        let bits = valid(py, table.rows.len(), cells().map(|cell| *cell != Cell::Empty));
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
                let (offsets, values) = texts(py, cells().map(written));
                (column.name, "text", bits, Some(offsets), values)
            }
        };
        let parts: Bound<'py, PyTuple> = parts.into_pyobject(py)?;
        list.append(parts)?;
    }
    Ok(list)
}

/// The columns of a table with a row for each run.
pub(crate) fn columns_of_runs<'py>(py: Python<'py>, rows: &Rows) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for column in &rows.columns {
        let name = column.name.as_str();
        let parts = match &column.values {
            Values::Whole(values) => {
                let bytes = eight_each(py, values.iter(), |value| (*value as i64).to_le_bytes())?;
                (name, "count", None, None, bytes)
            }
            Values::Perhaps(values) => {
                let bits = valid(py, values.len(), values.iter().map(Option::is_some));
                let bytes = eight_each(py, values.iter(), |value| i64::from(value.unwrap_or(0)).to_le_bytes())?;
                (name, "count", bits, None, bytes)
            }
            Values::Numbers(values) => {
                let bits = valid(py, values.len(), values.iter().map(Option::is_some));
                let bytes = eight_each(py, values.iter(), |value| value.unwrap_or(0.0).to_le_bytes())?;
                (name, "number", bits, None, bytes)
            }
            Values::Words { words, places } => {
                let (offsets, bytes) = texts(py, places.iter().map(|place| words[*place as usize].as_str()));
                (name, "text", None, Some(offsets), bytes)
            }
        };
        let parts: Bound<'py, PyTuple> = parts.into_pyobject(py)?;
        list.append(parts)?;
    }
    Ok(list)
}

fn valid(py: Python<'_>, rows: usize, filled: impl Iterator<Item = bool>) -> Option<Bound<'_, PyBytes>> {
    let mut bits = vec![0_u8; rows.div_ceil(8)];
    let mut all = true;
    for (row, filled) in filled.enumerate() {
        all &= filled;
        bits[row / 8] |= u8::from(filled) << (row % 8);
    }
    (!all).then(|| PyBytes::new(py, &bits))
}

fn eight_each<T>(
    py: Python<'_>,
    cells: impl ExactSizeIterator<Item = T>,
    of: impl Fn(T) -> [u8; 8],
) -> PyResult<Bound<'_, PyBytes>> {
    PyBytes::new_with(py, cells.len() * 8, |bytes| {
        bytes.chunks_exact_mut(8).zip(cells).for_each(|(place, cell)| place.copy_from_slice(&of(cell)));
        Ok(())
    })
}

fn texts<T: AsRef<str>>(py: Python<'_>, cells: impl Iterator<Item = T>) -> (Bound<'_, PyBytes>, Bound<'_, PyBytes>) {
    let mut text = String::new();
    let mut offsets = 0_i64.to_le_bytes().to_vec();
    for cell in cells {
        text.push_str(cell.as_ref());
        offsets.extend((text.len() as i64).to_le_bytes());
    }
    (PyBytes::new(py, &offsets), PyBytes::new(py, text.as_bytes()))
}

/// What stands in a cell of text.
fn written(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(value) => value.into(),
        Cell::Number(value) => value.to_string().into(),
        Cell::Whole(value) => value.to_string().into(),
    }
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
