//! The table of `winset compare --runs N --csv`.

use winset_brief::unfold::{Estimate, RunComparison};

use super::{Cell, Table, number, text};

/// The table of `winset compare --runs N --csv`: `measures`.
pub fn compare_runs(comparison: &RunComparison) -> Vec<Table> {
    let case = comparison.today.case();
    let mut rows = Vec::new();
    for (at, (option, _)) in comparison.options.iter().enumerate() {
        for beside in comparison.beside(at) {
            let (measure, of) = beside.measure.names(case);
            let mut row = vec![
                Cell::from(crate::compare::letter(at).as_str()),
                Cell::from(option.name.as_str()),
                Cell::from(measure),
                Cell::Text(of),
            ];
            for estimate in [beside.today, beside.with, beside.difference] {
                row.extend(cells(estimate));
            }
            row.extend([beside.half.0, beside.half.1].map(|half| Cell::count(half.map(|half| half as u64))));
            rows.push(row);
        }
    }
    let columns = vec![
        text("option"),
        text("name"),
        text("measure"),
        text("subject"),
        number("today"),
        number("today_low"),
        number("today_high"),
        number("with_option"),
        number("with_option_low"),
        number("with_option_high"),
        number("difference"),
        number("difference_low"),
        number("difference_high"),
        number("half_by_today"),
        number("half_by_with_option"),
    ];
    vec![Table { name: "measures", columns, rows }]
}

fn cells(estimate: Option<Estimate>) -> [Cell; 3] {
    estimate.map_or([Cell::Empty, Cell::Empty, Cell::Empty], |estimate| {
        [estimate.value, estimate.low, estimate.high].map(Cell::Number)
    })
}
