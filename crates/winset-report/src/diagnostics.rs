//! Diagnostics under the lines they are about.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use winset_case::{Diagnostic, Severity, SourceFiles};

/// Every diagnostic with its lines, a caret and a help line.
pub fn diagnostics<'s>(files: impl Into<SourceFiles<'s>>, diagnostics: &[Diagnostic], width: usize) -> String {
    let files = files.into();
    let renderer = Renderer::styled().term_width(width);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&report(files, diagnostic)));
        text.push_str("\n\n");
    }
    text
}

/// What is said of a case with errors: every diagnostic, and that nothing is computed.
pub fn wrong_case<'s>(files: impl Into<SourceFiles<'s>>, found: &[Diagnostic], width: usize) -> String {
    let errors = found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count() as u64;
    let counted = winset_brief::words::counted(errors, "error");
    format!("{}The case has {counted}, so there is nothing to compute.\n", diagnostics(files, found, width))
}

fn report<'a>(files: SourceFiles<'a>, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (file, span) = files.locate(&diagnostic.span);
    let mut snippet =
        Snippet::source(&file.text).path(&file.name).line_start(1).annotation(AnnotationKind::Primary.span(span));
    let mut elsewhere = Vec::new();
    for label in &diagnostic.labels {
        let (at, span) = files.locate(&label.span);
        let annotation = AnnotationKind::Context.span(span).label(&label.message);
        if std::ptr::eq(at, file) {
            snippet = snippet.annotation(annotation);
        } else {
            elsewhere.push(Snippet::source(&at.text).path(&at.name).line_start(1).annotation(annotation));
        }
    }
    let mut group =
        Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code.as_str())).element(snippet);
    for snippet in elsewhere {
        group = group.element(snippet);
    }
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(&diagnostic.help));
    }
    vec![group]
}
