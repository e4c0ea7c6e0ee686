//! Assembly as documents.

use serde_json::{Map, Value, json};
use winset_case::Case;
use winset_settle::{Arrival, Assembly, Delivery, Refusal, Step};

use super::{ids, package};

/// Coverage, routes and where assembly stops.
pub(super) fn assembly_object(case: &Case, assembly: &Result<Assembly, Refusal>) -> Value {
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

pub(super) fn arrival_object(case: &Case, arrival: &Arrival) -> Value {
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

pub(super) fn steps(case: &Case, route: &[Step]) -> Value {
    route
        .iter()
        .map(|step| json!({ "track": case.tracks[step.track.0].id, "package": package(case, &step.after), "concludes": step.concludes }))
        .collect()
}
