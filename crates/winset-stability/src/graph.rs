//! Who can move where, in the form the searches need.

use crate::model::Model;
use crate::refusal::Refusal;

/// How many moves are listed one by one.
const ARC_LIMIT: usize = 1 << 28;

/// Moves listed one by one: per state its targets, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arcs {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Arcs {
    pub(crate) fn new(mut lists: Vec<Vec<u32>>) -> Self {
        let mut arcs = Arcs { starts: vec![0], targets: Vec::new() };
        for (state, list) in lists.iter_mut().enumerate() {
            list.sort_unstable();
            list.dedup();
            arcs.targets.extend(list.iter().filter(|target| **target as usize != state));
            arcs.starts.push(arcs.targets.len() as u32);
        }
        arcs
    }

    pub(crate) fn from(&self, state: usize) -> &[u32] {
        &self.targets[self.starts[state] as usize..self.starts[state + 1] as usize]
    }

    fn reversed(&self) -> Arcs {
        let states = self.starts.len() - 1;
        let mut starts = vec![0_u32; states + 1];
        self.targets.iter().for_each(|target| starts[*target as usize + 1] += 1);
        for state in 0..states {
            starts[state + 1] += starts[state];
        }
        let mut next = starts.clone();
        let mut targets = vec![0; self.targets.len()];
        for state in 0..states {
            for &target in self.from(state) {
                targets[next[target as usize] as usize] = state as u32;
                next[target as usize] += 1;
            }
        }
        Arcs { starts, targets }
    }
}

/// States that differ in one decision maker's options only, in groups. Within a group, from the worst to the best for that decision maker.
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    pub(crate) group_of: Vec<u32>,
    pub(crate) starts: Vec<u32>,
    pub(crate) members: Vec<u32>,
}

impl Groups {
    fn new(model: &Model, mover: usize) -> Self {
        let states = model.states();
        let others = !model.holding(mover);
        let mut keyed: Vec<(u64, u32)> =
            (0..states.len()).map(|state| (states.key(state) & others, state as u32)).collect();
        keyed.sort_unstable();
        let hidden = model.hidden(mover);
        let visible = |state: u32| hidden.is_none_or(|hidden| !hidden.contains(state as usize));
        let mut groups = Groups { group_of: vec![0; states.len()], starts: vec![0], members: Vec::new() };
        let ranks = model.ranks(mover);
        for run in keyed.chunk_by(|left, right| left.0 == right.0) {
            let (seen, unseen): (Vec<u32>, Vec<u32>) =
                run.iter().map(|entry| entry.1).partition(|state| visible(*state));
            groups.close(seen, ranks);
            unseen.into_iter().for_each(|state| groups.close(vec![state], ranks));
        }
        groups
    }

    fn close(&mut self, mut group: Vec<u32>, ranks: &[u32]) {
        if group.is_empty() {
            return;
        }
        group.sort_by_key(|state| ranks[*state as usize]);
        let number = self.starts.len() as u32 - 1;
        group.iter().for_each(|state| self.group_of[*state as usize] = number);
        self.members.append(&mut group);
        self.starts.push(self.members.len() as u32);
    }

    pub(crate) fn count(&self) -> usize {
        self.starts.len() - 1
    }

    pub(crate) fn group(&self, number: usize) -> &[u32] {
        &self.members[self.starts[number] as usize..self.starts[number + 1] as usize]
    }

    pub(crate) fn group_with(&self, state: usize) -> &[u32] {
        self.group(self.group_of[state] as usize)
    }
}

/// The options one cannot take, and those one cannot give up: which changes of options are allowed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowed {
    never_on: u64,
    never_off: u64,
}

impl Allowed {
    pub(crate) fn allows(self, from: u64, to: u64) -> bool {
        to & !from & self.never_on == 0 && from & !to & self.never_off == 0
    }
}

/// How one decision maker moves.
#[derive(Debug, Clone)]
pub(crate) enum Mover {
    /// From every state of a group to every other.
    Free(Groups),
    /// Within a group, as one-way options allow.
    OneWay(Groups, Allowed),
    /// As listed: there, and back.
    Listed(Arcs, Arcs),
}

/// Everyone's moves and ranks.
#[derive(Debug, Clone)]
pub(crate) struct Graph<'m> {
    pub(crate) model: &'m Model,
    pub(crate) movers: Vec<Mover>,
    keys: Vec<u64>,
}

impl<'m> Graph<'m> {
    pub(crate) fn new(model: &'m Model) -> Result<Self, Refusal> {
        let (never_on, never_off) = model.one_way();
        let mut arc_count = 0;
        let movers = (0..model.decision_makers().len()).map(|mover| {
            if let Some(arcs) = model.arcs() {
                arc_count += arcs[mover].targets.len();
                let back = arcs[mover].reversed();
                return Mover::Listed(arcs[mover].clone(), back);
            }
            let groups = Groups::new(model, mover);
            let holding = model.holding(mover);
            if holding & (never_on | never_off) == 0 {
                Mover::Free(groups)
            } else {
                Mover::OneWay(groups, Allowed { never_on, never_off })
            }
        });
        let movers = movers.collect();
        if arc_count > ARC_LIMIT {
            let limit = format!("{ARC_LIMIT} moves listed one by one");
            return Err(Refusal::TooLarge { analysis: "this model", limit });
        }
        let keys = (0..model.states().len()).map(|state| model.states().key(state)).collect();
        Ok(Graph { model, movers, keys })
    }

    /// How many states there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// How many decision makers there are.
    pub(crate) fn decision_makers(&self) -> usize {
        self.movers.len()
    }

    /// What a decision maker thinks of the states.
    pub(crate) fn ranks(&self, decision_maker: usize) -> &'m [u32] {
        self.model.ranks(decision_maker)
    }

    /// Whether moves are listed one by one, and so need not be transitive.
    pub(crate) fn is_listed(&self) -> bool {
        matches!(self.movers.first(), Some(Mover::Listed(..)))
    }

    pub(crate) fn key(&self, state: usize) -> u64 {
        self.keys[state]
    }

    /// Every state the mover can go to from here.
    pub(crate) fn each_move(&self, mover: usize, state: usize, mut visit: impl FnMut(usize)) {
        match &self.movers[mover] {
            Mover::Free(groups) => {
                let others = groups.group_with(state).iter().map(|target| *target as usize);
                others.filter(|target| *target != state).for_each(visit);
            }
            Mover::OneWay(groups, allowed) => {
                for &target in groups.group_with(state) {
                    let target = target as usize;
                    if target != state && allowed.allows(self.keys[state], self.keys[target]) {
                        visit(target);
                    }
                }
            }
            Mover::Listed(arcs, _) => arcs.from(state).iter().for_each(|target| visit(*target as usize)),
        }
    }

    /// Every state the mover can come here from.
    pub(crate) fn each_move_back(&self, mover: usize, state: usize, mut visit: impl FnMut(usize)) {
        match &self.movers[mover] {
            Mover::Free(_) => self.each_move(mover, state, visit),
            Mover::OneWay(groups, allowed) => {
                for &from in groups.group_with(state) {
                    let from = from as usize;
                    if from != state && allowed.allows(self.keys[from], self.keys[state]) {
                        visit(from);
                    }
                }
            }
            Mover::Listed(_, back) => back.from(state).iter().for_each(|from| visit(*from as usize)),
        }
    }

    /// The states the mover can go to from here, ascending.
    pub(crate) fn moves(&self, mover: usize, state: usize) -> Vec<usize> {
        let mut targets = Vec::new();
        self.each_move(mover, state, |target| targets.push(target));
        targets.sort_unstable();
        targets
    }

    /// The states the mover can go to from here and prefers, ascending.
    pub(crate) fn improvements(&self, mover: usize, state: usize) -> Vec<usize> {
        let ranks = self.ranks(mover);
        let mut targets = self.moves(mover, state);
        targets.retain(|target| ranks[*target] > ranks[state]);
        targets
    }

    /// All moves, listed one by one.
    pub(crate) fn all_arcs(&self) -> Vec<Arcs> {
        let list = |mover| {
            let lists =
                (0..self.len()).map(|state| self.moves(mover, state).iter().map(|target| *target as u32).collect());
            Arcs::new(lists.collect())
        };
        (0..self.decision_makers()).map(list).collect()
    }

    /// Per state the most of `value` here and wherever the mover can go.
    pub(crate) fn most_in_reach(&self, mover: usize, value: &[u32]) -> Vec<u32> {
        if let Mover::Free(groups) = &self.movers[mover] {
            let mut most = vec![0; value.len()];
            for number in 0..groups.count() {
                let group = groups.group(number);
                let best = group.iter().map(|state| value[*state as usize]).max().unwrap_or(0);
                group.iter().for_each(|state| most[*state as usize] = best);
            }
            return most;
        }
        let best = |state| {
            let mut best = value[state];
            self.each_move(mover, state, |target| best = best.max(value[target]));
            best
        };
        (0..value.len()).map(best).collect()
    }
}
