//! The actor map: who sits at which track, as what, who blocks where, and the ties between actors.

use winset_brief::{Brief, called, words};
use winset_case::{ActorId, Case, Role, TieKind, TrackId};

use super::escape::escape;
use super::part::{Figure, RichTable, Row};
use super::svg;

const ARCS: f64 = 84.0;
const NAMES: f64 = 232.0;
const HEAD: f64 = 168.0;

/// Actors below one another with their ties beside them, tracks across.
pub(crate) fn actor_map(brief: &Brief<'_>) -> Figure {
    let case = brief.case;
    let actors: Vec<usize> = (0..case.actors.len()).filter(|actor| takes_part(case, ActorId(*actor))).collect();
    let place = |actor: ActorId| actors.iter().position(|other| *other == actor.0);
    let column = (390.0 / case.tracks.len().max(1) as f64).clamp(24.0, 44.0);
    let cells = ARCS + NAMES + 8.0;
    let wide = (cells + column * case.tracks.len() as f64 + 4.0).max(720.0);
    // Closer together where there are many, so that a print on one sheet can still be read.
    let step = (900.0 / actors.len().max(1) as f64).clamp(15.5, 22.0);
    let high = HEAD + step * actors.len() as f64 + 10.0;
    let middle = |place: usize| HEAD + step * (place as f64 + 0.5) + 4.0;

    let mut body = String::new();
    for (row, &actor) in actors.iter().enumerate() {
        let y = middle(row);
        body.push_str(&format!("<path class=\"rule\" d=\"M{:.0} {y:.0}H{:.0}\"/>\n", cells - 4.0, wide - 4.0));
        let name = svg::cut(&case.actors[actor].name, 13.0, NAMES);
        let text =
            format!("<text class=\"small end\" x=\"{:.0}\" y=\"{:.0}\">{}</text>", cells - 8.0, y + 4.0, escape(&name));
        body.push_str(&svg::tip(&case.actors[actor].name, &text));
    }
    for (index, track) in case.tracks.iter().enumerate() {
        let x = cells + column * (index as f64 + 0.5);
        let most = if column >= 30.0 { 2 } else { 1 };
        let lines = svg::few_lines(&track.name, 13.0, HEAD - 12.0, most);
        for (number, line) in lines.iter().enumerate() {
            let x = x + 4.0 + 14.0 * (number as f64 - (lines.len() - 1) as f64 / 2.0);
            body.push_str(&format!(
                "<text class=\"small\" transform=\"translate({x:.1} {:.0}) rotate(-90)\">{}</text>\n",
                HEAD - 4.0,
                escape(line)
            ));
        }
        body.push_str(&format!("<path class=\"rule\" d=\"M{x:.1} {HEAD:.0}V{:.0}\"/>\n", high - 6.0));
        let blocking = blockers(brief, TrackId(index));
        for seat in &track.seats {
            let Some(row) = place(seat.actor) else { continue };
            let mark = seat_mark(x, middle(row), seat.roles.contains(&Role::Guarantor), track.needs(seat));
            let frame = if blocking.contains(&seat.actor) {
                format!(
                    "<rect class=\"blocks\" x=\"{:.1}\" y=\"{:.0}\" width=\"16\" height=\"16\"/>",
                    x - 8.0,
                    middle(row) - 8.0
                )
            } else {
                String::new()
            };
            let says = format!("{} at {}: {}", case.actors[seat.actor.0].name, track.name, roles(seat));
            body.push_str(&svg::tip(&says, &format!("{frame}{mark}")));
        }
    }
    body.push_str(&arcs(case, &place, &middle, actors.len()));
    let title = "Who sits where, and who stands behind whom".to_owned();
    let describe = "A full mark is a seat whose consent the rule asks (round: party; square: guarantor); an empty one sits there without being asked. A frame around a mark: it \
                    stands in the way of a deal there. Lines on the left: a solid arrow leads from a patron to whom it can press, a dashed line joins those of whom one will not sit \
                    with the other, a dotted one leads to those an actor speaks for or must carry along."
        .to_owned();
    Figure {
        name: "actors".to_owned(),
        svg: svg::picture("actors", &title, &describe, (wide, high), &body),
        title,
        describe,
        table: table(brief, &actors),
        choices: Vec::new(),
    }
}

fn takes_part(case: &Case, actor: ActorId) -> bool {
    let sits = case.tracks.iter().any(|track| track.seats.iter().any(|seat| seat.actor == actor));
    let tied = case.ties.iter().any(|tie| tie.on && (tie.from == actor || tie.to == actor));
    let speaks = case.actors[actor.0].principal.is_some();
    let spoken_for = case.actors.iter().any(|other| other.principal == Some(actor));
    sits || tied || speaks || spoken_for
}

/// The seats of a track whose demands stand in some blocking set, their own or those of whom they speak for.
fn blockers(brief: &Brief<'_>, track: TrackId) -> Vec<ActorId> {
    let case = brief.case;
    let Some(entry) = brief.tracks.iter().find(|entry| entry.track == track) else { return Vec::new() };
    let demanding: Vec<ActorId> =
        entry.tables().filter_map(|(_, table)| table.blocked()).flat_map(words::blockers).collect();
    let speaks_for = |seat: ActorId| std::iter::successors(Some(seat), |actor| case.actors[actor.0].principal).take(9);
    let seats = case.tracks[track.0].seats.iter().map(|seat| seat.actor);
    seats.filter(|seat| speaks_for(*seat).any(|actor| demanding.contains(&actor))).collect()
}

fn seat_mark(x: f64, y: f64, guarantor: bool, asked: bool) -> String {
    let class = if asked { "seat" } else { "seat by" };
    if guarantor {
        format!("<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.0}\" width=\"10\" height=\"10\"/>", x - 5.0, y - 5.0)
    } else {
        format!("<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.0}\" r=\"5\"/>")
    }
}

fn arcs(case: &Case, place: &dyn Fn(ActorId) -> Option<usize>, middle: &dyn Fn(usize) -> f64, rows: usize) -> String {
    let mut drawn = String::new();
    let mut arc = |from: ActorId, to: ActorId, class: &str, pointed: bool, says: &str| {
        let (Some(one), Some(other)) = (place(from), place(to)) else { return };
        let (begin, end) = (middle(one), middle(other));
        // Farther out the farther apart they are, within the room there is.
        let far = one.abs_diff(other) as f64 / rows.max(2) as f64;
        let out = ARCS - 12.0 - (12.0 + 84.0 * far.sqrt()).min(ARCS - 12.0);
        let x = ARCS - 4.0;
        let head = if pointed {
            format!("<path class=\"patron-head\" d=\"M{x:.0} {end:.0}l-8 -4v8z\"/>")
        } else {
            String::new()
        };
        let path = format!(
            "<path class=\"{class}\" d=\"M{x:.0} {begin:.0}C{out:.0} {begin:.0} {out:.0} {end:.0} {:.0} {end:.0}\"/>{head}",
            x - 4.0
        );
        drawn.push_str(&svg::tip(says, &path));
    };
    let name = |actor: ActorId| called::actor(case, actor);
    for (index, actor) in case.actors.iter().enumerate() {
        if let Some(principal) = actor.principal {
            arc(
                ActorId(index),
                principal,
                "behind",
                false,
                &words::capital(&format!("{} speaks for {}", actor.in_sentence, name(principal))),
            );
        }
    }
    for tie in case.ties.iter().filter(|tie| tie.on) {
        let (from, to) = (words::capital(name(tie.from)), name(tie.to));
        match tie.kind {
            TieKind::Patron(_) => arc(tie.from, tie.to, "patron", true, &format!("{from} can press {to}")),
            TieKind::NonRecognition => {
                arc(tie.from, tie.to, "refuses", false, &format!("{from} will not sit with {to}"));
            }
            TieKind::Constituency(_) => {
                arc(tie.from, tie.to, "behind", false, &format!("{from} must carry {to} along"));
            }
        }
    }
    drawn
}

fn roles(seat: &winset_case::Seat) -> String {
    seat.roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(", ")
}

fn table(brief: &Brief<'_>, actors: &[usize]) -> RichTable {
    let case = brief.case;
    let rows = actors.iter().map(|&actor| {
        let id = ActorId(actor);
        let seats = case.tracks.iter().enumerate().filter_map(|(index, track)| {
            let seat = track.seats.iter().find(|seat| seat.actor == id)?;
            let asked = if track.needs(seat) { ", must be asked" } else { "" };
            let blocks = if blockers(brief, TrackId(index)).contains(&id) { ", stands in the way" } else { "" };
            Some(format!("{} ({}{asked}{blocks})", track.name, roles(seat)))
        });
        let name = |actor: ActorId| called::actor(case, actor);
        let ties = case.ties.iter().filter(|tie| tie.on && tie.from == id).map(|tie| match tie.kind {
            TieKind::Patron(_) => format!("can press {}", name(tie.to)),
            TieKind::NonRecognition => format!("will not sit with {}", name(tie.to)),
            TieKind::Constituency(_) => format!("must carry {} along", name(tie.to)),
        });
        let speaks = case.actors[actor].principal.map(|principal| format!("speaks for {}", name(principal)));
        let ties: Vec<String> = speaks.into_iter().chain(ties).collect();
        Row::plain([case.actors[actor].name.clone(), seats.collect::<Vec<_>>().join("; "), ties.join("; ")])
    });
    RichTable { header: ["Actor", "Seats", "Ties"].map(str::to_owned).to_vec(), rows: rows.collect(), legend: None }
}
