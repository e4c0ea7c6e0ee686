//! How a process may unfold, as one HTML file: no script, nothing from elsewhere, every text of the case escaped.

use winset_brief::unfold::{Unfolding, headline, outcome_words, rests};
use winset_brief::words::{counted, number};

use super::endings::endings;
use super::escape::escape;
use super::part::Figure;
use super::style;
use super::survival::survival;

/// The whole file.
pub fn unfold_html(unfolding: &Unfolding<'_>) -> String {
    let case = unfolding.case();
    let title = escape(&case.title);
    let paragraphs = |sentences: &[String], class: &str| -> String {
        sentences.iter().map(|sentence| format!("<p{class}>{}</p>\n", escape(sentence))).collect::<Vec<_>>().concat()
    };
    let stops: Vec<String> = unfolding
        .stops()
        .iter()
        .take(10)
        .map(|stop| {
            let share = stop.share.share().unwrap_or(0.0) * 100.0;
            format!("<tr><td>{share:.1}%</td><td>{}</td></tr>\n", escape(&outcome_words(case, &stop.state)))
        })
        .collect();
    let worths: Vec<String> = unfolding
        .worths()
        .iter()
        .map(|row| {
            let today = row.today.map_or_else(|| "—".to_owned(), |today| format!("{today:.2}"));
            let name = escape(&row.name);
            format!(
                "<tr><td>{name}</td><td>{today}</td><td>{:.2}</td><td>{:.2} to {:.2}</td></tr>\n",
                row.mean, row.low, row.high
            )
        })
        .collect();
    let horizon = counted(u64::from(unfolding.process.horizon()), unfolding.round_word());
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n\
         <h1>{title}: how it may unfold</h1>\n<p class=\"note\">From {}. {} runs of {horizon} at most, seed {}.</p>\n{}\
         <h2>How the runs end</h2>\n{}<h2>When the parts are filled</h2>\n{}\
         <h2>Where it stops most often</h2>\n<table>\n<tr><th>Share of runs</th><th>Where</th></tr>\n{}</table>\n\
         <h2>What it comes to for whom</h2>\n<table>\n<tr><th>Actor</th><th>Today</th><th>Where it stops</th><th>In eight runs of ten</th></tr>\n{}</table>\n\
         <p class=\"note\">Worth on each actor's own scale; scales of two actors are not comparable.</p>\n<h2>What this rests on</h2>\n{}</body>\n</html>\n",
        style::page(0),
        escape(&case.as_of),
        number(unfolding.tally.runs),
        unfolding.seed,
        paragraphs(&headline(unfolding), ""),
        figure(&endings(unfolding)),
        survival(unfolding).as_ref().map_or_else(String::new, figure),
        stops.concat(),
        worths.concat(),
        paragraphs(&rests(unfolding), " class=\"note\""),
    )
}

fn figure(figure: &Figure) -> String {
    format!(
        "<figure class=\"figure\">\n<div class=\"wide\">\n{}</div>\n<figcaption>{}</figcaption>\n</figure>\n",
        figure.svg,
        escape(&figure.describe)
    )
}
