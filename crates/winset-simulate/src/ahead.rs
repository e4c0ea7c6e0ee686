//! What chance has in store for a batch of rounds, one bit a round: asked once for all rounds instead of once in each.

use winset_chance::BATCH;

use crate::luck::{Layout, Purpose, Words};
use crate::parameters::Parameters;

/// The bits of one batch of rounds of one run, under one variation of the case.
#[derive(Debug)]
pub(crate) struct Ahead {
    of: Option<(u64, u32, u32)>,
    /// Per actor, whether the battlefield goes its way.
    gains: Vec<u64>,
    /// Per actor, whether it would collapse if it stood at its worst.
    danger: Vec<u64>,
    /// Which tracks meet in each round, and which fail outright.
    meet: ByRound,
    fail: ByRound,
}

/// Per round of a batch, a set of tracks: one bit each, in so many words a round.
#[derive(Debug)]
struct ByRound {
    words: usize,
    sets: Vec<u64>,
}

impl ByRound {
    fn new(tracks: usize) -> Self {
        let words = tracks.div_ceil(64);
        ByRound { words, sets: vec![0; words * BATCH] }
    }

    /// Puts a track into the sets of these rounds.
    fn put(&mut self, track: usize, mut rounds: u64) {
        while rounds != 0 {
            self.sets[rounds.trailing_zeros() as usize * self.words + track / 64] |= 1 << (track % 64);
            rounds &= rounds - 1;
        }
    }

    fn of(&self, round: u32, word: usize) -> u64 {
        self.sets[round as usize % BATCH * self.words + word]
    }
}

impl Ahead {
    pub(crate) fn new(actors: usize, tracks: usize) -> Self {
        Ahead {
            of: None,
            gains: vec![0; actors],
            danger: vec![0; actors],
            meet: ByRound::new(tracks),
            fail: ByRound::new(tracks),
        }
    }

    /// Turns to the batch of a round, counted from 0, of a run in which these tracks go on. Returns false where that was done before.
    pub(crate) fn turn_to(
        &mut self,
        layout: &Layout,
        words: &mut Words,
        (variation, parameters): (u32, &Parameters),
        round: u32,
        goes_on: impl Fn(usize) -> bool,
    ) -> bool {
        let batch = round / BATCH as u32;
        let of = Some((words.run(), batch, variation));
        if self.of == of {
            return false;
        }
        self.of = of;
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
        self.meet.sets.fill(0);
        self.fail.sets.fill(0);
        // In a share of rounds one chance decides for all tracks whether they fail.
        let mut together = None;
        for (track, pace) in parameters.paces.iter().enumerate().filter(|(track, _)| goes_on(*track)) {
            self.meet.put(track, words.happens(layout, Purpose::Meeting, track, batch, pace.meets));
            if pace.fails.is_never() {
                continue;
            }
            let together = *together.get_or_insert_with(|| {
                words.happens(layout, Purpose::CommonFailure, 1, batch, parameters.common_failure)
            });
            let all =
                if together == 0 { 0 } else { words.happens(layout, Purpose::CommonFailure, 0, batch, pace.fails) };
            let alone = if together == u64::MAX {
                0
            } else {
                words.happens(layout, Purpose::Failure, track, batch, pace.fails)
            };
            self.fail.put(track, together & all | !together & alone);
        }
        true
    }

    pub(crate) fn gains(&self, actor: usize, round: u32) -> bool {
        bit(self.gains[actor], round)
    }

    pub(crate) fn in_danger(&self, actor: usize, round: u32) -> bool {
        bit(self.danger[actor], round)
    }

    /// The tracks that meet in a round, of the 64 of a word.
    pub(crate) fn meet(&self, round: u32, word: usize) -> u64 {
        self.meet.of(round, word)
    }

    /// The tracks that fail outright in a round, of the 64 of a word.
    pub(crate) fn fail(&self, round: u32, word: usize) -> u64 {
        self.fail.of(round, word)
    }
}

fn bit(bits: u64, round: u32) -> bool {
    bits >> (round as usize % BATCH) & 1 == 1
}
