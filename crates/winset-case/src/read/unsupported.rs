//! Constructs of the wider format that this version refuses by name, each with what to do instead.

/// What to do instead of a section this version does not support.
pub(super) fn unsupported_section(name: &str) -> Option<&'static str> {
    Some(match name {
        "game" => "write what actors can do as `[move.ID]`, and the rest of the game in `[stability]`",
        "sponsor" => SPONSORS,
        "dynamics" => "write how the process moves from round to round in `[simulation]`",
        "ranking" => "this version derives preferences from weights and values: give the actor those",
        "include" | "file" | "csv" => FILES,
        _ => return None,
    })
}

const SPONSORS: &str = "say who keeps a track alive in `[simulation.track.ID.sponsors.ACTOR]`";

const FILES: &str =
    "list further files in `files` of `[case]`, sheets in `[matrix]`, and a record of events in `[record]`";

/// What to do instead of a key this version does not support in this kind of table.
pub(super) fn unsupported_key(table: &str, key: &str) -> Option<&'static str> {
    Some(match (table, key) {
        ("issue", "positions") => "this version does not forecast: leave the positions out, options are enough",
        ("track", "cost" | "legitimacy") => {
            "no analysis of this version asks at which track to meet: leave it out, or say it in a `note`"
        }
        ("actor", "aspiration") => {
            "write what it hopes for as conditions in `aspirations`: `aspirations = { peace = \"ceasefire = national\" }`"
        }
        (_, "file" | "csv" | "include") => FILES,
        _ => return None,
    })
}

/// What to do instead of a kind of tie this version does not support.
pub(super) fn unsupported_tie(kind: &str) -> Option<&'static str> {
    (kind == "sponsor").then_some(SPONSORS)
}

/// What a check of a claim needs that this version does not have.
pub(super) fn missing_analysis(check: &str) -> Option<&'static str> {
    Some(match check {
        "prefers" => "an order of states in the strategic game",
        _ => return None,
    })
}
