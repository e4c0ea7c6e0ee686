//! Where the process of a case comes to rest with its options taken, each walked once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use winset_case::{Case, LeverId, PolicyOption};
use winset_settle::{Between, LeverWalks, ways};

use crate::ends::{Rest, rest_among};
use crate::game::GameRefusal;

/// Where it comes to rest, or why that is not known.
type Found = Result<Rc<Rest>, String>;

/// Where the process comes to rest, by the option taken: options are asked about by several checks, and most of them are levers alone.
pub(crate) struct Rests {
    /// `None` where levers are more than a choice holds.
    walks: RefCell<Option<LeverWalks>>,
    known: RefCell<BTreeMap<Option<String>, Found>>,
}

impl Rests {
    pub(crate) fn new(case: &Case) -> Self {
        let levers: Vec<LeverId> = (0..case.levers.len()).map(LeverId).collect();
        let walks = (levers.len() < usize::BITS as usize).then(|| LeverWalks::new(case, &levers));
        Rests { walks: RefCell::new(walks), known: RefCell::default() }
    }

    /// With this option taken, or none, in the case it was made for.
    pub(crate) fn with(&self, case: &Case, option: Option<&PolicyOption>) -> Found {
        let key = option.map(|option| option.id.clone());
        let known = self.known.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let found = self.find(case, option).map(Rc::new).map_err(|refusal| refusal.to_string());
            self.known.borrow_mut().insert(key, found.clone());
            found
        })
    }

    fn find(&self, case: &Case, option: Option<&PolicyOption>) -> Result<Rest, GameRefusal> {
        let taken = option.map_or_else(|| case.clone(), |option| option.applied_to(case));
        // An option that is levers alone is a choice of them; what it makes of most tables is known from others.
        let levers_alone = option.is_none_or(|option| {
            option.edits.is_empty() && (option.reading.is_none() || option.reading == case.reading)
        });
        let mut walks = self.walks.borrow_mut();
        let found = match walks.as_mut().filter(|_| levers_alone) {
            Some(walks) => {
                let used = taken.levers.iter().enumerate().filter(|(_, lever)| lever.on);
                walks.ways(&taken, Between::only(used.fold(0, |choice, (bit, _)| choice | 1 << bit)))?
            }
            None => ways(&taken)?,
        };
        rest_among(&taken, &found)
    }
}
