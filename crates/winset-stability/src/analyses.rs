//! Every analysis of a game that is more, or less, than everyone's ranking, under the five concepts.

use crate::attitudes::{Attitude, relationally_stable};
use crate::concept::{Concept, SanctionRule};
use crate::misperception::stable_as_seen;
use crate::model::Model;
use crate::refusal::Refusal;
use crate::set::StateSet;
use crate::strength::strongly_stable;
use crate::unknown::{Extension, PartialPreference, stable_under_unknown};

/// What is said of a game besides everyone's ranking. Each list has an entry per decision maker.
#[derive(Debug, Clone, Default)]
pub struct Beyond {
    /// What is known of the preferences that are not known as a whole. Where this is given, the rankings of those decision makers mean nothing.
    pub partial: Option<Vec<Option<PartialPreference>>>,
    /// Per decision maker and state its block: a state is much better than one of a lower block.
    pub degrees: Option<Vec<Vec<u32>>>,
    /// The attitude of the first towards the second.
    pub attitudes: Option<Vec<Vec<Attitude>>>,
    /// The game as each sees it.
    pub views: Option<Vec<Model>>,
}

/// What is analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Analysis {
    /// Stability under unknown preference, in one of its extensions (Li, Hamouda, Kilgour & Hipel 2004).
    Unknown(Extension),
    /// Strong stability (Hamouda, Kilgour & Hipel 2004).
    Strong,
    /// Relational stability, under attitudes (Inohara, Hipel & Walker 2007).
    Relational,
    /// Stability as each sees the game: equilibria of the hypergame (Wang, Hipel & Fraser 1988).
    AsSeen,
}

/// The states stable for whom in an analysis.
#[derive(Debug, Clone)]
pub struct Analysed {
    /// Which analysis.
    pub analysis: Analysis,
    /// Per concept, in the order of [`Concept::ALL`], and decision maker.
    pub stable: Vec<Vec<StateSet>>,
}

impl Analysed {
    /// The states stable for everyone.
    pub fn equilibria(&self, concept: Concept) -> StateSet {
        let sets = &self.stable[concept as usize];
        let mut all = sets.first().cloned().unwrap_or_else(|| StateSet::empty(0));
        sets.iter().for_each(|set| all.intersect(set));
        all
    }
}

impl Beyond {
    /// Every analysis that something is said for.
    pub fn analyses(&self, model: &Model, rule: SanctionRule) -> Result<Vec<Analysed>, Refusal> {
        let mut found = Vec::new();
        let mut add = |analysis, stable: &dyn Fn(Concept) -> Result<Vec<StateSet>, Refusal>| {
            let stable = Concept::ALL.into_iter().map(stable).collect::<Result<_, _>>()?;
            found.push(Analysed { analysis, stable });
            Ok::<(), Refusal>(())
        };
        if let Some(partial) = &self.partial {
            for extension in Extension::ALL {
                add(Analysis::Unknown(extension), &|concept| stable_under_unknown(model, partial, concept, extension))?;
            }
        }
        if let Some(degrees) = &self.degrees {
            add(Analysis::Strong, &|concept| strongly_stable(model, degrees, concept))?;
        }
        if let Some(attitudes) = &self.attitudes {
            add(Analysis::Relational, &|concept| relationally_stable(model, attitudes, concept))?;
        }
        if let Some(views) = &self.views {
            add(Analysis::AsSeen, &|concept| stable_as_seen(model, views, concept, rule))?;
        }
        Ok(found)
    }
}
