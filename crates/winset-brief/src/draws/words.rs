//! What draws come to, in words.

use winset_case::Case;

use super::ensemble::ClaimRobustness;
use super::influential::Influential;
use super::likelihood::band;
use super::tally::{Share, Tuning};
use super::thresholds::Threshold;
use crate::figures::{interval, parameter, percent};
use crate::numbers::NumberPlace;
use crate::plain;
use crate::words::{capital, counted, number};

/// In how many draws something held: "in none of 1,000 draws", "in 72% of 1,000 draws (likely, 69 to 75%)".
pub fn share(share: &Share) -> String {
    let draws = counted(share.draws(), "draw");
    let (Some(value), Some((low, high))) = (share.share(), share.interval()) else {
        return format!("undecided in all of {draws}");
    };
    let undecided = match share.undecided {
        0 => String::new(),
        undecided => format!(", {} undecided", number(undecided)),
    };
    match share.word() {
        None if share.holds == 0 => format!("in none of {draws}{undecided}"),
        None => format!("in all of {draws}{undecided}"),
        Some(word) => format!("in {} of {draws} ({}, {}{undecided})", percent(value), word.word(), interval(low, high)),
    }
}

/// The same, short: "in all draws", "in no draw", "in 72% of draws".
pub fn short_share(share: &Share) -> String {
    match share.share() {
        None => "undecided".to_owned(),
        Some(_) if share.holds == 0 => "in no draw".to_owned(),
        Some(_) if share.fails == 0 => "in all draws".to_owned(),
        Some(value) => format!("in {} of draws", percent(value)),
    }
}

/// How robust a claim is, sentence by sentence.
pub fn robustness(robustness: &ClaimRobustness) -> Vec<String> {
    if robustness.given.share().is_none() {
        return Vec::new();
    }
    let mut sentences = vec![format!("Holds {}.", share(&robustness.given))];
    if let Some((hedge, within)) = robustness.hedge {
        let (low, high) = band(hedge);
        let range = interval(low, high);
        let verdict = match (within, robustness.given.share()) {
            (Some(true), _) => "the share falls in it",
            (Some(false), Some(share)) if share > high => "it holds more surely than that",
            (Some(false), _) => "it holds less surely than that",
            (None, _) => "whether the share falls in it is undecided",
        };
        sentences.push(format!("Hedged as {} ({range}): {verdict}.", hedge.word()));
    }
    sentences.push(match &robustness.threshold {
        Some(threshold) => format!("First turned by {}.", threshold_words(threshold)),
        None => "No number turns it by itself within its range.".to_owned(),
    });
    if robustness.admissible.draws() > 0 {
        let word = match robustness.tuning() {
            Some(Tuning::Structural) => "structural",
            Some(Tuning::Tuned) => "tuned to the numbers assumed",
            Some(Tuning::Between) => "neither structural nor tuned",
            None => "undecided",
        };
        sentences.push(format!(
            "With numbers that rest on assumption alone anywhere they could be, {}: {word}.",
            share(&robustness.admissible)
        ));
    }
    sentences
}

/// How robust a claim is, in a few words, with the number that turns it said as wanted.
pub fn robustness_in_short(robustness: &ClaimRobustness, number_words: &dyn Fn(NumberPlace) -> String) -> String {
    if robustness.given.share().is_none() {
        return String::new();
    }
    let mut parts = vec![short_share(&robustness.given)];
    if let Some(word) = robustness.given.word() {
        parts.push(word.word().to_owned());
    }
    if let Some(Tuning::Structural | Tuning::Tuned) = robustness.tuning() {
        parts.push(robustness.tuning().map_or("", Tuning::word).to_owned());
    }
    if let Some(threshold) = &robustness.threshold {
        let at = parameter(threshold.at.to_f64());
        parts.push(format!("turned by {} at {at}", number_words(threshold.place)));
    }
    parts.join("; ")
}

/// The number that turns a verdict, and where.
pub fn threshold_words(threshold: &Threshold) -> String {
    format!(
        "{} at {} (it is {}, and may be {})",
        threshold.path,
        parameter(threshold.at.to_f64()),
        parameter(threshold.from.to_f64()),
        parameter(threshold.end.to_f64())
    )
}

/// A number that matters, with what it moves and how weak its evidence is.
pub fn influential(case: &Case, influential: &Influential) -> String {
    let quantity = influential.place.of(case);
    let (low, high) = quantity.distribution.range();
    let basis = quantity.evidence.basis.map_or("assumption", winset_case::Basis::word);
    let source = match quantity.evidence.sources.first() {
        Some(citation) => format!("{} {}", case.sources[citation.source.0].id, citation.place).trim().to_owned(),
        None => "no source".to_owned(),
    };
    let others = match influential.moved {
        0 | 1 => String::new(),
        moved => format!(", and moves {} more", counted(moved as u64 - 1, "verdict")),
    };
    format!(
        "{}: {}, from {} to {} ({basis}, {source}). {} {} of the draws in which it is low, {} of those in which it is high{others}.",
        capital(&plain::number_words(case, influential.place)),
        parameter(quantity.value.to_f64()),
        parameter(low.to_f64()),
        parameter(high.to_f64()),
        capital(&influential.verdict),
        percent(influential.shares.0),
        percent(influential.shares.1),
    )
}
