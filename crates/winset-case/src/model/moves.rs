//! The strategic game: what actors can do or leave, and who prefers which state (model, section 4).

use super::{ActorId, Condition, Decimal, Evidence, IssueId, MoveId, Quantity, words};

/// Something one actor can do or leave: an option of the graph model.
#[derive(Debug, Clone)]
pub struct Move {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// Who holds it.
    pub actor: ActorId,
    /// Whether it can be given up once it has been taken.
    pub reversible: bool,
    /// Whether it can be taken again once it has been given up.
    pub resumable: bool,
    /// Whether it is taken today.
    pub today: bool,
    /// The options of issues that stand where it is taken, for actors who judge states by their worth.
    pub settles: Vec<(IssueId, usize)>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What the game consists of besides moves.
#[derive(Debug, Clone)]
pub struct Game {
    /// What one unit of lever cost is worth to the owner who pays it, in its own worth; 1 where the case says nothing. For the game in which levers
    /// are moves.
    pub lever_cost_unit: Quantity,
    /// A choice of moves one of these holds for is impossible.
    pub infeasible: Vec<Condition>,
    /// The choices one of these holds for cannot be told apart: they are one state, for each condition.
    pub indistinguishable: Vec<Condition>,
    /// How opponents may answer.
    pub sanction_rule: AnswerRule,
    /// What actors prefer, in the order of the file.
    pub preferences: Vec<StatePreference>,
    /// Who helps or harms whom, in the order of the file.
    pub attitudes: Vec<ActorAttitudes>,
    /// Who sees the game otherwise than it is, in the order of the file.
    pub views: Vec<GameView>,
}

words! {
    /// What one actor does to help another, to harm it, or regardless of it (Inohara, Hipel & Walker 2007).
    Attitude {
        /// It moves only to what the other holds no worse.
        Positive = "positive",
        /// It does not mind what the other holds.
        Neutral = "neutral",
        /// It moves only to what the other holds worse.
        Negative = "negative",
    }
}

/// The attitudes of one actor: positive towards itself and neutral towards all others, where nothing else is said.
#[derive(Debug, Clone)]
pub struct ActorAttitudes {
    /// Whose.
    pub actor: ActorId,
    /// Towards whom which.
    pub towards: Vec<(ActorId, Attitude)>,
    /// What they rest on.
    pub evidence: Evidence,
}

/// How one actor sees the game, where it sees it otherwise (Wang, Hipel & Fraser 1988).
#[derive(Debug, Clone)]
pub struct GameView {
    /// Who.
    pub actor: ActorId,
    /// It knows of no state for which one of these holds.
    pub unseen: Vec<Condition>,
    /// What it thinks that actors prefer, its own preference included; what the game says of all others.
    pub preferences: Vec<StatePreference>,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Game {
    /// What a move taken is worth to an actor who ranks states by weights.
    pub fn move_weight_mut(&mut self, actor: ActorId, held: MoveId) -> Option<&mut Quantity> {
        let preference = self.preferences.iter_mut().find(|preference| preference.actor == actor)?;
        let StateOrder::Weights(weights) = &mut preference.order else { return None };
        weights.iter_mut().find(|(other, _)| *other == held).map(|(_, weight)| weight)
    }
}

impl Default for Game {
    fn default() -> Self {
        Game {
            lever_cost_unit: Quantity::point(Decimal::ONE),
            infeasible: Vec::new(),
            indistinguishable: Vec::new(),
            sanction_rule: AnswerRule::default(),
            preferences: Vec::new(),
            attitudes: Vec::new(),
            views: Vec::new(),
        }
    }
}

words! {
    /// Which sequences of moves opponents may answer an improvement with.
    AnswerRule {
        /// Any in which nobody moves twice in a row (Fang, Hipel & Kilgour 1993).
        Legal = "legal",
        /// Each opponent at most once.
        EachOnce = "each-once",
        /// One move of one opponent.
        Single = "single",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro that makes the words has no place for it")]
impl Default for AnswerRule {
    fn default() -> Self {
        AnswerRule::Legal
    }
}

/// What one actor prefers among the states of the game.
#[derive(Debug, Clone)]
pub struct StatePreference {
    /// Who.
    pub actor: ActorId,
    /// What.
    pub order: StateOrder,
    /// Of a ranking, how many places stand before each `>>`: a state before it is much better than one behind it. Of statements, how many stand before
    /// it: a state that one of these tells from another is much better, or much worse (Hamouda, Kilgour & Hipel 2004).
    pub strong: Vec<usize>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// How a preference over states is given.
#[derive(Debug, Clone)]
pub enum StateOrder {
    /// The states, best first, each as a text of `Y`, `N` and `-` over the moves in the order of the file; those in one group are tied.
    Ranking(Vec<Vec<String>>),
    /// Statements, the most important first.
    Statements(Vec<Condition>),
    /// A weight per move that has one; a state is worth the sum of those taken.
    Weights(Vec<(MoveId, Quantity)>),
    /// What the outcome is worth in which the moves taken stand.
    Worth,
    /// What is known, of all other pairs nothing (Li, Hamouda, Kilgour & Hipel 2004). States are texts as in a ranking, for every state that fits.
    Partial {
        /// The first is preferred to the second.
        preferred: Vec<[String; 2]>,
        /// The two are equally good.
        equal: Vec<[String; 2]>,
    },
}
