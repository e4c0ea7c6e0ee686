//! Published models from `tests/data/cases`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use winset_stability::{Direction, Formula, Model, ModelOption, OptionForm, Preference};

pub struct Published {
    pub name: String,
    pub file: Value,
    pub model: Model,
    /// The engine's state per state of the file.
    pub states: Vec<usize>,
    /// Per label of the file, the engine's state.
    pub by_label: BTreeMap<u64, usize>,
}

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases")
}

/// Every published model but the collection of games.
pub fn all() -> Vec<Published> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let cases: Vec<Published> = paths
        .iter()
        .filter_map(|path| {
            let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            file.get("dms").is_some().then(|| published(file))
        })
        .collect();
    assert!(cases.len() >= 14, "{} cases", cases.len());
    cases
}

fn list(value: &Value) -> Vec<u64> {
    value.as_array().map(|list| list.iter().map(|entry| entry.as_u64().unwrap()).collect()).unwrap_or_default()
}

fn published(file: Value) -> Published {
    let names: Vec<String> =
        file["dms"].as_array().unwrap().iter().map(|dm| dm["name"].as_str().unwrap().to_owned()).collect();
    let options: Vec<ModelOption> = file["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|option| ModelOption {
            name: option["name"].as_str().unwrap().to_owned(),
            owner: option["dm"].as_u64().unwrap() as usize,
            direction: match option["direction"].as_str().unwrap() {
                "fwd" => Direction::OnlyOn,
                "back" => Direction::OnlyOff,
                _ => Direction::Both,
            },
        })
        .collect();
    let keys: Vec<u64> = file["states"]
        .as_array()
        .unwrap()
        .iter()
        .map(|state| state.as_str().unwrap().bytes().rev().fold(0, |key, digit| key << 1 | u64::from(digit == b'Y')))
        .collect();
    let mask = (1 << options.len()) - 1;
    let left_out = (0..=mask).filter(|key| !keys.contains(key));
    let form = OptionForm {
        decision_makers: names.clone(),
        options,
        infeasible: left_out.map(|key| Formula::Pattern { mask, value: key }).collect(),
        merged: Vec::new(),
    };
    let found = form.states().unwrap();
    let states: Vec<usize> = keys.iter().map(|key| found.find(*key).unwrap()).collect();
    let by_label: BTreeMap<u64, usize> = list(&file["labels"]).into_iter().zip(states.iter().copied()).collect();
    let preferences: Vec<Preference> = names
        .iter()
        .map(|name| {
            let Some(groups) = file["ranking"][name].as_array() else {
                // The one whose preference is mostly unknown: see the test of unknown preference.
                return Preference::Weights(vec![0; found.options()]);
            };
            let states = |group: &Value| match group.as_u64() {
                Some(label) => vec![by_label[&label]],
                None => list(group).iter().map(|label| by_label[label]).collect(),
            };
            Preference::Ranking(groups.iter().map(states).collect())
        })
        .collect();
    let mut model = Model::new(form, found, preferences).unwrap();
    for (mover, name) in names.iter().enumerate() {
        let Some(table) = file["moves"][name].as_object() else { continue };
        let mut lists = vec![Vec::new(); states.len()];
        for (from, targets) in table {
            let mut targets: Vec<u32> = list(targets).iter().map(|to| by_label[to] as u32).collect();
            targets.sort_unstable();
            lists[by_label[&from.parse().unwrap()]] = targets;
        }
        let own = model.moves(mover).unwrap();
        let same = own
            .iter()
            .zip(&lists)
            .all(|(own, list)| own.iter().eq(list.iter().map(|to| *to as usize).collect::<Vec<_>>().iter()));
        if !same {
            model.set_moves(mover, lists).unwrap();
        }
    }
    Published { name: file["case"].as_str().unwrap().to_owned(), file, model, states, by_label }
}

impl Published {
    /// The states with these labels, ascending.
    pub fn labelled(&self, labels: &Value) -> Vec<usize> {
        let mut states: Vec<usize> = list(labels).iter().map(|label| self.by_label[label]).collect();
        states.sort_unstable();
        states
    }
}
