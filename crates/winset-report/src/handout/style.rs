//! The look of the page and of its figures: one set of colours, safe for the colour-blind (Okabe & Ito 2008), in light and dark.

const PAGE: &str = include_str!("style.css");
const FIGURES: &str = include_str!("figures.css");

/// The style sheet of a page whose figures let one choose among so many things.
pub(crate) fn page(choices: usize) -> String {
    let mut sheet = format!("{PAGE}{FIGURES}");
    // Which of the two is shown along which side follows from what is chosen, without a script.
    for choice in 0..choices {
        for side in ["x", "y"] {
            let chosen = format!(".figure:has(.pick-{side} option:nth-child({}):checked)", choice + 1);
            sheet.push_str(&format!(
                "{chosen} .pt{{--{side}:var(--p{choice})}}{chosen} .l{side}{choice}{{display:inline}}\n"
            ));
        }
    }
    sheet
}

/// The style sheet of a figure that stands alone, with its colours written out; with `dark` also those for a dark screen.
pub(crate) fn figure(dark: bool) -> String {
    let light = resolved(&colours(PAGE.split("@media").next().unwrap_or("")));
    if !dark {
        return light;
    }
    let dark = PAGE.split("@media (prefers-color-scheme: dark)").nth(1).unwrap_or("");
    format!(
        "{light}@media (prefers-color-scheme: dark) {{\n{}}}\n",
        resolved(&colours(dark.split("\n}").next().unwrap_or("")))
    )
}

/// The colours a part of the style sheet names.
fn colours(sheet: &str) -> Vec<(&str, &str)> {
    let declared = sheet.split([';', '{', '}']).filter_map(|rule| rule.trim().strip_prefix("--")?.split_once(':'));
    declared.map(|(name, value)| (name.trim(), value.trim())).collect()
}

fn resolved(colours: &[(&str, &str)]) -> String {
    let mut sheet = FIGURES.to_owned();
    for (name, value) in colours {
        sheet = sheet.replace(&format!("var(--{name})"), value);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_alone_has_its_colours_written_out() {
        let sheet = figure(true);
        assert!(!sheet.contains("var("), "{sheet}");
        assert!(sheet.contains("#0072b2") && sheet.contains("#56b4e9") && sheet.contains("prefers-color-scheme"));
        assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
        assert!(!figure(false).contains("@media"));
    }

    #[test]
    fn every_choice_has_its_rules() {
        assert!(page(3).contains(".pick-y option:nth-child(3):checked"));
        assert!(!page(2).contains("option:nth-child(3)"));
    }
}
