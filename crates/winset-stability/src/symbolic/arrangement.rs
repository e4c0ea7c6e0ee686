//! In which order options decide: those that stand in one condition near each other, which keeps diagrams small (FORCE: Aloul, Markov & Sakallah 2003).

/// Fractions of a place are whole numbers of this.
const PLACE: i64 = 1 << 20;

/// The options in the order in which they decide. `together` holds a set of options, one bit each, per condition of the model.
pub(super) fn arrangement(options: usize, together: &[u64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..options).collect();
    let mut best = order.clone();
    let mut least = span(&order, together);
    for _ in 0..100 {
        let mut place = vec![0_i64; options];
        order.iter().enumerate().for_each(|(at, option)| place[*option] = at as i64 * PLACE);
        // Every condition pulls its options to its middle.
        let mut pull = vec![(0_i64, 0_i64); options];
        for set in together.iter().filter(|set| **set != 0) {
            let middle = members(*set).map(|option| place[option]).sum::<i64>() / i64::from(set.count_ones());
            for option in members(*set) {
                pull[option].0 += middle;
                pull[option].1 += 1;
            }
        }
        let target = |option: usize| if pull[option].1 == 0 { place[option] } else { pull[option].0 / pull[option].1 };
        let mut next = order.clone();
        next.sort_by_key(|option| target(*option));
        if next == order {
            break;
        }
        order = next;
        let now = span(&order, together);
        if now < least {
            (least, best) = (now, order.clone());
        }
    }
    best
}

/// How far apart the options of each condition stand, added up.
fn span(order: &[usize], together: &[u64]) -> usize {
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, option)| place[*option] = at);
    let one = |set: &u64| {
        let places = members(*set).map(|option| place[option]);
        places.clone().max().unwrap_or(0) - places.min().unwrap_or(0)
    };
    together.iter().map(one).sum()
}

fn members(set: u64) -> impl Iterator<Item = usize> + Clone {
    (0..64).filter(move |option| set >> option & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_stands_together() {
        // Pairs of options that stand far apart in the file.
        let together: Vec<u64> = (0..8).map(|option| 1 << option | 1 << (option + 8)).collect();
        let order = arrangement(16, &together);
        assert!(span(&order, &together) < span(&(0..16).collect::<Vec<_>>(), &together) / 2, "{order:?}");
    }
}
