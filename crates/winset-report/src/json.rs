//! Results as JSON documents. Field names are the model's terms; every amount of worth is in the actor's own unit, from 0 to 1 without linkages.

mod compare;
mod difference;
mod draws;
mod game;

pub use compare::compare;
pub use difference::difference;
pub use game::game;
use serde_json::{Map, Value, json};
use winset_brief::{
    Answer, Brief, ClaimResult, Flip, Influences, NumberPlace, ProcessStatus, TableBrief, TrackBrief, numbers,
    sources_never_cited, words,
};
use winset_case::{ActorId, Case, Decimal, Diagnostic, Event, Outcome, Rule, Severity, SourceFiles, SourceText, Track};
use winset_settle::{
    Amount, Arrival, Assembly, Behind, Blocked, Constraint, Deals, Delivery, Durability, NotRecognised, Refusal,
    Settlement, Shortfall, Solution, Step, Unlock,
};
use winset_stability::{Concept, Explanation, Model, Paths, Stability, Step as StabilityStep};
use winset_worth::Valuation;

use crate::json_large;

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

/// The document of `winset stability --json`. States are numbered from 1, as in `.gmcr` files.
pub fn stability(model: &Model, result: &Stability) -> Value {
    let concepts: Map<String, Value> = Concept::ALL
        .into_iter()
        .map(|concept| {
            let equilibria: Vec<usize> = result.equilibria(concept).iter().map(|state| state + 1).collect();
            let makers = 0..model.decision_makers().len();
            let stable: Vec<usize> = makers.map(|maker| result.stable(concept, maker).count()).collect();
            (concept.word().to_owned(), json!({ "equilibria": equilibria, "stable": stable }))
        })
        .collect();
    json!({ "states": model.states().len(), "decision_makers": model.decision_makers(), "concepts": concepts })
}

/// What `winset stability --json` adds where it is known which state stands today: that state, and for every equilibrium the ways there.
pub fn stability_today(model: &Model, result: &Stability, today: usize, moves: &Paths, improvements: &Paths) -> Value {
    let way = |paths: &Paths, state| paths.to(state).map(|way| steps_list(model, &way));
    let any = (0..model.states().len())
        .filter(|state| Concept::ALL.into_iter().any(|concept| result.equilibria(concept).contains(*state)));
    let ways: Vec<Value> = any
        .map(
            |state| json!({ "state": state + 1, "moves": way(moves, state), "improvements": way(improvements, state) }),
        )
        .collect();
    json!({ "today": today + 1, "ways": ways })
}

/// What `winset stability --state --json` adds: per decision maker and concept whether the state is stable, its improvements and their sanctions.
pub fn stability_state(model: &Model, state: usize, explained: &[Vec<Explanation>]) -> Value {
    let makers: Vec<Value> = explained
        .iter()
        .enumerate()
        .map(|(maker, explained)| {
            let concepts: Map<String, Value> = Concept::ALL
                .into_iter()
                .map(|concept| {
                    let explanation = &explained[concept as usize];
                    let improvements: Vec<Value> = explanation
                        .improvements
                        .iter()
                        .map(|improvement| {
                            let sanction = improvement.sanction.as_ref().map(|way| steps_list(model, way));
                            json!({ "to": improvement.to + 1, "sanction": sanction })
                        })
                        .collect();
                    let entry = json!({ "stable": explanation.is_stable(), "improvements": improvements });
                    (concept.word().to_owned(), entry)
                })
                .collect();
            json!({ "decision_maker": model.decision_makers()[maker], "concepts": concepts })
        })
        .collect();
    json!({ "state": state + 1, "options": model.states().pattern(state), "decision_makers": makers })
}

fn steps_list(model: &Model, way: &[StabilityStep]) -> Value {
    way.iter().map(|step| json!({ "mover": model.decision_makers()[step.mover], "to": step.to + 1 })).collect()
}

/// The document of `winset brief --json`.
pub fn brief(brief: &Brief<'_>) -> Value {
    json!({
        "case": header(brief.case),
        "verdict": winset_brief::verdict(brief),
        "tracks": tracks_object(brief.case, &brief.tracks),
        "draws": brief.draws.as_ref().map(|result| draws::ensemble(brief.case, result)),
        "assembly": brief.assembly.as_ref().map(|assembly| assembly_object(brief.case, assembly)),
        "claims": claims(brief.case, &brief.claims),
        "evidence": { "numbers": brief.evidence.numbers, "ranges": brief.evidence.ranges, "by_basis": brief.evidence.by_basis },
    })
}

/// What `winset check --evidence --json` adds to its document as `evidence`.
pub fn evidence(case: &Case, influences: &Influences) -> Value {
    let flips = |number: NumberPlace| -> Vec<Value> {
        let found = influences.found.iter().find(|influence| influence.number == number);
        found.into_iter().flat_map(|influence| &influence.flips).map(|flip| flip_object(case, flip)).collect()
    };
    // Those that change most answers first, as they are found; then the rest in the order of the case.
    let mut order: Vec<NumberPlace> = influences.found.iter().map(|influence| influence.number).collect();
    order.extend(numbers(case).into_iter().filter(|number| flips(*number).is_empty()));
    let list: Vec<Value> = order
        .into_iter()
        .map(|number| {
            let quantity = number.of(case);
            let (low, high) = quantity.distribution.range();
            let sources = quantity.evidence.sources.iter();
            json!({
                "path": number.path(case),
                "value": quantity.value.to_f64(),
                "low": low.to_f64(),
                "high": high.to_f64(),
                "basis": crate::evidence::basis(&quantity.evidence),
                "sources": sources.map(|citation| case.sources[citation.source.0].id.as_str()).collect::<Vec<_>>(),
                "flips": flips(number),
            })
        })
        .collect();
    let left_out: Vec<&str> = influences.left_out.iter().map(|claim| case.claims[*claim].id.as_str()).collect();
    json!({
        "moved": influences.moved,
        "left_out": left_out,
        "numbers": list,
        "sources_never_cited": sources_never_cited(case),
    })
}

fn flip_object(case: &Case, flip: &Flip) -> Value {
    let mut object = json!({ "at": flip.at.to_f64() });
    match flip.answer {
        Answer::Deal(track, deals) => {
            object["track"] = json!(case.tracks[track.0].id);
            object["deals"] = json!(deals_word(deals));
            object["has_deal"] = json!(flip.becomes);
        }
        Answer::Claim(claim) => {
            object["claim"] = json!(case.claims[claim].id);
            object["status"] = json!(flip.status().word());
        }
    }
    object
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
        (_, Some(large)) => entry.extend(json_large::settled(case, large)),
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

/// Coverage, routes and where assembly stops.
fn assembly_object(case: &Case, assembly: &Result<Assembly, Refusal>) -> Value {
    let assembly = match assembly {
        Ok(assembly) => assembly,
        Err(refusal) => return json!({ "not_computed": refusal.to_string() }),
    };
    let frameworks = assembly.frameworks.iter().map(|entry| {
        let framework = &case.frameworks[entry.framework.0];
        let benchmark = |id: &winset_case::BenchmarkId| framework.benchmarks[id.0].id.clone();
        let mut coverage = Map::new();
        for cell in assembly.coverage.iter().filter(|cell| cell.framework == entry.framework) {
            let row = coverage.entry(benchmark(&cell.benchmark)).or_insert_with(|| json!({}));
            row[case.tracks[cell.track.0].id.as_str()] = delivery_object(case, &cell.delivery);
        }
        let stop = entry.stop.as_ref().map(|stop| {
            let refused = stop.refused.iter().map(|(track, blocked)| {
                let value = json!({
                    "cause": blocked.cause.word(),
                    "blockers": blocked.blocking_sets.iter().map(|set| ids(case, &set.constraints)).collect::<Vec<_>>(),
                    "corrections": blocked.corrections.iter().map(|set| ids(case, set)).collect::<Vec<_>>(),
                });
                (case.tracks[track.0].id.clone(), value)
            });
            json!({
                "arrival": arrival_object(case, &stop.arrival),
                "met": stop.met.iter().map(benchmark).collect::<Vec<_>>(),
                "missing": stop.missing.iter().map(benchmark).collect::<Vec<_>>(),
                "refused": refused.collect::<Map<_, _>>(),
                "only_on_assembly": ids(case, &stop.only_on_assembly),
            })
        });
        let value = json!({
            "reading": framework.reading.word(),
            "coverage": coverage,
            "conclusions": entry.conclusions.iter().map(|arrival| arrival_object(case, arrival)).collect::<Vec<_>>(),
            "stop": stop,
        });
        (framework.id.clone(), value)
    });
    json!({
        "states": assembly.reach.states.len(),
        "outcomes": assembly.reach.outcome_count(),
        "cut_off": assembly.reach.cut_off,
        "frameworks": frameworks.collect::<Map<_, _>>(),
    })
}

fn delivery_object(case: &Case, delivery: &Delivery) -> Value {
    let word = match delivery {
        Delivery::Stands => "stands",
        Delivery::Now => "now",
        Delivery::After(_) => "after",
        Delivery::Closed => "closed",
        Delivery::OffAgenda => "off-agenda",
        Delivery::Mandate => "mandate",
        Delivery::Refused(_) => "refused",
    };
    let mut value = json!({ "delivery": word });
    match delivery {
        Delivery::After(route) => value["route"] = steps(case, route),
        Delivery::Refused(actors) => {
            value["refused_by"] = actors.iter().map(|actor| case.actors[actor.0].id.clone()).collect();
        }
        _ => {}
    }
    value
}

fn arrival_object(case: &Case, arrival: &Arrival) -> Value {
    let walked = arrival.walked.iter().map(|walked| {
        json!({
            "actor": case.actors[walked.actor.0].id,
            "by_pressure": walked.by_pressure,
            "by_end_of_cost": walked.by_end_of_cost,
            "by_having_no_seat": walked.by_having_no_seat,
        })
    });
    json!({ "route": steps(case, &arrival.route), "package_proof": arrival.package_proof, "walked": walked.collect::<Vec<_>>() })
}

fn steps(case: &Case, route: &[Step]) -> Value {
    route
        .iter()
        .map(|step| json!({ "track": case.tracks[step.track.0].id, "package": package(case, &step.after), "concludes": step.concludes }))
        .collect()
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
