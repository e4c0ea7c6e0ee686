//! Which numbers matter most: how far a verdict's share of draws moves between the upper and the lower half of a number's range.
//!
//! A global measure (every other number moves as well), cheap because each draw leaves one bit per number and per verdict.

use super::bases::{Base, Spread};

/// A number that matters.
#[derive(Debug, Clone)]
pub struct Influential {
    /// Which, as edits name it.
    pub path: String,
    /// Its place among the numbers of the case.
    pub place: crate::NumberPlace,
    /// The verdict it moves most: a claim, or that a track has a deal.
    pub verdict: String,
    /// The verdict's share of draws with the number in the lower half of its draws, and in the upper half.
    pub shares: (f64, f64),
    /// How many verdicts it moves by more than chance would.
    pub moved: usize,
}

/// One bit per draw for every number (its luck was above one half) and every verdict (it held).
#[derive(Debug, Clone)]
pub(crate) struct Record {
    high: Vec<Vec<u64>>,
    held: Vec<Vec<u64>>,
    draws: u64,
}

impl Record {
    pub(crate) fn new(numbers: usize, verdicts: usize) -> Self {
        let numbers = if verdicts == 0 { 0 } else { numbers };
        Record { high: vec![Vec::new(); numbers], held: vec![Vec::new(); verdicts], draws: 0 }
    }

    /// Begins a draw.
    pub(crate) fn begin(&mut self, luck: &[f64]) {
        if self.draws.is_multiple_of(64) {
            self.high.iter_mut().chain(&mut self.held).for_each(|bits| bits.push(0));
        }
        let bit = self.draws % 64;
        for (bits, luck) in self.high.iter_mut().zip(luck) {
            *bits.last_mut().expect("pushed above") |= u64::from(*luck >= 0.5) << bit;
        }
        self.draws += 1;
    }

    pub(crate) fn note(&mut self, verdict: usize, held: bool) {
        let bit = (self.draws - 1) % 64;
        *self.held[verdict].last_mut().expect("a draw has begun") |= u64::from(held) << bit;
    }

    /// Appends the draws that come next; all parts but the last are whole words.
    pub(crate) fn append(&mut self, other: Record) {
        for (bits, more) in self.high.iter_mut().zip(other.high).chain(self.held.iter_mut().zip(other.held)) {
            bits.extend(more);
        }
        self.draws += other.draws;
    }
}

/// The numbers that move verdicts by more than chance would, those first that move all of them together most. Only verdicts that were asked of every draw count.
pub(crate) fn influential(base: &Base, record: &Record, labels: &[String], in_every_draw: &[bool]) -> Vec<Influential> {
    let count = |bits: &[u64]| bits.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
    let mut found: Vec<(f64, Influential)> = Vec::new();
    for (number, high) in base.numbers.iter().zip(&record.high) {
        let above = count(high);
        let below = record.draws - above;
        if !number.varies(Spread::Given) || above == 0 || below == 0 {
            continue;
        }
        // Four standard errors of a difference of two shares, at their largest: what chance alone seldom does, over all numbers and verdicts.
        let noise = 4.0 * libm::sqrt(0.25 / above as f64 + 0.25 / below as f64);
        let (mut total, mut moved, mut most) = (0.0, 0, None::<(f64, usize, (f64, f64))>);
        for (verdict, held) in record.held.iter().enumerate().filter(|(verdict, _)| in_every_draw[*verdict]) {
            let both: u64 = high.iter().zip(held).map(|(high, held)| u64::from((high & held).count_ones())).sum();
            let shares = ((count(held) - both) as f64 / below as f64, both as f64 / above as f64);
            let shift = (shares.1 - shares.0).abs();
            if shift > noise {
                total += shift;
                moved += 1;
                if most.is_none_or(|(known, ..)| shift > known) {
                    most = Some((shift, verdict, shares));
                }
            }
        }
        if let Some((_, verdict, shares)) = most {
            let path = number.path.clone();
            let verdict = labels[verdict].clone();
            found.push((total, Influential { path, place: number.place, verdict, shares, moved }));
        }
    }
    found.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.path.cmp(&other.path)));
    found.into_iter().map(|(_, influential)| influential).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_verdicts_asked_of_every_draw_count() {
        let case =
            winset_case::read(include_str!("../../../winset/templates/starter.toml")).case.expect("it is well formed");
        let base = Base::of(&case);
        let ranged = base.numbers.iter().position(|number| number.varies(Spread::Given)).expect("it has a range");
        // A verdict that holds just where this number is in its upper half.
        let mut record = Record::new(base.numbers.len(), 1);
        for draw in 0..400 {
            let high = draw % 2 == 0;
            let luck: Vec<f64> =
                (0..base.numbers.len()).map(|number| if number == ranged && high { 0.9 } else { 0.1 }).collect();
            record.begin(&luck);
            record.note(0, high);
        }
        let labels = ["claim x holds in".to_owned()];
        let found = influential(&base, &record, &labels, &[true]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].shares), (base.numbers[ranged].path.as_str(), (0.0, 1.0)));
        assert!(influential(&base, &record, &labels, &[false]).is_empty());
    }
}
