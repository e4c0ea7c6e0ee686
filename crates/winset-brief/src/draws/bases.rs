//! The numbers of a case, and how each is drawn.

use winset_case::edit::Change;
use winset_case::{ActorId, BearsOn, Case, Decimal, Distribution, Evidence, LinkageId, RedLineId, TieId};
use winset_chance::{Luck, Name, quantile};

use super::likelihood::midpoint;
use crate::numbers::{NumberPlace, judging_numbers};

/// From which ranges numbers are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Those the analyst gave.
    Given,
    /// The same, but a number that rests on assumption alone may lie anywhere it could at all.
    Admissible,
}

/// A number of the case and how it is drawn.
#[derive(Debug, Clone)]
pub(crate) struct DrawnNumber {
    pub(crate) place: NumberPlace,
    /// As edits name it.
    pub(crate) path: String,
    pub(crate) point: Decimal,
    pub(crate) given: Distribution,
    /// Where it could lie at all, if it rests on assumption alone; else as given.
    pub(crate) admissible: Distribution,
    name: Name,
    /// The number of the first base that is drawn just so, so that it need not be drawn again.
    pub(crate) same: Option<usize>,
}

/// Something that is there in a draw, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Switch {
    RedLine(ActorId, RedLineId),
    Linkage(ActorId, LinkageId),
    Tie(TieId),
}

/// A switch with how likely it is on.
#[derive(Debug, Clone)]
pub(crate) struct DrawnSwitch {
    pub(crate) switch: Switch,
    probability: f64,
    name: Name,
}

/// Every number of a case under one reading.
#[derive(Debug, Clone)]
pub(crate) struct Base {
    pub(crate) numbers: Vec<DrawnNumber>,
    pub(crate) switches: Vec<DrawnSwitch>,
}

/// One draw of a base.
#[derive(Debug, Clone)]
pub(crate) struct Values {
    pub(crate) numbers: Vec<Decimal>,
    pub(crate) switches: Vec<bool>,
    /// Per number, how much luck it had, from 0 to 1.
    pub(crate) luck: Vec<f64>,
}

impl Base {
    pub(crate) fn of(case: &Case) -> Self {
        let drawn = |place: NumberPlace| {
            let number = place.of(case);
            let path = place.path(case);
            let admissible =
                if number.evidence.is_assumption() { admissible(case, place) } else { number.distribution };
            // A number that edits have replaced is what they made it.
            let point = number.distribution.point();
            DrawnNumber {
                place,
                point,
                given: number.distribution,
                admissible,
                name: Name::new(&format!("number {path}")),
                same: None,
                path,
            }
        };
        let mut switches = Vec::new();
        let mut switch = |what: Switch, path: String, evidence: &Evidence| {
            if let (Some(likelihood), Some(BearsOn::Existence)) = (evidence.likelihood, evidence.bears_on) {
                let name = Name::new(&format!("existence {path}"));
                switches.push(DrawnSwitch { switch: what, probability: midpoint(likelihood), name });
            }
        };
        for (index, actor) in case.actors.iter().enumerate() {
            for (line, body) in actor.red_lines.iter().enumerate() {
                let path = format!("actor.{}.red_line.{}", actor.id, body.id);
                switch(Switch::RedLine(ActorId(index), RedLineId(line)), path, &body.evidence);
            }
            for (linkage, body) in actor.linkages.iter().enumerate() {
                let path = format!("actor.{}.linkage.{}", actor.id, body.id);
                switch(Switch::Linkage(ActorId(index), LinkageId(linkage)), path, &body.evidence);
            }
        }
        for (tie, body) in case.ties.iter().enumerate().filter(|(_, tie)| tie.leverage().is_some()) {
            switch(Switch::Tie(TieId(tie)), format!("tie.{}", body.id), &body.evidence);
        }
        Base { numbers: judging_numbers(case).into_iter().map(drawn).collect(), switches }
    }

    /// The point values, with everything there.
    pub(crate) fn point(&self) -> Values {
        Values {
            numbers: self.numbers.iter().map(|number| number.point).collect(),
            switches: vec![true; self.switches.len()],
            luck: vec![0.5; self.numbers.len()],
        }
    }

    /// Notes which numbers are drawn just as those of another base.
    pub(crate) fn share_with(&mut self, first: &Base) {
        for number in &mut self.numbers {
            let alike = |other: &DrawnNumber| {
                (&other.path, other.given, other.admissible) == (&number.path, number.given, number.admissible)
            };
            number.same = first.numbers.iter().position(alike);
        }
    }

    /// Draws every number. `first` are the numbers of the first base, already drawn.
    pub(crate) fn draw(&self, spread: Spread, luck: &mut Luck, first: Option<&Values>, values: &mut Values) {
        for (index, number) in self.numbers.iter().enumerate() {
            if let (Some(first), Some(same)) = (first, number.same) {
                values.numbers[index] = first.numbers[same];
                continue;
            }
            let distribution = number.distribution(spread);
            if let Distribution::Point(value) = distribution {
                values.numbers[index] = value;
            } else {
                values.luck[index] = luck.of(number.name);
                values.numbers[index] = quantile(distribution, values.luck[index]);
            }
        }
        for (on, switch) in values.switches.iter_mut().zip(&self.switches) {
            *on = luck.of(switch.name) < switch.probability;
        }
    }
}

/// Draws that are put into a case, for questions that are decided from nothing.
pub(crate) struct Drawing {
    base: Base,
    /// What stands where a draw says that something is there.
    standing: Case,
}

impl Drawing {
    pub(crate) fn of(case: &Case) -> Self {
        Drawing { base: Base::of(case), standing: case.clone() }
    }

    /// Draws every number and puts it into a copy of the case. Edits come after, as for every draw.
    pub(crate) fn put(&self, luck: &mut Luck, case: &mut Case) {
        let mut values = self.base.point();
        self.base.draw(Spread::Given, luck, None, &mut values);
        for (number, value) in self.base.numbers.iter().zip(values.numbers) {
            number.place.set(case, value);
        }
        for (switch, drawn) in self.base.switches.iter().zip(values.switches) {
            match switch.switch {
                Switch::RedLine(actor, line) => {
                    let standing = self.standing.actors[actor.0].red_lines[line.0].on;
                    case.actors[actor.0].red_lines[line.0].on = standing && drawn;
                }
                Switch::Linkage(actor, linkage) => {
                    let standing = self.standing.actors[actor.0].linkages[linkage.0].on;
                    case.actors[actor.0].linkages[linkage.0].on = standing && drawn;
                }
                Switch::Tie(tie) => case.ties[tie.0].on = self.standing.ties[tie.0].on && drawn,
            }
        }
        for edit in self.standing.applied.iter().filter(|edit| matches!(edit.change, Change::Number(..))) {
            case.change(&edit.change, Decimal::ONE);
        }
    }
}

impl DrawnNumber {
    pub(crate) fn distribution(&self, spread: Spread) -> Distribution {
        match spread {
            Spread::Given => self.given,
            Spread::Admissible => self.admissible,
        }
    }

    /// Whether draws of it differ.
    pub(crate) fn varies(&self, spread: Spread) -> bool {
        let (low, high) = self.distribution(spread).range();
        low < high
    }
}

/// Where a number could lie at all, evenly: what its kind allows, whatever the case says of it.
fn admissible(case: &Case, place: NumberPlace) -> Distribution {
    let one = Decimal::ONE;
    let (low, high) = match place {
        NumberPlace::Value(..)
        | NumberPlace::Share(..)
        | NumberPlace::Price(..)
        | NumberPlace::Tolerance(..)
        | NumberPlace::Tie(_) => (Decimal::ZERO, one),
        // From winning everything by going on to losing everything; a fallback given as worth, from the worst to the best.
        NumberPlace::Fallback(actor, _) => match &case.actors[actor.0].fallback {
            Some(winset_case::Fallback::CostOfGoingOn(_)) => (one.negated(), one),
            _ => (Decimal::ZERO, one),
        },
        // As much as the issue that matters most to it.
        NumberPlace::Weight(actor, _) => {
            let weights = case.actors[actor.0].weights.iter().flatten();
            (Decimal::ZERO, weights.map(|weight| weight.distribution.range().1).max().unwrap_or(one))
        }
        NumberPlace::Bonus(actor, linkage) => {
            let most = case.actors[actor.0].out_of.unwrap_or(one);
            // Whether it is a gain or a loss is what the linkage says.
            let bonus = &case.actors[actor.0].linkages[linkage.0].bonus;
            if bonus.distribution.point() < Decimal::ZERO {
                (most.negated(), Decimal::ZERO)
            } else {
                (Decimal::ZERO, most)
            }
        }
        // Votes and quotas are rules, not guesses; a lever's cost and strength have no bound of their own.
        NumberPlace::Quota(_)
        | NumberPlace::Votes(..)
        | NumberPlace::Cost(_)
        | NumberPlace::Intensity(_)
        | NumberPlace::LeverCostUnit
        | NumberPlace::MoveWeight(..)
        | NumberPlace::Parameter(_) => {
            return place.of(case).distribution;
        }
    };
    Distribution::Uniform { low, high }
}
