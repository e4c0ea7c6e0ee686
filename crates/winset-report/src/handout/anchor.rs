//! Anchors: names from the case itself, so that a link into a page still leads there when the case has grown.

use winset_brief::NumberPlace;
use winset_case::{ActorId, Case, Citation, LeverId, SourceId, TrackId};
use winset_settle::Deals;

/// A name as an anchor: letters, digits and `. _ - :` stay, everything else becomes its number between tildes.
pub(crate) fn anchor(name: &str) -> String {
    let mut anchor = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-' | ':') {
            anchor.push(letter);
        } else {
            anchor.push_str(&format!("~{:x}~", letter as u32));
        }
    }
    anchor
}

/// A number: its path.
pub(crate) fn number(case: &Case, place: NumberPlace) -> String {
    anchor(&place.path(case))
}

/// An actor, with everything it weighs.
pub(crate) fn actor(case: &Case, actor: ActorId) -> String {
    anchor(&format!("actor:{}", case.actors[actor.0].id))
}

/// A lever, in the lever sheet.
pub(crate) fn lever(case: &Case, lever: LeverId) -> String {
    anchor(&format!("lever:{}", case.levers[lever.0].id))
}

/// A claim.
pub(crate) fn claim(case: &Case, claim: usize) -> String {
    anchor(&format!("claim:{}", case.claims[claim].id))
}

/// What a table's answer rests on.
pub(crate) fn rests(case: &Case, track: TrackId, deals: Deals) -> String {
    let what = match deals {
        Deals::Mandate => "mandate",
        Deals::Concluding => "concluding",
    };
    anchor(&format!("rests:{}:{what}", case.tracks[track.0].id))
}

/// What assembly rests on: every table's answer.
pub(crate) const RESTS: &str = "rests";

/// A source.
pub(crate) fn source(case: &Case, source: SourceId) -> String {
    anchor(&format!("source:{}", case.sources[source.0].id))
}

/// A place in a source.
pub(crate) fn place(case: &Case, source: SourceId, place: &str) -> String {
    anchor(&format!("source:{}:{place}", case.sources[source.0].id))
}

/// The places a citation names: `P31 P32` are two, `article 4, second part` is one.
pub(crate) fn places(citation: &Citation) -> Vec<&str> {
    let is_paragraph = |word: &str| {
        word.strip_prefix('P').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let place = citation.place.trim();
    if place.is_empty() {
        Vec::new()
    } else if place.split_whitespace().all(is_paragraph) {
        place.split_whitespace().collect()
    } else {
        vec![place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_names_have_different_anchors() {
        let names = ["a b", "a~20~b", "a_b", "a-b", "a.b", "ab", "A b", "ä", "a"];
        let anchors: std::collections::BTreeSet<String> = names.iter().map(|name| anchor(name)).collect();
        assert_eq!(anchors.len(), names.len(), "{anchors:?}");
        assert_eq!(anchor("actor.x.values.price.60 percent"), "actor.x.values.price.60~20~percent");
    }

    #[test]
    fn paragraphs_are_told_apart() {
        let of = |place: &str| Citation { source: SourceId(0), place: place.to_owned() };
        assert_eq!(places(&of("P31 P32")), ["P31", "P32"]);
        assert_eq!(places(&of("article 4, P3")), ["article 4, P3"]);
        assert!(places(&of(" ")).is_empty());
    }
}
