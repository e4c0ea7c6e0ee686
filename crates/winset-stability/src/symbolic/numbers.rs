//! Ranks as bits, each bit a set of states: that of the states whose rank has it. The most significant bit stands first, so that ranks compare as statements do.

use super::compact::Order;
use super::diagram::{Diagram, Edge};
use super::space::Space;
use crate::refusal::Refusal;

type Result<T> = std::result::Result<T, Refusal>;

/// The bits of a decision maker's rank.
pub(super) fn ranks(space: &mut Space, name: &str, order: &Order) -> Result<Vec<Edge>> {
    match order {
        Order::Statements(statements) => statements.iter().map(|statement| space.set(statement)).collect(),
        Order::Weights(weights) => sums(space, weights),
        Order::Groups(groups) => {
            let sets: Vec<Edge> = groups.iter().map(|group| space.set(group)).collect::<Result<_>>()?;
            partition(space, name, &sets)?;
            Ok(sets)
        }
    }
}

/// Checks that every feasible state is in exactly one of the groups.
fn partition(space: &mut Space, name: &str, groups: &[Edge]) -> Result<()> {
    let bad = |reason: String| Err(Refusal::BadRanking { decision_maker: name.to_owned(), reason });
    let diagram = &mut space.diagram;
    let mut left = space.feasible;
    for (place, group) in groups.iter().enumerate() {
        let named = diagram.and(*group, space.feasible)?;
        let again = diagram.without(named, left)?;
        if again != Edge::NONE {
            let states = diagram.count(again);
            return bad(format!("has {states} states in place {} that stand in a better place already", place + 1));
        }
        left = diagram.without(left, named)?;
    }
    match diagram.count(left) {
        0 => Ok(()),
        1 => bad("leaves out 1 state".to_owned()),
        states => bad(format!("leaves out {states} states")),
    }
}

/// The bits of the sum of the weights of the options taken. What a negative weight takes away where its option is taken, it gives where it is not.
fn sums(space: &mut Space, weights: &[i64]) -> Result<Vec<Edge>> {
    let common = weights.iter().fold(0, |common, weight| greatest_common_divisor(common, weight.unsigned_abs()));
    // The least significant bit first, while adding.
    let mut sum: Vec<Edge> = Vec::new();
    for (option, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight != 0) {
        let taken = space.taken(option)?;
        let counts = if *weight < 0 { taken.not() } else { taken };
        let mut rest = weight.unsigned_abs() / common;
        let mut carry = Edge::NONE;
        let mut bit = 0;
        while rest != 0 || carry != Edge::NONE {
            if bit == sum.len() {
                sum.push(Edge::NONE);
            }
            let added = if rest & 1 == 1 { counts } else { Edge::NONE };
            (sum[bit], carry) = add(&mut space.diagram, sum[bit], added, carry)?;
            rest >>= 1;
            bit += 1;
        }
    }
    sum.reverse();
    Ok(sum)
}

fn add(diagram: &mut Diagram, left: Edge, right: Edge, carry: Edge) -> Result<(Edge, Edge)> {
    let differ = diagram.same(left, right)?.not();
    let sum = diagram.same(differ, carry)?.not();
    let both = diagram.and(left, right)?;
    let carried = diagram.and(differ, carry)?;
    Ok((sum, diagram.or(both, carried)?))
}

fn greatest_common_divisor(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

/// Where the first number is at least the second.
pub(super) fn at_least(diagram: &mut Diagram, left: &[Edge], right: &[Edge]) -> Result<Edge> {
    let mut holds = Edge::ALL;
    for (left, right) in left.iter().zip(right).rev() {
        let same = diagram.same(*left, *right)?;
        holds = diagram.choose(same, holds, *left)?;
    }
    Ok(holds)
}

/// The smaller of two numbers.
pub(super) fn smaller(diagram: &mut Diagram, left: &[Edge], right: &[Edge]) -> Result<Vec<Edge>> {
    let larger = at_least(diagram, left, right)?;
    left.iter().zip(right).map(|(left, right)| diagram.choose(larger, *right, *left)).collect()
}

/// The largest number among the states of `within` that differ from a state in the options of the named levels at most, for every state; 0 where there are none.
pub(super) fn largest(diagram: &mut Diagram, within: Edge, levels: Edge, number: &[Edge]) -> Result<Vec<Edge>> {
    let mut best = within;
    let mut bits = Vec::with_capacity(number.len());
    for bit in number {
        let has = diagram.some_of_both(best, *bit, levels)?;
        let like = diagram.same(*bit, has)?;
        best = diagram.and(best, like)?;
        bits.push(has);
    }
    Ok(bits)
}
