//! What is different between two versions of a case, for the terminal.

use winset_brief::{Agreement, Changed, Difference, FactKind, Metric, Thing, words};

use crate::layout::Page;

/// Longer texts are cut in a cell; the JSON document has them whole.
const LONGEST: usize = 90;

/// What changed, what it changed in the answers, and how far the two agree. `names` are what the two are called, such as their paths.
pub fn versions(difference: &Difference, names: [&str; 2], width: usize) -> String {
    let mut page = Page::new(width);
    let [first, second] = names;
    page.heading("WHAT IS DIFFERENT");
    page.paragraph(2, &summary(difference, names));
    things(&mut page, &format!("ONLY IN {second}"), &difference.added);
    things(&mut page, &format!("ONLY IN {first}"), &difference.removed);
    changes(&mut page, "SAID OTHERWISE", "Where", &difference.changed, names);
    if difference.is_empty() {
        return page.finish();
    }
    changes(&mut page, "ANSWERS THAT COME OUT OTHERWISE", "Answer", &difference.answers, names);
    if difference.answers.is_empty() {
        page.heading("ANSWERS THAT COME OUT OTHERWISE");
        page.paragraph(2, "None.");
    }
    page.heading("AGREEMENT ON WHAT THE CASES SAY");
    agreement(&mut page, &difference.agreement);
    page.heading("AGREEMENT ON WHAT THEY COME TO");
    agreement(&mut page, &difference.verdicts);
    page.note(
        2,
        "Equal: the share of facts on which the two say the same, of things both have; said by one: those about which only one says anything. Difference: the mean size of the difference between numbers (weights as \
         shares of an actor's weights). Alpha: Krippendorff's (2004), which is 1 where they agree in everything and 0 where chance would do as well; a dash where all say the same thing or chance has no part in it.",
    );
    page.finish()
}

fn summary(difference: &Difference, [first, second]: [&str; 2]) -> String {
    if difference.is_empty() {
        return format!("Nothing: {first} and {second} say the same, whatever they are written like.");
    }
    let count = |count: usize, noun: &str| words::counted(count as u64, noun);
    let answers = match difference.answers.len() {
        0 => "No answer comes out otherwise".to_owned(),
        1 => "1 answer comes out otherwise".to_owned(),
        answers => format!("{answers} answers come out otherwise"),
    };
    format!(
        "{second} has {} that {first} does not have, lacks {} that it has, and says {} otherwise. {answers}.",
        count(difference.added.len(), "thing"),
        words::number(difference.removed.len() as u64),
        count(difference.changed.len(), "fact"),
    )
}

fn things(page: &mut Page, heading: &str, things: &[Thing]) {
    if things.is_empty() {
        return;
    }
    page.heading(heading);
    for thing in things {
        let name = if thing.path.ends_with(&thing.name) { String::new() } else { format!("  {}", thing.name) };
        page.item("  ", &format!("{}{name}", thing.path));
    }
}

fn changes(page: &mut Page, heading: &str, what: &str, changed: &[Changed], [first, second]: [&str; 2]) {
    if changed.is_empty() {
        return;
    }
    page.heading(heading);
    let rows = changed.iter().map(|change| {
        let cell = |text: &Option<String>| match text {
            None => "\u{2013}".to_owned(),
            Some(text) => shortened(text),
        };
        vec![change.path.clone(), cell(&change.before), cell(&change.after)]
    });
    page.figures(&[what, first, second], rows.collect());
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST - 1).collect();
    format!("{}\u{2026}", start.trim_end())
}

fn agreement(page: &mut Page, agreement: &[Agreement]) {
    let rows = agreement.iter().map(|entry| {
        let share = 100.0 * entry.equal as f64 / entry.compared as f64;
        let figures = |number: Option<f64>| number.map_or("\u{2013}".to_owned(), |number| format!("{number:.3}"));
        let metric = entry.kind.metric().filter(|_| entry.alpha.is_some());
        let metric = metric.map_or_else(String::new, |metric: Metric| format!(" ({})", metric.word()));
        vec![
            words::capital(entry.kind.word()),
            entry.compared.to_string(),
            format!("{share:.0}%"),
            if entry.one_sided == 0 { String::new() } else { entry.one_sided.to_string() },
            if is_number(entry.kind) { figures(entry.mean_difference) } else { String::new() },
            format!("{}{metric}", figures(entry.alpha)),
        ]
    });
    page.figures(&["On", "Compared", "Equal", "Said by one", "Difference", "Alpha"], rows.collect());
}

fn is_number(kind: FactKind) -> bool {
    kind.metric() == Some(Metric::Interval)
}
