//! What a table makes of a state, shared between all states that look alike to it.

use std::rc::Rc;

use winset_worth::State;

use super::super::numbers::Numbers;
use super::super::scene::{Asking, Desk, Scene};
use super::super::table::passes;
use super::WalkTable;
use super::desk::{Standing, WalkDesk, flags};
use crate::refusal::Refusal;
use crate::table::Table;
use winset_worth::Ballot;

/// Which scene a table shows from a state.
#[derive(Default)]
pub(super) struct Lookup {
    /// Per standing of the walk, the standing as the table sees it.
    pub(super) seen: Vec<u32>,
    pub(super) standings: Vec<Standing>,
    /// Per outcome, the number of what stands on the issues the table reads, and how many such numbers there are.
    pub(super) parts: Rc<Vec<u32>>,
    pub(super) part_count: usize,
    /// Per standing as seen and part: the scene, or none yet.
    pub(super) scenes: Vec<Vec<u32>>,
}

pub(super) const NO_SCENE: u32 = u32::MAX;

pub(super) struct WalkScene {
    pub(super) scene: Scene,
    /// Per package: the number its options on the agenda have, and whether it concludes.
    pub(super) after: Vec<(u32, bool)>,
    pub(super) desk: Desk,
    /// What was accepted in the draw `found_in`, by the leverage spent on each member; none where all is left.
    pub(super) accepted: Vec<(Option<Vec<i128>>, Vec<u32>)>,
    pub(super) found_in: u64,
}

impl WalkDesk<'_> {
    /// The scene a table shows from a state.
    pub(super) fn scene(&mut self, table: usize, outcome: u32, at: usize) -> Result<usize, Refusal> {
        let walk = self.walk;
        let body = &walk.tables[table];
        let seen = self.lookups[table].seen[at] as usize;
        let part = self.lookups[table].parts[outcome as usize] as usize;
        let known = self.lookups[table].scenes[seen][part];
        if known != NO_SCENE {
            return Ok(known as usize);
        }
        let standing = self.standings[at];
        let state = State {
            outcome: Some(walk.outcome(outcome)),
            concluded: flags(&walk.case, standing.concluded),
            ended: (0..walk.case.actors.len()).map(|actor| standing.ended >> actor & 1 == 1).collect(),
        };
        let asked = Table::new(&self.valuation, body.track, body.deals, &state)?;
        let (mut outcomes, mut after) = (Vec::new(), Vec::new());
        asked.space.each(|_, outcome| {
            if asked.is_deal(outcome) && asked.unmet(outcome) == 0 {
                let concludes = asked.concludes(outcome);
                let part: u32 = body.agenda.iter().map(|&issue| outcome[issue] as u32 * walk.strides[issue]).sum();
                after.push((part, concludes));
                outcomes.push((outcome.to_vec(), concludes));
            }
            std::ops::ControlFlow::Continue(())
        });
        let packages = outcomes.iter().map(|(outcome, concludes)| (outcome.as_slice(), *concludes));
        let scene = Scene::new(&asked.sitting, &state, &body.seating, &walk.case, &body.agenda, packages);
        self.scenes.push(WalkScene { scene, after, desk: Desk::default(), accepted: Vec::new(), found_in: 0 });
        let place = self.scenes.len() - 1;
        self.lookups[table].scenes[seen][part] = place as u32;
        Ok(place)
    }
}

impl WalkScene {
    /// Finds out what is accepted, unless that is known for this draw; where it is noted.
    pub(super) fn settle(
        &mut self,
        table: &WalkTable,
        rule: Option<&Ballot>,
        numbers: &Numbers<'_>,
        spent: Option<Vec<i128>>,
        draw: u64,
    ) -> usize {
        if self.found_in != draw {
            self.found_in = draw;
            self.accepted.clear();
        }
        if let Some(known) = self.accepted.iter().position(|(other, _)| *other == spent) {
            return known;
        }
        self.scene.begin(&mut self.desk);
        let mut accepted = Vec::new();
        let mut asking = Asking { desk: &mut self.desk, seating: &table.seating, numbers, spent: spent.as_deref() };
        for package in 0..self.scene.packages.len() {
            if passes(&table.judges, &table.voters, rule, &self.scene, &mut asking, package) {
                accepted.push(package as u32);
            }
        }
        self.accepted.push((spent, accepted));
        self.accepted.len() - 1
    }
}
