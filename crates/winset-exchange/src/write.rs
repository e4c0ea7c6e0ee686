//! A scenario as the text of a case file.

use std::collections::BTreeSet;
use std::fmt::Write;

use winset_case::Decimal;

use crate::encode::Encoded;
use crate::scenario::{Domain, Issue, Profile, Rectangle};

/// Words that mean something else in a case file.
const RESERVED: [&str; 10] = ["not", "and", "or", "implies", "iff", "in", "true", "false", "with", "today"];

/// What the head of the case says.
pub(crate) struct Head<'a> {
    pub(crate) title: &'a str,
    pub(crate) as_of: Option<&'a str>,
    pub(crate) program: &'static str,
    /// Names of the files, the domain's first.
    pub(crate) files: Vec<&'a str>,
}

/// The id of the one source.
const SOURCE: &str = "imported";

/// The case. Issues with one option are no choice and left out; what they are worth is in the constants.
pub(crate) fn case(head: &Head<'_>, domain: &Domain, profiles: &[(&Profile, &Encoded, &str)]) -> String {
    let mut text = String::new();
    let mut taken = BTreeSet::new();
    let ids: Vec<String> = domain.issues.iter().map(|issue| id(&issue.name, "issue", &mut taken)).collect();
    let choices: Vec<usize> = (0..ids.len()).filter(|&issue| domain.issues[issue].options.len() > 1).collect();
    let mut taken = BTreeSet::new();
    let actors: Vec<String> = profiles.iter().map(|(profile, ..)| id(&profile.name, "party", &mut taken)).collect();

    let title = quoted(head.title);
    let _ = writeln!(text, "# Made by `winset import` from {} files.\n\n[case]\ntitle = {title}", head.program);
    match head.as_of {
        Some(day) => drop(writeln!(text, "as_of = {day}")),
        None => drop(writeln!(text, "as_of = 1970-01-01 # the files carry no date: write yours here")),
    }
    let _ = writeln!(text, "today = \"no-agreement\"\n\n[source.{SOURCE}]");
    let _ = writeln!(text, "title = {}", quoted(&format!("{} scenario {}", head.program, head.title)));
    let _ = writeln!(text, "note = {}", quoted(&format!("Files: {}.", head.files.join(", "))));

    for &issue in &choices {
        let Issue { name, options, .. } = &domain.issues[issue];
        let options: Vec<String> = options.iter().map(|option| quoted(option)).collect();
        let _ = writeln!(text, "\n[issue.{}]\nname = {}", key(&ids[issue]), quoted(name));
        let _ = writeln!(text, "options = [{}]\nsource = {}", options.join(", "), place(head.files[0]));
    }

    for ((profile, encoded, file), actor) in profiles.iter().zip(&actors) {
        let actor = &key(actor);
        let _ = writeln!(text, "\n[actor.{actor}]\nname = {}", quoted(&profile.name));
        let _ = writeln!(text, "source = {}\nbasis = \"data\"\nfallback = {}", place(file), encoded.fallback);
        if let Some(points) = encoded.out_of {
            let _ = writeln!(text, "out_of = {points}");
        }
        let weighted: Vec<usize> = choices
            .iter()
            .copied()
            .filter(|&issue| encoded.weights[issue] > Decimal::ZERO || profile.rectangles.is_empty())
            .collect();
        if !weighted.is_empty() {
            let weights: Vec<String> =
                weighted.iter().map(|&issue| format!("{} = {}", key(&ids[issue]), encoded.weights[issue])).collect();
            let _ = writeln!(text, "weights = {{ {} }}\n\n[actor.{actor}.values]", weights.join(", "));
            for &issue in &weighted {
                let values = domain.issues[issue].options.iter().zip(&encoded.values[issue]);
                let values: Vec<String> = values.map(|(option, value)| format!("{} = {value}", key(option))).collect();
                let _ = writeln!(text, "{} = {{ {} }}", key(&ids[issue]), values.join(", "));
            }
        }
        if encoded.constant != Decimal::ZERO {
            linkage(&mut text, actor, "constant", "true", encoded.constant);
        }
        for (number, (rectangle, bonus)) in profile.rectangles.iter().zip(&encoded.bonuses).enumerate() {
            let when = condition(rectangle, domain, &ids);
            linkage(&mut text, actor, &format!("part-{}", number + 1), &when, *bonus);
        }
    }

    let agenda: Vec<String> = choices.iter().map(|&issue| quoted(&ids[issue])).collect();
    let seats: Vec<String> = actors.iter().map(|actor| format!("{} = \"party\"", key(actor))).collect();
    let _ = writeln!(text, "\n[track.negotiation]\nname = \"Negotiation\"\nagenda = [{}]", agenda.join(", "));
    let _ = writeln!(text, "seats = {{ {} }}", seats.join(", "));
    text
}

fn linkage(text: &mut String, actor: &str, id: &str, when: &str, bonus: Decimal) {
    let _ = writeln!(text, "\n[[actor.{actor}.linkage]]\nid = \"{id}\"\nwhen = {}\nbonus = {bonus}", quoted(when));
}

/// INCLUDES as a conjunction of `issue in {…}`, EXCLUDES as its negation.
fn condition(rectangle: &Rectangle, domain: &Domain, ids: &[String]) -> String {
    let bound = |(issue, options): &(usize, Vec<usize>)| {
        let words: Vec<String> = options.iter().map(|&option| word(&domain.issues[*issue].options[option])).collect();
        match words.as_slice() {
            [only] => format!("{} = {only}", ids[*issue]),
            _ => format!("{} in {{{}}}", ids[*issue], words.join(", ")),
        }
    };
    let all = rectangle.bounds.iter().map(bound).collect::<Vec<_>>().join(" and ");
    if rectangle.outside { format!("not ({all})") } else { all }
}

/// An option in a condition: bare where it is a plain word. No option holds both kinds of quotes.
fn word(option: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || character == '_';
    if !option.is_empty() && option.chars().all(plain) && !RESERVED.contains(&option) {
        option.to_owned()
    } else if option.contains('\'') {
        format!("\"{option}\"")
    } else {
        format!("'{option}'")
    }
}

/// Takes one kind of quotes out of a text that has both: no condition could name it.
pub(crate) fn without_both_quotes(option: &str) -> String {
    if option.contains('\'') && option.contains('"') { option.replace('"', "”") } else { option.to_owned() }
}

/// An id made of a name: letters and digits in lower case, `-` between them, and unlike every other.
fn id(name: &str, kind: &str, taken: &mut BTreeSet<String>) -> String {
    let mut slug = String::new();
    for character in name.chars() {
        if character.is_alphanumeric() {
            slug.extend(character.to_lowercase().filter(|lower| lower.is_alphanumeric()));
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let mut slug: String = slug.trim_end_matches('-').chars().take(60).collect();
    if slug.is_empty() || RESERVED.contains(&slug.as_str()) {
        slug = if slug.is_empty() { kind.to_owned() } else { format!("{kind}-{slug}") };
    }
    let mut unique = slug.clone();
    for number in 2..=taken.len() + 1 {
        if !taken.contains(&unique) {
            break;
        }
        unique = format!("{slug}-{number}");
    }
    taken.insert(unique.clone());
    unique
}

/// The place in the source a number rests on.
fn place(file: &str) -> String {
    quoted(&format!("{SOURCE} {file}"))
}

/// A key of a table: bare where it may be.
fn key(name: &str) -> String {
    let bare = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

/// A text in quotes, with what has to be escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => drop(write!(quoted, "\\u{:04X}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_and_unlike() {
        let mut taken = BTreeSet::new();
        let ids: Vec<String> =
            ["60 Gb", "60-gb!", "", "in", "Größe", "..."].iter().map(|name| id(name, "issue", &mut taken)).collect();
        assert_eq!(ids, ["60-gb", "60-gb-2", "issue", "issue-in", "größe", "issue-2"]);
    }

    #[test]
    fn words_are_quoted_where_they_must_be() {
        assert_eq!(word("high"), "high");
        assert_eq!(word("19'' LCD"), "\"19'' LCD\"");
        assert_eq!(word("-5"), "'-5'");
        assert_eq!(word("in"), "'in'");
        assert_eq!(quoted("a\"b\\c\u{1}"), "\"a\\\"b\\\\c\\u0001\"");
    }
}
