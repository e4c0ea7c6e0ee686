//! Large tables on a walk: most states need no look at all, because somebody there could not gain enough by any package.
//!
//! A bound on what a judge could make of a package from any state is one number per package and draw. Only packages that every judge could accept
//! from the worst state reached are looked at from each state, and only those that every judge could accept from that one are judged.

use winset_case::{Case, Expression};
use winset_worth::{View, holds};

use super::super::numbers::{ActorNumbers, Demand, Numbers};
use super::super::scene::option_places;
use crate::reading::Reading;
use crate::seating::{Member, Seating};
use crate::table::Table;

/// The packages of a large table, the same from every state.
#[derive(Debug)]
pub(super) struct Large {
    /// Per package: the places of its options on the agenda in an actor's list.
    options: Vec<Vec<u32>>,
    /// Per judge and package, what counts for it.
    judges: Vec<Vec<Counting>>,
}

/// What of a judge's conditions counts for a package, whatever state it is made from.
#[derive(Debug, Clone)]
struct Counting {
    /// Linkages that are earned for certain, and those that may be.
    earned: Vec<usize>,
    possible: Vec<usize>,
    /// Lines that are broken for certain, and those on content that are where they do not hold already.
    broken: Vec<usize>,
    content: Vec<usize>,
    /// Whether it may end the judge's conflict.
    may_end: bool,
}

impl Large {
    /// The packages of a table whose conditions read nothing but its agenda.
    pub(super) fn new(case: &Case, table: &Table<'_>, seating: &Seating, judges: &[usize], agenda: &[usize]) -> Self {
        let places = option_places(case);
        let own = case.tracks[table.track.0].concludes;
        // A conclusion follows from the package alone where the benchmarks read nothing else.
        let concludes_by_package = own.is_none_or(|framework| {
            let mut reading = Reading::new(agenda);
            reading.of(case, &Expression::Satisfied(framework, None));
            reading.is_of(agenda.len())
        });
        let reads_less = |condition: &Expression| {
            let mut reading = Reading::new(agenda);
            reading.of(case, condition);
            reading.is_of(agenda.len())
        };
        let certain: Vec<(Vec<bool>, Vec<bool>)> = judges
            .iter()
            .map(|&judge| {
                let member: &Member = &seating.members[judge];
                let linkages = member.linkages.iter().map(|(_, when)| reads_less(when)).collect();
                let lines = member.lines.iter().map(|(_, when, _)| reads_less(when)).collect();
                (linkages, lines)
            })
            .collect();
        let mut large = Large { options: Vec::new(), judges: vec![Vec::new(); judges.len()] };
        table.space.each(|_, outcome| {
            if table.unmet(outcome) == 0 {
                large.options.push(agenda.iter().map(|&issue| (places[issue] + outcome[issue]) as u32).collect());
                let concludes = table.concludes(outcome);
                let view = table.sitting.view(outcome, concludes);
                let standing = View { deal: None, ..view };
                for ((counting, &judge), (linkages, lines)) in large.judges.iter_mut().zip(judges).zip(&certain) {
                    let member = &seating.members[judge];
                    let mut counts = Counting {
                        earned: Vec::new(),
                        possible: Vec::new(),
                        broken: Vec::new(),
                        content: Vec::new(),
                        may_end: member.ends.is_some()
                            || concludes
                            || !concludes_by_package
                            || case.frameworks.is_empty(),
                    };
                    for ((linkage, when), certain) in member.linkages.iter().zip(linkages) {
                        match (certain, *certain && holds(when, &standing)) {
                            (true, true) => counts.earned.push(*linkage),
                            (true, false) => {}
                            (false, _) => counts.possible.push(*linkage),
                        }
                    }
                    for ((line, when, procedural), _) in member.lines.iter().zip(lines).filter(|(_, certain)| **certain)
                    {
                        if holds(when, &view) {
                            let kind = if *procedural { &mut counts.broken } else { &mut counts.content };
                            kind.push(*line);
                        }
                    }
                    counting.push(counts);
                }
            }
            std::ops::ControlFlow::Continue(())
        });
        large
    }

    pub(super) fn size(&self) -> usize {
        self.options.len()
    }

    /// Per judge, the packages it could accept from a state where what is on the agenda, linkages with it, is worth `least` to it, and all its
    /// patrons' leverage is left; those that every judge could. `holding` are each judge's lines that may hold already in such a state.
    pub(super) fn candidates(
        &self,
        seating: &Seating,
        judges: &[usize],
        numbers: &Numbers<'_>,
        least: &[i128],
        holding: &[Vec<usize>],
        bounds: &mut Vec<Vec<i128>>,
    ) -> Vec<u32> {
        let mut left: Vec<u32> = (0..self.options.len() as u32).collect();
        bounds.clear();
        for (((counting, &judge), &least), holding) in self.judges.iter().zip(judges).zip(least).zip(holding) {
            let member = &seating.members[judge];
            let numbers = numbers[member.actor.0].expect("given");
            if left.is_empty() {
                return left;
            }
            let mut bound = vec![i128::MAX >> 2; self.options.len()];
            if member.own_fallback {
                let leverage: i128 = numbers.leverage.iter().sum();
                left.retain(|&package| {
                    let place = package as usize;
                    let options: i128 = self.options[place].iter().map(|&place| numbers.options[place as usize]).sum();
                    bound[place] = options + counting[place].most(numbers, holding) + leverage;
                    bound[place] >= least
                });
            }
            bounds.push(bound);
        }
        left
    }
}

impl Counting {
    /// The most that linkages, the end of a cost and prices can add to the options.
    fn most(&self, numbers: &ActorNumbers, holding: &[usize]) -> i128 {
        let earned: i128 = self.earned.iter().map(|&linkage| numbers.bonus(linkage)).sum();
        let possible: i128 = self.possible.iter().map(|&linkage| numbers.bonus(linkage).max(0)).sum();
        let price = |line: &usize| match numbers.prices[*line] {
            Demand::Dropped => 0,
            Demand::Price(price) => price,
            Demand::Unpriced => i128::MAX >> 8,
        };
        let content = self.content.iter().filter(|line| !holding.contains(line));
        let prices: i128 = self.broken.iter().chain(content).map(price).sum();
        earned + possible + if self.may_end { numbers.going_on.max(0) } else { 0 } - prices
    }
}
