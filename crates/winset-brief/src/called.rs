//! What the things of a case are called within a sentence: with their article, and with a small letter where one belongs. Labels, tables and figures take
//! the bare name instead. A sentence that begins with such a name is capitalised by [`crate::words::capital`].

use winset_case::{ActorId, Case, FrameworkId, IssueId, PackageId, TrackId};
use winset_settle::Deals;

/// An actor: `the Syrian government`.
pub fn actor(case: &Case, actor: ActorId) -> &str {
    &case.actors[actor.0].in_sentence
}

/// Several actors.
pub fn actors(case: &Case, actors: impl IntoIterator<Item = ActorId>) -> Vec<&str> {
    actors.into_iter().map(|of| actor(case, of)).collect()
}

/// A track.
pub fn track(case: &Case, track: TrackId) -> &str {
    &case.tracks[track.0].in_sentence
}

/// A framework.
pub fn framework(case: &Case, framework: FrameworkId) -> &str {
    &case.frameworks[framework.0].in_sentence
}

/// The framework a track could conclude; empty where it could conclude none.
pub fn concluded_at(case: &Case, track: TrackId) -> &str {
    case.tracks[track.0].concludes.map_or("", |of| framework(case, of))
}

/// An issue.
pub fn issue(case: &Case, issue: IssueId) -> &str {
    &case.issues[issue.0].in_sentence
}

/// A package.
pub fn package(case: &Case, package: PackageId) -> &str {
    &case.packages[package.0].in_sentence
}

/// A track and what is to be concluded there: `Geneva for concluding Resolution 2254`.
pub fn table(case: &Case, of: TrackId, deals: Deals) -> String {
    match (deals, case.tracks[of.0].concludes) {
        (Deals::Concluding, Some(ends)) => format!("{} for concluding {}", track(case, of), framework(case, ends)),
        _ => track(case, of).to_owned(),
    }
}

/// A case to try names in.
#[cfg(test)]
pub(crate) fn two_valleys() -> Case {
    let text = r#"
        [case]
        title = "Two valleys"
        as_of = 2017-12-12
        [issue.pass]
        name = "Pass"
        in_sentence = "the pass"
        options = ["closed", "open-to-all"]
        [actor.upper]
        name = "Upper valley"
        in_sentence = "the upper valley"
        [[actor.upper.red_line]]
        id = "no-gate"
        when = "pass = open-to-all"
        [actor.lower]
        name = "Lowland"
        [framework.accord]
        name = "Accord"
        in_sentence = "the accord"
        [framework.accord.benchmarks]
        pass = "changed(pass)"
        gate = "pass != closed"
        [track.talks]
        name = "Talks"
        in_sentence = "the talks"
        agenda = ["pass"]
        mandate = "pass = open-to-all"
        concludes = "accord"
        [track.talks.seats]
        upper = "observer"
        lower = "observer"
    "#;
    let reading = winset_case::read(text);
    reading.case.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::capital;

    #[test]
    fn a_name_in_a_sentence_is_what_the_case_says() {
        let case = two_valleys();
        assert_eq!(actors(&case, [ActorId(0), ActorId(1)]), ["the upper valley", "Lowland"]);
        assert_eq!(table(&case, TrackId(0), Deals::Concluding), "the talks for concluding the accord");
        assert_eq!(capital(&table(&case, TrackId(0), Deals::Mandate)), "The talks");
        let mandate = case.tracks[0].mandate.as_ref().expect("a mandate");
        assert_eq!(crate::plain::condition(&case, mandate), "the pass is “open-to-all”");
    }
}
