//! What importing found, under the lines it is about.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use winset_case::{Severity, SourceText};
use winset_exchange::Finding;

/// Every finding with its line, a caret and a help line.
pub fn findings(files: &[SourceText], findings: &[Finding], width: usize) -> String {
    let renderer = Renderer::styled().term_width(width);
    let mut text = String::new();
    for finding in findings {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(&finding.message).id(finding.code.as_str()));
        let place = finding.place.as_ref().and_then(|(file, span)| Some((files.get(*file)?, span)));
        if let Some((source, span)) = place {
            if source.text.is_empty() {
                group = group.element(annotate_snippets::Origin::path(&source.name));
            } else {
                let end = span.end.min(source.text.len());
                let snippet = Snippet::source(&source.text).path(&source.name).line_start(1);
                group = group.element(snippet.annotation(AnnotationKind::Primary.span(span.start.min(end)..end)));
            }
        }
        let report: &[Group<'_>] = &[group.element(Level::HELP.message(&finding.help))];
        text.push_str(&renderer.render(report));
        text.push_str("\n\n");
    }
    text
}
