//! What changes between two texts, line by line.

use std::fmt::Write;

/// How far apart two texts may drift before the same line is found in both again.
const REACH: usize = 400;

/// Changed lines that are shown.
const SHOWN: usize = 60;

/// The lines that go, with `-`, and the lines that come, with `+`, under where they stand.
///
/// Where much moves, more lines may be shown than a shortest list would need.
pub fn difference(name: &str, before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split('\n').collect(), after.split('\n').collect());
    let (mut at, mut to) = (0, 0);
    let mut text = String::new();
    let mut shown = 0;
    let mut left_out = 0;
    while at < old.len() || to < new.len() {
        if old.get(at) == new.get(to) {
            (at, to) = (at + 1, to + 1);
            continue;
        }
        let (gone, come) = meeting(&old[at..], &new[to..]);
        if shown < SHOWN {
            let lines = old[at..at + gone].iter().map(|line| ('-', line));
            let lines = lines.chain(new[to..to + come].iter().map(|line| ('+', line)));
            writeln!(text, "{name}:{}", at + 1).expect("writing to a string");
            for (sign, line) in lines {
                writeln!(text, "{sign} {}", line.trim_end_matches('\r')).expect("writing to a string");
            }
            shown += gone + come;
        } else {
            left_out += gone + come;
        }
        (at, to) = (at + gone, to + come);
    }
    if left_out > 0 {
        writeln!(text, "{name}: {left_out} more lines change").expect("writing to a string");
    }
    text
}

/// How many lines go and come before both texts go on with the same line.
fn meeting(old: &[&str], new: &[&str]) -> (usize, usize) {
    for distance in 1..=REACH.min(old.len() + new.len()) {
        for gone in 0..=distance.min(old.len()) {
            let come = distance - gone;
            let (Some(first), Some(second)) = (old.get(gone), new.get(come)) else { continue };
            // Blank lines are everywhere and meet nowhere.
            if first == second && (!first.trim().is_empty() || gone + 1 == old.len() && come + 1 == new.len()) {
                return (gone, come);
            }
        }
    }
    (old.len(), new.len())
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn only_what_changes_is_shown() {
        let text = difference("f", "a\nb  \nc\n\n\nd\n", "a\nb\nc\n\nd\n");
        assert_eq!(text, "f:2\n- b  \n+ b\nf:5\n- \n");
        assert_eq!(difference("f", "a\n", "a\n"), "");
        assert_eq!(difference("f", "a", "a\n"), "f:2\n+ \n");
        assert_eq!(difference("f", "", "a\n"), "f:1\n+ a\n");
    }
}
