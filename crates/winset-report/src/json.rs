//! Results as JSON documents. Field names are the model's terms; every amount of worth is in the actor's own unit, from 0 to 1 without linkages.

mod assembly;
mod compare;
mod compare_runs;
mod difference;
mod draws;
mod evidence;
mod game;
mod large;
mod simulate;
mod stability;
mod stays_put;
mod sweep;

use assembly::{assembly_object, steps};
pub use compare::compare;
pub use compare_runs::compare_runs;
pub use difference::difference;
pub use evidence::evidence;
pub use game::game;
pub use simulate::{simulate, trace};
pub use stability::{
    stability, stability_beyond, stability_partly_known, stability_state, stability_symbolic, stability_today,
};
pub use sweep::sweep;

use serde_json::{Map, Value, json};
use winset_brief::{Brief, ClaimResult, ProcessStatus, TableBrief, TrackBrief, words};
use winset_case::{ActorId, Case, Decimal, Diagnostic, Event, Outcome, Rule, Severity, SourceFiles, SourceText, Track};
use winset_settle::{
    Amount, Assembly, Behind, Blocked, Constraint, Deals, Durability, NotRecognised, Refusal, Settlement, Shortfall,
    Solution, Unlock,
};
use winset_worth::Valuation;

/// The document of `winset settle --json`.
pub fn settle(case: &Case, tracks: &[TrackBrief], assembly: Option<&Result<Assembly, Refusal>>) -> Value {
    json!({ "case": header(case), "tracks": tracks_object(case, tracks), "assembly": assembly.map(|assembly| assembly_object(case, assembly)) })
}

/// The document of `winset claims --json`: a list.
pub fn claims(case: &Case, results: &[ClaimResult]) -> Value {
    results
        .iter()
        .map(|result| {
            let claim = &case.claims[result.claim];
            json!({
                "id": claim.id,
                "says": claim.says,
                "check": claim.check_text,
                "status": result.status.word(),
                "findings": result.findings,
                "control_breaks": result.control.as_ref().and_then(|control| control.breaks),
                "control_findings": result.control.as_ref().map(|control| &control.findings),
                "robustness": result.robustness.as_ref().map(draws::robustness),
            })
        })
        .collect()
}

/// The document of `winset brief --json`.
pub fn brief(brief: &Brief<'_>) -> Value {
    json!({
        "case": header(brief.case),
        "verdict": winset_brief::verdict(brief),
        "tracks": tracks_object(brief.case, &brief.tracks),
        "draws": brief.draws.as_ref().map(|result| draws::ensemble(brief.case, result)),
        "assembly": brief.assembly.as_ref().map(|assembly| assembly_object(brief.case, assembly)),
        "stays_put": stays_put::stays_put(brief),
        "unfolding": brief.runs.as_ref().map(|runs| match runs {
            Ok(runs) => simulate(&runs.unfolding()),
            Err(refusal) => json!({ "not_computed": refusal }),
        }),
        "claims": claims(brief.case, &brief.claims),
        "evidence": { "numbers": brief.evidence.numbers, "ranges": brief.evidence.ranges, "by_basis": brief.evidence.by_basis },
    })
}

pub(crate) fn deals_word(deals: Deals) -> &'static str {
    match deals {
        Deals::Mandate => "mandate",
        Deals::Concluding => "concluding",
    }
}

/// The document of `winset status --json`.
pub fn status(case: &Case, status: &ProcessStatus<'_>) -> Value {
    let event = |event: &Event| {
        let kinds: Vec<&str> = event.kinds.iter().map(|kind| kind.word()).collect();
        json!({ "date": event.date, "end": event.end, "kind": kinds, "text": event.text, "result": event.result })
    };
    let tracks = status.tracks.iter().map(|entry| {
        let track = json!({
            "status": case.tracks[entry.track.0].status.word(),
            "rounds": entry.rounds(),
            "under_way": entry.under_way.map(event),
            "last_event": entry.events.last().map(|last| event(last)),
            "agreements": entry.agreements().map(event).collect::<Vec<_>>(),
            "events": entry.events.iter().map(|one| event(one)).collect::<Vec<_>>(),
        });
        (case.tracks[entry.track.0].id.clone(), track)
    });
    json!({
        "case": header(case),
        "as_of": status.as_of,
        "tracks": tracks.collect::<Map<_, _>>(),
        "elsewhere": status.elsewhere.iter().map(|one| event(one)).collect::<Vec<_>>(),
    })
}

/// The document of `winset check --json`, and of every command whose case is wrong: its diagnostics.
pub fn diagnostics<'s>(files: impl Into<SourceFiles<'s>>, diagnostics: &[Diagnostic]) -> Value {
    let files = files.into();
    let file = |span: &winset_case::Span| files.locate(span).0.name.as_str();
    let place = |span: &winset_case::Span| {
        let (source, span) = files.locate(span);
        let (line, column) = source.line_and_column(span.start);
        let (end_line, end_column) = source.line_and_column(span.end);
        json!({ "line": line, "column": column, "end_line": end_line, "end_column": end_column })
    };
    let list: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| {
            json!({
                "code": diagnostic.code.as_str(),
                "severity": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
                "file": file(&diagnostic.span),
                "place": place(&diagnostic.span),
                "message": diagnostic.message,
                "labels": diagnostic.labels.iter().map(|label| json!({ "file": file(&label.span), "place": place(&label.span), "message": label.message })).collect::<Vec<_>>(),
                "help": diagnostic.help,
            })
        })
        .collect();
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    json!({ "valid": errors == 0, "diagnostics": list })
}

fn header(case: &Case) -> Value {
    let levers: Vec<&str> = case.levers.iter().filter(|lever| lever.on).map(|lever| lever.id.as_str()).collect();
    let reading = case.reading_in_force().map(|reading| reading.id.as_str());
    json!({
        "title": case.title,
        "as_of": case.as_of,
        "reading": reading,
        "levers_in_use": levers,
        "strict_recognition": case.strict_recognition,
    })
}

fn tracks_object(case: &Case, tracks: &[TrackBrief]) -> Value {
    let entries = tracks.iter().map(|brief| {
        let track = &case.tracks[brief.track.0];
        let mut entry = table(case, &brief.mandate);
        entry.insert("status".into(), json!(track.status.word()));
        entry.insert("rule".into(), json!(track.rule.word()));
        entry.insert("voting".into(), voting(case, track));
        entry.insert("mandate".into(), json!(track.mandate.as_ref().map(|mandate| mandate.text.as_str())));
        if let Some(concluding) = &brief.concluding {
            entry.insert("concluding".into(), Value::Object(table(case, concluding)));
        }
        (track.id.clone(), Value::Object(entry))
    });
    Value::Object(entries.collect())
}

fn table(case: &Case, brief: &TableBrief) -> Map<String, Value> {
    let mut entry = Map::new();
    match (&brief.settlement, brief.large()) {
        (Ok(settlement), _) => entry.extend(settled(case, settlement)),
        (_, Some(large)) => entry.extend(large::settled(case, large)),
        (Err(_), None) => {
            entry.insert("not_computed".into(), json!(brief.refusal().map(ToString::to_string)));
            return entry;
        }
    }
    let unlocks = brief.unlock.as_ref().map(|result| match result {
        Ok(unlock) => unlock_object(case, unlock),
        Err(refusal) => json!({ "not_computed": refusal.to_string() }),
    });
    let corrections =
        brief.blocked().map_or_else(Vec::new, |blocked| blocked.corrections.iter().map(|set| ids(case, set)).collect());
    entry.insert("unlocks".into(), json!({ "corrections": corrections, "levers": unlocks }));
    entry
}

fn settled(case: &Case, settlement: &Settlement) -> Map<String, Value> {
    let applied = case.with_levers();
    let numbers = Numbers::new(case, &applied);
    let actor = |id: &ActorId| case.actors[id.0].id.clone();
    let behind = settlement.durability.as_ref().map_or(&[][..], |durability| &durability.behind);
    let solution = |solution: &Solution| numbers.solution(&settlement.players, behind, solution);
    let mut entry = Map::new();
    entry.extend(seating(case, settlement.deals, &settlement.players, &settlement.not_recognised));
    entry.insert(
        "durability".into(),
        json!(settlement.durability.as_ref().map(|durability| durable(case, settlement, durability))),
    );
    entry.insert("examined".into(), json!(settlement.examined));
    entry.insert("acceptable_count".into(), json!(settlement.acceptable_count));
    entry.insert("concluding_count".into(), json!(settlement.concluding_count));
    entry.insert("frontier_count".into(), json!(settlement.frontier.len()));
    entry.insert(
        "frontier_package_count".into(),
        json!(settlement.frontier.iter().map(|point| point.packages.len()).sum::<usize>()),
    );
    entry.insert(
        "frontier".into(),
        settlement
            .frontier
            .iter()
            .map(|point| {
                json!({
                    "worth": numbers.per_player(&settlement.players, &point.worth),
                    "packages": point.packages.iter().map(|outcome| package(case, outcome)).collect::<Vec<_>>(),
                })
            })
            .collect(),
    );
    let solutions = settlement.solutions.as_ref();
    entry.insert(
        "solutions".into(),
        json!({
            "nash": solutions.and_then(|all| all.nash.as_ref()).map(solution),
            "kalai_smorodinsky": solutions.map(|all| solution(&all.kalai_smorodinsky)),
            "egalitarian": solutions.map(|all| solution(&all.egalitarian)),
            "utilitarian": solutions.map(|all| solution(&all.utilitarian)),
            "without_range": solutions.map(|all| all.without_range.iter().map(actor).collect::<Vec<_>>()),
        }),
    );
    entry.extend(numbers.blocked(settlement.blocked.as_ref()));
    entry
}

/// Which deals are asked about, and who sits there.
pub(crate) fn seating(
    case: &Case,
    deals: Deals,
    players: &[ActorId],
    not_recognised: &[NotRecognised],
) -> Map<String, Value> {
    let actor = |id: &ActorId| case.actors[id.0].id.clone();
    let mut entry = Map::new();
    entry.insert("deals".into(), json!(deals_word(deals)));
    entry.insert("must_say_yes".into(), players.iter().map(actor).collect());
    entry.insert(
        "not_recognised".into(),
        not_recognised
            .iter()
            .map(|refusal| {
                json!({
                    "actor": actor(&refusal.refusing),
                    "seat": actor(&refusal.seat),
                    "refuses": actor(&refusal.refused),
                    "refused_seat": actor(&refusal.refused_seat),
                })
            })
            .collect(),
    );
    entry
}

/// Writes what is counted in each actor's own units as numbers.
pub(crate) struct Numbers<'c> {
    case: &'c Case,
    valuation: Option<Valuation<'c>>,
}

impl<'c> Numbers<'c> {
    /// For a case, and the same with its levers carried out.
    pub(crate) fn new(case: &'c Case, applied: &'c Case) -> Self {
        // What is written was computed, so its numbers can be.
        Numbers { case, valuation: Valuation::new(applied).ok() }
    }

    fn number(&self, units: i128, actor: ActorId) -> Value {
        let unit = self.valuation.as_ref().and_then(|valuation| Some(valuation.actor(actor)?.unit)).unwrap_or(1);
        json!(Amount::of_units(units, unit).to_f64())
    }

    fn id(&self, actor: ActorId) -> String {
        self.case.actors[actor.0].id.clone()
    }

    /// A number for each player.
    pub(crate) fn per_player(&self, players: &[ActorId], worth: &[i128]) -> Value {
        let entries = players.iter().zip(worth).map(|(player, &units)| (self.id(*player), self.number(units, *player)));
        Value::Object(entries.collect())
    }

    /// The packages that tie at a bargaining solution.
    pub(crate) fn solution(&self, players: &[ActorId], behind: &[Behind], solution: &Solution) -> Value {
        let points = solution.points.iter().map(|point| {
            let shares: Map<String, Value> = players
                .iter()
                .zip(&point.terms.shares)
                .map(|(player, share)| (self.id(*player), json!(Amount::from(share.clone()).to_f64())))
                .collect();
            let votes = players.iter().zip(&point.votes).map(|(player, vote)| (self.id(*player), json!(vote.word())));
            json!({
                "package": package(self.case, &point.package),
                "worth": self.per_player(players, &point.worth),
                "terms": shares,
                "votes": votes.collect::<Map<_, _>>(),
                "imposed": point.imposed.iter().map(|imposed| json!({
                    "actor": self.id(imposed.actor),
                    "part": imposed.part.word(),
                    "below_fallback": Amount::of_units(imposed.loss, imposed.unit).to_f64(),
                })).collect::<Vec<_>>(),
                "behind": gaps(self.case, behind, &point.behind),
                "closest_to": point.terms.closest_to.iter().map(|actor| self.id(*actor)).collect::<Vec<_>>(),
            })
        });
        points.collect()
    }

    /// Who blocks, and by how much.
    pub(crate) fn blocked(&self, blocked: Option<&Blocked>) -> Map<String, Value> {
        let case = self.case;
        let mut entry = Map::new();
        entry.insert(
            "blockers".into(),
            blocked.map_or_else(
                || json!([]),
                |blocked| blocked.blocking_sets.iter().map(|set| ids(case, &set.constraints)).collect(),
            ),
        );
        entry.insert("blocking_sets".into(), blocked.map_or_else(|| json!([]), |blocked| blocking_sets(case, blocked)));
        entry.insert(
            "pivotal".into(),
            blocked.map_or_else(|| json!([]), |blocked| blocked.pivotal.iter().map(|actor| self.id(*actor)).collect()),
        );
        let shortfall = |(judge, shortfall): &(ActorId, Shortfall)| {
            let value = match shortfall {
                Shortfall::By { missing, package: at } => {
                    json!({ "status": "defined", "amount": self.number(*missing, *judge), "package": package(case, at) })
                }
                Shortfall::NoPrice { content_margin } => {
                    json!({ "status": "no-price", "amount": null, "content_margin": self.number(*content_margin, *judge) })
                }
                Shortfall::Undefined => json!({ "status": "undefined", "amount": null }),
            };
            (self.id(*judge), value)
        };
        let shortfalls = blocked.map(|blocked| blocked.shortfalls.iter().map(shortfall).collect::<Map<_, _>>());
        entry.insert("shortfalls".into(), Value::Object(shortfalls.unwrap_or_default()));
        entry.insert("cause".into(), json!(blocked.map(|blocked| blocked.cause.word())));
        entry
    }
}

/// How votes are counted; `null` where the rule counts none.
fn voting(case: &Case, track: &Track) -> Value {
    if matches!(track.rule, Rule::Consensus | Rule::PartiesOnly) {
        return Value::Null;
    }
    let id = |actor: &ActorId| case.actors[actor.0].id.clone();
    let number = |value: Decimal| Amount::from(value).to_f64();
    let voting = &track.voting;
    let votes: Map<String, Value> =
        track.required().map(|actor| (id(&actor), json!(number(voting.weight(actor))))).collect();
    let tolerances: Map<String, Value> =
        voting.veto.iter().map(|actor| (id(actor), json!(number(voting.tolerance(*actor))))).collect();
    let blocs: Map<String, Value> = voting
        .blocs
        .iter()
        .map(|bloc| {
            let members: Vec<String> = bloc.members.iter().map(id).collect();
            (bloc.id.clone(), json!({ "members": members, "share": number(bloc.share.value) }))
        })
        .collect();
    json!({
        "quota": voting.quota.as_ref().map(|quota| number(quota.value)),
        "votes": votes,
        "blocs": blocs,
        "veto": voting.veto.iter().map(id).collect::<Vec<_>>(),
        "abstains": tolerances,
    })
}

/// Per actor behind the seats, its margin for one package; `null` for minus infinity.
fn gaps(case: &Case, behind: &[Behind], margins: &[Option<i128>]) -> Value {
    let entries = behind.iter().zip(margins).map(|(behind, margin)| {
        let margin = margin.and_then(|margin| Amount::of_units(margin, behind.unit).to_f64());
        (case.actors[behind.actor.0].id.clone(), json!(margin))
    });
    Value::Object(entries.collect())
}

fn durable(case: &Case, settlement: &Settlement, durability: &Durability) -> Value {
    let id = |actor: ActorId| case.actors[actor.0].id.clone();
    let behind = durability.behind.iter().zip(&durability.best).map(|(behind, (margin, at))| {
        json!({
            "actor": id(behind.actor),
            "bond": behind.bond.word(),
            "seat": id(behind.seat),
            "best_margin": margin.and_then(|margin| Amount::of_units(margin, behind.unit).to_f64()),
            "best_package": package(case, at),
        })
    });
    json!({
        "signable_count": settlement.acceptable_count,
        "durable_count": durability.durable_count,
        "behind": behind.collect::<Vec<_>>(),
    })
}

fn blocking_sets(case: &Case, blocked: &Blocked) -> Value {
    blocked
        .blocking_sets
        .iter()
        .map(|set| {
            json!({
                "constraints": ids(case, &set.constraints),
                "cause": set.cause.word(),
                "in_words": set.constraints.iter().map(|&constraint| words::constraint(case, constraint)).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn unlock_object(case: &Case, unlock: &Unlock) -> Value {
    let names = |levers: &[winset_case::LeverId]| {
        levers.iter().map(|lever| case.levers[lever.0].id.clone()).collect::<Vec<_>>()
    };
    json!({
        "available": names(&unlock.available),
        "relevant": names(&unlock.relevant),
        "combinations": unlock.combinations,
        "minimal": unlock.minimal.iter().map(|levers| names(levers)).collect::<Vec<_>>(),
        "cheapest": unlock.cheapest.as_ref().map(|(levers, cost)| json!({ "levers": names(levers), "cost": Amount::from(*cost).to_f64() })),
        "near_misses": unlock.near_misses.iter().map(|miss| json!({
            "actor": case.actors[miss.actor.0].id,
            "missing": Amount::of_units(miss.missing, miss.unit).to_f64(),
            "levers": names(&miss.levers),
        })).collect::<Vec<_>>(),
    })
}

fn ids(case: &Case, constraints: &[Constraint]) -> Value {
    constraints.iter().map(|constraint| constraint.id(case)).collect()
}

pub(crate) fn package(case: &Case, outcome: &Outcome) -> Value {
    let entries =
        case.issues.iter().zip(outcome).map(|(issue, option)| (issue.id.clone(), json!(issue.options[*option])));
    Value::Object(entries.collect())
}

/// What importing found, each at its place.
pub fn findings(files: &[SourceText], findings: &[winset_exchange::Finding]) -> Value {
    let one = |finding: &winset_exchange::Finding| {
        let place = finding.place.as_ref().and_then(|(file, span)| Some((files.get(*file)?, span)));
        let position = place.filter(|(source, _)| !source.text.is_empty()).map(|(source, span)| {
            let (line, column) = source.line_and_column(span.start);
            let (end_line, end_column) = source.line_and_column(span.end);
            json!({ "line": line, "column": column, "end_line": end_line, "end_column": end_column })
        });
        json!({
            "code": finding.code.as_str(),
            "severity": match finding.severity { Severity::Error => "error", Severity::Warning => "warning" },
            "file": place.map(|(source, _)| &source.name),
            "place": position,
            "message": finding.message,
            "help": finding.help,
        })
    };
    Value::Array(findings.iter().map(one).collect())
}
