//! Random small tables with every decision rule. Worth is in whole numbers: weights 1 to 3, values in tenths.

use std::fmt::Write;

/// `SplitMix64`: the same tables on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `bound`.
    pub(crate) fn roll(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RuleOf {
    Consensus,
    PartiesOnly,
    Quota,
    SufficientConsensus,
    Council,
}

/// Everything is in tenths: values from 0 to 10, prices and tolerances in tenths of worth.
#[derive(Debug, Clone)]
pub(crate) struct RandomActor {
    pub(crate) weights: [i64; 2],
    /// Per issue and option.
    pub(crate) values: [[i64; 3]; 2],
    /// Tenths of worth that refusing is worth.
    pub(crate) fallback: i64,
    /// An option of the first issue it refuses, and the price in tenths; `None`: no price.
    pub(crate) line: Option<(usize, Option<i64>)>,
}

#[derive(Debug, Clone)]
pub(crate) struct RandomTable {
    pub(crate) actors: Vec<RandomActor>,
    /// The role of each actor, empty for none.
    pub(crate) seated: Vec<&'static str>,
    pub(crate) rule: RuleOf,
    pub(crate) votes: Vec<u64>,
    pub(crate) quota: u64,
    /// Members and share in tenths.
    pub(crate) blocs: Vec<(Vec<usize>, u64)>,
    pub(crate) veto: Vec<usize>,
    /// In tenths of worth.
    pub(crate) tolerances: Vec<i64>,
    pub(crate) mandate: bool,
    pub(crate) levers: bool,
    /// Whether to write what other rules need as well.
    pub(crate) spare_votes: bool,
}

impl RandomTable {
    pub(crate) fn new(seed: u64, rule: Option<RuleOf>) -> Self {
        let mut dice = Dice(seed.wrapping_mul(7919).wrapping_add(1));
        let count = 3 + dice.roll(3) as usize;
        let mut tenths = |bound| dice.roll(bound) as i64;
        let actors: Vec<RandomActor> = (0..count)
            .map(|_| RandomActor {
                weights: [1 + tenths(3), 1 + tenths(3)],
                values: [0, 1].map(|_| [0, 1, 2].map(|_| tenths(11))),
                fallback: 3 + tenths(6),
                line: (tenths(2) == 0)
                    .then(|| ([1, 2][usize::from(tenths(2) == 0)], (tenths(2) == 0).then(|| 1 + tenths(4)))),
            })
            .collect();
        let seated = (0..count).map(|_| if dice.roll(4) == 0 { "guarantor" } else { "party" }).collect();
        let votes: Vec<u64> = (0..count).map(|_| dice.roll(4)).collect();
        let all: u64 = votes.iter().sum();
        let mut some = || -> Vec<usize> { (0..count).filter(|_| dice.roll(2) == 0).collect() };
        let veto = some();
        let mut blocs = vec![(some(), 5), (some(), 7)];
        blocs.retain(|(members, _)| !members.is_empty());
        if blocs.is_empty() {
            blocs.push((vec![0], 10));
        }
        let rules = [
            RuleOf::Consensus,
            RuleOf::PartiesOnly,
            RuleOf::Quota,
            RuleOf::SufficientConsensus,
            RuleOf::Council,
            RuleOf::Council,
        ];
        let drawn = rules[dice.roll(6) as usize];
        RandomTable {
            actors,
            seated,
            rule: rule.unwrap_or(drawn),
            quota: 1 + dice.roll(all + 1),
            votes,
            blocs,
            veto,
            tolerances: (0..count).map(|_| dice.roll(3) as i64).collect(),
            mandate: dice.roll(2) == 0,
            levers: false,
            spare_votes: false,
        }
    }

    pub(crate) fn seats_without(&self, actor: usize) -> Vec<&'static str> {
        let keep = |(other, role): (usize, &&'static str)| if other == actor { "" } else { *role };
        self.seated.iter().enumerate().map(keep).collect()
    }

    pub(crate) fn text(&self) -> String {
        let mut text = "[case]\ntitle = \"Random\"\nas_of = 2024-01-01\n".to_owned();
        text += "[issue.x]\noptions = [\"x0\", \"x1\", \"x2\"]\n[issue.y]\noptions = [\"y0\", \"y1\", \"y2\"]\n";
        for (index, actor) in self.actors.iter().enumerate() {
            let [[x0, x1, x2], [y0, y1, y2]] = actor.values.map(|values| values.map(tenths));
            write!(
                text,
                "[actor.a{index}]\nfallback = {}\nweights = {{ x = {}, y = {} }}\n\
                 values = {{ x = {{ x0 = {x0}, x1 = {x1}, x2 = {x2} }}, y = {{ y0 = {y0}, y1 = {y1}, y2 = {y2} }} }}\n",
                tenths(actor.fallback),
                actor.weights[0],
                actor.weights[1],
            )
            .unwrap();
            if let Some((option, price)) = actor.line {
                let price = price.map_or_else(String::new, |price| format!(", price = {}", tenths(price)));
                writeln!(text, "red_line = [{{ id = \"line\", when = \"x = x{option}\"{price} }}]").unwrap();
            }
        }
        text += "[track.talks]\nagenda = [\"x\", \"y\"]\n";
        if self.mandate {
            text += "mandate = \"x != x0\"\n";
        }
        self.write_rule(&mut text);
        let seats: Vec<String> = (0..self.actors.len())
            .filter(|&actor| !self.seated[actor].is_empty())
            .map(|actor| format!("a{actor} = \"{}\"", self.seated[actor]))
            .collect();
        writeln!(text, "seats = {{ {} }}", seats.join(", ")).unwrap();
        if self.levers {
            self.write_levers(&mut text);
        }
        text
    }

    fn write_rule(&self, text: &mut String) {
        let per_actor = |numbers: Vec<String>| -> String {
            let entries: Vec<String> =
                numbers.iter().enumerate().map(|(actor, number)| format!("a{actor} = {number}")).collect();
            format!("{{ {} }}", entries.join(", "))
        };
        let list = |actors: &[usize]| -> String {
            let names: Vec<String> = actors.iter().map(|actor| format!("\"a{actor}\"")).collect();
            format!("[{}]", names.join(", "))
        };
        let word = match self.rule {
            RuleOf::Consensus => "consensus",
            RuleOf::PartiesOnly => "parties-only",
            RuleOf::Quota => "quota",
            RuleOf::SufficientConsensus => "sufficient-consensus",
            RuleOf::Council => "council",
        };
        writeln!(text, "rule = \"{word}\"").unwrap();
        if self.spare_votes || !matches!(self.rule, RuleOf::Consensus | RuleOf::PartiesOnly) {
            writeln!(text, "votes = {}", per_actor(self.votes.iter().map(u64::to_string).collect())).unwrap();
        }
        if self.spare_votes || matches!(self.rule, RuleOf::Quota | RuleOf::Council) {
            writeln!(text, "quota = {}", self.quota).unwrap();
        }
        if self.spare_votes || self.rule == RuleOf::Council {
            let tolerances = self.tolerances.iter().map(|tolerance| tenths(*tolerance)).collect();
            writeln!(text, "veto = {}\nabstains = {}", list(&self.veto), per_actor(tolerances)).unwrap();
        }
        if self.rule == RuleOf::SufficientConsensus {
            let named = |(index, (members, _)): (usize, &(Vec<usize>, u64))| format!("b{index} = {}", list(members));
            let blocs: Vec<String> = self.blocs.iter().enumerate().map(named).collect();
            let shares: Vec<String> = (self.blocs.iter().enumerate())
                .map(|(index, (_, share))| format!("b{index} = {}", tenths(*share as i64)))
                .collect();
            writeln!(text, "blocs = {{ {} }}\nshare = {{ {} }}", blocs.join(", "), shares.join(", ")).unwrap();
        }
    }

    fn write_levers(&self, text: &mut String) {
        *text += "[lever.soften]\nedits = [\"actor.a0.fallback -= 0.3\"]\n";
        *text += "[lever.reseat]\nedits = [\"track.talks.seats.a1 = none\"]\n";
        *text += "[lever.free]\nedits = ['track.talks.mandate = \"true\"']\n";
        *text += match self.rule {
            RuleOf::Quota | RuleOf::Council => "[lever.recount]\nedits = [\"track.talks.quota -= 1\"]\n",
            RuleOf::SufficientConsensus => "[lever.recount]\nedits = [\"track.talks.share.b0 -= 0.3\"]\n",
            _ => "",
        };
        if self.rule == RuleOf::Council {
            *text += "[lever.let-pass]\nedits = [\"track.talks.abstains.a2 += 0.3\"]\n";
            *text += "[lever.no-veto]\nedits = [\"track.talks.veto -= a0\"]\n";
        }
        if self.rule == RuleOf::Quota {
            *text += "[lever.more-votes]\nedits = [\"track.talks.votes.a2 *= 2\"]\n";
        }
    }
}

/// Every package but the one that changes nothing.
pub(crate) fn deals() -> impl Iterator<Item = [usize; 2]> {
    (1..9).map(|number| [number / 3, number % 3])
}

fn tenths(number: i64) -> String {
    format!("{}.{}", number / 10, number % 10)
}
