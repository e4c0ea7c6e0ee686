//! Words in pictures: no font is known, so widths are estimated on the wide side and lines are broken by them.

use super::anchor::anchor;
use super::escape::escape;
use super::style;

/// The widths of the printable ASCII letters in hundredths of the font's size, in `DejaVu` Sans and its bold: among the widest fonts a page is shown in.
#[rustfmt::skip]
const PLAIN: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
    100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50,
    50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];
#[rustfmt::skip]
const BOLD: [u8; 95] = [
    35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84, 84, 84, 58,
    100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 37, 77, 64, 100, 84, 85, 73, 85, 77, 72, 68, 81, 77, 110, 77, 72, 73, 46, 37, 46, 84, 50,
    50, 67, 72, 59, 72, 68, 44, 72, 71, 34, 34, 67, 34, 104, 71, 69, 72, 72, 49, 60, 48, 71, 65, 92, 65, 65, 58, 71, 37, 71, 84,
];
/// The size of text that is set in bold.
const STRONG: f64 = 15.0;

/// How wide a text is at most, in units of a font of this size.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    let widths = if size >= STRONG { &BOLD } else { &PLAIN };
    let of = |letter: char| match (letter as usize).checked_sub(32).and_then(|place| widths.get(place)) {
        Some(width) => f64::from(*width) / 100.0,
        None if letter as u32 >= 0x1100 => 1.1,
        None => 0.9,
    };
    text.chars().map(of).sum::<f64>() * size
}

/// A text in lines no wider than `wide`; words that are wider are broken, with a hyphen between letters.
pub(crate) fn lines(text: &str, size: f64, wide: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        loop {
            let last = lines.last_mut().expect("there is always a line");
            let longer = if last.is_empty() { word.clone() } else { format!("{last} {word}") };
            if width(&longer, size) <= wide {
                *last = longer;
                break;
            }
            if last.is_empty() {
                let letters: Vec<char> = word.chars().collect();
                let first = |count: usize| {
                    let between = letters.get(count - 1..=count);
                    let breaks_letters = between
                        .is_some_and(|pair| pair.iter().all(|letter| letter.is_alphabetic() && *letter < '\u{1100}'));
                    letters[..count].iter().chain(breaks_letters.then_some(&'-')).collect::<String>()
                };
                let fits = (1..=letters.len()).take_while(|&count| width(&first(count), size) <= wide);
                let fits = fits.last().unwrap_or(1);
                *last = first(fits);
                word = letters[fits..].iter().collect();
                if word.is_empty() {
                    break;
                }
            }
            lines.push(String::new());
        }
    }
    lines
}

/// Lines of text below one another; the first one's base line is at `y`.
pub(crate) fn text(lines: &[String], class: &str, x: f64, y: f64, step: f64) -> String {
    let mut written = String::new();
    for (number, line) in lines.iter().enumerate() {
        let y = y + step * number as f64;
        written.push_str(&format!("<text class=\"{class}\" x=\"{x:.0}\" y=\"{y:.0}\">{}</text>\n", escape(line)));
    }
    written
}

/// A line of text. Where it is wider than there is room, its middle is left out: what tells names apart often stands last.
pub(crate) fn cut(text: &str, size: f64, wide: f64) -> String {
    if width(text, size) <= wide {
        return text.to_owned();
    }
    let last = text.split_whitespace().next_back().filter(|last| width(last, size) <= wide / 2.0 && *last != text);
    let end = last.map_or_else(|| "…".to_owned(), |last| format!("… {last}"));
    let first = lines(text, size, wide - width(&end, size)).into_iter().next().unwrap_or_default();
    format!("{first}{end}")
}

/// At most so many lines of text; the last is cut short where there would be more.
pub(crate) fn few_lines(text: &str, size: f64, wide: f64, most: usize) -> Vec<String> {
    let mut all = lines(text, size, wide);
    if all.len() > most {
        let rest = all.split_off(most - 1).join(" ");
        all.push(cut(&rest, size, wide));
    }
    all
}

/// What pops up over a part of a picture.
pub(crate) fn tip(text: &str, body: &str) -> String {
    format!("<g><title>{}</title>{body}</g>\n", escape(text))
}

/// A whole picture with its title and its description.
pub(crate) fn picture(name: &str, title: &str, describe: &str, (wide, high): (f64, f64), body: &str) -> String {
    let name = anchor(&format!("figure:{name}"));
    format!(
        "<svg viewBox=\"0 0 {wide:.0} {high:.0}\" role=\"img\" aria-labelledby=\"{name}:title {name}:desc\">\n<title id=\"{name}:title\">{}</title>\n\
         <desc id=\"{name}:desc\">{}</desc>\n{body}</svg>\n",
        escape(title),
        escape(describe)
    )
}

/// How wide a picture is, in its own units.
pub(crate) fn width_of(svg: &str) -> f64 {
    let size = svg.split('"').nth(1).unwrap_or("");
    size.split(' ').nth(2).and_then(|wide| wide.parse().ok()).unwrap_or(0.0)
}

/// A picture as a file of its own, with its look written into it; with `dark` also the look on a dark screen.
pub(crate) fn alone(svg: &str, dark: bool) -> String {
    let size = svg.split('"').nth(1).unwrap_or("");
    let mut sides = size.split(' ').skip(2);
    let (wide, high) = (sides.next().unwrap_or("720"), sides.next().unwrap_or("400"));
    let body = svg.split_once('>').map_or("", |(_, body)| body);
    let head = svg.split_once('>').map_or("", |(head, _)| head.trim_start_matches("<svg "));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" {head}>\n<style>\n{}</style>\n\
         <rect class=\"paper\" width=\"{wide}\" height=\"{high}\"/>{body}",
        style::figure(dark)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut() {
        assert_eq!(cut("short", 10.0, 60.0), "short");
        assert_eq!(cut("a few more words of text 12", 10.0, 70.0), "a few… 12");
        assert_eq!(cut("unbreakableunbreakable", 10.0, 60.0).chars().last(), Some('…'));
        let few = few_lines("one two three four five six", 10.0, 40.0, 2);
        assert!(few.len() == 2 && few[1].contains('…') && few.iter().all(|line| width(line, 10.0) <= 45.0), "{few:?}");
    }

    #[test]
    fn a_picture_alone_is_whole() {
        let svg = alone(&picture("p", "T", "D", (720.0, 100.0), "<path d=\"M0 0\"/>"), true);
        assert!(
            svg.starts_with(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"100\" viewBox=\"0 0 720 100\" role"
            ),
            "{svg}"
        );
        assert!(svg.contains("<style>") && svg.trim_end().ends_with("<path d=\"M0 0\"/></svg>"));
    }

    #[test]
    fn lines_are_broken_and_lose_nothing() {
        let broken = lines("a few words and averyveryverylongone", 10.0, 60.0);
        assert!(broken.len() > 3 && broken.iter().all(|line| width(line, 10.0) <= 60.0), "{broken:?}");
        assert_eq!(broken.concat().replace([' ', '-'], ""), "afewwordsandaveryveryverylongone");
        assert!(broken.iter().any(|line| line.ends_with('-')), "{broken:?}");
        assert_eq!(lines("2017-12-12T00:00:00Z", 10.0, 60.0).concat(), "2017-12-12T00:00:00Z");
        assert_eq!(lines("漢", 10.0, 5.0), ["漢"]);
        assert_eq!(lines("漢字漢字", 10.0, 25.0), ["漢字", "漢字"]);
    }
}
