//! What chance has in store for a batch of rounds, one bit a round: asked once for all rounds instead of once in each.

use winset_chance::BATCH;

use crate::luck::{Layout, Purpose, Words};
use crate::parameters::Parameters;

/// The bits of one batch of rounds of one run, under one variation of the case.
#[derive(Debug)]
pub(crate) struct Ahead {
    of: Option<(u64, u32, u32)>,
    batch: u32,
    /// Per actor, whether the battlefield goes its way.
    gains: Vec<u64>,
    /// Per actor, whether it would collapse if it stood at its worst.
    danger: Vec<u64>,
    /// Per track, whether it meets, and whether it fails; `None` until somebody asks.
    meets: Vec<Option<u64>>,
    fails: Vec<Option<u64>>,
}

impl Ahead {
    pub(crate) fn new(actors: usize, tracks: usize) -> Self {
        Ahead {
            of: None,
            batch: 0,
            gains: vec![0; actors],
            danger: vec![0; actors],
            meets: vec![None; tracks],
            fails: vec![None; tracks],
        }
    }

    /// Turns to the batch of a round, counted from 0, of a run.
    pub(crate) fn turn_to(
        &mut self,
        layout: &Layout,
        words: &mut Words,
        (variation, parameters): (u32, &Parameters),
        round: u32,
    ) {
        let batch = round / BATCH as u32;
        let of = Some((words.run(), batch, variation));
        if self.of == of {
            return;
        }
        self.of = of;
        self.batch = batch;
        self.meets.fill(None);
        self.fails.fill(None);
        for &actor in &parameters.order {
            let fortune = &parameters.fortunes[actor];
            let mut gains = words.happens(layout, Purpose::Battle, actor, batch, fortune.gains);
            if let Some((other, closely)) = fortune.against
                && parameters.fortunes[other].shock > 0.0
            {
                let closely = words.happens(layout, Purpose::Adversary, actor, batch, closely);
                gains = closely & !self.gains[other] | !closely & gains;
            }
            self.gains[actor] = gains;
        }
        for &actor in &parameters.frail {
            let worst = parameters.fortunes[actor].collapse_at_worst;
            self.danger[actor] = words.happens(layout, Purpose::Collapse, actor, batch, worst);
        }
    }

    pub(crate) fn gains(&self, actor: usize, round: u32) -> bool {
        bit(self.gains[actor], round)
    }

    pub(crate) fn in_danger(&self, actor: usize, round: u32) -> bool {
        bit(self.danger[actor], round)
    }

    pub(crate) fn meets(
        &mut self,
        layout: &Layout,
        words: &mut Words,
        parameters: &Parameters,
        track: usize,
        round: u32,
    ) -> bool {
        let meets = self.meets[track].get_or_insert_with(|| {
            words.happens(layout, Purpose::Meeting, track, self.batch, parameters.paces[track].meets)
        });
        bit(*meets, round)
    }

    /// Whether a track fails outright: in a share of rounds, one chance decides for all.
    pub(crate) fn fails(
        &mut self,
        layout: &Layout,
        words: &mut Words,
        parameters: &Parameters,
        track: usize,
        round: u32,
    ) -> bool {
        let chance = parameters.paces[track].fails;
        if chance.is_never() {
            return false;
        }
        let batch = self.batch;
        let fails = self.fails[track].get_or_insert_with(|| {
            let together = words.happens(layout, Purpose::CommonFailure, 1, batch, parameters.common_failure);
            let all = if together == 0 { 0 } else { words.happens(layout, Purpose::CommonFailure, 0, batch, chance) };
            together & all | !together & words.happens(layout, Purpose::Failure, track, batch, chance)
        });
        bit(*fails, round)
    }
}

fn bit(bits: u64, round: u32) -> bool {
    bits >> (round as usize % BATCH) & 1 == 1
}
