//! A table in sums: whatever its packages are judged by is a number that adds up over issues, plus what conditions add.

use super::formula::Formula;

/// A number every package has: what its options add, plus what conditions add.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Row {
    /// Per issue of the agenda and option.
    pub(crate) table: Vec<Vec<i128>>,
}

/// A condition over packages and what it does.
#[derive(Debug, Clone)]
pub(crate) struct When {
    /// The condition.
    pub(crate) formula: Formula,
    /// What it adds where it holds, by row.
    pub(crate) adds: Vec<(usize, i128)>,
    /// Constraints, one bit each, that are violated where it fails.
    pub(crate) violated_if_false: u128,
}

/// A table in sums.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sums {
    /// Options per issue of the agenda.
    pub(crate) options: Vec<usize>,
    /// What adds up.
    pub(crate) rows: Vec<Row>,
    /// What conditions add.
    pub(crate) conditions: Vec<When>,
}

impl Sums {
    /// A package's number in a row.
    pub(crate) fn value(&self, row: usize, package: &[usize]) -> i128 {
        let options: i128 = self.rows[row].table.iter().zip(package).map(|(options, &option)| options[option]).sum();
        let conditions = self.conditions.iter().filter(|condition| condition.holds(package));
        let added: i128 =
            conditions.flat_map(|condition| &condition.adds).filter(|(to, _)| *to == row).map(|(_, add)| add).sum();
        options + added
    }

    /// Adds a row that is the weighted sum of others; `None` where its numbers could not be held.
    pub(crate) fn total(&mut self, weights: &[(usize, i128)]) -> Option<usize> {
        let mut table: Vec<Vec<i128>> = self.options.iter().map(|options| vec![0; *options]).collect();
        let mut adds = vec![0_i128; self.conditions.len()];
        for &(row, weight) in weights {
            self.size(row)?.checked_mul(weight)?;
            for (total, options) in table.iter_mut().zip(&self.rows[row].table) {
                for (total, value) in total.iter_mut().zip(options) {
                    *total = total.checked_add(value.checked_mul(weight)?)?;
                }
            }
            for (total, condition) in adds.iter_mut().zip(&self.conditions) {
                let amounts = condition.adds.iter().filter(|(to, _)| *to == row);
                *total = total.checked_add(amounts.map(|(_, add)| add).sum::<i128>().checked_mul(weight)?)?;
            }
        }
        self.rows.push(Row { table });
        let row = self.rows.len() - 1;
        for (total, condition) in adds.into_iter().zip(&mut self.conditions).filter(|(total, _)| *total != 0) {
            condition.adds.push((row, total));
        }
        self.size(row).map(|_| row)
    }

    /// How much is at stake in an issue: over all rows, its range as a share of the row's, in millionths.
    pub(crate) fn stake(&self, issue: usize) -> i128 {
        let range = |options: &Vec<i128>| {
            let most = options.iter().max().copied().unwrap_or(0);
            most - options.iter().min().copied().unwrap_or(0)
        };
        let share = |row: &Row| {
            let whole: i128 = row.table.iter().map(range).sum();
            if whole == 0 { 0 } else { (range(&row.table[issue]) << 20) / whole }
        };
        self.rows.iter().map(share).sum()
    }

    /// The largest size a row's numbers can reach on the way.
    pub(crate) fn size(&self, row: usize) -> Option<i128> {
        let largest = |options: &Vec<i128>| options.iter().map(|value| value.abs()).max().unwrap_or(0);
        let options = self.rows[row].table.iter().map(largest);
        let added = self.conditions.iter().flat_map(|condition| &condition.adds);
        let added = added.filter(|(to, _)| *to == row).map(|(_, add)| add.abs());
        options.chain(added).try_fold(0_i128, i128::checked_add)
    }
}

impl When {
    /// Whether it is met at a package as far as it binds.
    pub(crate) fn allows(&self, binding: u128, package: &[usize]) -> bool {
        self.violated_if_false & binding == 0 || self.holds(package)
    }

    /// Whether it holds at a package.
    pub(crate) fn holds(&self, package: &[usize]) -> bool {
        fn at(formula: &Formula, package: &[usize]) -> bool {
            match formula {
                Formula::Constant(value) => *value,
                Formula::In(issue, options) => options >> package[*issue] & 1 == 1,
                Formula::And(parts) => parts.iter().all(|part| at(part, package)),
                Formula::Or(parts) => parts.iter().any(|part| at(part, package)),
            }
        }
        at(&self.formula, package)
    }
}
