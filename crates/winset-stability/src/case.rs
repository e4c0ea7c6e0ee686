//! The graph model of a case: its moves, what is infeasible, and what actors prefer (model, section 4).

mod beyond;

use std::fmt;

use winset_case::{ActorId, AnswerRule, Case, Condition, Expression, MoveId, Quantity, StateOrder};
use winset_worth::{Valuation, View};

use crate::analyses::Beyond;
use crate::concept::SanctionRule;
use crate::formula::Formula;
use crate::model::{Direction, Model, ModelOption, OptionForm};
use crate::preference::Preference;
use crate::refusal::Refusal;
use crate::states::{OPTION_LIMIT, States};
use crate::symbolic::{ANALYSIS, CompactModel, Order, number_of_unlisted_states};

/// The graph model of a case.
#[derive(Debug, Clone)]
pub struct CaseModel {
    /// The model. Its decision makers are the actors who hold moves, in the order of the file; its options are the moves, put together by who holds them.
    pub model: Model,
    /// Which actor each decision maker is.
    pub actors: Vec<ActorId>,
    /// Which move each option is.
    pub moves: Vec<MoveId>,
    /// The state that stands today, if it is feasible.
    pub today: Option<usize>,
    /// The sanction rule the case asks for.
    pub rule: SanctionRule,
    /// What else the case says.
    pub beyond: Beyond,
}

/// Why a case has no graph model that can be analysed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseRefusal {
    /// It has no moves.
    NoMoves,
    /// The model cannot be built.
    Model(Refusal),
    /// The worth that is to rank the states cannot be computed.
    Worth(String),
    /// Two moves that are taken in one state settle an issue differently.
    Settles {
        /// The issue.
        issue: String,
        /// The moves.
        moves: [String; 2],
    },
    /// Somebody's preference is known in part only, and everyone's ranking is needed.
    KnownInPart(String),
    /// Two things that are not analysed together.
    Together([&'static str; 2]),
    /// Something that needs the states listed, in a model whose states are not.
    NeedsListing(&'static str),
    /// The game cannot be built as somebody sees it.
    Seen {
        /// Who.
        by: String,
        /// Why.
        refusal: Refusal,
    },
}

impl fmt::Display for CaseRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CaseRefusal::NoMoves => {
                f.write_str("the case has no moves; declare what actors can do or leave as [move.ID]")
            }
            CaseRefusal::Model(refusal) => refusal.fmt(f),
            CaseRefusal::Worth(reason) => f.write_str(reason),
            CaseRefusal::KnownInPart(name) => {
                write!(
                    f,
                    "the preference of {name} is known in part only, and everyone's ranking is needed; `winset stability` says what is stable whatever it is"
                )
            }
            CaseRefusal::Together([one, other]) => {
                write!(f, "{one} and {other} are not analysed together; take one of the two out of [stability]")
            }
            CaseRefusal::NeedsListing(what) => write!(f, "{what} is analysed only where the states are listed"),
            CaseRefusal::Seen { by, refusal } => write!(f, "as {by} sees it, {refusal}"),
            CaseRefusal::Settles { issue, moves: [one, other] } => write!(
                f,
                "the moves {one} and {other} settle {issue} differently; make their combination infeasible in [stability]"
            ),
        }
    }
}

/// The graph model of a case whose states are not listed.
#[derive(Debug, Clone)]
pub struct CompactCaseModel {
    /// The model. Its decision makers and options are those of [`CaseModel::model`].
    pub model: CompactModel,
    /// The options taken today, one bit each.
    pub today: u64,
    /// The sanction rule the case asks for.
    pub rule: SanctionRule,
}

/// The graph model of a case in which everyone's ranking is known.
pub fn model_of_case(case: &Case) -> Result<CaseModel, CaseRefusal> {
    let found = model_of_case_in_part(case)?;
    let partial = found.beyond.partial.iter().flatten().position(Option::is_some);
    match partial.and_then(|maker| found.model.decision_makers().get(maker)) {
        Some(name) => Err(CaseRefusal::KnownInPart(name.clone())),
        None => Ok(found),
    }
}

/// The graph model of a case. Preferences may be known in part only, which [`CaseModel::beyond`] then says; the rankings of those mean nothing.
pub fn model_of_case_in_part(case: &Case) -> Result<CaseModel, CaseRefusal> {
    let outline = Outline::new(case)?;
    let translation = Translation { case, moves: &outline.moves };
    let states = outline.form.states().map_err(CaseRefusal::Model)?;
    let today = states.find(outline.today);
    let mut preferences = Vec::new();
    for actor in &outline.actors {
        preferences.push(match order_of(case, *actor) {
            Some(order) => translation.preference(*actor, order, &states, false)?,
            None => Preference::Statements(Vec::new()),
        });
    }
    let mut model = Model::new(outline.form.clone(), states, preferences).map_err(CaseRefusal::Model)?;
    model.call(outline.actors.iter().map(|actor| case.actors[actor.0].in_sentence.clone()));
    let beyond = beyond::beyond(case, &outline, &model)?;
    Ok(CaseModel { model, actors: outline.actors, moves: outline.moves, today, rule: rule_of(case), beyond })
}

/// The graph model of a case without its states. Preferences by worth are refused: worth is asked of one state after the other.
pub fn compact_model_of_case(case: &Case) -> Result<CompactCaseModel, CaseRefusal> {
    if let Some(what) = beyond::named(case) {
        return Err(CaseRefusal::NeedsListing(what));
    }
    let Outline { actors, moves, form, today } = Outline::new(case)?;
    let translation = Translation { case, moves: &moves };
    let mut orders = Vec::new();
    for actor in &actors {
        orders.push(match order_of(case, *actor) {
            Some(order) => translation.order(*actor, order)?,
            None => Order::Statements(Vec::new()),
        });
    }
    Ok(CompactCaseModel { model: CompactModel { form, orders, hidden: Vec::new() }, today, rule: rule_of(case) })
}

/// How many states a case has, where they are more than are listed.
pub fn unlisted_states_of_case(case: &Case) -> Result<Option<u64>, CaseRefusal> {
    Ok(number_of_unlisted_states(&Outline::new(case)?.form))
}

fn order_of(case: &Case, actor: ActorId) -> Option<&StateOrder> {
    let preference = case.game.preferences.iter().find(|preference| preference.actor == actor);
    preference.map(|preference| &preference.order)
}

fn rule_of(case: &Case) -> SanctionRule {
    match case.game.sanction_rule {
        AnswerRule::Legal => SanctionRule::Legal,
        AnswerRule::EachOnce => SanctionRule::EachOnce,
        AnswerRule::Single => SanctionRule::Single,
    }
}

/// Who takes part, with which options.
struct Outline {
    actors: Vec<ActorId>,
    moves: Vec<MoveId>,
    form: OptionForm,
    /// The moves taken today, a bit for each option.
    today: u64,
}

impl Outline {
    fn new(case: &Case) -> Result<Self, CaseRefusal> {
        let mut actors: Vec<ActorId> = Vec::new();
        for held in &case.moves {
            if !actors.contains(&held.actor) {
                actors.push(held.actor);
            }
        }
        if actors.is_empty() {
            return Err(CaseRefusal::NoMoves);
        }
        if case.moves.len() > OPTION_LIMIT {
            return Err(CaseRefusal::Model(Refusal::TooManyOptions { options: case.moves.len() }));
        }
        let mut moves: Vec<MoveId> = (0..case.moves.len()).map(MoveId).collect();
        let owner = |held: &MoveId| actors.iter().position(|actor| *actor == case.moves[held.0].actor).unwrap_or(0);
        moves.sort_by_key(owner);
        let options = moves.iter().map(|id| {
            let held = &case.moves[id.0];
            let direction = match (held.reversible, held.resumable) {
                (false, _) => Direction::OnlyOn,
                (true, false) => Direction::OnlyOff,
                (true, true) => Direction::Both,
            };
            ModelOption { name: held.name.clone(), owner: owner(id), direction }
        });
        let translation = Translation { case, moves: &moves };
        let formulas =
            |conditions: &[Condition]| conditions.iter().map(|each| translation.formula(&each.expression)).collect();
        let form = OptionForm {
            decision_makers: actors.iter().map(|actor| case.actors[actor.0].name.clone()).collect(),
            options: options.collect(),
            infeasible: formulas(&case.game.infeasible),
            merged: formulas(&case.game.indistinguishable),
        };
        let today = moves.iter().enumerate().filter(|(_, held)| case.moves[held.0].today);
        let today = today.fold(0, |key, (position, _)| key | 1 << position);
        Ok(Outline { actors, moves, form, today })
    }
}

/// From what a case says to what a model needs.
struct Translation<'c> {
    case: &'c Case,
    /// The move of each option.
    moves: &'c [MoveId],
}

impl Translation<'_> {
    fn position(&self, held: MoveId) -> usize {
        self.moves.iter().position(|other| *other == held).unwrap_or(0)
    }

    /// A condition over states. Nothing but moves may stand in one, which the reader sees to.
    fn formula(&self, expression: &Expression) -> Formula {
        let all = |parts: &[Expression]| parts.iter().map(|part| self.formula(part)).collect();
        match expression {
            Expression::Constant(holds) => Formula::Constant(*holds),
            Expression::Move(held) => Formula::option(self.position(*held)),
            Expression::Defined(define) => self.formula(&self.case.defines[define.0].condition.expression),
            Expression::Not(inner) => self.formula(inner).negated(),
            Expression::And(parts) => Formula::All(all(parts)),
            Expression::Or(parts) => Formula::Any(all(parts)),
            Expression::Implies(left, right) => Formula::Any(vec![self.formula(left).negated(), self.formula(right)]),
            Expression::Iff(left, right) => Formula::Iff(Box::new(self.formula(left)), Box::new(self.formula(right))),
            _ => Formula::Constant(false),
        }
    }

    /// The preference of an actor; of one that is known in part only, nothing. With `some`, the texts of a ranking may name states that are not there.
    fn preference(
        &self,
        actor: ActorId,
        order: &StateOrder,
        states: &States,
        some: bool,
    ) -> Result<Preference, CaseRefusal> {
        let name = &self.case.actors[actor.0].name;
        let named = |text: &String| if some { Ok(self.fitting(text, states)) } else { self.named(name, text, states) };
        Ok(match order {
            StateOrder::Statements(statements) => Preference::Statements(self.statements(statements)),
            StateOrder::Weights(weights) => Preference::Weights(self.weights(weights)),
            StateOrder::Ranking(groups) => Preference::Ranking(
                groups
                    .iter()
                    .map(|group| group.iter().map(named).collect::<Result<Vec<_>, _>>())
                    .map(|group| group.map(|states| states.concat()))
                    .collect::<Result<_, _>>()?,
            ),
            StateOrder::Partial { .. } => Preference::Statements(Vec::new()),
            StateOrder::Worth => Preference::Worth(self.worth(actor, states)?),
        })
    }

    fn order(&self, actor: ActorId, order: &StateOrder) -> Result<Order, CaseRefusal> {
        let pattern = |text: &String| {
            let (mask, value) = self.pattern(text);
            Formula::Pattern { mask, value }
        };
        Ok(match order {
            StateOrder::Statements(statements) => Order::Statements(self.statements(statements)),
            StateOrder::Weights(weights) => Order::Weights(self.weights(weights)),
            StateOrder::Ranking(groups) => {
                Order::Groups(groups.iter().map(|group| Formula::Any(group.iter().map(pattern).collect())).collect())
            }
            StateOrder::Worth | StateOrder::Partial { .. } => {
                let decision_maker = self.case.actors[actor.0].name.clone();
                return Err(CaseRefusal::Model(Refusal::StateByState { analysis: ANALYSIS, decision_maker }));
            }
        })
    }

    fn statements(&self, statements: &[Condition]) -> Vec<Formula> {
        statements.iter().map(|each| self.formula(&each.expression)).collect()
    }

    /// The weight of every option, in billionths.
    fn weights(&self, weights: &[(MoveId, Quantity)]) -> Vec<i64> {
        let mut by_option = vec![0_i64; self.moves.len()];
        for (held, weight) in weights {
            by_option[self.position(*held)] = weight.value.billionths();
        }
        by_option
    }

    /// The options a text of Y, N and - speaks of, and those of them it says are taken.
    fn pattern(&self, text: &str) -> (u64, u64) {
        let letters: Vec<char> = text.chars().collect();
        let (mut mask, mut value) = (0_u64, 0_u64);
        for (position, held) in self.moves.iter().enumerate() {
            let letter = letters.get(held.0).copied().unwrap_or('-');
            mask |= u64::from(letter != '-') << position;
            value |= u64::from(letter == 'Y') << position;
        }
        (mask, value)
    }

    /// The states a text of Y, N and - names: all whose every part fits.
    fn fitting(&self, text: &str, states: &States) -> Vec<usize> {
        let (mask, value) = self.pattern(text);
        let fits = |state: &usize| states.parts(*state).iter().all(|key| key & mask == value);
        (0..states.len()).filter(fits).collect()
    }

    /// The same, and there has to be one.
    fn named(&self, decision_maker: &str, text: &str, states: &States) -> Result<Vec<usize>, CaseRefusal> {
        let named = self.fitting(text, states);
        if named.is_empty() {
            let decision_maker = decision_maker.to_owned();
            let reason = format!("names {text}, and no feasible state is like that");
            return Err(CaseRefusal::Model(Refusal::BadRanking { decision_maker, reason }));
        }
        Ok(named)
    }

    /// What the outcome of each state is worth: today's, with what the moves taken settle in its place.
    fn worth(&self, actor: ActorId, states: &States) -> Result<Vec<i128>, CaseRefusal> {
        let case = self.case;
        let valuation = Valuation::new(case).map_err(|reason| CaseRefusal::Worth(reason.to_string()))?;
        let judge = valuation.judges(actor).into_iter().find_map(|judge| valuation.actor(judge));
        let no_worth = || format!("{} has no weights and values to rank the states by", case.actors[actor.0].name);
        let worth = judge.ok_or_else(|| CaseRefusal::Worth(no_worth()))?;
        let concluded = vec![false; case.frameworks.len()];
        let mut worths = Vec::with_capacity(states.len());
        for state in 0..states.len() {
            let key = states.key(state);
            let mut outcome = case.baseline();
            let mut by: Vec<Option<MoveId>> = vec![None; outcome.len()];
            let taken = self.moves.iter().enumerate().filter(|(position, _)| key >> position & 1 == 1);
            for (_, held) in taken {
                for &(issue, option) in &case.moves[held.0].settles {
                    if let Some(other) = by[issue.0].filter(|_| outcome[issue.0] != option) {
                        let moves = [other, *held].map(|held| case.moves[held.0].name.clone());
                        return Err(CaseRefusal::Settles { issue: case.issues[issue.0].name.clone(), moves });
                    }
                    outcome[issue.0] = option;
                    by[issue.0] = Some(*held);
                }
            }
            let view = View { case, outcome: Some(&outcome), concluded: &concluded, deal: None };
            worths.push(worth.worth(&outcome, &view));
        }
        Ok(worths)
    }
}
