//! One run told as a chronicle, and carried out again from what was told.

use winset_case::{Case, TrackId};
use winset_simulate::{Answer, Change, Ending, Event, Process, Trace};
use winset_worth::State;

use crate::called;
use crate::figures::hundredths;
use crate::plain::in_quotes;
use crate::words::{capital, list};

/// What happened in one round, in sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The first round it tells of, counted from 1.
    pub from: u32,
    /// The last one.
    pub to: u32,
    /// The sentences.
    pub sentences: Vec<String>,
}

/// The chronicle of a run. Rounds in which nothing changed are drawn together.
pub fn chronicle(process: &Process, trace: &Trace) -> Vec<Entry> {
    let case = process.case();
    let mut entries: Vec<Entry> = Vec::new();
    let mut quiet: Option<Quiet> = None;
    let mut at = 0;
    while at < trace.events.len() {
        let round = trace.events[at].0;
        let end =
            trace.events[at..].iter().position(|(other, _)| *other != round).map_or(trace.events.len(), |n| at + n);
        let events: Vec<&Event> = trace.events[at..end].iter().map(|(_, event)| event).collect();
        at = end;
        let tells =
            |event: &&&Event| !matches!(event, Event::NothingToPropose { .. } | Event::Proposal { agreed: false, .. });
        let told: Vec<String> = events.iter().filter(tells).map(|event| sentence(case, event)).collect();
        let refused: Vec<&Event> = events.into_iter().filter(|event| !tells(&event)).collect();
        if told.is_empty() {
            quiet.get_or_insert_with(|| Quiet::new(case, round)).add(round, &refused);
            continue;
        }
        if let Some(quiet) = quiet.take() {
            entries.extend(quiet.entry(case));
        }
        let mut sentences: Vec<String> = refused
            .iter()
            .filter(|event| matches!(event, Event::Proposal { .. }))
            .map(|event| sentence(case, event))
            .collect();
        sentences.extend(told);
        entries.push(Entry { from: round, to: round, sentences });
    }
    entries.extend(quiet.and_then(|quiet| quiet.entry(case)));
    entries
}

/// Rounds in which nothing was agreed and nothing broke.
struct Quiet {
    from: u32,
    to: u32,
    /// Per track: meetings without a proposal, proposals refused, and the last of those.
    tracks: Vec<(u32, u32, Option<Event>)>,
}

impl Quiet {
    fn new(case: &Case, round: u32) -> Self {
        Quiet { from: round, to: round, tracks: vec![(0, 0, None); case.tracks.len()] }
    }

    fn add(&mut self, round: u32, events: &[&Event]) {
        self.to = round;
        for event in events {
            match event {
                Event::NothingToPropose { track, .. } => self.tracks[track.0].0 += 1,
                Event::Proposal { track, .. } => {
                    let entry = &mut self.tracks[track.0];
                    entry.1 += 1;
                    entry.2 = Some((*event).clone());
                }
                _ => {}
            }
        }
    }

    fn entry(self, case: &Case) -> Option<Entry> {
        let mut sentences = Vec::new();
        let mut idle: Vec<String> = Vec::new();
        for (track, (nothing, refused, last)) in self.tracks.into_iter().enumerate() {
            if let Some(last) = last {
                let more = match refused {
                    1 => String::new(),
                    refused => format!(" ({refused} proposals failed there; this was the last)"),
                };
                sentences.push(format!("{}{more}", sentence(case, &last)));
            } else if nothing > 0 {
                idle.push(called::track(case, TrackId(track)).to_owned());
            }
        }
        if !idle.is_empty() {
            let met = if idle.len() == 1 { "met, and its proposers" } else { "met, and their proposers" };
            let who = capital(&list(&idle));
            sentences.push(format!("{who} {met} had nothing to put that they thought would pass."));
        }
        (!sentences.is_empty()).then_some(Entry { from: self.from, to: self.to, sentences })
    }
}

/// Changes, in words: "the constitution from “none” to “russian-draft”".
fn changes(case: &Case, changes: &[Change]) -> String {
    let parts: Vec<String> = changes
        .iter()
        .map(|change| {
            let issue = &case.issues[change.issue];
            let option = |option: Option<usize>| {
                option.map_or("no agreement".to_owned(), |option| in_quotes(&issue.options[option]))
            };
            match change.from {
                Some(_) => format!("{} from {} to {}", issue.in_sentence, option(change.from), option(change.to)),
                None => format!("{} at {}", issue.in_sentence, option(change.to)),
            }
        })
        .collect();
    if parts.is_empty() { "what stands, as it stands".to_owned() } else { list(&parts) }
}

fn refusals(case: &Case, answers: &[Answer]) -> String {
    let who: Vec<String> = answers
        .iter()
        .filter(|answer| !answer.accepted)
        .map(|answer| {
            let name = called::actor(case, answer.judge);
            if answer.margin == f64::NEG_INFINITY {
                format!("{name} (a line it crosses at no price)")
            } else if answer.margin >= 0.0 {
                format!("{name} (although it was {} to the good)", hundredths(answer.margin))
            } else {
                format!("{name} ({} short)", hundredths(-answer.margin))
            }
        })
        .collect();
    list(&who)
}

fn sentence(case: &Case, event: &Event) -> String {
    match event {
        Event::Happened(event) => case.dynamics.events[*event].text.clone(),
        Event::Lever(lever, used) => {
            let lever = &case.levers[lever.0];
            let owner = capital(lever.owner.map_or("someone", |owner| called::actor(case, owner)));
            let verb = if *used { "begins" } else { "stops" };
            format!("{owner} {verb} to use a lever: {}.", lever.name)
        }
        Event::NothingToPropose { track, proposer } => {
            format!("{}: {} had nothing to put.", case.tracks[track.0].name, called::actor(case, *proposer))
        }
        Event::Proposal { track, proposer, changes: put, concludes, answers, agreed } => {
            let what = changes(case, put);
            let settles = match (concludes, case.tracks[track.0].concludes) {
                (true, Some(framework)) => format!(", and with it {}", called::framework(case, framework)),
                _ => String::new(),
            };
            let (track, proposer) = (&case.tracks[track.0].name, called::actor(case, *proposer));
            if *agreed {
                format!("{track}: on the proposal of {proposer} it is agreed: {what}{settles}.")
            } else {
                format!("{track}: {proposer} proposes {what}{settles}. Refused by {}.", refusals(case, answers))
            }
        }
        Event::Broken { track, changes: back } => {
            format!("What was agreed at {} breaks: {}.", called::track(case, *track), changes(case, back))
        }
        Event::Concluded(framework) => format!("{} is concluded.", capital(called::framework(case, *framework))),
        Event::Failed(track) => format!("{} fails and does not meet again.", capital(called::track(case, *track))),
        Event::Left(track) => {
            format!(
                "Nothing has come of {} for long, and its last sponsor leaves: it ends.",
                called::track(case, *track)
            )
        }
        Event::KeptAlive { track, sponsors } => {
            let track = called::track(case, *track);
            let who = called::actors(case, sponsors.iter().copied());
            if who.is_empty() {
                format!("Nothing has come of {track} for long. It goes on: nothing is said of who could end it.")
            } else {
                let verb = if who.len() == 1 { "stays" } else { "stay" };
                format!(
                    "Nothing has come of {track} for long. It goes on: {} {verb}, for whom leaving would cost more than staying.",
                    list(&who)
                )
            }
        }
        Event::Ended(ending) => match ending {
            Ending::Settlement(_) => "The process is settled.".to_owned(),
            Ending::Deal => "Everyone at the table has settled.".to_owned(),
            Ending::Collapse(actor) => format!("{} collapses. The process ends.", capital(called::actor(case, *actor))),
            Ending::Deadlock => {
                "The horizon. What could settle the process still meets, and nothing comes of it.".to_owned()
            }
            Ending::Abandoned => "The horizon. Nothing that could settle the process meets any more.".to_owned(),
            Ending::Unfinished => "The horizon. The process goes on.".to_owned(),
        },
    }
}

/// Carries out what a trace tells, from today: the outcome and the conclusions it leads to.
pub fn replay(process: &Process, trace: &Trace) -> State {
    let case = process.case();
    let mut state = State::today(case);
    let mut outcome = case.baseline();
    let mut agreed = !case.no_agreement_today;
    for (_, event) in &trace.events {
        match event {
            Event::Proposal { changes, agreed: true, .. } => {
                agreed = true;
                for change in changes {
                    outcome[change.issue] = change.to.unwrap_or_default();
                }
            }
            Event::Broken { changes, .. } => {
                for change in changes {
                    match change.to {
                        Some(option) => outcome[change.issue] = option,
                        None => agreed = false,
                    }
                }
            }
            Event::Happened(event) => {
                for edit in &case.dynamics.events[*event].edits {
                    if let winset_case::edit::Change::Today(issue, option) = &edit.change {
                        outcome[issue.0] = *option;
                    }
                }
            }
            Event::Concluded(framework) => state.concluded[framework.0] = true,
            _ => {}
        }
    }
    state.outcome = agreed.then_some(outcome);
    state
}
