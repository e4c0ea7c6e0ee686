//! A case under the edits of a claim, and what was found out about it on the way: several claims ask the same of it.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use winset_case::{Case, Edit};
use winset_settle::{Reach, Refusal, explore};
use winset_simulate::{Batch, Process, Quiet, Tally};

use crate::game::{GAME_WORK_LIMIT, Game, Today, today};
use crate::rests::Rests;
use crate::strategic::game_of;

/// A case under the edits of a claim, with what was already found out about it.
pub(crate) struct Situation<'m> {
    pub(crate) case: Case,
    /// The case without edits, and the edits.
    base: &'m Case,
    edits: Vec<Edit>,
    reaches: &'m Reaches,
}

/// What was found out, by the edits it was asked under.
pub(crate) type Known<T> = BTreeMap<Vec<String>, T>;

/// What was found out under edits asked about before: walking everything is the costly part of a claim.
#[derive(Default)]
pub(crate) struct Reaches {
    /// Whether this is one of many cases laid beside each other: runs are made and games over levers played for a case by itself alone.
    beside: bool,
    /// What deals can reach.
    walks: RefCell<Known<Result<Arc<Reach>, Refusal>>>,
    runs: RefCell<Known<Result<Arc<Tally>, String>>>,
    /// What each owner of levers can do alone from today, or why that is not known.
    todays: RefCell<Known<Result<Arc<Today>, String>>>,
    /// The process without any edit, if there is one: those under edits share with it what they can.
    process: OnceCell<Option<Process>>,
    /// The game over levers, or why there is none.
    games: RefCell<Known<Result<Rc<Game>, String>>>,
    /// Where the process comes to rest with each option taken.
    rests: RefCell<Known<Rc<Rests>>>,
}

/// What is known of a case without any edit.
pub(crate) struct KnownOfCase {
    beside: bool,
    reach: Option<Arc<Reach>>,
    today: Option<Arc<Today>>,
}

impl Reaches {
    /// Where it is known already what can be reached, and what each owner of levers can do alone, without any edit.
    pub(crate) fn knowing(reach: Option<Arc<Reach>>, today: Option<Arc<Today>>) -> Self {
        let walks = reach.map(|reach| (Vec::new(), Ok(reach))).into_iter().collect();
        let todays = today.map(|today| (Vec::new(), Ok(today))).into_iter().collect();
        Reaches { walks: RefCell::new(walks), todays: RefCell::new(todays), ..Reaches::default() }
    }

    /// What is known of the case without any edit, to be handed to another thread.
    pub(crate) fn of_the_case(&self) -> KnownOfCase {
        let unedited: &[String] = &[];
        KnownOfCase {
            beside: self.beside,
            reach: self.walks.borrow().get(unedited).and_then(|reach| reach.as_ref().ok().cloned()),
            today: self.todays.borrow().get(unedited).and_then(|today| today.as_ref().ok().cloned()),
        }
    }

    /// Where this is known already.
    pub(crate) fn of(known: KnownOfCase) -> Self {
        Reaches { beside: known.beside, ..Reaches::knowing(known.reach, known.today) }
    }

    /// Where claims about runs and about games over levers are to stay undecided: they cost more than everything else a case is compared on.
    pub(crate) fn beside(reach: Option<Arc<Reach>>) -> Self {
        Reaches { beside: true, ..Reaches::knowing(reach, None) }
    }
}

/// Runs made to decide a claim that is about shares of runs, and their seed.
pub(crate) const CLAIM_RUNS: (u64, u64) = (4000, 1);

impl<'m> Situation<'m> {
    pub(crate) fn new(case: &'m Case, reaches: &'m Reaches) -> Self {
        Situation { case: case.clone(), base: case, edits: Vec::new(), reaches }
    }

    /// The same under more edits.
    pub(crate) fn under(&self, edits: &[Edit]) -> Self {
        let mut case = self.case.clone();
        case.apply(edits);
        let edits = self.edits.iter().chain(edits).cloned().collect();
        Situation { case, base: self.base, edits, reaches: self.reaches }
    }

    /// The edits, as written.
    fn texts(&self) -> Vec<String> {
        self.edits.iter().map(|edit| edit.text.clone()).collect()
    }

    pub(crate) fn reach(&self) -> Result<Arc<Reach>, Refusal> {
        let texts = self.texts();
        let known = self.reaches.walks.borrow().get(&texts).cloned();
        known.unwrap_or_else(|| {
            let found = explore(&self.case, None).map(Arc::new);
            self.reaches.walks.borrow_mut().insert(texts, found.clone());
            found
        })
    }

    /// Refuses what is asked of a case by itself alone.
    fn by_itself(&self) -> Result<(), String> {
        if self.reaches.beside {
            return Err("it is not asked of cases laid beside each other (`winset claims` asks it)".to_owned());
        }
        Ok(())
    }

    /// What each owner of levers can do alone from today, or why that is not known.
    pub(crate) fn today(&self) -> Result<Arc<Today>, String> {
        self.by_itself()?;
        let texts = self.texts();
        let known = self.reaches.todays.borrow().get(&texts).cloned();
        known.unwrap_or_else(|| {
            let found = today(&self.case, GAME_WORK_LIMIT).map(Arc::new).map_err(|refusal| refusal.to_string());
            self.reaches.todays.borrow_mut().insert(texts, found.clone());
            found
        })
    }

    /// Where the process comes to rest with options taken.
    pub(crate) fn rests(&self) -> Result<Rc<Rests>, String> {
        self.by_itself()?;
        let mut known = self.reaches.rests.borrow_mut();
        Ok(Rc::clone(known.entry(self.texts()).or_insert_with(|| Rc::new(Rests::new(&self.case)))))
    }

    /// The game over levers, or why there is none.
    pub(crate) fn game(&self) -> Result<Rc<Game>, String> {
        self.by_itself()?;
        let texts = self.texts();
        let known = self.reaches.games.borrow().get(&texts).cloned();
        known.unwrap_or_else(|| {
            let found = game_of(&self.case);
            self.reaches.games.borrow_mut().insert(texts, found.clone());
            found
        })
    }

    /// What runs of the case come to.
    pub(crate) fn tally(&self) -> Result<Arc<Tally>, String> {
        self.by_itself()?;
        if !self.case.dynamics.given {
            return Err("the case says nothing of how the process moves from round to round ([simulation])".to_owned());
        }
        let texts = self.texts();
        let known = self.reaches.runs.borrow().get(&texts).cloned();
        known.unwrap_or_else(|| {
            let made = self.runs().map(Arc::new).map_err(|refusal| refusal.to_string());
            self.reaches.runs.borrow_mut().insert(texts, made.clone());
            made
        })
    }

    fn runs(&self) -> Result<Tally, winset_simulate::Refusal> {
        let (runs, seed) = CLAIM_RUNS;
        let make = |process: Process| process.simulate(&Batch::of(seed, runs, 2), &Quiet);
        let alone = || Process::new(&self.case).and_then(make);
        match self.reaches.process.get_or_init(|| Process::new(self.base).ok()) {
            // What is shared counts against the standings of both: nothing may depend on who was asked before.
            Some(base) => match base.under(&self.edits).and_then(make) {
                Err(winset_simulate::Refusal::TooManyStandings { .. }) => alone(),
                tally => tally,
            },
            None => alone(),
        }
    }
}

/// What runs of the case as it stands come to: the same runs its claims are decided by. `None` where the case says nothing of how the process moves.
pub(crate) fn runs_of(case: &Case, reaches: &Reaches) -> Option<Result<Arc<Tally>, String>> {
    case.dynamics.given.then(|| Situation::new(case, reaches).tally())
}
