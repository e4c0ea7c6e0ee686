//! Every number of a case by the path an edit would name it with.

use winset_case::{
    ActorId, BlocId, Case, Decimal, Evidence, Fallback, IssueId, LeverId, LinkageId, Parameter, Quantity, RedLineId,
    StateOrder, TieId, TieKind, TrackId,
};

/// Which number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NumberPlace {
    /// A part of an actor's fallback: its only number, or the number in this place of a war's.
    Fallback(ActorId, usize),
    /// An actor's weight on an issue.
    Weight(ActorId, IssueId),
    /// An actor's value of an option.
    Value(ActorId, IssueId, usize),
    /// The price of a red line.
    Price(ActorId, RedLineId),
    /// The bonus of a linkage.
    Bonus(ActorId, LinkageId),
    /// What a tie carries: a patron's leverage, or how far a signature binds a constituency.
    Tie(TieId),
    /// The votes a deal needs at a track.
    Quota(TrackId),
    /// The votes of a seat: its place in [`winset_case::Voting::votes`].
    Votes(TrackId, usize),
    /// How far a veto holder may miss and still abstain: its place in [`winset_case::Voting::abstains`].
    Tolerance(TrackId, usize),
    /// The share of a bloc that must say yes.
    Share(TrackId, BlocId),
    /// What using a lever costs.
    Cost(LeverId),
    /// How strongly a lever acts.
    Intensity(LeverId),
    /// What one unit of lever cost is worth to the owner who pays it.
    LeverCostUnit,
    /// What a move taken is worth to an actor who ranks states by weights: the place of its preference, and the place in that.
    MoveWeight(usize, usize),
    /// A number of the simulation.
    Parameter(Parameter),
}

/// Every number of a case, in the order of its sections. What levers leave to the defaults is no number of the case.
pub fn numbers(case: &Case) -> Vec<NumberPlace> {
    let mut places = Vec::new();
    for (index, actor) in case.actors.iter().enumerate() {
        let id = ActorId(index);
        let parts = match &actor.fallback {
            None => 0,
            Some(Fallback::War { .. }) => 4,
            Some(_) => 1,
        };
        places.extend((0..parts).map(|part| NumberPlace::Fallback(id, part)));
        let weights = actor.weights.iter().enumerate().filter(|(_, weight)| weight.is_some());
        places.extend(weights.map(|(issue, _)| NumberPlace::Weight(id, IssueId(issue))));
        for (issue, values) in actor.values.iter().enumerate() {
            places.extend((0..values.len()).map(|option| NumberPlace::Value(id, IssueId(issue), option)));
        }
        let priced = actor.red_lines.iter().enumerate().filter(|(_, line)| line.price.is_some());
        places.extend(priced.map(|(line, _)| NumberPlace::Price(id, RedLineId(line))));
        places.extend((0..actor.linkages.len()).map(|linkage| NumberPlace::Bonus(id, LinkageId(linkage))));
    }
    let carrying = case.ties.iter().enumerate().filter(|(_, tie)| tie.quantity().is_some());
    places.extend(carrying.map(|(tie, _)| NumberPlace::Tie(TieId(tie))));
    for (index, track) in case.tracks.iter().enumerate() {
        let (id, voting) = (TrackId(index), &track.voting);
        places.extend(voting.quota.as_ref().map(|_| NumberPlace::Quota(id)));
        places.extend((0..voting.votes.len()).map(|place| NumberPlace::Votes(id, place)));
        places.extend((0..voting.abstains.len()).map(|place| NumberPlace::Tolerance(id, place)));
        places.extend((0..voting.blocs.len()).map(|bloc| NumberPlace::Share(id, BlocId(bloc))));
    }
    for (index, lever) in case.levers.iter().enumerate() {
        let given = |quantity: &Quantity, default| *quantity != Quantity::point(default);
        let id = LeverId(index);
        places.extend(given(&lever.cost, Decimal::ZERO).then_some(NumberPlace::Cost(id)));
        places.extend(given(&lever.intensity, Decimal::ONE).then_some(NumberPlace::Intensity(id)));
    }
    if case.game.lever_cost_unit != Quantity::point(Decimal::ONE) {
        places.push(NumberPlace::LeverCostUnit);
    }
    for (preference, body) in case.game.preferences.iter().enumerate() {
        if let StateOrder::Weights(weights) = &body.order {
            places.extend((0..weights.len()).map(|place| NumberPlace::MoveWeight(preference, place)));
        }
    }
    places.extend(case.dynamics.numbers.keys().map(|parameter| NumberPlace::Parameter(*parameter)));
    places
}

/// Every number that deals and states are judged with: all but those of the simulation.
pub(crate) fn judging_numbers(case: &Case) -> Vec<NumberPlace> {
    let mut places = numbers(case);
    places.retain(|place| !matches!(place, NumberPlace::Parameter(_)));
    places
}

impl NumberPlace {
    /// The number.
    ///
    /// # Panics
    ///
    /// If the case has no such number: places come from [`numbers`].
    pub fn of(self, case: &Case) -> &Quantity {
        const THERE: &str = "places are of numbers that are there";
        match self {
            NumberPlace::Fallback(actor, part) => match case.actors[actor.0].fallback.as_ref().expect(THERE) {
                Fallback::Worth(number) | Fallback::CostOfGoingOn(number) => number,
                Fallback::War { win, lose, probability, cost } => [win, lose, probability, cost][part],
            },
            NumberPlace::Weight(actor, issue) => case.actors[actor.0].weights[issue.0].as_ref().expect(THERE),
            NumberPlace::Value(actor, issue, option) => &case.actors[actor.0].values[issue.0][option],
            NumberPlace::Price(actor, line) => case.actors[actor.0].red_lines[line.0].price.as_ref().expect(THERE),
            NumberPlace::Bonus(actor, linkage) => &case.actors[actor.0].linkages[linkage.0].bonus,
            NumberPlace::Tie(tie) => case.ties[tie.0].quantity().expect(THERE),
            NumberPlace::Quota(track) => case.tracks[track.0].voting.quota.as_ref().expect(THERE),
            NumberPlace::Votes(track, place) => &case.tracks[track.0].voting.votes[place].1,
            NumberPlace::Tolerance(track, place) => &case.tracks[track.0].voting.abstains[place].1,
            NumberPlace::Share(track, bloc) => &case.tracks[track.0].voting.blocs[bloc.0].share,
            NumberPlace::Cost(lever) => &case.levers[lever.0].cost,
            NumberPlace::Intensity(lever) => &case.levers[lever.0].intensity,
            NumberPlace::LeverCostUnit => &case.game.lever_cost_unit,
            NumberPlace::MoveWeight(preference, place) => match &case.game.preferences[preference].order {
                StateOrder::Weights(weights) => Some(&weights[place].1),
                _ => None,
            }
            .expect(THERE),
            NumberPlace::Parameter(parameter) => &case.dynamics.numbers[&parameter],
        }
    }

    /// Puts another value in its place.
    pub(crate) fn set(self, case: &mut Case, value: Decimal) {
        if let Some(number) = self.of_mut(case) {
            number.value = value;
        }
    }

    /// The number, to be changed.
    pub(crate) fn of_mut(self, case: &mut Case) -> Option<&mut Quantity> {
        match self {
            NumberPlace::Fallback(actor, part) => match &mut case.actors[actor.0].fallback {
                Some(Fallback::Worth(number) | Fallback::CostOfGoingOn(number)) => Some(number),
                Some(Fallback::War { win, lose, probability, cost }) => {
                    [win, lose, probability, cost].into_iter().nth(part)
                }
                None => None,
            },
            NumberPlace::Weight(actor, issue) => case.actors[actor.0].weights[issue.0].as_mut(),
            NumberPlace::Value(actor, issue, option) => Some(&mut case.actors[actor.0].values[issue.0][option]),
            NumberPlace::Price(actor, line) => case.actors[actor.0].red_lines[line.0].price.as_mut(),
            NumberPlace::Bonus(actor, linkage) => Some(&mut case.actors[actor.0].linkages[linkage.0].bonus),
            NumberPlace::Tie(tie) => match &mut case.ties[tie.0].kind {
                TieKind::Patron(number) | TieKind::Constituency(Some(number)) => Some(number),
                TieKind::NonRecognition | TieKind::Constituency(None) => None,
            },
            NumberPlace::Quota(track) => case.tracks[track.0].voting.quota.as_mut(),
            NumberPlace::Votes(track, place) => Some(&mut case.tracks[track.0].voting.votes[place].1),
            NumberPlace::Tolerance(track, place) => Some(&mut case.tracks[track.0].voting.abstains[place].1),
            NumberPlace::Share(track, bloc) => Some(&mut case.tracks[track.0].voting.blocs[bloc.0].share),
            NumberPlace::Cost(lever) => Some(&mut case.levers[lever.0].cost),
            NumberPlace::Intensity(lever) => Some(&mut case.levers[lever.0].intensity),
            NumberPlace::LeverCostUnit => Some(&mut case.game.lever_cost_unit),
            NumberPlace::MoveWeight(preference, place) => match &mut case.game.preferences[preference].order {
                StateOrder::Weights(weights) => Some(&mut weights[place].1),
                _ => None,
            },
            NumberPlace::Parameter(parameter) => case.dynamics.numbers.get_mut(&parameter),
        }
    }

    /// What it is a number of, as in `actor.government`.
    pub fn owner(self, case: &Case) -> String {
        match self {
            NumberPlace::Fallback(actor, _)
            | NumberPlace::Weight(actor, _)
            | NumberPlace::Value(actor, ..)
            | NumberPlace::Price(actor, _)
            | NumberPlace::Bonus(actor, _) => format!("actor.{}", case.actors[actor.0].id),
            NumberPlace::Tie(tie) => format!("tie.{}", case.ties[tie.0].id),
            NumberPlace::Quota(track)
            | NumberPlace::Votes(track, _)
            | NumberPlace::Tolerance(track, _)
            | NumberPlace::Share(track, _) => format!("track.{}", case.tracks[track.0].id),
            NumberPlace::Cost(lever) | NumberPlace::Intensity(lever) => format!("lever.{}", case.levers[lever.0].id),
            NumberPlace::LeverCostUnit => "stability".to_owned(),
            NumberPlace::MoveWeight(preference, _) => {
                format!("stability.preference.{}", case.actors[case.game.preferences[preference].actor.0].id)
            }
            NumberPlace::Parameter(parameter) => parameter.owner(case),
        }
    }

    /// Its place within what it is a number of, as in `weights.transition`.
    pub fn key(self, case: &Case) -> String {
        let issue = |issue: IssueId| &case.issues[issue.0];
        match self {
            NumberPlace::Fallback(actor, part) => match case.actors[actor.0].fallback {
                Some(Fallback::CostOfGoingOn(_)) => "cost_of_going_on".to_owned(),
                Some(Fallback::War { .. }) => format!("fallback.war.{}", ["win", "lose", "probability", "cost"][part]),
                _ => "fallback".to_owned(),
            },
            NumberPlace::Weight(_, on) => format!("weights.{}", issue(on).id),
            NumberPlace::Value(_, on, option) => format!("values.{}.{}", issue(on).id, issue(on).options[option]),
            NumberPlace::Price(actor, line) => {
                format!("red_line.{}.price", case.actors[actor.0].red_lines[line.0].id)
            }
            NumberPlace::Bonus(actor, linkage) => {
                format!("linkage.{}.bonus", case.actors[actor.0].linkages[linkage.0].id)
            }
            NumberPlace::Tie(tie) => {
                if case.ties[tie.0].leverage().is_some() { "leverage" } else { "binding" }.to_owned()
            }
            NumberPlace::Quota(_) => "quota".to_owned(),
            NumberPlace::Votes(track, place) => {
                format!("votes.{}", case.actors[case.tracks[track.0].voting.votes[place].0.0].id)
            }
            NumberPlace::Tolerance(track, place) => {
                format!("abstains.{}", case.actors[case.tracks[track.0].voting.abstains[place].0.0].id)
            }
            NumberPlace::Share(track, bloc) => format!("share.{}", case.tracks[track.0].voting.blocs[bloc.0].id),
            NumberPlace::Cost(_) => "cost".to_owned(),
            NumberPlace::Intensity(_) => "intensity".to_owned(),
            NumberPlace::LeverCostUnit => "lever_cost_unit".to_owned(),
            NumberPlace::MoveWeight(preference, place) => {
                let held = match &case.game.preferences[preference].order {
                    StateOrder::Weights(weights) => weights[place].0,
                    _ => return "weights".to_owned(),
                };
                format!("weights.{}", case.moves[held.0].id)
            }
            NumberPlace::Parameter(parameter) => parameter.place(case),
        }
    }

    /// Where it stands, as edits name it.
    pub fn path(self, case: &Case) -> String {
        format!("{}.{}", self.owner(case), self.key(case))
    }
}

/// The ids of the sources nothing in the case cites, under no reading.
pub fn sources_never_cited(case: &Case) -> Vec<&str> {
    let mut cited = vec![false; case.sources.len()];
    note_citations(case, &mut cited);
    for reading in case.readings.iter() {
        note(&reading.evidence, &mut cited);
        note_citations(&reading.case, &mut cited);
    }
    case.sources.iter().zip(cited).filter(|(_, cited)| !cited).map(|(source, _)| source.id.as_str()).collect()
}

fn note(evidence: &Evidence, cited: &mut [bool]) {
    evidence.sources.iter().for_each(|citation| cited[citation.source.0] = true);
}

fn note_citations(case: &Case, cited: &mut [bool]) {
    let places = numbers(case);
    let quantities = places.iter().map(|place| &place.of(case).evidence);
    let actors = case.actors.iter().flat_map(|actor| {
        let lines = actor.red_lines.iter().map(|line| &line.evidence);
        std::iter::once(&actor.evidence).chain(lines).chain(actor.linkages.iter().map(|linkage| &linkage.evidence))
    });
    let frameworks = case.frameworks.iter().flat_map(|framework| {
        let benchmarks = framework.benchmarks.iter().map(|benchmark| &benchmark.evidence);
        std::iter::once(&framework.evidence).chain(benchmarks)
    });
    let tables = case.issues.iter().map(|issue| &issue.evidence);
    let tables = tables.chain(case.ties.iter().map(|tie| &tie.evidence));
    let tables = tables.chain(case.tracks.iter().map(|track| &track.evidence));
    let tables = tables.chain(case.levers.iter().map(|lever| &lever.evidence));
    let tables = tables.chain(case.packages.iter().map(|package| &package.evidence));
    let tables = tables.chain(case.options.iter().map(|option| &option.evidence));
    let tables = tables.chain(case.claims.iter().map(|claim| &claim.evidence));
    let tables = tables.chain(case.events.iter().map(|event| &event.evidence));
    let tables = tables.chain(case.moves.iter().map(|held| &held.evidence));
    let tables = tables.chain(std::iter::once(&case.dynamics.evidence));
    let tables = tables.chain(case.dynamics.events.iter().map(|event| &event.evidence));
    let tables = tables.chain(case.game.preferences.iter().map(|preference| &preference.evidence));
    quantities.chain(actors).chain(frameworks).chain(tables).for_each(|evidence| note(evidence, cited));
}
