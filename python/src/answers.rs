//! What each question comes to.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use winset::report::LargeSurroundings;
use winset::report::csv::{self, Table};
use winset::report::handout::{self, Picture};
use winset::simulation::{Process, Tally};
use winset::stability::{Analysed, Concept, Explanation, Paths, Stability};
use winset::strategic::{LargeGame, ListedGame, large_refusal, stability_of_large};
use winset::unfold::Unfolding;
use winset::{
    Assembly, Brief, Case, ClaimResult, Comparison, Difference, EnsembleResult, EvidenceCount, GameRefusal, Influences,
    ProcessStatus, Reading, Refusal, Runs, TodayStays, TrackBrief, report,
};

use crate::answer::Forms;
use crate::errors::WIDTH;

/// Of `winset settle`.
pub(crate) struct Settled {
    pub(crate) case: Arc<Case>,
    pub(crate) tracks: Vec<TrackBrief>,
    pub(crate) assembly: Option<Result<Assembly, Refusal>>,
}

impl Forms for Settled {
    fn document(&self) -> Value {
        report::json::settle(&self.case, &self.tracks, self.assembly.as_ref())
    }

    fn text(&self, width: usize) -> String {
        report::settle(&self.case, &self.tracks, self.assembly.as_ref(), width)
    }

    fn tables(&self) -> Vec<Table> {
        csv::settle(&self.case, &self.tracks, self.assembly.as_ref())
    }
}

/// Of `winset claims`.
pub(crate) struct Decided {
    pub(crate) case: Arc<Case>,
    pub(crate) results: Vec<ClaimResult>,
}

impl Forms for Decided {
    fn document(&self) -> Value {
        report::json::claims(&self.case, &self.results)
    }

    fn text(&self, width: usize) -> String {
        if self.results.is_empty() {
            return "The case makes no claims. Add one with [[claim]].\n".to_owned();
        }
        report::claims(&self.case, &self.results, width)
    }

    fn tables(&self) -> Vec<Table> {
        csv::claims(&self.case, &self.results)
    }
}

/// Of `winset brief`. A [`Brief`] borrows its case, so here is what it consists of; it is put together whenever it is looked at.
pub(crate) struct Briefed {
    case: Arc<Case>,
    parts: Mutex<Option<Parts>>,
}

struct Parts {
    tracks: Vec<TrackBrief>,
    assembly: Option<Result<Assembly, Refusal>>,
    stays: Option<Result<TodayStays, GameRefusal>>,
    runs: Option<Result<Runs, String>>,
    claims: Vec<ClaimResult>,
    evidence: EvidenceCount,
    draws: Option<EnsembleResult>,
}

impl Parts {
    fn of(brief: Brief<'_>) -> Self {
        let Brief { case: _, tracks, assembly, stays, runs, claims, evidence, draws } = brief;
        Parts { tracks, assembly, stays, runs, claims, evidence, draws }
    }

    fn together(self, case: &Case) -> Brief<'_> {
        let Parts { tracks, assembly, stays, runs, claims, evidence, draws } = self;
        Brief { case, tracks, assembly, stays, runs, claims, evidence, draws }
    }
}

impl Briefed {
    /// The brief that is made, if one is.
    pub(crate) fn new(case: &Arc<Case>, make: impl FnOnce(&Case) -> Option<Brief<'_>>) -> Option<Self> {
        let parts = Parts::of(make(case)?);
        Some(Briefed { case: Arc::clone(case), parts: Mutex::new(Some(parts)) })
    }

    fn look<T>(&self, look: impl FnOnce(&Brief<'_>) -> T) -> T {
        let mut parts = self.parts.lock().expect("nothing panics while it looks");
        let brief = parts.take().expect("it is put back below").together(&self.case);
        let seen = look(&brief);
        *parts = Some(Parts::of(brief));
        seen
    }
}

impl Forms for Briefed {
    fn document(&self) -> Value {
        self.look(report::json::brief)
    }

    fn text(&self, width: usize) -> String {
        self.look(|brief| report::brief(brief, width))
    }

    fn tables(&self) -> Vec<Table> {
        self.look(csv::brief)
    }

    fn html(&self) -> Option<String> {
        Some(self.look(handout::html))
    }

    fn markdown(&self) -> Option<String> {
        Some(self.look(handout::markdown))
    }

    fn figures(&self) -> Vec<Picture> {
        self.look(handout::figures)
    }
}

/// Of `winset simulate`.
pub(crate) struct Simulated {
    pub(crate) process: Process,
    pub(crate) tally: Tally,
    pub(crate) seed: u64,
}

impl Simulated {
    fn unfolding(&self) -> Unfolding<'_> {
        Unfolding { process: &self.process, tally: &self.tally, seed: self.seed }
    }
}

impl Forms for Simulated {
    fn document(&self) -> Value {
        report::json::simulate(&self.unfolding())
    }

    fn text(&self, width: usize) -> String {
        report::simulate(&self.unfolding(), width)
    }

    fn tables(&self) -> Vec<Table> {
        csv::simulate(&self.unfolding())
    }

    fn html(&self) -> Option<String> {
        Some(handout::unfold_html(&self.unfolding()))
    }

    fn figures(&self) -> Vec<Picture> {
        handout::unfold_figures(&self.unfolding())
    }
}

impl Forms for Comparison {
    fn document(&self) -> Value {
        report::json::compare(self)
    }

    fn text(&self, width: usize) -> String {
        report::compare(self, width)
    }

    fn tables(&self) -> Vec<Table> {
        csv::compare(self)
    }
}

/// Of `winset diff`, with what the two are called.
pub(crate) struct Differing {
    pub(crate) difference: Difference,
    pub(crate) names: [String; 2],
}

impl Forms for Differing {
    fn document(&self) -> Value {
        report::json::difference(&self.difference)
    }

    fn text(&self, width: usize) -> String {
        report::versions(&self.difference, [&self.names[0], &self.names[1]], width)
    }

    fn tables(&self) -> Vec<Table> {
        csv::versions(&self.difference)
    }
}

/// Of `winset status`.
pub(crate) struct Stood {
    pub(crate) case: Arc<Case>,
    pub(crate) as_of: String,
}

impl Stood {
    fn status(&self) -> ProcessStatus<'_> {
        ProcessStatus::of(&self.case, &self.as_of)
    }
}

impl Forms for Stood {
    fn document(&self) -> Value {
        report::json::status(&self.case, &self.status())
    }

    fn text(&self, width: usize) -> String {
        report::status(&self.case, &self.status(), width)
    }

    fn tables(&self) -> Vec<Table> {
        csv::status(&self.case, &self.status())
    }
}

/// Of `winset check`: what is wrong with a case.
pub(crate) struct Checked(pub(crate) Reading);

impl Forms for Checked {
    fn document(&self) -> Value {
        report::json::diagnostics(&self.0.files, &self.0.diagnostics)
    }

    fn text(&self, width: usize) -> String {
        report::diagnostics(&self.0.files, &self.0.diagnostics, width)
    }

    fn tables(&self) -> Vec<Table> {
        csv::check(&self.0.files, &self.0.diagnostics, self.0.case.as_ref())
    }
}

/// Of `winset check --evidence`: what a case rests on.
pub(crate) struct Rests {
    pub(crate) case: Arc<Case>,
    pub(crate) influences: Influences,
}

impl Forms for Rests {
    fn document(&self) -> Value {
        report::json::evidence(&self.case, &self.influences)
    }

    fn text(&self, width: usize) -> String {
        report::evidence(&self.case, &self.influences, width)
    }

    fn tables(&self) -> Vec<Table> {
        csv::evidence(&self.case)
    }
}

/// Of `winset stability`, where states are listed.
pub(crate) struct Stays {
    game: ListedGame,
    /// `None` where a preference is known in part only.
    result: Option<Stability>,
    today: Option<(usize, Paths, Paths)>,
    explained: Option<(usize, Vec<Vec<Explanation>>)>,
    /// What more than rankings changes.
    analysed: Vec<Analysed>,
    /// The state asked about.
    state: Option<usize>,
}

impl Stays {
    /// Asks everything at once; one state is explained, if one is given.
    pub(crate) fn of(game: ListedGame, state: Option<usize>) -> Result<Self, winset::stability::Refusal> {
        let model = &game.model;
        let analysed = game.beyond.analyses(model, game.rule)?;
        if game.beyond.partial.is_some() {
            return Ok(Stays { game, result: None, today: None, explained: None, analysed, state });
        }
        let result = Some(winset::stability::stability(model, game.rule)?);
        let today = match game.today {
            Some(today) => Some((today, Paths::from(model, today, false)?, Paths::from(model, today, true)?)),
            None => None,
        };
        let explained = match state {
            Some(state) => {
                let one = |maker, concept| winset::stability::explain(model, concept, maker, state, game.rule);
                let all = (0..model.decision_makers().len())
                    .map(|maker| Concept::ALL.into_iter().map(|concept| one(maker, concept)).collect());
                Some((state, all.collect::<Result<_, _>>()?))
            }
            None => None,
        };
        Ok(Stays { game, result, today, explained, analysed, state })
    }
}

impl Forms for Stays {
    fn document(&self) -> Value {
        let model = &self.game.model;
        let Some(result) = &self.result else {
            let mut document = report::json::stability_partly_known(model);
            report::json::stability_beyond(&mut document, &self.analysed);
            return document;
        };
        let mut document = report::json::stability(model, result);
        if let Some((today, moves, improvements)) = &self.today {
            document["from"] = report::json::stability_today(model, result, *today, moves, improvements);
        }
        if let Some((state, explained)) = &self.explained {
            document["explanation"] = report::json::stability_state(model, *state, explained);
        }
        report::json::stability_beyond(&mut document, &self.analysed);
        document
    }

    fn text(&self, width: usize) -> String {
        let ListedGame { title, summary, model, rule, beyond, .. } = &self.game;
        let further = match self.state {
            Some(state) => report::stability_beyond_state(model, beyond, &self.analysed, state, width),
            None => report::stability_beyond(model, beyond, &self.analysed, width),
        };
        let Some(result) = &self.result else {
            return match self.state {
                Some(_) => further.trim_start().to_owned(),
                None => report::stability_partly_known(title, summary.as_deref(), model, width) + &further,
            };
        };
        if let Some((state, explained)) = &self.explained {
            return report::stability_state(title, model, *state, explained, width) + &further;
        }
        let about = report::Surroundings { title, summary: summary.as_deref(), today: self.today.clone() };
        report::stability(&about, model, result, *rule, width) + &further
    }
}

/// Of `winset stability`, where states are too many to be listed: what it says, written down at once, since more could be refused later.
pub(crate) struct StaysLarge {
    document: Value,
    text: String,
}

impl StaysLarge {
    /// Asks, and writes the first equilibria down.
    pub(crate) fn of(game: &LargeGame, first: usize) -> Result<Self, String> {
        let refusal = |refusal: winset::stability::Refusal| large_refusal(None, &refusal);
        let mut result = stability_of_large(game, None)?;
        let document = report::json::stability_symbolic(&game.model, &mut result, first).map_err(refusal)?;
        let feasible = |key: &u64| !game.model.form.infeasible.iter().any(|condition| condition.holds(*key));
        let about = LargeSurroundings {
            title: &game.title,
            summary: game.summary.as_deref(),
            today: game.today.filter(feasible),
            rule: game.rule,
            first,
        };
        let text = report::stability_symbolic(&about, &game.model, &mut result, WIDTH).map_err(refusal)?;
        Ok(StaysLarge { document, text })
    }
}

impl Forms for StaysLarge {
    fn document(&self) -> Value {
        self.document.clone()
    }

    fn text(&self, _: usize) -> String {
        self.text.clone()
    }
}
