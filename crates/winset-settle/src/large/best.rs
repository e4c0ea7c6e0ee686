//! The best packages by one rule, without the frontier: worst-first (leximin), by product, or by one row.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Signed, Zero};

use super::diagram::Diagram;
use super::exists::{Demanded, Exists, accepted, exists, exists_within, least};
use super::parts::{Whole, floor_of, search_in_parts};
use super::search::{End, Mark, Outlook, Visit, Weighing};
use super::sums::Sums;
use super::weights::{Row, once, weigh};

/// Weighings tried before a search.
const STEPS: usize = 400;

/// The best packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Best {
    /// Packages that tie, sorted; some of them where there are many.
    pub packages: Vec<Vec<usize>>,
    /// How many packages tie, listed or not.
    pub ties: u64,
    /// Whether more tie than were counted.
    pub more: bool,
    /// Nodes looked at.
    pub nodes: u64,
}

/// Why something is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotKnown {
    /// No package reaches every floor.
    Nothing,
    /// Given up after so many nodes.
    GivenUp(u64),
    /// No package leaves every player a gain.
    NoGain,
    /// More would have to be kept at once than this version keeps.
    TooLarge,
}

/// How far a search may go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Nodes.
    pub(crate) nodes: u64,
    /// Packages listed.
    pub(crate) listed: usize,
}

/// Packages that tie which are counted; of more it is only said that there are more.
const TIE_LIMIT: u64 = 100_000;

/// A fraction with a positive denominator.
pub(crate) type Fraction = (i128, i128);

/// The packages whose worst row is best, then whose second-worst, … (leximin): how far rows are above their floors, in their units.
pub(crate) fn leximin(demanded: &Demanded<'_>, goals: &[Row], limits: Limits) -> Result<Best, NotKnown> {
    let &Demanded { sums, diagram, binding, floors } = demanded;
    // What every package reaches need not be asked.
    let asked =
        floors.iter().filter(|&&(row, floor)| least(sums, diagram, binding, row).is_none_or(|least| least < floor));
    let floors: Vec<(usize, i128)> = asked.copied().collect();
    // A package to begin with.
    let mut package = match exists(demanded) {
        Exists::Yes(package) => package,
        Exists::No(_) => return Err(NotKnown::Nothing),
        Exists::Undecided(nodes) => return Err(NotKnown::GivenUp(nodes)),
    };
    let demanded = &Demanded { floors: &floors, ..*demanded };
    improve(demanded, goals, &mut package);
    approach(demanded, goals, &mut package);
    let best = key(goals, &values(sums, goals, &package));
    let Some(&worst) = best.first() else { return Err(NotKnown::NoGain) };
    // Everything that ties in the worst row, and of that the best in the second-worst, and so on.
    let rows = demands(goals, &floors, worst);
    let weighed = weigh(sums, diagram, binding, &rows, STEPS);
    let places = goals.iter().map(|goal| rows.iter().position(|row| row.row == goal.row).unwrap_or(0)).collect();
    let mut visit = InOrder {
        sums,
        goals,
        floors: &floors,
        places,
        rows: rows.clone(),
        best,
        found: Found::new(limits.listed),
        met: 0,
    };
    let whole = Whole { sums, binding, rows: &rows };
    let run = |visit: &mut InOrder<'_>| {
        search_in_parts(whole, diagram, &weighed.weights, &weighed.shares, limits.nodes, visit)
    };
    match run(&mut visit) {
        Some(End::Exhausted(nodes)) => visit.found.best(nodes),
        Some(End::GivenUp(nodes)) => Err(NotKnown::GivenUp(nodes)),
        Some(End::Stopped) => {
            // Many packages tie in the worst row: bounds on the others matter too.
            visit.met = 0;
            visit.found.again();
            let mut bounded = Bounded(visit);
            match search_in_parts(whole, diagram, &weighed.weights, &weighed.shares, limits.nodes, &mut bounded) {
                Some(End::Exhausted(nodes)) => bounded.0.found.best(nodes),
                Some(End::GivenUp(nodes)) => Err(NotKnown::GivenUp(nodes)),
                Some(End::Stopped) | None => Err(NotKnown::GivenUp(0)),
            }
        }
        None => Err(NotKnown::GivenUp(0)),
    }
}

/// What must be reached so that the worst goal is no worse than this.
fn demands(goals: &[Row], floors: &[(usize, i128)], worst: Fraction) -> Vec<Row> {
    once(goals.iter().map(|goal| (goal.row, needed(goal, worst))).chain(floors.iter().copied()))
}

/// Brings the worst goal as far as is quickly known to be possible, by halving the distance to what is not.
fn approach(demanded: &Demanded<'_>, goals: &[Row], package: &mut Vec<usize>) {
    let &Demanded { sums, diagram, binding, floors } = demanded;
    let Some(&first) = key(goals, &values(sums, goals, package)).first() else { return };
    // Between whole steps of the finest unit.
    let scale = goals.iter().map(|goal| goal.unit).max().unwrap_or(1);
    let steps = |(numerator, denominator): Fraction| {
        let (steps, _) = divided(&(BigInt::from(numerator) * scale), denominator);
        i128::try_from(steps).unwrap_or(0)
    };
    let most = |goal: &Row| {
        let outlook = Outlook::new(sums, diagram, binding, &Weighing::row(goal.row, 0));
        (outlook.best().unwrap_or(goal.floor) - goal.floor, goal.unit)
    };
    let mut low = steps(first);
    let mut high = goals.iter().map(|goal| steps(most(goal)) + 1).min().unwrap_or(low);
    let close = (high - low) >> 14;
    while high - low > 1 + close {
        let middle = low + (high - low) / 2;
        let rows = demands(goals, floors, (middle, scale));
        let asked: Vec<(usize, i128)> = rows.iter().map(|row| (row.row, row.floor)).collect();
        match exists_within(&Demanded { floors: &asked, ..*demanded }, QUICK) {
            Exists::Yes(mut better) => {
                improve(demanded, goals, &mut better);
                let reached = key(goals, &values(sums, goals, &better)).first().map_or(middle, |worst| steps(*worst));
                low = reached.max(middle);
                *package = better;
            }
            _ => high = middle,
        }
    }
}

/// Nodes of a search that only looks for a better beginning.
const QUICK: u64 = 50_000;

/// What a goal must reach so as to be no worse than this.
fn needed(goal: &Row, worst: Fraction) -> i128 {
    goal.floor + ceiling(worst.0, goal.unit, worst.1)
}

/// The packages with the largest product of what rows are above their floors, among those where none is below. Nothing is said of ties at a
/// product of zero.
pub(crate) fn largest_product(demanded: &Demanded<'_>, goals: &[Row], limits: Limits) -> Result<Best, NotKnown> {
    let &Demanded { sums, diagram, binding, floors } = demanded;
    let all: Vec<(usize, i128)> =
        goals.iter().map(|goal| (goal.row, goal.floor + 1)).chain(floors.iter().copied()).collect();
    if diagram.hopeless(binding) {
        return Err(NotKnown::Nothing);
    }
    let rows = once(all.iter().copied());
    let weighed = weigh(sums, diagram, binding, &rows, STEPS);
    let asked = Demanded { floors: &all, ..*demanded };
    let mut known = weighed.package.filter(|package| accepted(&asked, package));
    if known.is_none() {
        known = match exists(&asked) {
            Exists::Yes(package) => Some(package),
            Exists::No(_) => return Err(NotKnown::NoGain),
            Exists::Undecided(nodes) => return Err(NotKnown::GivenUp(nodes)),
        };
    }
    let Some(mut package) = known else { return Err(NotKnown::NoGain) };
    let gains = |package: &[usize]| -> Vec<i128> {
        goals.iter().map(|goal| sums.value(goal.row, package) - goal.floor).collect()
    };
    // Climb: at every package, the weighing that touches the product there.
    for _ in 0..50 {
        let touching = tangent(&gains(&package));
        let weighing = Weighing { weights: goals.iter().map(|goal| goal.row).zip(touching).collect(), floor: 0 };
        let mut better = package.clone();
        climb(sums, binding, &mut better, |candidate| accepted(&asked, candidate).then(|| product(&gains(candidate))));
        let outlook = Outlook::new(sums, diagram, binding, &weighing);
        if let Some(other) = outlook.package(diagram, binding)
            && accepted(&asked, &other)
            && product(&gains(&other)) > product(&gains(&better))
        {
            better = other;
        }
        if product(&gains(&better)) <= product(&gains(&package)) {
            break;
        }
        package = better;
    }
    let mut visit = ByProduct {
        sums,
        binding,
        goals,
        rows: &rows,
        // What is known already sets the floor; the search meets it again and counts it.
        best: product(&gains(&package)),
        gains: gains(&package),
        found: Found::new(limits.listed),
    };
    let whole = Whole { sums, binding, rows: &rows };
    match search_in_parts(whole, diagram, &weighed.weights, &weighed.shares, limits.nodes, &mut visit) {
        Some(End::Exhausted(nodes)) => visit.found.best(nodes),
        Some(End::GivenUp(nodes)) => Err(NotKnown::GivenUp(nodes)),
        Some(End::Stopped) | None => Err(NotKnown::GivenUp(0)),
    }
}

/// The packages with the most in a row.
pub(crate) fn largest(demanded: &Demanded<'_>, row: usize, limits: Limits) -> Result<Best, NotKnown> {
    let &Demanded { sums, diagram, binding, .. } = demanded;
    let floor = least(sums, diagram, binding, row).ok_or(NotKnown::Nothing)?;
    leximin(demanded, &[Row { row, floor, unit: 1 }], limits)
}

fn values(sums: &Sums, goals: &[Row], package: &[usize]) -> Vec<i128> {
    goals.iter().map(|goal| sums.value(goal.row, package)).collect()
}

/// How far goals are above their floors, in their units, worst first.
fn key(goals: &[Row], values: &[i128]) -> Vec<Fraction> {
    let mut key: Vec<Fraction> =
        goals.iter().zip(values).map(|(goal, value)| (value - goal.floor, goal.unit)).collect();
    key.sort_by(|one, other| compare(*one, *other));
    key
}

/// Compares fractions.
pub(crate) fn compare(one: Fraction, other: Fraction) -> Ordering {
    match (one.0.checked_mul(other.1), other.0.checked_mul(one.1)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => (BigInt::from(one.0) * other.1).cmp(&(BigInt::from(other.0) * one.1)),
    }
}

fn compare_keys(one: &[Fraction], other: &[Fraction]) -> Ordering {
    let different = one.iter().zip(other).map(|(one, other)| compare(*one, *other)).find(|order| order.is_ne());
    different.unwrap_or(Ordering::Equal)
}

/// The least whole number not below `numerator · by / denominator`.
fn ceiling(numerator: i128, by: i128, denominator: i128) -> i128 {
    let product = BigInt::from(numerator) * by;
    let (quotient, rest) = divided(&product, denominator);
    let above = quotient + i32::from(!rest.is_zero());
    i128::try_from(above).unwrap_or(i128::MAX >> 16)
}

/// Quotient rounded down, and the rest.
fn divided(product: &BigInt, denominator: i128) -> (BigInt, BigInt) {
    let denominator = BigInt::from(denominator);
    let (quotient, rest) = (product / &denominator, product % &denominator);
    if rest.is_negative() { (quotient - 1, rest + denominator) } else { (quotient, rest) }
}

/// Packages that tie.
struct Found {
    packages: Vec<Vec<usize>>,
    ties: u64,
    more: bool,
    listed: usize,
    /// How often what was found was better than all before.
    better: u64,
}

impl Found {
    fn new(listed: usize) -> Self {
        Found { packages: Vec::new(), ties: 0, more: false, listed, better: 0 }
    }

    fn again(&mut self) {
        self.better += 1;
        self.packages.clear();
        self.ties = 0;
        self.more = false;
    }

    fn mark(&self) -> Mark {
        Mark { better: self.better, ties: self.ties, listed: self.packages.len(), more: self.more }
    }

    fn forget(&mut self, mark: Mark) {
        if mark.better == self.better {
            self.packages.truncate(mark.listed);
            (self.ties, self.more) = (mark.ties, mark.more);
        } else {
            self.packages.clear();
            (self.ties, self.more) = (0, false);
        }
    }

    /// Adds a package, as long as they are counted; beyond that only what is better matters.
    fn add(&mut self, package: &[usize]) {
        if self.ties >= TIE_LIMIT {
            self.more = true;
            return;
        }
        self.ties += 1;
        if self.packages.len() < self.listed {
            self.packages.push(package.to_vec());
        }
    }

    fn best(mut self, nodes: u64) -> Result<Best, NotKnown> {
        if self.ties == 0 {
            return Err(NotKnown::Nothing);
        }
        self.packages.sort_unstable();
        Ok(Best { packages: self.packages, ties: self.ties, more: self.more, nodes })
    }
}

/// Keeps what is best worst-first.
struct InOrder<'a> {
    sums: &'a Sums,
    goals: &'a [Row],
    floors: &'a [(usize, i128)],
    /// Where each goal's row stands among the weighings.
    places: Vec<usize>,
    /// What rows must reach so that the worst goal is as good as the best known.
    rows: Vec<Row>,
    best: Vec<Fraction>,
    found: Found,
    met: u64,
}

/// Packages that tie in the worst row which are looked at one by one.
const FEW: u64 = 10_000;

impl InOrder<'_> {
    fn note(&mut self, package: &[usize]) {
        self.met += 1;
        let key = key(self.goals, &values(self.sums, self.goals, package));
        match compare_keys(&key, &self.best) {
            Ordering::Less => {}
            Ordering::Equal => self.found.add(package),
            Ordering::Greater => {
                if compare(key[0], self.best[0]).is_gt() {
                    self.met = 0;
                    self.rows = demands(self.goals, self.floors, key[0]);
                }
                self.best = key;
                self.found.again();
                self.found.add(package);
            }
        }
    }
}

impl Visit for InOrder<'_> {
    fn found(&mut self, package: &[usize]) -> bool {
        self.note(package);
        self.met > FEW
    }

    fn floor(&self, weighing: &Weighing) -> i128 {
        floor_of(&self.rows, weighing)
    }

    fn forget(&mut self, mark: Mark) {
        self.found.forget(mark);
    }

    fn mark(&self) -> Mark {
        self.found.mark()
    }
}

/// The same, with bounds on all rows compared worst-first on the way.
struct Bounded<'a>(InOrder<'a>);

impl Visit for Bounded<'_> {
    const ASKS: bool = true;

    fn found(&mut self, package: &[usize]) -> bool {
        self.0.note(package);
        false
    }

    fn floor(&self, weighing: &Weighing) -> i128 {
        self.0.floor(weighing)
    }

    fn hopeless(&self, most: &[i128]) -> bool {
        let most: Vec<i128> = self.0.places.iter().map(|&place| most[place]).collect();
        let order = compare_keys(&key(self.0.goals, &most), &self.0.best);
        order.is_lt() || self.0.found.more && order.is_eq()
    }

    fn forget(&mut self, mark: Mark) {
        self.0.forget(mark);
    }

    fn mark(&self) -> Mark {
        self.0.mark()
    }
}

/// Keeps what has the largest product.
struct ByProduct<'a> {
    sums: &'a Sums,
    binding: u128,
    goals: &'a [Row],
    rows: &'a [Row],
    best: BigInt,
    /// Gains at the best known.
    gains: Vec<i128>,
    found: Found,
}

/// Steps towards the weighing that bounds the product best.
const TANGENTS: i128 = 12;

impl ByProduct<'_> {
    /// What the weighing must reach for the product to be as large: by the inequality of arithmetic and geometric means,
    /// (Σ w g / n)ⁿ ≥ Π w g.
    fn for_product(&self, weighing: &Weighing) -> Option<i128> {
        let weight_of =
            |goal: &Row| weighing.weights.iter().find(|(row, _)| *row == goal.row).map(|(_, weight)| *weight);
        let weights: Vec<i128> = self.goals.iter().map(weight_of).collect::<Option<_>>()?;
        let count = self.goals.len() as u32;
        let wanted = &self.best + i32::from(self.found.more);
        let all = weights.iter().fold(wanted * BigInt::from(count).pow(count), |product, weight| product * weight);
        let all = all.to_biguint().unwrap_or_default();
        let root: BigUint = all.nth_root(count);
        let root = if root.pow(count) == all { root } else { root + 1_u32 };
        let mut floor = i128::try_from(root).ok()?;
        for (row, weight) in &weighing.weights {
            let known =
                self.goals.iter().find(|goal| goal.row == *row).or(self.rows.iter().find(|other| other.row == *row));
            floor += known?.floor * weight;
        }
        Some(floor)
    }
}

impl Visit for ByProduct<'_> {
    fn found(&mut self, package: &[usize]) -> bool {
        let gains: Vec<i128> = self.goals.iter().map(|goal| self.sums.value(goal.row, package) - goal.floor).collect();
        let product = product(&gains);
        match product.cmp(&self.best) {
            Ordering::Less => {}
            Ordering::Equal => self.found.add(package),
            Ordering::Greater => {
                self.best = product;
                self.gains = gains;
                self.found.again();
                self.found.add(package);
            }
        }
        false
    }

    fn floor(&self, weighing: &Weighing) -> i128 {
        let rows = floor_of(self.rows, weighing);
        self.for_product(weighing).map_or(rows, |floor| floor.max(rows))
    }

    /// The plane that touches the product where what is left to settle could bring it, on average (Frank & Wolfe 1956).
    fn more(&self, diagram: &Diagram) -> Vec<Weighing> {
        let rows: Vec<usize> = self.goals.iter().map(|goal| goal.row).collect();
        let weighing =
            |gains: &[i128]| Weighing { weights: rows.iter().copied().zip(tangent(gains)).collect(), floor: 0 };
        let mut mean: Vec<i128> = self.gains.clone();
        for step in 0..TANGENTS {
            let outlook = Outlook::new(self.sums, diagram, self.binding, &weighing(&mean));
            let Some(package) = outlook.package(diagram, self.binding) else { break };
            for (mean, goal) in mean.iter_mut().zip(self.goals) {
                let gain = self.sums.value(goal.row, &package) - goal.floor;
                *mean = (*mean + 2 * (gain - *mean) / (step + 3)).max(1);
            }
        }
        vec![weighing(&self.gains), weighing(&mean)]
    }

    fn forget(&mut self, mark: Mark) {
        self.found.forget(mark);
    }

    fn mark(&self) -> Mark {
        self.found.mark()
    }
}

fn product(gains: &[i128]) -> BigInt {
    gains.iter().fold(BigInt::one(), |product, gain| product * gain)
}

/// The weights of the plane that touches the product at these gains: one over each, as whole numbers.
fn tangent(gains: &[i128]) -> Vec<i128> {
    let most = gains.iter().copied().max().unwrap_or(1).max(1);
    gains.iter().map(|gain| ((most << 10) / (*gain).max(1)).clamp(1, 1 << 30)).collect()
}

/// Whether a package breaks none of the binding constraints.
fn allowed(sums: &Sums, binding: u128, package: &[usize]) -> bool {
    sums.conditions.iter().all(|condition| condition.allows(binding, package))
}

/// Changes one issue at a time while that makes the package better; `better` says how good a package is, if it may be.
fn climb<K: PartialOrd>(sums: &Sums, binding: u128, package: &mut [usize], better: impl Fn(&[usize]) -> Option<K>) {
    let mut best = if allowed(sums, binding, package) { better(package) } else { None };
    for _ in 0..20 {
        let mut improved = false;
        for issue in 0..package.len() {
            let mut kept = package[issue];
            for option in 0..sums.options[issue] {
                package[issue] = option;
                if allowed(sums, binding, package)
                    && let Some(key) = better(package)
                    && best.as_ref().is_none_or(|best| key > *best)
                {
                    best = Some(key);
                    kept = option;
                    improved = true;
                }
            }
            package[issue] = kept;
        }
        if !improved {
            return;
        }
    }
}

/// A better worst row, one issue at a time.
fn improve(demanded: &Demanded<'_>, goals: &[Row], package: &mut [usize]) {
    let &Demanded { sums, binding, floors, .. } = demanded;
    climb(sums, binding, package, |candidate| {
        let missing: i128 = floors
            .iter()
            .map(|&(row, floor)| (floor - sums.value(row, candidate)).max(0))
            .fold(0, i128::saturating_add);
        let key = key(goals, &values(sums, goals, candidate));
        Some(Climbed { missing, key })
    });
}

struct Climbed {
    missing: i128,
    key: Vec<Fraction>,
}

impl PartialEq for Climbed {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Climbed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(other.missing.cmp(&self.missing).then_with(|| compare_keys(&self.key, &other.key)))
    }
}
