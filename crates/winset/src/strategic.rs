//! Which strategic game is asked about, from a case or from another program's file, and whether its states are listed.

use std::fmt::Display;
use std::path::Path;

use winset_case::{Case, SourceText};
use winset_exchange::{
    Finding, GMCR_FILE_LIMIT, GmcrImport, GmcrModel, Listing, NFG_FILE_LIMIT, NfgImport, import_gmcr_as, import_nfg,
};
use winset_stability::{
    Beyond, Budget, CaseModel, CompactCaseModel, CompactModel, Model, SanctionRule, SymbolicStability,
    compact_model_of_case, model_of_case_in_part, symbolic_stability, unlisted_states_of_case,
};

use crate::files::read_foreign_file;

/// How stability is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Every state is listed.
    Explicit,
    /// By sets of states.
    Symbolic,
}

impl Engine {
    /// The engine a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        [("explicit", Engine::Explicit), ("symbolic", Engine::Symbolic)]
            .into_iter()
            .find(|(known, _)| *known == word)
            .map(|(_, engine)| engine)
    }
}

/// A game whose states are listed.
#[derive(Debug, Clone)]
pub struct ListedGame {
    /// What it is called.
    pub title: String,
    /// A sentence or two about it.
    pub summary: Option<String>,
    /// The model.
    pub model: Model,
    /// How opponents may answer.
    pub rule: SanctionRule,
    /// The state that stands today, where that is known.
    pub today: Option<usize>,
    /// What a case says besides everyone's ranking.
    pub beyond: Beyond,
}

/// A game whose states are too many to be listed, or are not to be.
#[derive(Debug, Clone)]
pub struct LargeGame {
    /// What it is called.
    pub title: String,
    /// A sentence or two about it.
    pub summary: Option<String>,
    /// The model.
    pub model: CompactModel,
    /// How opponents may answer.
    pub rule: SanctionRule,
    /// The options taken today, one bit each.
    pub today: Option<u64>,
}

/// A game, its states listed or not.
#[derive(Debug, Clone)]
pub enum StrategicGame {
    /// They are.
    Listed(ListedGame),
    /// They are not.
    Large(LargeGame),
}

/// The game of a case; where no engine is asked for, its states are listed if they can be. `rule` stands in for the rule of the case.
///
/// # Errors
///
/// Why the case has no game that can be asked about, in one sentence.
pub fn game_of_case(case: &Case, engine: Option<Engine>, rule: Option<SanctionRule>) -> Result<StrategicGame, String> {
    let unlisted = match engine {
        Some(engine) => engine == Engine::Symbolic,
        None => unlisted_states_of_case(case).map_err(|refusal| refusal.to_string())?.is_some(),
    };
    let (title, summary) = (case.title.clone(), case.summary.clone());
    if unlisted {
        let found = compact_model_of_case(case).map_err(|refusal| large_refusal(engine, &refusal))?;
        let CompactCaseModel { model, today, rule: own } = found;
        let (rule, today) = (rule.unwrap_or(own), Some(today));
        return Ok(StrategicGame::Large(LargeGame { title, summary, model, rule, today }));
    }
    let found = model_of_case_in_part(case).map_err(|refusal| refusal.to_string())?;
    let CaseModel { model, rule: own, today, beyond, .. } = found;
    Ok(StrategicGame::Listed(ListedGame { title, summary, model, rule: rule.unwrap_or(own), today, beyond }))
}

/// Whose file a graph model stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelFile {
    /// GMCR+.
    Gmcr,
    /// Gambit, a game in strategic form.
    Nfg,
}

impl ModelFile {
    /// Whether a file is one of another program, by the end of its name.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?;
        let known = [("gmcr", ModelFile::Gmcr), ("nfg", ModelFile::Nfg)];
        known.into_iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)).map(|(_, kind)| kind)
    }
}

/// What reading another program's graph model gives.
#[derive(Debug)]
pub struct ImportedGame {
    /// The game, if the file has no errors.
    pub game: Option<StrategicGame>,
    /// The files read.
    pub files: Vec<SourceText>,
    /// What was found in them.
    pub findings: Vec<Finding>,
}

/// The graph model in another program's file.
///
/// # Errors
///
/// Why it cannot be read, or not by this engine, in one sentence.
pub fn game_of_file(
    path: &Path,
    kind: ModelFile,
    engine: Option<Engine>,
    rule: Option<SanctionRule>,
) -> Result<ImportedGame, String> {
    let limit = match kind {
        ModelFile::Gmcr => GMCR_FILE_LIMIT,
        ModelFile::Nfg => NFG_FILE_LIMIT,
    };
    let file = read_foreign_file(path, limit)?;
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let (title, model, files, findings) = match kind {
        ModelFile::Gmcr => {
            let listing = match engine {
                Some(Engine::Explicit) => Listing::Always,
                Some(Engine::Symbolic) => Listing::Never,
                None => Listing::WherePossible,
            };
            let GmcrImport { model, files, findings } = import_gmcr_as(&file, listing);
            (stem, model, files, findings)
        }
        ModelFile::Nfg => {
            if engine == Some(Engine::Symbolic) {
                return Err("a .nfg file has a payoff for every state, so its states are listed".to_owned());
            }
            let NfgImport { model, title, files, findings } = import_nfg(&file);
            let title = if title.trim().is_empty() { stem } else { title };
            (title, model.map(GmcrModel::Listed), files, findings)
        }
    };
    let rule = rule.unwrap_or_default();
    let game = model.map(|model| match model {
        GmcrModel::Listed(model) => {
            let beyond = Beyond::default();
            StrategicGame::Listed(ListedGame { title, summary: None, model, rule, today: None, beyond })
        }
        GmcrModel::Compact(model) => StrategicGame::Large(LargeGame { title, summary: None, model, rule, today: None }),
    });
    Ok(ImportedGame { game, files, findings })
}

/// The stability of a game whose states are not listed.
///
/// # Errors
///
/// Why it was not computed, in one sentence.
pub fn stability_of_large(game: &LargeGame, engine: Option<Engine>) -> Result<SymbolicStability, String> {
    symbolic_stability(&game.model, game.rule, Budget::default()).map_err(|refusal| large_refusal(engine, &refusal))
}

/// Says why an analysis was not carried out, and why it was to be this one where nobody asked for it.
pub fn large_refusal(engine: Option<Engine>, refusal: &impl Display) -> String {
    match engine {
        Some(_) => refusal.to_string(),
        None => format!("there are too many states to list them, and {refusal}"),
    }
}
