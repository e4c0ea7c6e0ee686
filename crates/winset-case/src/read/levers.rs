//! What levers do, and which may not be used together.

use std::collections::BTreeSet;

use super::Reader;
use super::names::Kind;
use super::report::list;
use crate::diagnostic::{Code, Diagnostic};
use crate::edit::Change;
use crate::model::{Case, Channel, Condition, Expression, LeverId};

impl Reader {
    /// Derives what each lever acts through, and reports levers that do nothing, too much, or undo one another.
    pub(super) fn levers(&mut self, case: &mut Case) {
        exclude_both_ways(case);
        let mentions = self.lever_mentions(case);
        for index in 0..case.levers.len() {
            if self.spans.unsound_levers.contains(&index) {
                continue;
            }
            let edited = case.levers[index].edits.iter().filter_map(|edit| edit.change.channel());
            let mut channels: Vec<Channel> = edited.collect();
            channels.extend(mentions.get(index).into_iter().flatten());
            channels.sort_unstable();
            channels.dedup();
            self.channel(case, index, &channels);
        }
        self.conflicts(case);
    }

    fn channel(&mut self, case: &mut Case, index: usize, channels: &[Channel]) {
        let id = &case.levers[index].id;
        let declared = self.spans.channels.get(index).cloned().flatten();
        let is_used = self.used.contains(&(Kind::Lever, index));
        if channels.is_empty() && is_used && self.report.has_errors() {
            // It may stand in a condition that could not be read.
            return;
        }
        let words: Vec<_> = channels.iter().map(|channel| channel.word()).collect();
        let (span, message, help) = match (channels, declared) {
            ([], _) => (
                self.names.of(Kind::Lever).span(index),
                format!("the lever `{id}` does nothing"),
                format!("give it `edits`, or write `lever({id})` into a red line, linkage or mandate"),
            ),
            ([channel], Some((declared, span))) if *channel != declared => (
                span,
                format!("the lever `{id}` acts through `{}`, not `{}`", channel.word(), declared.word()),
                format!("write `channel = \"{}\"`, or leave it out", channel.word()),
            ),
            ([channel], _) => {
                case.levers[index].channel = *channel;
                return;
            }
            _ => (
                self.names.of(Kind::Lever).span(index),
                format!("the lever `{id}` acts through {} channels: {}", words.len(), list(words.iter().copied())),
                "make a lever of each, and let one require the other if they go together".to_owned(),
            ),
        };
        self.report.absence(Diagnostic::error(Code::BadLever, span, message, help));
    }

    /// Through what each lever acts by standing in conditions.
    fn lever_mentions(&self, case: &Case) -> Vec<BTreeSet<Channel>> {
        let mut by_define: Vec<BTreeSet<LeverId>> = vec![BTreeSet::new(); case.defines.len()];
        for &define in &self.define_order {
            if let Some(entry) = case.defines.get(define) {
                by_define[define] = mentioned(&entry.condition, &by_define);
            }
        }
        let mut mentions = vec![BTreeSet::new(); case.levers.len()];
        let mut note = |condition: &Condition, channel: Channel| {
            for lever in mentioned(condition, &by_define) {
                if let Some(channels) = mentions.get_mut(lever.0) {
                    channels.insert(channel);
                }
            }
        };
        for actor in &case.actors {
            actor.red_lines.iter().for_each(|line| note(&line.when, Channel::RedLine));
            actor.linkages.iter().for_each(|linkage| note(&linkage.when, Channel::Worth));
        }
        case.tracks
            .iter()
            .filter_map(|track| track.mandate.as_ref())
            .for_each(|mandate| note(mandate, Channel::Mandate));
        for edit in case.levers.iter().flat_map(|lever| &lever.edits) {
            match &edit.change {
                Change::RedLineWhen(.., condition) => note(condition, Channel::RedLine),
                Change::LinkageWhen(.., condition) => note(condition, Channel::Worth),
                Change::Mandate(_, Some(condition)) => note(condition, Channel::Mandate),
                _ => {}
            }
        }
        mentions
    }

    fn conflicts(&mut self, case: &Case) {
        for (second, lever) in case.levers.iter().enumerate() {
            for (first, other) in case.levers[..second].iter().enumerate() {
                if lever.excludes.binary_search(&LeverId(first)).is_ok() {
                    continue;
                }
                let pairs = other.edits.iter().enumerate().flat_map(|(mine, edit)| {
                    lever.edits.iter().enumerate().map(move |(theirs, other)| (mine, edit, theirs, other))
                });
                let clash = pairs
                    .filter(|(_, a, _, b)| a.change.same_target(&b.change))
                    .find(|(_, a, _, b)| !(a.change.only_adds() && b.change.only_adds()));
                let Some((mine, _, theirs, _)) = clash else { continue };
                let place = |lever: usize, edit: usize| {
                    let spans = self.spans.lever_edits.get(lever).and_then(|edits| edits.get(edit));
                    spans.cloned().unwrap_or(0..0)
                };
                let message = format!("the levers `{}` and `{}` edit the same thing", other.id, lever.id);
                let help =
                    format!("add `excludes = [\"{}\"]` to `[lever.{}]`, or only add with both", other.id, lever.id);
                let diagnostic = Diagnostic::error(Code::LeversConflict, place(second, theirs), message, help);
                self.report.push(diagnostic.label(place(first, mine), format!("`{}` edits it here", other.id)));
            }
        }
    }
}

/// Makes levers that exclude others excluded by them.
fn exclude_both_ways(case: &mut Case) {
    let levers = &case.levers;
    let pairs = levers
        .iter()
        .enumerate()
        .flat_map(|(lever, entry)| entry.excludes.iter().map(move |excluded| (excluded.0, LeverId(lever))));
    for (lever, excluding) in pairs.collect::<Vec<_>>() {
        if let Some(lever) = case.levers.get_mut(lever) {
            lever.excludes.push(excluding);
        }
    }
    for lever in &mut case.levers {
        lever.excludes.sort_unstable();
        lever.excludes.dedup();
    }
}

/// The levers a condition mentions, itself or through named conditions.
fn mentioned(condition: &Condition, by_define: &[BTreeSet<LeverId>]) -> BTreeSet<LeverId> {
    let mut levers = BTreeSet::new();
    condition.expression.walk(&mut |part| match part {
        Expression::Lever(lever) => {
            levers.insert(*lever);
        }
        Expression::Defined(define) => levers.extend(by_define.get(define.0).into_iter().flatten()),
        _ => {}
    });
    levers
}
