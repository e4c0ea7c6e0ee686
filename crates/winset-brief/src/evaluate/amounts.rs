//! Checks that compare: worths, counts and distances, and shares of runs.

use winset_case::{Comparison, Expression, Value};
use winset_settle::{Amount, Refusal, acceptable_count, gain_share, judge_package, settle};
use winset_worth::State;

use super::{Finding, deals, made_at, margin_words, under_edits};
use crate::draws::Share;
use crate::situation::Situation;
use crate::strategic::aspiration;
use crate::words::{capital, counted};
use crate::{called, plain, unfold};

pub(super) fn compare(situation: &Situation<'_>, left: &Value, comparison: Comparison, right: &Value) -> Finding {
    match (amount(situation, left), amount(situation, right)) {
        (Ok((left_amount, left_words)), Ok((right_amount, right_words))) => {
            let verdict = comparison.holds(left_amount.cmp(&right_amount));
            Finding { verdict: Some(verdict), findings: [left_words, right_words].into_iter().flatten().collect() }
        }
        (Err(reason), _) | (_, Err(reason)) => Finding::undecided(&reason),
    }
}

/// Compares shares of runs with numbers or with one another. A share whose 95 % interval takes in the number it is compared with is not decided.
pub(super) fn compare_shares(
    situation: &Situation<'_>,
    left: &Value,
    comparison: Comparison,
    right: &Value,
) -> Finding {
    let (left, right) = match (share_of_runs(situation, left), share_of_runs(situation, right)) {
        (Ok(left), Ok(right)) => (left, right),
        (Err(reason), _) | (_, Err(reason)) => return Finding::undecided(&reason),
    };
    let findings: Vec<String> = [&left.words, &right.words].into_iter().flatten().cloned().collect();
    let takes_in = |of: &RunShare, number: f64| of.interval.is_some_and(|(low, high)| low < number && number < high);
    let close = (right.interval.is_none() && takes_in(&left, right.value))
        || (left.interval.is_none() && takes_in(&right, left.value));
    if close {
        let mut findings = findings;
        findings.push("Undecided: too close to call with so many runs.".to_owned());
        return Finding { verdict: None, findings };
    }
    Finding { verdict: Some(comparison.holds(left.value.total_cmp(&right.value))), findings }
}

/// A share of runs, or a number it is compared with.
struct RunShare {
    value: f64,
    interval: Option<(f64, f64)>,
    words: Option<String>,
}

fn share_of_runs(situation: &Situation<'_>, value: &Value) -> Result<RunShare, String> {
    let case = &situation.case;
    let counted = |share: &Share, what: String| {
        let value = share.share().ok_or_else(|| format!("{what}: no run comes to that"))?;
        let words = format!("{}, {what}.", capital(&unfold::share_of_runs(share)));
        Ok(RunShare { value, interval: share.interval(), words: Some(words) })
    };
    match value {
        Value::Number(number) => Ok(RunShare { value: number.to_f64(), interval: None, words: None }),
        Value::Share(condition, among) => {
            let tally = situation.tally()?;
            let holds = |state: &State, condition: &Expression| unfold::holds_at(case, state, condition);
            let of = |state: &State| among.as_ref().is_none_or(|among| holds(state, among));
            let all = tally.ends_where(|_, state| of(state));
            let those = tally.ends_where(|_, state| of(state) && holds(state, condition));
            let text = plain::expression(case, condition);
            let what = match among {
                Some(among) => format!("of those that end where {}, at the end {text}", plain::expression(case, among)),
                None => format!("at the end {text}"),
            };
            counted(&Share { holds: those, fails: all - those, undecided: 0 }, what)
        }
        Value::Ends(end) => {
            let tally = situation.tally()?;
            let those = tally.ends_where(|ending, _| ending.word() == end.word());
            counted(&unfold::share(those, tally.runs), format!("the end is {}", end.word()))
        }
        Value::Fate(track, fate) => {
            let tally = situation.tally()?;
            let fates = winset_simulate::Fate::ALL.into_iter().zip(tally.tracks[track.0].fates);
            let those = fates.filter(|(other, _)| other.word() == fate.word()).map(|(_, runs)| runs).sum();
            let what = format!("{} ends {}", called::track(case, *track), fate.word());
            counted(&unfold::share(those, tally.runs), what)
        }
        Value::With(inner, edits) => {
            let mut share = share_of_runs(&situation.under(edits), inner)?;
            share.words = share.words.map(|words| under_edits(case, edits, &words));
            Ok(share)
        }
        _ => Err("shares of runs can be compared with numbers and with one another only".to_owned()),
    }
}

/// A value, and what it is in words unless it was written out.
fn amount(situation: &Situation<'_>, value: &Value) -> Result<(Amount, Option<String>), String> {
    let case = &situation.case;
    let refused = |refusal: Refusal| refusal.to_string();
    match value {
        Value::Number(number) => Ok((Amount::from(*number), None)),
        Value::Count(table) => {
            let count = acceptable_count(case, table.track, deals(*table)).map_err(refused)?;
            Ok((
                Amount::from(count),
                Some(format!(
                    "{} acceptable at {}.",
                    counted(count, "package"),
                    called::table(case, table.track, deals(*table))
                )),
            ))
        }
        Value::Durable(table) => {
            let settlement = settle(case, table.track, deals(*table)).map_err(refused)?;
            let count = settlement.acceptable_count;
            let (durable, carried) = match &settlement.durability {
                Some(durability) => (durability.durable_count, "those behind the seats accept as well"),
                None if count == 0 => (0, "none is acceptable"),
                None => (count, "nobody stands behind the seats who could refuse"),
            };
            let name = called::table(case, table.track, deals(*table));
            Ok((
                Amount::from(durable),
                Some(format!("At {name} {durable} of {count} acceptable packages are durable ({carried}).")),
            ))
        }
        Value::Margin(actor, package, track) => {
            let judged = judge_package(case, *actor, *package, *track).map_err(refused)?;
            let judged = judged.ok_or_else(|| format!("{} has no preferences", called::actor(case, *actor)))?;
            let margin =
                judged.judgement.margin().map_or(Amount::MinusInfinity, |margin| Amount::of_units(margin, judged.unit));
            let made = made_at(case, *package, *track);
            let words =
                format!("For {} {made} is {}.", called::actor(case, *actor), margin_words(case, *actor, &judged));
            Ok((margin, Some(words)))
        }
        Value::Distance(actor, package, track) => {
            let (margin, words) = amount(situation, &Value::Margin(*actor, *package, *track))?;
            Ok((margin.shortfall(), words))
        }
        Value::Terms(actor, package, track) => {
            let share = gain_share(case, *actor, *package, *track).map_err(refused)?;
            let (share, over_accepted) =
                share.ok_or_else(|| format!("{} has no preferences", called::actor(case, *actor)))?;
            let share = Amount::from(share);
            let of = if over_accepted {
                "the best it could have there"
            } else {
                "its ideal, since the seats there accept nothing"
            };
            let words = format!(
                "{} gains {} of {of} from {}.",
                capital(called::actor(case, *actor)),
                share.figures(),
                made_at(case, *package, *track)
            );
            Ok((share, Some(words)))
        }
        Value::Aspiration(actor, over) => {
            let (amount, words) = aspiration(situation, *actor, *over)?;
            Ok((amount, Some(words)))
        }
        Value::Share(..) | Value::Ends(_) | Value::Fate(..) => Err("it takes simulated runs".to_owned()),
        Value::With(inner, edits) => {
            let (amount, words) = amount(&situation.under(edits), inner)?;
            Ok((amount, words.map(|words| under_edits(case, edits, &words))))
        }
    }
}
