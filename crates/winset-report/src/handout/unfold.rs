//! How a process may unfold, as one HTML file: no script, nothing from elsewhere, every text of the case escaped.

use winset_brief::unfold::{Unfolding, headline, outcome_words, rests};
use winset_brief::words::{counted, number};

use super::endings::endings;
use super::escape::escape;
use super::survival::survival;

const STYLE: &str = "body{font:16px/1.5 Georgia,serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}svg{width:100%;height:auto;font-family:Helvetica,Arial,sans-serif;font-size:12px}table{border-collapse:collapse;width:100%;font:14px/1.4 Helvetica,Arial,sans-serif}td,th{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top}.note{color:#555;font-size:.9rem}@media print{body{margin:0}}";

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
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <h1>{title}: how it may unfold</h1>\n<p class=\"note\">From {}. {} runs of {horizon} at most, seed {}.</p>\n{}\
         <h2>How the runs end</h2>\n{}<h2>When the parts are filled</h2>\n{}\
         <h2>Where it stops most often</h2>\n<table>\n<tr><th>Share of runs</th><th>Where</th></tr>\n{}</table>\n\
         <h2>What it comes to for whom</h2>\n<table>\n<tr><th>Actor</th><th>Today</th><th>Where it stops</th><th>In eight runs of ten</th></tr>\n{}</table>\n\
         <p class=\"note\">Worth on each actor's own scale; scales of two actors are not comparable.</p>\n<h2>What this rests on</h2>\n{}</body>\n</html>\n",
        escape(&case.as_of),
        number(unfolding.tally.runs),
        unfolding.seed,
        paragraphs(&headline(unfolding), ""),
        endings(unfolding),
        survival(unfolding),
        stops.concat(),
        worths.concat(),
        paragraphs(&rests(unfolding), " class=\"note\""),
    )
}
