//! What points at what, and where that leads in a circle.

use super::Reader;
use super::names::Kind;
use crate::diagnostic::{Code, Diagnostic, Span};

/// How many named conditions may use one another in a row, so that every walk over them is safe.
const CHAIN: usize = 32;

/// How many circles of a kind are reported.
const CIRCLES: usize = 20;

/// What points from one thing to another and may not lead back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    Principal,
    PartOf,
    Patron,
    Define,
    /// Patrons and principals together, from who is judged first to who is judged with it in mind.
    Judged,
}

impl Reader {
    /// Adds the named condition just read to those known.
    pub(super) fn finish_define(&mut self) {
        let index = self.defines.len();
        self.defines.push(std::mem::take(&mut self.predicates));
        let mentions = std::mem::take(&mut self.mentions);
        let links = self.links.entry(Link::Define).or_default();
        links.extend(mentions.into_iter().map(|(used, span)| (index, used, span)));
    }

    /// Gives each named condition the predicates of those it uses.
    pub(super) fn close_defines(&mut self) {
        let links = self.links.get(&Link::Define).cloned().unwrap_or_default();
        let count = self.defines.len();
        let used = adjacent(count, &links);
        let (order, _) = walk(&used);
        let mut chain = vec![1; count];
        for &define in &order {
            for &(used, _) in &used[define] {
                let inherited = self.defines.get(used).cloned().unwrap_or_default();
                for (class, place) in inherited {
                    self.defines[define].entry(class).or_insert(place);
                }
                chain[define] = chain[define].max(chain.get(used).map_or(1, |length| length + 1));
            }
            if chain[define] == CHAIN + 1 {
                let span = self.names.of(Kind::Define).span(define);
                let message = format!("more than {CHAIN} named conditions use one another in a row");
                self.report.error(Code::TooLarge, span, message, "write some of them out");
            }
        }
        self.define_order = order;
    }

    /// Reports circles of principals, parts, patrons and definitions.
    pub(super) fn circles(&mut self) {
        let mut all = std::mem::take(&mut self.links);
        // A patron presses only for what its principals accept too, so the two kinds of link together may form no circle either.
        let links = |link: Link| all.get(&link).cloned().unwrap_or_default();
        let judged = links(Link::Patron).into_iter();
        let judged =
            judged.chain(links(Link::Principal).into_iter().map(|(actor, principal, span)| (principal, actor, span)));
        all.insert(Link::Judged, judged.collect());
        let mut reported = false;
        for (link, links) in &all {
            let (kind, what) = match link {
                Link::Principal => (Kind::Actor, "principals form"),
                Link::PartOf => (Kind::Actor, "`part_of` forms"),
                Link::Patron => (Kind::Actor, "patrons form"),
                Link::Define => (Kind::Define, "named conditions form"),
                // Last, and only where neither kind forms a circle by itself.
                Link::Judged if reported => continue,
                Link::Judged => (Kind::Actor, "patrons and principals together form"),
            };
            let ids = self.names.of(kind);
            let (_, circles) = walk(&adjacent(ids.len(), links));
            for circle in circles {
                reported |= matches!(link, Link::Patron | Link::Principal);
                let places: Vec<&Span> = circle.iter().map(|&link| &links[link].2).collect();
                let first = (0..places.len()).min_by_key(|&at| places[at].start).unwrap_or(0);
                let around = (0..=circle.len()).map(|at| ids.id(links[circle[(first + at) % circle.len()]].0));
                let path = around.map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" → ");
                let message = format!("{what} a circle: {path}");
                let help = "take one of them out: the circle has to end somewhere";
                let mut diagnostic = Diagnostic::error(Code::Circle, places[first].clone(), message, help);
                for (at, place) in places.iter().enumerate().filter(|(at, _)| *at != first) {
                    let (from, to, _) = &links[circle[at]];
                    let message = format!("`{}` leads on to `{}` here", ids.id(*from), ids.id(*to));
                    diagnostic = diagnostic.label((*place).clone(), message);
                }
                self.report.push(diagnostic);
            }
        }
    }
}

/// For each node, where its links lead and which they are.
fn adjacent(count: usize, links: &[(usize, usize, Span)]) -> Vec<Vec<(usize, usize)>> {
    let mut adjacent = vec![Vec::new(); count];
    for (index, (from, to, _)) in links.iter().enumerate() {
        adjacent[*from].push((*to, index));
    }
    adjacent
}

/// The nodes of a graph, each after those it leads to, and the circles met on the way as lists of links.
fn walk(adjacent: &[Vec<(usize, usize)>]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut order = Vec::new();
    let mut circles: Vec<Vec<usize>> = Vec::new();
    let mut entered = vec![false; adjacent.len()];
    let mut left = vec![false; adjacent.len()];
    for start in 0..adjacent.len() {
        if entered[start] {
            continue;
        }
        entered[start] = true;
        // The path so far: each node, how many of its links were followed, and the link it was entered by.
        let mut path = vec![(start, 0, usize::MAX)];
        while let Some((node, followed, _)) = path.last_mut() {
            let Some(&(next, link)) = adjacent[*node].get(*followed) else {
                left[*node] = true;
                order.push(*node);
                path.pop();
                continue;
            };
            *followed += 1;
            if !entered[next] {
                entered[next] = true;
                path.push((next, 0, link));
            } else if !left[next] && circles.len() < CIRCLES {
                let from = path.iter().position(|(node, ..)| *node == next).unwrap_or(0);
                let mut circle: Vec<usize> = path[from + 1..].iter().map(|(.., link)| *link).collect();
                circle.push(link);
                circles.push(circle);
            }
        }
    }
    (order, circles)
}
