//! `[actor]`.

use super::super::Reader;
use super::super::circles::Link;
use super::super::evidence;
use super::super::names::Kind;
use super::super::number::Bounds;
use super::super::place::Place;
use super::super::report::list;
use super::super::table::{Field, Section, word};
use super::super::unsupported::unsupported_key;
use super::plain::unreadable;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::format;
use crate::model::{
    Actor, ActorId, ActorKind, Aspiration, Decimal, Evidence, Fallback, IssueId, Linkage, Quantity, RedLine,
};

impl Reader {
    pub(super) fn actor(&mut self, id: &str, index: usize, mut section: Section<'_>) -> Actor {
        let (name, in_sentence) = self.name_in_sentence(&mut section, id);
        let kind = section
            .take("kind")
            .and_then(|field| field.text(&mut self.report))
            .and_then(|text| word(&text, "kind of actor", ActorKind::WORDS, ActorKind::from_word, &mut self.report));
        let part_of = self.pointer(&mut section, "part_of", index, Link::PartOf);
        let principal = self.pointer(&mut section, "principal", index, Link::Principal);
        let evidence = self.evidence(&mut section);
        let fallback = section.take("fallback").and_then(|field| self.fallback(&field, &evidence));
        let ends = section.take("ends").and_then(|field| field.text(&mut self.report));
        self.spans.ends.push(ends.map_or(0..0, |ends| ends.span()));
        let ends = ends.and_then(|ends| self.condition(ends, Place::Ends));
        let aspirations = self.aspirations(section.take("aspirations"));
        let weights = section.take("weights");
        let values = section.take("values");
        let points = section.take("out_of");
        let (weights, values) = self.preferences_of(id, weights.as_ref(), values.as_ref(), points.is_some(), &evidence);
        let out_of = points.and_then(|field| self.bounded(&field, field.key, Bounds::Positive));
        let (red_lines, spans) = self.red_lines(id, section.take("red_line"), &evidence);
        self.spans.red_lines.push(spans);
        let linkages = self.linkages(id, section.take("linkage"), &evidence);
        section.finish(&format::ACTOR, &mut self.report);
        Actor {
            id: id.to_owned(),
            name,
            in_sentence,
            kind,
            part_of,
            principal,
            fallback,
            ends,
            aspirations,
            weights,
            out_of,
            values,
            red_lines,
            linkages,
            evidence,
            span: self.names.of(Kind::Actor).span(index),
        }
    }

    /// A table id = condition.
    fn aspirations(&mut self, field: Option<Field<'_>>) -> Vec<Aspiration> {
        let table = field.and_then(|field| field.table("aspirations".to_owned(), &mut self.report));
        let mut aspirations = Vec::new();
        for field in table.map(|mut table| table.rest()).unwrap_or_default() {
            self.id(field.key, field.key_span.clone());
            let text = if field.is_broken() { None } else { field.text(&mut self.report) };
            let when = text.and_then(|text| self.condition(text, Place::Aspiration));
            aspirations.extend(when.map(|when| Aspiration { id: field.key.to_owned(), when }));
        }
        aspirations
    }

    /// An actor another one points at.
    fn pointer(&mut self, section: &mut Section<'_>, key: &'static str, from: usize, link: Link) -> Option<ActorId> {
        let (to, span) = self.reference(section, key, Kind::Actor)?;
        self.links.entry(link).or_default().push((from, to, span));
        Some(ActorId(to))
    }

    fn fallback(&mut self, field: &Field<'_>, evidence: &Evidence) -> Option<Fallback> {
        let Some(mut section) = field.as_table("fallback".to_owned()) else {
            return self.quantity(field, Bounds::Any, evidence).map(Fallback::Worth);
        };
        let derived = section.get("cost_of_going_on").or(section.get("war")).is_some();
        if !derived {
            return self.quantity(field, Bounds::Any, evidence).map(Fallback::Worth);
        }
        if self.no_agreement {
            let message = "`fallback` must be a number here, since nothing stands today in this case";
            let help = "write what no agreement is worth to the actor, such as `fallback = 0.3`";
            self.report.error(Code::WrongType, field.span.clone(), message, help);
            return None;
        }
        let own = self.evidence(&mut section).or(evidence);
        let evidence = &own;
        let (fallback, table) = if section.get("cost_of_going_on").is_some() {
            let cost = section.take("cost_of_going_on");
            let fallback =
                cost.and_then(|cost| self.quantity(&cost, Bounds::Any, evidence)).map(Fallback::CostOfGoingOn);
            (fallback, &format::COST_OF_GOING_ON)
        } else {
            let war = section.take("war").and_then(|war| war.table("war".to_owned(), &mut self.report));
            (war.and_then(|war| self.war(war, evidence)), &format::WAR)
        };
        section.finish(table, &mut self.report);
        fallback
    }

    fn war(&mut self, mut section: Section<'_>, evidence: &Evidence) -> Option<Fallback> {
        let evidence = self.evidence(&mut section).or(evidence);
        let [win, lose, probability, cost] = ["win", "lose", "probability", "cost"].map(|key| {
            let field = section.require(key, &mut self.report)?;
            let bounds = match key {
                "probability" => Bounds::Probability,
                "cost" => Bounds::NotNegative,
                _ => Bounds::Any,
            };
            self.quantity(&field, bounds, &evidence)
        });
        section.finish(&format::LOTTERY, &mut self.report);
        Some(Fallback::War { win: win?, lose: lose?, probability: probability?, cost: cost? })
    }

    fn preferences_of(
        &mut self,
        id: &str,
        weights: Option<&Field<'_>>,
        values: Option<&Field<'_>>,
        in_points: bool,
        evidence: &Evidence,
    ) -> (Vec<Option<Quantity>>, Vec<Vec<Quantity>>) {
        let count = self.names.of(Kind::Issue).len();
        let mut all_weights: Vec<Option<(Quantity, Span)>> = vec![None; count];
        let before = self.report.count();
        let named = weights.and_then(|field| field.table("weights".to_owned(), &mut self.report));
        if let Some(mut section) = named {
            let (fields, evidence) = self.by_issue(&mut section, evidence);
            for (issue, field) in fields {
                let quantity = self.quantity(&field, Bounds::NotNegative, &evidence);
                all_weights[issue] = quantity.map(|quantity| (quantity, field.key_span));
            }
            let positive = all_weights.iter().flatten().any(|(weight, _)| weight.value > Decimal::ZERO);
            if !positive && !in_points && self.report.count() == before && !self.report.is_incomplete() {
                let message = format!("no weight of `{id}` is above 0");
                let help = "give each issue that matters to it a weight, such as `elections = 2`";
                self.report.error(Code::OutOfRange, section.span.clone(), message, help);
            }
        }
        if let (None, Some(values)) = (weights, values) {
            let message = format!("`{id}` has values, but no weights");
            let help = "add `weights`, which say how much each issue matters to it";
            self.report.absence(Diagnostic::error(Code::MissingKey, values.key_span.clone(), message, help));
        }
        let mut all_values: Vec<Vec<Quantity>> = vec![Vec::new(); count];
        let mut given = vec![values.is_some_and(|field| field.as_table(String::new()).is_none()); count];
        if let Some(mut section) = values.and_then(|field| field.table("values".to_owned(), &mut self.report)) {
            let before = self.report.count();
            let (fields, evidence) = self.by_issue(&mut section, evidence);
            if self.report.count() > before {
                // Of a misspelt issue the misspelling is the mistake.
                given.fill(true);
            }
            for (issue, field) in fields {
                given[issue] = true;
                all_values[issue] = self.values_on(id, issue, &field, &evidence);
            }
        }
        for (issue, weight) in all_weights.iter().enumerate() {
            let Some((weight, span)) = weight.as_ref().filter(|_| !given[issue]) else { continue };
            if weight.distribution.range().1 > Decimal::ZERO {
                let issue = self.names.of(Kind::Issue).id(issue);
                let message = format!("`{id}` has a weight on `{issue}`, but no values");
                let help = format!("add `[actor.{id}.values.{issue}]` with a number from 0 to 1 for each option");
                self.report.absence(Diagnostic::error(Code::MissingValue, span.clone(), message, help));
            }
        }
        if weights.is_none() && !in_points {
            return (Vec::new(), Vec::new());
        }
        (all_weights.into_iter().map(|weight| weight.map(|(weight, _)| weight)).collect(), all_values)
    }

    /// The fields of a table under the issues they are about, and the evidence for them.
    fn by_issue<'a>(&mut self, section: &mut Section<'a>, evidence: &Evidence) -> (Vec<(usize, Field<'a>)>, Evidence) {
        let keys = self.evidence_keys(section, |names, key| names.of(Kind::Issue).get(key).is_some());
        let own = self.evidence_under(section, &keys).or(evidence);
        let mut fields = Vec::new();
        for field in section.rest() {
            let is_issue = self.names.of(Kind::Issue).get(field.key).is_some();
            if !is_issue && unsupported_key("numbers", field.key).is_some() {
                self.report.unknown_key("numbers", &section.name, &field, &[]);
            } else if let Some(issue) = self.find(Kind::Issue, field.key, field.key_span.clone()) {
                fields.push((issue, field));
            }
        }
        (fields, own)
    }

    /// An actor's value of each option of an issue, in the order of the options.
    fn values_on(&mut self, actor: &str, issue: usize, field: &Field<'_>, evidence: &Evidence) -> Vec<Quantity> {
        if field.is_broken() {
            return Vec::new();
        }
        let Some(mut section) = field.table(field.key.to_owned(), &mut self.report) else { return Vec::new() };
        let Some(options) = self.names.options[issue].clone() else { return Vec::new() };
        let keys = self.evidence_keys(&section, |_, key| options.iter().any(|option| option == key));
        let evidence = self.evidence_under(&mut section, &keys).or(evidence);
        let mut values: Vec<Option<Quantity>> = vec![None; options.len()];
        let mut given = vec![false; options.len()];
        let mut misspelt = false;
        for field in section.rest() {
            let Some(option) = self.option(IssueId(issue), field.key, field.key_span.clone()) else {
                misspelt = true;
                continue;
            };
            // An option listed twice is a mistake of the issue.
            let same = options.iter().zip(&mut given).filter(|(name, _)| **name == options[option]);
            same.for_each(|(_, given)| *given = true);
            values[option] = self.quantity(&field, Bounds::Value, &evidence);
        }
        let missing: Vec<&str> =
            options.iter().zip(&given).filter(|(_, given)| !**given).map(|(option, _)| option.as_str()).collect();
        // Of a misspelt option the misspelling is the mistake.
        if !missing.is_empty() && !misspelt {
            let message = format!("`{actor}` has no value for {} of `{}`", list(missing.into_iter()), field.key);
            let help = "give every option of the issue a number from 0 to 1";
            self.report.absence(Diagnostic::error(Code::MissingValue, field.key_span.clone(), message, help));
        }
        values.into_iter().map(|value| value.unwrap_or_else(|| Quantity::point(Decimal::ZERO))).collect()
    }

    /// Which keys of evidence stand in a table whose other keys are names.
    pub(super) fn evidence_keys(
        &self,
        section: &Section<'_>,
        is_name: impl Fn(&super::super::names::Names, &str) -> bool,
    ) -> Vec<&'static str> {
        let present = |key: &&str| section.get(key).is_some() && !is_name(&self.names, key);
        evidence::KEYS.into_iter().filter(present).collect()
    }

    fn red_lines(&mut self, actor: &str, field: Option<Field<'_>>, evidence: &Evidence) -> (Vec<RedLine>, Vec<Span>) {
        let header = format!("actor.{actor}.red_line");
        let sections = field.map(|field| field.tables(&header, &mut self.report)).unwrap_or_default();
        let (mut lines, mut spans, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        for mut section in sections {
            let id = self.own_id(&mut section, &mut seen, "the red line");
            let evidence = self.evidence(&mut section).or(evidence);
            let when = section.require("when", &mut self.report).and_then(|field| field.text(&mut self.report));
            spans.push(when.map_or(0..0, |when| when.span()));
            let when = when.and_then(|when| self.condition(when, Place::RedLine)).unwrap_or_else(unreadable);
            let price = section.take("price").and_then(|field| self.quantity(&field, Bounds::NotNegative, &evidence));
            section.finish(&format::RED_LINE, &mut self.report);
            lines.push(RedLine { id, when, price, on: true, evidence });
        }
        (lines, spans)
    }

    fn linkages(&mut self, actor: &str, field: Option<Field<'_>>, evidence: &Evidence) -> Vec<Linkage> {
        let header = format!("actor.{actor}.linkage");
        let sections = field.map(|field| field.tables(&header, &mut self.report)).unwrap_or_default();
        let (mut linkages, mut seen) = (Vec::new(), Vec::new());
        for mut section in sections {
            let id = self.own_id(&mut section, &mut seen, "the linkage");
            let evidence = self.evidence(&mut section).or(evidence);
            let when = section.require("when", &mut self.report).and_then(|field| field.text(&mut self.report));
            let when = when.and_then(|when| self.condition(when, Place::Linkage)).unwrap_or_else(unreadable);
            let bonus = section.require("bonus", &mut self.report);
            let bonus = bonus.and_then(|field| self.quantity(&field, Bounds::Any, &evidence));
            let bonus = bonus.unwrap_or_else(|| Quantity::point(Decimal::ZERO));
            section.finish(&format::LINKAGE, &mut self.report);
            linkages.push(Linkage { id, when, bonus, on: true, evidence });
        }
        linkages
    }
}
