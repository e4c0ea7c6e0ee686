//! The best packages by one rule, without the frontier: worst-first (leximin), by product, or by one row.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Signed, Zero};

use super::exists::{Demanded, Exists, accepted, exists, exists_within, least};
use super::search::{End, Outlook, Visit, Weighing, search};
use super::sums::Sums;
use super::weights::{Row, once, weigh, weighings};

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
    let weighings = weighings(&rows, &weighed.weights);
    let places = goals.iter().map(|goal| rows.iter().position(|row| row.row == goal.row).unwrap_or(0)).collect();
    let mut visit = InOrder {
        goals,
        floors: &floors,
        places,
        weighings: weighings.clone(),
        best,
        found: Found::new(limits.listed),
        met: 0,
    };
    match search(sums, diagram, binding, &weighings, limits.nodes, &mut visit) {
        Some(End::Exhausted(nodes)) => visit.found.best(nodes),
        Some(End::GivenUp(nodes)) => Err(NotKnown::GivenUp(nodes)),
        Some(End::Stopped) => {
            // Many packages tie in the worst row: bounds on the others matter too.
            visit.met = 0;
            visit.found.again();
            let mut bounded = Bounded(visit);
            match search(sums, diagram, binding, &weighings, limits.nodes, &mut bounded) {
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
const QUICK: u64 = 1_000_000;

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
    let weights = tangent(&gains(&package));
    let mut weighings = weighings(&rows, &weighed.weights);
    let floor = goals.iter().zip(&weights).map(|(goal, weight)| goal.floor * weight).sum::<i128>();
    weighings
        .push(Weighing { weights: goals.iter().map(|goal| goal.row).zip(weights.iter().copied()).collect(), floor });
    let places = goals.iter().map(|goal| rows.iter().position(|row| row.row == goal.row).unwrap_or(0)).collect();
    let at = weighings.len() - 1;
    let mut visit =
        ByProduct { goals, places, weights, base: floor, at, best: BigInt::zero(), found: Found::new(limits.listed) };
    // What is known already sets the floor; the search meets it again and counts it.
    visit.best = product(&gains(&package));
    weighings[at].floor = visit.floor(visit.best.clone());
    match search(sums, diagram, binding, &weighings, limits.nodes, &mut visit) {
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
}

impl Found {
    fn new(listed: usize) -> Self {
        Found { packages: Vec::new(), ties: 0, more: false, listed }
    }

    fn again(&mut self) {
        self.packages.clear();
        self.ties = 0;
        self.more = false;
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
    goals: &'a [Row],
    floors: &'a [(usize, i128)],
    /// Where each goal's row stands among the weighings.
    places: Vec<usize>,
    weighings: Vec<Weighing>,
    best: Vec<Fraction>,
    found: Found,
    met: u64,
}

/// Packages that tie in the worst row which are looked at one by one.
const FEW: u64 = 10_000;

impl InOrder<'_> {
    fn key(&self, sums: &[i128]) -> Vec<Fraction> {
        let values: Vec<i128> = self.places.iter().map(|&place| sums[place]).collect();
        key(self.goals, &values)
    }

    fn note(&mut self, package: &[usize], sums: &[i128], floors: &mut dyn FnMut(usize, i128)) {
        self.met += 1;
        let key = self.key(sums);
        match compare_keys(&key, &self.best) {
            Ordering::Less => {}
            Ordering::Equal => self.found.add(package),
            Ordering::Greater => {
                if compare(key[0], self.best[0]).is_gt() {
                    self.met = 0;
                    let rows = demands(self.goals, self.floors, key[0]);
                    let floor_of =
                        |row: usize| rows.iter().find(|other| other.row == row).map_or(0, |other| other.floor);
                    for (at, weighing) in self.weighings.iter().enumerate() {
                        floors(at, weighing.weights.iter().map(|&(row, weight)| weight * floor_of(row)).sum());
                    }
                }
                self.best = key;
                self.found.again();
                self.found.add(package);
            }
        }
    }
}

impl Visit for InOrder<'_> {
    fn found(&mut self, package: &[usize], sums: &[i128], floors: &mut dyn FnMut(usize, i128)) -> bool {
        self.note(package, sums, floors);
        self.met > FEW
    }
}

/// The same, with bounds on all rows compared worst-first on the way.
struct Bounded<'a>(InOrder<'a>);

impl Visit for Bounded<'_> {
    const ASKS: bool = true;

    fn found(&mut self, package: &[usize], sums: &[i128], floors: &mut dyn FnMut(usize, i128)) -> bool {
        self.0.note(package, sums, floors);
        false
    }

    fn hopeless(&self, most: &[i128]) -> bool {
        let order = compare_keys(&self.0.key(most), &self.0.best);
        order.is_lt() || self.0.found.more && order.is_eq()
    }
}

/// Keeps what has the largest product.
struct ByProduct<'a> {
    goals: &'a [Row],
    places: Vec<usize>,
    weights: Vec<i128>,
    base: i128,
    at: usize,
    best: BigInt,
    found: Found,
}

impl ByProduct<'_> {
    /// What the weighing must reach for the product to be as large: by the inequality of arithmetic and geometric means,
    /// (Σ w g / n)ⁿ ≥ Π w g.
    fn floor(&self, wanted: BigInt) -> i128 {
        let count = self.goals.len() as u32;
        let weights = self.weights.iter().fold(BigInt::one(), |product, weight| product * weight);
        let product = (wanted * weights * BigInt::from(count).pow(count)).to_biguint().unwrap_or_default();
        let root: BigUint = product.nth_root(count);
        let root = if root.pow(count) == product { root } else { root + 1_u32 };
        self.base + i128::try_from(root).unwrap_or(i128::MAX >> 16)
    }
}

impl Visit for ByProduct<'_> {
    fn found(&mut self, package: &[usize], sums: &[i128], floors: &mut dyn FnMut(usize, i128)) -> bool {
        let gains: Vec<i128> = self.goals.iter().zip(&self.places).map(|(goal, &at)| sums[at] - goal.floor).collect();
        let product = product(&gains);
        match product.cmp(&self.best) {
            Ordering::Less => {}
            Ordering::Equal => {
                self.found.add(package);
                if self.found.more {
                    floors(self.at, self.floor(&self.best + 1));
                }
            }
            Ordering::Greater => {
                self.best = product;
                self.found.again();
                floors(self.at, self.floor(self.best.clone()));
                self.found.add(package);
            }
        }
        false
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
