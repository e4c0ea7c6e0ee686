//! Constructs of the wider format that this version refuses by name, each with what to do instead.

/// What to do instead of a section this version does not support.
pub(super) fn unsupported_section(name: &str) -> Option<&'static str> {
    Some(match name {
        "move" | "game" => "this version has no strategic game: write what an actor can do as `[lever.ID]`",
        "option" => "write the edits of an option as a lever, `[lever.ID]`",
        "sponsor" => "this version does not simulate who keeps a track alive: say it in a `note` of the track",
        "dynamics" => "this version does not simulate: leave the section out",
        "ranking" => "this version derives preferences from weights and values: give the actor those",
        "include" | "file" | "csv" => FILES,
        _ => return None,
    })
}

const FILES: &str =
    "list further files in `files` of `[case]`, sheets in `[matrix]`, and a record of events in `[record]`";

/// What to do instead of a key this version does not support in this kind of table.
pub(super) fn unsupported_key(table: &str, key: &str) -> Option<&'static str> {
    Some(match (table, key) {
        ("issue", "positions") => "this version does not forecast: leave the positions out, options are enough",
        ("track", "cost" | "legitimacy") => {
            "this version does not simulate the choice of track: leave it out, or say it in a `note`"
        }
        ("actor", "aspiration") => "this version judges by the fallback alone: leave it out, or say it in a `note`",
        ("actor" | "tie", "constituency") => {
            "this version does not compute durability: leave it out, or show the tie with `part_of`"
        }
        (_, "file" | "csv" | "include") => FILES,
        _ => return None,
    })
}

/// What to do instead of a kind of tie this version does not support.
pub(super) fn unsupported_tie(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "constituency" => "this version does not compute durability: show the tie with `part_of`",
        "non-recognition" => "write whom an actor will not sit with as a red line, such as `seated(OTHER)`",
        "sponsor" => "this version does not simulate who keeps a track alive: leave the tie out",
        _ => return None,
    })
}

/// What to do instead of a decision rule this version does not support.
pub(super) fn unsupported_rule(rule: &str) -> Option<&'static str> {
    ["quota", "qualified-majority", "sufficient-consensus", "council"]
        .contains(&rule)
        .then_some("this version has `consensus` and `parties-only`: use the one that comes closest")
}

/// What a check of a claim needs that this version does not have.
pub(super) fn missing_analysis(check: &str) -> Option<&'static str> {
    Some(match check {
        "reachable" => "an analysis of which packages can be reached over several deals",
        "delivers" => "an analysis of what each track can deliver after the others",
        "distance" => "a measure of how far a package is from what an actor hopes for",
        "stable" => "an analysis of which states stay put",
        "prefers" => "an order of states in the strategic game",
        "share" => "a simulation of many runs",
        _ => return None,
    })
}
