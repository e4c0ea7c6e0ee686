//! Random small models: ties, infeasible states, one-way options.

use proptest::prelude::*;
use winset_stability::{Direction, Formula, Model, ModelOption, OptionForm, Preference};

/// What kind of model.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub one_way: bool,
    pub infeasible: bool,
    pub players: (usize, usize),
    pub most_options: usize,
}

/// A model in option form.
pub fn model(kind: Kind) -> impl Strategy<Value = Model> {
    let options = (kind.players.0..=kind.players.1).prop_flat_map(move |players| {
        let more = kind.most_options.saturating_sub(players);
        (Just(players), prop::collection::vec(0..players, 0..=more))
    });
    options.prop_flat_map(move |(players, more)| {
        let mut owners: Vec<usize> = (0..players).chain(more).collect();
        owners.sort_unstable();
        let count = owners.len();
        let direction = if kind.one_way { 0..5_u8 } else { 0..1 };
        let patterns = if kind.infeasible { 0..4_usize } else { 0..1 };
        (
            Just(owners),
            prop::collection::vec(direction, count),
            prop::collection::vec((0..1_u64 << count, 0..1_u64 << count), patterns),
            prop::collection::vec(prop::collection::vec(0..12_i128, 1 << count), players),
        )
            .prop_filter_map("some state must be feasible", build)
    })
}

type Parts = (Vec<usize>, Vec<u8>, Vec<(u64, u64)>, Vec<Vec<i128>>);

fn build((owners, directions, patterns, worth): Parts) -> Option<Model> {
    let players = worth.len();
    let options = owners.iter().zip(&directions).map(|(&owner, direction)| {
        let direction = match direction {
            0..=2 => Direction::Both,
            3 => Direction::OnlyOn,
            _ => Direction::OnlyOff,
        };
        ModelOption { name: format!("of {owner}"), owner, direction }
    });
    let patterns = patterns.iter().filter(|(mask, _)| mask.count_ones() > 1);
    let form = OptionForm {
        decision_makers: (0..players).map(|player| format!("D{player}")).collect(),
        options: options.collect(),
        infeasible: patterns.map(|(mask, value)| Formula::Pattern { mask: *mask, value: value & mask }).collect(),
        merged: Vec::new(),
    };
    let states = form.states().ok()?;
    let preferences: Vec<Preference> = worth
        .into_iter()
        .map(|worth| Preference::Worth((0..states.len()).map(|state| worth[states.key(state) as usize]).collect()))
        .collect();
    Model::new(form, states, preferences).ok()
}
