//! Levers of every channel.

use super::text::number;
use super::{Edit, Generator, Lever, Place, quote};

impl Generator {
    pub(super) fn levers(&mut self) {
        for index in 0..self.lever_channels.len() {
            let channel = self.lever_channels[index];
            let mut edits: Vec<Edit> = Vec::new();
            for _ in 0..=self.random.below(2) {
                let edit = self.edit(channel);
                if edits.iter().all(|other| other.target != edit.target) {
                    edits.push(edit);
                }
            }
            let lever = Lever {
                id: format!("lever-{index}"),
                channel,
                cost: 50 * self.random.between(0, 6),
                available: self.random.chance(85),
                intensity: self.random.chance(20).then(|| 50 * self.random.between(0, 4)),
                requires: (0..index).filter(|_| self.random.chance(15)).collect(),
                excludes: Vec::new(),
                edits,
            };
            self.spec.levers.push(lever);
        }
        // Levers that edit the same thing exclude each other, unless both only add to it; some others do as well.
        for second in 0..self.spec.levers.len() {
            for first in 0..second {
                let (a, b) = (&self.spec.levers[first], &self.spec.levers[second]);
                let adds =
                    |edit: &Edit| edit.operator != "=" && edit.operator != "*=" && !edit.path.ends_with("agenda");
                let clash =
                    a.edits.iter().any(|a| b.edits.iter().any(|b| a.target == b.target && !(adds(a) && adds(b))));
                let required = b.requires.contains(&first);
                if clash || (!required && self.random.chance(6)) {
                    self.spec.levers[second].requires.retain(|other| *other != first);
                    let (from, to) = if self.random.chance(50) { (first, second) } else { (second, first) };
                    self.spec.levers[from].excludes.push(to);
                }
            }
        }
    }

    fn pick(&mut self, from: &[usize]) -> Option<usize> {
        (!from.is_empty()).then(|| from[self.random.index(from.len())])
    }

    /// An edit through this channel; where there is nothing of the kind to edit, one that is always possible.
    fn edit(&mut self, channel: &'static str) -> Edit {
        let edit = match channel {
            "worth" => self.worth_edit(),
            "fallback" => Some(self.fallback_edit()),
            "cost-of-going-on" => Some(self.cost_edit()),
            "leverage" => self.leverage_edit(),
            "seat" => Some(self.seat_edit()),
            "agenda" => Some(self.agenda_edit()),
            "mandate" => Some(self.mandate_edit()),
            "track" => Some(self.status_edit()),
            _ => self.red_line_edit(),
        };
        edit.unwrap_or_else(|| unreachable!("the case has something to edit through {channel}"))
    }

    fn make(path: String, operator: &'static str, value: String) -> Edit {
        Edit { target: path.clone(), path, operator, value }
    }

    fn worth_edit(&mut self) -> Option<Edit> {
        let weighted: Vec<usize> =
            (0..self.spec.actors.len()).filter(|actor| self.spec.actors[*actor].has_weights()).collect();
        let index = self.pick(&weighted)?;
        let actor = self.spec.actors[index].clone();
        if !actor.linkages.is_empty() && self.random.chance(40) {
            let link = &actor.linkages[self.random.index(actor.linkages.len())].0;
            let path = format!("actor.{}.linkage.{link}", actor.id);
            return Some(match self.random.below(4) {
                0 => Self::make(path, "=", "off".to_owned()),
                1 => {
                    let when = self.condition(Place::Linkage, 1);
                    Self::make(format!("{path}.when"), "=", string(&when))
                }
                2 => Self::make(format!("{path}.bonus"), "=", number(5 * self.random.between(-2, 6))),
                _ => Self::make(
                    format!("{path}.bonus"),
                    ["+=", "-="][self.random.index(2)],
                    number(5 * self.random.between(0, 4)),
                ),
            });
        }
        let issues: Vec<usize> = (0..self.spec.issues.len()).filter(|issue| actor.weights[*issue].is_some()).collect();
        let issue = self.pick(&issues)?;
        let issue_id = self.spec.issues[issue].id.clone();
        Some(if self.random.chance(30) {
            let path = format!("actor.{}.weights.{issue_id}", actor.id);
            match self.random.below(3) {
                0 => Self::make(path, "=", number(50 * self.random.between(1, 6))),
                1 => Self::make(path, "*=", number(50 * self.random.between(1, 4))),
                _ => Self::make(path, "+=", number(50 * self.random.between(0, 6))),
            }
        } else {
            let options = &self.spec.issues[issue].options;
            let option = quote(&options[self.random.index(options.len())]);
            let path = format!("actor.{}.values.{issue_id}.{option}", actor.id);
            match self.random.below(4) {
                0 => Self::make(path, "=", number(10 * self.random.between(0, 10))),
                1 => Self::make(path, "*=", number(25 * self.random.between(0, 6))),
                2 => Self::make(path, "-=", number(10 * self.random.between(0, 6))),
                _ => Self::make(path, "+=", number(10 * self.random.between(0, 8))),
            }
        })
    }

    /// An actor with a fallback of its own.
    fn with_fallback(&mut self) -> (String, bool) {
        let own: Vec<usize> =
            (0..self.spec.actors.len()).filter(|actor| self.spec.actors[*actor].fallback.is_some()).collect();
        let actor = self.pick(&own).expect("the first actors have fallbacks");
        let actor = &self.spec.actors[actor];
        (actor.id.clone(), matches!(actor.fallback, Some(super::Fallback::Worth(_))))
    }

    fn fallback_edit(&mut self) -> Edit {
        let (actor, direct) = self.with_fallback();
        let path = format!("actor.{actor}.fallback");
        let (operator, value) = match self.random.below(6) {
            0 => ("=", 5 * self.random.between(0, 14)),
            1 if direct => ("*=", 25 * self.random.between(0, 5)),
            2 => ("+=", 5 * self.random.between(0, 4)),
            _ => ("-=", 5 * self.random.between(0, 8)),
        };
        Edit { target: format!("actor.{actor}.fallback"), path, operator, value: number(value) }
    }

    fn cost_edit(&mut self) -> Edit {
        if self.random.chance(30) {
            let (actor, _) = self.with_fallback();
            let ends = self.condition(Place::Ends, 1);
            return Self::make(format!("actor.{actor}.ends"), "=", string(&ends));
        }
        let (actor, _) = self.with_fallback();
        let (operator, value) = match self.random.below(6) {
            0 if !self.spec.no_agreement => ("=", 5 * self.random.between(-2, 8)),
            1 => ("-=", 5 * self.random.between(0, 4)),
            _ => ("+=", 5 * self.random.between(0, 8)),
        };
        let path = format!("actor.{actor}.cost_of_going_on");
        Edit { target: format!("actor.{actor}.fallback"), path, operator, value: number(value) }
    }

    fn leverage_edit(&mut self) -> Option<Edit> {
        if self.spec.ties.is_empty() {
            self.spec.ties.push(super::Tie { from: 0, to: 1, leverage: 0 });
        }
        let ties: Vec<usize> = (0..self.spec.ties.len()).collect();
        let path = format!("tie.tie-{}.leverage", self.pick(&ties)?);
        Some(match self.random.below(5) {
            0 => Self::make(path, "=", number(5 * self.random.between(0, 8))),
            1 => Self::make(path, "-=", number(5 * self.random.between(0, 8))),
            2 => Self::make(path, "*=", number(50 * self.random.between(0, 4))),
            _ => Self::make(path, "+=", number(5 * self.random.between(0, 8))),
        })
    }

    fn a_track(&mut self) -> usize {
        self.random.index(self.spec.tracks.len())
    }

    fn seat_edit(&mut self) -> Edit {
        let track = self.a_track();
        let actor = self.random.index(self.spec.actors.len());
        let path = format!("track.track-{track}.seats.actor-{actor}");
        let roles = if self.can_consent(actor) {
            ["none", "party", "guarantor", "observer", "[party, convener]", "none"][self.random.index(6)]
        } else {
            ["none", "observer", "convener"][self.random.index(3)]
        };
        Self::make(path, "=", roles.to_owned())
    }

    fn agenda_edit(&mut self) -> Edit {
        let track = self.a_track();
        let issue = self.random.index(self.spec.issues.len());
        let issue_id = self.spec.issues[issue].id.clone();
        let on = self.spec.tracks[track].agenda.contains(&issue);
        let operator = if on && !self.spec.no_agreement { "-=" } else { "+=" };
        let path = format!("track.track-{track}.agenda");
        Edit { target: format!("{path}.{issue_id}"), path, operator, value: issue_id }
    }

    fn mandate_edit(&mut self) -> Edit {
        let track = self.a_track();
        match self.random.below(8) {
            0 | 1 => Self::make(format!("track.track-{track}.mandate"), "=", "none".to_owned()),
            2 | 3 => {
                let mandate = self.condition(Place::Mandate, 2);
                Self::make(format!("track.track-{track}.mandate"), "=", string(&mandate))
            }
            4 if !self.framework_benchmarks.is_empty() => {
                let framework = self.random.index(self.framework_benchmarks.len());
                let reading = ["nominal", "strict"][self.random.index(2)];
                Self::make(format!("framework.framework-{framework}.reading"), "=", reading.to_owned())
            }
            5 | 6 if !self.framework_benchmarks.is_empty() => {
                let framework = self.random.index(self.framework_benchmarks.len());
                let mark = self.random.below(self.framework_benchmarks[framework]);
                let path = format!("framework.framework-{framework}.benchmarks.mark-{mark}");
                if self.random.chance(50) {
                    Self::make(path, "=", "none".to_owned())
                } else {
                    let condition = self.condition(Place::Benchmark, 1);
                    Self::make(path, "=", string(&condition))
                }
            }
            _ => Self::make(
                format!("track.track-{track}.rule"),
                "=",
                ["consensus", "parties-only"][self.random.index(2)].to_owned(),
            ),
        }
    }

    fn status_edit(&mut self) -> Edit {
        let track = self.a_track();
        Self::make(
            format!("track.track-{track}.status"),
            "=",
            ["open", "closed", "planned", "open"][self.random.index(4)].to_owned(),
        )
    }

    fn red_line_edit(&mut self) -> Option<Edit> {
        if self.spec.actors.iter().all(|actor| actor.red_lines.is_empty()) {
            self.red_lines(0, 1, true);
        }
        let owners: Vec<usize> =
            (0..self.spec.actors.len()).filter(|actor| !self.spec.actors[*actor].red_lines.is_empty()).collect();
        let owner = self.pick(&owners)?;
        let actor = self.spec.actors[owner].clone();
        let (line, _, price) = &actor.red_lines[self.random.index(actor.red_lines.len())];
        let weighs = self.can_consent(owner);
        let path = format!("actor.{}.red_line.{line}", actor.id);
        Some(match self.random.below(6) {
            0 | 1 => Self::make(path, "=", "off".to_owned()),
            2 => {
                let when = self.condition(Place::RedLine, 1);
                Self::make(format!("{path}.when"), "=", string(&when))
            }
            3 if weighs => Self::make(format!("{path}.price"), "=", number(5 * self.random.between(0, 6))),
            4 if price.is_some() => Self::make(format!("{path}.price"), "-=", number(5 * self.random.between(0, 8))),
            _ => Self::make(format!("{path}.price"), "=", "none".to_owned()),
        })
    }
}

/// A condition inside an edit.
fn string(condition: &str) -> String {
    // Edits take conditions in quotes; single ones, where the condition quotes an option.
    if condition.contains('"') { format!("'{condition}'") } else { format!("\"{condition}\"") }
}
