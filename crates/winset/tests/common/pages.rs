//! Cases for pages: a small one, one with sixty actors, and one whose every text attacks the page.

use std::fmt::Write;

/// A case with so many actors at sixteen tracks or fewer, with ties, frameworks, levers, claims, a rival reading, a record and a strategic game. Names are long.
pub(crate) fn crowd(actors: usize) -> String {
    const ISSUES: usize = 5;
    let tracks = actors.clamp(2, 16);
    let mut case = String::from(
        "[case]\ntitle = \"A crowded process\"\nas_of = 2024-05-01\nsummary = \"Made for looking at: everybody at many tables, with long names.\"\n\n\
         [source.survey]\ntitle = \"A survey\"\nreliability = \"C\"\n\n",
    );
    let mut line = |text: String| writeln!(case, "{text}").expect("writing to a string");
    for issue in 0..ISSUES {
        line(format!(
            "[issue.issue-{issue}]\nname = \"Question number {issue} of the whole settlement\"\noptions = [\"as today\", \"in part\", \"in full\"]\n"
        ));
    }
    for actor in 0..actors {
        // Tastes that differ and are the same each time.
        let taste = |step: usize| (actor * 7 + step * 5) % 11;
        line(format!(
            "[actor.actor-{actor}]\nname = \"Federation of the valley communities {actor}\"\nsource = \"survey P{}\"\nbasis = \"assumption\"",
            actor % 9 + 1
        ));
        line(format!(
            "fallback = {{ cost_of_going_on = {{ low = 0.0{0}, mode = 0.1{0}, high = 0.3{0} }} }}",
            taste(1) % 10
        ));
        let weights: Vec<String> = (0..ISSUES).map(|issue| format!("issue-{issue} = {}", taste(issue) + 1)).collect();
        line(format!("weights = {{ {} }}", weights.join(", ")));
        for issue in 0..ISSUES {
            let (part, full) = if taste(issue).is_multiple_of(2) { ("0.6", "1.0") } else { ("0.5", "0.1") };
            line(format!(
                "values.issue-{issue} = {{ \"as today\" = 0.4, \"in part\" = {part}, \"in full\" = {full} }}"
            ));
        }
        if actor % 5 == 0 {
            line(format!(
                "[[actor.actor-{actor}.red_line]]\nid = \"no-{actor}\"\nwhen = \"issue-{} = 'in full' and at(track-{})\"\nprice = {{ low = 0.1, mode = 0.3, high = 0.5 }}",
                actor % ISSUES,
                actor % tracks
            ));
        }
        line(String::new());
    }
    for actor in (0..actors.saturating_sub(1)).step_by(3) {
        let (from, to) = (actor + 1, (actor + actors / 2 + 2) % actors);
        if from == to {
            continue;
        }
        if from > to {
            line(format!(
                "[tie.press-{actor}]\nkind = \"patron\"\nfrom = \"actor-{from}\"\nto = \"actor-{to}\"\nleverage = {{ low = 0.0, mode = 0.1, high = 0.2 }}\n"
            ));
        } else {
            line(format!(
                "[tie.shun-{actor}]\nkind = \"non-recognition\"\nfrom = \"actor-{from}\"\nto = \"actor-{to}\"\n"
            ));
        }
    }
    line("[framework.peace]\nname = \"The comprehensive peace agreement\"\n[framework.peace.benchmarks]".to_owned());
    for issue in 0..3 {
        line(format!("benchmark-{issue} = \"changed(issue-{issue})\""));
    }
    for track in 0..tracks {
        line(format!("\n[track.track-{track}]\nname = \"Working table on question {track} and what follows\""));
        line(format!("agenda = [\"issue-{}\", \"issue-{}\"]", track % ISSUES, (track + 1) % ISSUES));
        line(if track == 0 {
            "concludes = \"peace\"".to_owned()
        } else {
            format!("feeds = [\"track-{}\"]", track / 3)
        });
        line(format!("[track.track-{track}.seats]"));
        let seats = (0..actors)
            .filter(|actor| track == 0 || (actor + track) % (actors / 3 + 1) == 0 || *actor == track % actors);
        for (place, actor) in seats.enumerate() {
            let role = match (track, place) {
                (0, 3..) => "observer",
                (_, 0 | 1) => "party",
                (_, 2) => "guarantor",
                _ => "convener",
            };
            line(format!("actor-{actor} = \"{role}\""));
        }
    }
    for lever in 0..actors.min(8) {
        line(format!(
            "\n[lever.lever-{lever}]\nname = \"A promise of long-term support number {lever}\"\nowner = \"actor-{lever}\"\ncost = 1\nintensity = {{ low = 0, mode = 1, high = 2 }}\nedits = [\"actor.actor-{}.cost_of_going_on += 0.1\"]",
            actors - 1 - lever
        ));
    }
    line(
        "\n[reading.hopeful]\nname = \"The hopeful\"\n[reading.hopeful.actor.actor-0.fallback]\ncost_of_going_on = 0.5"
            .to_owned(),
    );
    for claim in 0..6 {
        line(format!(
            "\n[[claim]]\nid = \"claim-{claim}\"\nsays = \"Table {claim} has nothing to agree on.\"\ncheck = \"empty(track-{})\"\ncontrol = [\"actor.actor-0.cost_of_going_on += 0.9\"]",
            claim % tracks
        ));
    }
    for round in 0..24 {
        line(format!(
            "\n[[event]]\ndate = 2023-{:02}-{:02}\ntrack = \"track-{}\"\nkind = \"round\"\ntext = \"Round {round}\"",
            round / 2 + 1,
            3 + round % 5,
            round % 3
        ));
    }
    for actor in 0..3.min(actors) {
        line(format!("\n[move.move-{actor}]\nname = \"Hold back {actor}\"\nactor = \"actor-{actor}\""));
    }
    for actor in 0..3.min(actors) {
        line(format!(
            "\n[stability.preference.actor-{actor}]\nstatements = [\"move(move-{})\", \"not move(move-{actor})\"]",
            (actor + 1) % 3.min(actors)
        ));
    }
    case
}

/// A case whose every text attacks the page it is shown on.
pub(crate) const HOSTILE: &str = r#"
[case]
title = "<script>alert(1)</script> \" onload='x' & \u202Ereversed"
as_of = 2024-05-01
summary = "</style><img src=x onerror=alert(1)> [a](https://example.org) `<b>`"

[source.s]
title = "</title><script>"
url = "javascript:alert(1)"
author = "\"><svg onload=alert(1)>"

[issue.fence]
name = "</td></table>"
options = ["broken", "mended"]

[actor.north]
name = "\"><script>north</script>"
fallback = { cost_of_going_on = { low = 0.1, mode = 0.2, high = 0.3 }, source = "s <P1>" }
weights = { fence = 1 }
values.fence = { broken = 0.3, mended = 1.0 }

[actor.south]
name = "South\u202E\u2066 | a * _ #"
fallback = { cost_of_going_on = 0.1 }
weights = { fence = 1 }
values.fence = { broken = 0.9, mended = 0.1 }

[track.talks]
name = "</svg></text><script>talks</script>"
agenda = ["fence"]
seats = { north = "party", south = "party" }
concludes = "f"

[framework.f]
name = "<!-- "
[framework.f.benchmarks]
mended = "fence = mended"

[[event]]
date = 2024-01-02
track = "talks"
kind = "round"
text = "</title><script>round</script>"

[[claim]]
id = "c"
says = "<a href=https://example.org onclick=x>"
check = "empty(talks)"
"#;
