//! Words in pictures: no font is known, so widths are estimated on the wide side and lines are broken by them.

use super::escape::escape;

/// How wide a text is at most, in units of a font of this size.
fn width(text: &str, size: f64) -> f64 {
    let of = |letter: char| match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | ' ' | '.' | ',' | '(' | ')' | '\'' | '-' => 0.4,
        'm' | 'w' | 'M' | 'W' => 0.95,
        letter if letter.is_uppercase() => 0.82,
        letter if letter as u32 >= 0x1100 => 1.1,
        _ => 0.66,
    };
    text.chars().map(of).sum::<f64>() * size
}

/// A text in lines no wider than `wide`; words that are wider are broken.
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
                let fits = (1..=word.chars().count())
                    .take_while(|&count| width(&word.chars().take(count).collect::<String>(), size) <= wide);
                let fits = fits.last().unwrap_or(1);
                *last = word.chars().take(fits).collect();
                word = word.chars().skip(fits).collect();
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

/// A whole picture with its title and its description.
pub(crate) fn picture(name: &str, title: &str, describe: &str, (wide, high): (f64, f64), body: &str) -> String {
    format!(
        "<svg viewBox=\"0 0 {wide:.0} {high:.0}\" role=\"img\" aria-labelledby=\"{name}-title {name}-desc\">\n<title id=\"{name}-title\">{}</title>\n\
         <desc id=\"{name}-desc\">{}</desc>\n{body}</svg>\n",
        escape(title),
        escape(describe)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_and_lose_nothing() {
        let broken = lines("a few words and averyveryverylongone", 10.0, 60.0);
        assert!(broken.len() > 3 && broken.iter().all(|line| width(line, 10.0) <= 60.0), "{broken:?}");
        assert_eq!(broken.concat().replace(' ', ""), "afewwordsandaveryveryverylongone");
        assert_eq!(lines("漢", 10.0, 5.0), ["漢"]);
    }
}
