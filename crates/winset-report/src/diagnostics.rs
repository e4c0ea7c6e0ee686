//! Diagnostics under the lines they are about.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use winset_case::{Diagnostic, Severity, SourceText};

/// Every diagnostic with its lines, a caret and a help line.
pub fn diagnostics(source: &SourceText, diagnostics: &[Diagnostic], width: usize) -> String {
    let renderer = Renderer::styled().term_width(width);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&report(source, diagnostic)));
        text.push_str("\n\n");
    }
    text
}

fn report<'a>(source: &'a SourceText, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let within = |span: &winset_case::Span| {
        let end = span.end.min(source.text.len());
        span.start.min(end)..end
    };
    let mut snippet = Snippet::source(&source.text)
        .path(&source.name)
        .line_start(1)
        .annotation(AnnotationKind::Primary.span(within(&diagnostic.span)));
    for label in &diagnostic.labels {
        snippet = snippet.annotation(AnnotationKind::Context.span(within(&label.span)).label(&label.message));
    }
    let mut group =
        Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code.as_str())).element(snippet);
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(&diagnostic.help));
    }
    vec![group]
}
