//! From a `.gmcr` file to a graph model.

use winset_case::SourceText;
use winset_stability::{CompactModel, Formula, Model, OptionForm, Refusal, StateSet, number_of_unlisted_states};

use super::condition::condition;
use super::document::{Player, cast};
use super::ranking::{order, preference};
use crate::finding::{Code, Finding, Findings};
use crate::import::InputFile;
use crate::tree::{Node, Reading};
use crate::{json, text};

/// What reading a `.gmcr` file gives.
#[derive(Debug)]
pub struct GmcrImport<M = Model> {
    /// The model, if no finding stands in its way.
    pub model: Option<M>,
    /// The file as text, which the places of the findings refer to.
    pub files: Vec<SourceText>,
    /// Everything worth saying about the file, errors first.
    pub findings: Vec<Finding>,
}

/// A graph model, with its states listed or not.
#[derive(Debug)]
pub enum GmcrModel {
    /// With them.
    Listed(Model),
    /// Without.
    Compact(CompactModel),
}

/// Whether the states of a model are to be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// They are.
    Always,
    /// They are not.
    Never,
    /// They are unless there are too many.
    WherePossible,
}

/// The largest `.gmcr` file that is read: a million states in the rankings of four decision makers.
pub const GMCR_FILE_LIMIT: usize = 64 << 20;

/// How many values such a file may hold.
const VALUES: usize = 8_000_000;

/// Reads a `.gmcr` file, of the program's current and earlier JSON formats, and lists the states.
pub fn import_gmcr(file: &InputFile) -> GmcrImport {
    let GmcrImport { model, files, findings } = import_gmcr_as(file, Listing::Always);
    let model = model.and_then(|model| match model {
        GmcrModel::Listed(model) => Some(model),
        GmcrModel::Compact(_) => None,
    });
    GmcrImport { model, files, findings }
}

/// Reads a `.gmcr` file, of the program's current and earlier JSON formats.
pub fn import_gmcr_as(file: &InputFile, listing: Listing) -> GmcrImport<GmcrModel> {
    let mut findings = Findings::default();
    let mut source = SourceText { name: file.name.clone(), text: String::new() };
    let mut model = None;
    if is_pickle(&file.bytes) {
        let help =
            "open it with the program that wrote it and save it again, as a version after November 2013 does: as JSON";
        let message = "this is a binary GMCR-py 0.1 file, a Python pickle; reading one could execute anything";
        findings.error(Code::Refused, (0, 0..0), message, help);
    } else {
        let (decoded, is_text) = text::decode_up_to(GMCR_FILE_LIMIT, file, 0, &mut findings);
        source = decoded;
        if is_text && let Some(tree) = json::read_up_to(VALUES, &source.text, 0, &mut findings) {
            model = read(&tree, listing, &mut Reading { file: 0, findings: &mut findings });
        }
    }
    GmcrImport { model: model.filter(|_| !findings.has_errors()), files: vec![source], findings: findings.finish() }
}

/// Python pickles, binary and the older ones that look like text.
fn is_pickle(bytes: &[u8]) -> bool {
    bytes.first() == Some(&0x80)
        || [&b"(dp"[..], b"(i", b"ccopy_reg", b"c__builtin__"].iter().any(|start| bytes.starts_with(start))
}

fn read(node: &Node, listing: Listing, reading: &mut Reading<'_>) -> Option<GmcrModel> {
    if node.entries().is_none() {
        let help = "a .gmcr file is one object with `options` and `decisionMakers`";
        reading.error(Code::NotWellFormed, node, "this is no graph model", help);
        return None;
    }
    let cast = cast(node, reading)?;
    if cast.players.is_empty() {
        reading.error(Code::Missing, node, "the model has no decision maker", "add one to `decisionMakers`");
        return None;
    }
    let by_hand = by_hand(node, reading)?;
    merged_players(node, reading);
    let positions = cast.positions.as_slice();
    let form = OptionForm {
        decision_makers: cast.players.iter().map(|player| player.name.clone()).collect(),
        infeasible: conditions(node, "infeasibles", positions, reading)?,
        options: cast.options,
        merged: Vec::new(),
    };
    let unlisted = match listing {
        Listing::Always => false,
        Listing::Never => true,
        Listing::WherePossible => number_of_unlisted_states(&form).is_some(),
    };
    if unlisted {
        let mut orders = Vec::new();
        let mut hidden = Vec::new();
        for player in &cast.players {
            orders.extend(order(player, by_hand, positions, reading));
            hidden.push(conditions(&player.node, "misperceptions", positions, reading)?);
        }
        let complete = orders.len() == cast.players.len();
        return complete.then_some(GmcrModel::Compact(CompactModel { form, orders, hidden }));
    }
    let refuse = |refusal: &Refusal, reading: &mut Reading<'_>| {
        let code = if *refusal == Refusal::NoStates { Code::NotSupported } else { Code::TooLarge };
        let place = node.get("infeasibles").map_or(node, |place| place);
        let help = match refusal {
            Refusal::NoStates => "look at `infeasibles`: a state for which one of these conditions holds is left out",
            _ => "rule out more in `infeasibles`, or leave out options that matter least",
        };
        reading.error(code, place, refusal.to_string(), help);
    };
    let states = form.states().map_err(|refusal| refuse(&refusal, reading)).ok()?;
    let mut preferences = Vec::new();
    for player in &cast.players {
        preferences.extend(preference(player, by_hand, &states, positions, reading));
    }
    if preferences.len() < cast.players.len() {
        return None;
    }
    let mut model = Model::new(form, states, preferences).map_err(|refusal| refuse(&refusal, reading)).ok()?;
    for (number, Player { node, .. }) in cast.players.iter().enumerate() {
        let unseen = conditions(node, "misperceptions", positions, reading)?;
        if !unseen.is_empty() {
            let states = model.states();
            let unseen =
                StateSet::from_fn(states.len(), |state| unseen.iter().any(|unseen| unseen.holds(states.key(state))));
            model.hide(number, unseen);
        }
    }
    Some(GmcrModel::Listed(model))
}

/// Whether rankings are given by hand; the key has two names.
fn by_hand(node: &Node, reading: &mut Reading<'_>) -> Option<bool> {
    let keys = ["useManualPreferenceRanking", "useManualPreferenceVectors"];
    let Some(flag) = keys.into_iter().find_map(|key| node.get(key)) else {
        let help = "add it: `true` if each decision maker has a `preferenceRanking`, `false` if `preferences` count";
        reading.error(Code::Missing, node, "`useManualPreferenceRanking` is missing", help);
        return None;
    };
    let found = flag.text().and_then(|text| text.parse().ok());
    if found.is_none() {
        reading.error(
            Code::NotWellFormed,
            flag,
            "this must be true or false",
            "write `true` or `false` without quotes",
        );
    }
    found
}

fn conditions(node: &Node, key: &str, positions: &[Option<usize>], reading: &mut Reading<'_>) -> Option<Vec<Formula>> {
    let Some(list) = node.get(key).filter(|list| !list.is_null()) else { return Some(Vec::new()) };
    let list = reading.items(list, &format!("`{key}`"))?;
    let mut read = Vec::new();
    for entry in list {
        if entry.entries().is_some() {
            let message = format!("alternatives in `{key}` are more than the program itself can read");
            let place = (reading.file, entry.span.clone());
            reading.findings.warning(Code::Differs, place, message, "they count as a condition each");
        }
        read.push(condition(entry, positions, reading)?);
    }
    Some(read)
}

/// Groups that the program analyses as one player. They are not merged here: that would not be what coalitions do.
fn merged_players(node: &Node, reading: &mut Reading<'_>) {
    let Some(coalitions) = node.get("coalitions") else { return };
    let groups = coalitions.items().unwrap_or_default();
    if groups.iter().any(|group| group.items().is_some_and(|members| members.len() > 1)) {
        let message = "the decision makers of a coalition stay apart here";
        let help = "the program makes one player of them, who moves only when all gain; a coalition analysis asks every group, its members included";
        let place = (reading.file, coalitions.span.clone());
        reading.findings.warning(Code::Ignored, place, message, help);
    }
}
