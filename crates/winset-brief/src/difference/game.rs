//! What a case says of its strategic game.

use winset_case::{Condition, Decimal, Quantity, StateOrder, StatePreference};

use super::fact::FactKind;
use super::things::{Lister, Thing};

impl Lister<'_> {
    pub(super) fn strategic_game(&mut self) {
        let case = self.case;
        for one in &case.moves {
            let mut thing = Thing::new(format!("move.{}", one.id), &one.name);
            thing.named();
            thing.words("actor", FactKind::Word, &case.actors[one.actor.0].id);
            thing.words("reversible", FactKind::Word, one.reversible.to_string());
            thing.words("resumable", FactKind::Word, one.resumable.to_string());
            thing.words("today", FactKind::Option, one.today.to_string());
            for (issue, option) in &one.settles {
                let issue = &case.issues[issue.0];
                thing.words(&format!("settles.{}", issue.id), FactKind::Option, &issue.options[*option]);
            }
            self.vouched(thing, &one.evidence);
        }
        let says_unit = case.game.lever_cost_unit != Quantity::point(Decimal::ONE);
        if case.moves.is_empty() {
            if says_unit {
                self.take_up(Thing::new("stability".to_owned(), "stability"), None);
            }
            return;
        }
        let mut game = Thing::new("stability".to_owned(), "stability");
        game.words("sanction_rule", FactKind::Word, case.game.sanction_rule.word());
        for (key, conditions) in
            [("infeasible", &case.game.infeasible), ("indistinguishable", &case.game.indistinguishable)]
        {
            game.maybe(key, FactKind::List, self.conditions(conditions));
        }
        self.take_up(game, None);
        for preference in &case.game.preferences {
            let actor = &case.actors[preference.actor.0];
            let mut thing = Thing::new(format!("stability.preference.{}", actor.id), &actor.name);
            thing.words("order", FactKind::List, self.preference(preference));
            self.vouched(thing, &preference.evidence);
        }
        for attitudes in &case.game.attitudes {
            let actor = &case.actors[attitudes.actor.0];
            let mut thing = Thing::new(format!("stability.attitude.{}", actor.id), &actor.name);
            for (other, attitude) in &attitudes.towards {
                thing.words(&format!("towards.{}", case.actors[other.0].id), FactKind::Word, attitude.word());
            }
            self.vouched(thing, &attitudes.evidence);
        }
        for view in &case.game.views {
            let actor = &case.actors[view.actor.0];
            let mut thing = Thing::new(format!("stability.view.{}", actor.id), &actor.name);
            let unseen = self.conditions(&view.unseen);
            thing.maybe("unseen", FactKind::List, unseen);
            for preference in &view.preferences {
                let key = format!("preference.{}", case.actors[preference.actor.0].id);
                thing.words(&key, FactKind::List, self.preference(preference));
            }
            self.vouched(thing, &view.evidence);
        }
    }

    /// Conditions by meaning, whatever their order; `None` if there are none.
    fn conditions(&self, conditions: &[Condition]) -> Option<String> {
        let mut meanings: Vec<String> =
            conditions.iter().map(|condition| self.meanings.meaning(&condition.expression)).collect();
        meanings.sort_unstable();
        Some(meanings.join("; ")).filter(|meanings| !meanings.is_empty())
    }

    /// A preference over states with what is much better, in words.
    fn preference(&self, preference: &StatePreference) -> String {
        let strong: Vec<String> = preference.strong.iter().map(|place| format!(" [>> after {place}]")).collect();
        format!("{}{}", self.order(&preference.order), strong.concat())
    }

    /// A preference over states, in words.
    fn order(&self, order: &StateOrder) -> String {
        let case = self.case;
        match order {
            StateOrder::Ranking(groups) => {
                format!("ranking: {}", groups.iter().map(|tied| tied.join(" ~ ")).collect::<Vec<_>>().join(" > "))
            }
            StateOrder::Statements(statements) => {
                let meanings = statements.iter().map(|statement| self.meanings.meaning(&statement.expression));
                format!("statements: {}", meanings.collect::<Vec<_>>().join("; "))
            }
            StateOrder::Weights(weights) => {
                // How much each weighs is said number by number.
                let weighed = weights.iter().map(|(one, _)| case.moves[one.0].id.as_str());
                format!("weights: {}", weighed.collect::<Vec<_>>().join(", "))
            }
            StateOrder::Worth => "worth".to_owned(),
            StateOrder::Partial { preferred, equal } => {
                let pairs = |pairs: &[[String; 2]], sign: &str| -> Vec<String> {
                    pairs.iter().map(|pair| pair.join(sign)).collect()
                };
                format!("known: {}", [pairs(preferred, " > "), pairs(equal, " ~ ")].concat().join(", "))
            }
        }
    }
}
