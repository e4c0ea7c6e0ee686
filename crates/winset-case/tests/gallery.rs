//! The error gallery: a small bad case for every kind of mistake, with what a person is told about it.
//!
//! Each file in `gallery/` is named after the code of the first thing found wrong with it. To add one, write it and run
//! the tests with `INSTA_UPDATE=always`; then read the new file in `snapshots/` as its reader would.

use std::path::{Path, PathBuf};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use winset_case::{Code, Diagnostic, Severity, read};

/// Columns of a rendered message.
const WIDTH: usize = 120;

fn gallery() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gallery");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn name(file: &Path) -> String {
    file.file_stem().unwrap().to_string_lossy().into_owned()
}

/// The diagnostic as a terminal shows it.
fn render(diagnostic: &Diagnostic, file: &str, text: &str) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let labels = diagnostic
        .labels
        .iter()
        .map(|label| AnnotationKind::Context.span(label.span.clone()).label(label.message.as_str()));
    let snippet = Snippet::source(text)
        .path(file)
        .annotation(AnnotationKind::Primary.span(diagnostic.span.clone()))
        .annotations(labels);
    let report: &[Group<'_>] = &[level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str())
        .element(snippet)
        .element(Level::HELP.message(diagnostic.help.as_str()))];
    Renderer::plain().decor_style(DecorStyle::Ascii).term_width(WIDTH).render(report)
}

#[test]
fn every_bad_case_says_what_is_wrong_with_it() {
    for file in gallery() {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = name(&file);
        let reading = read(&text);
        let rendered: Vec<_> =
            reading.diagnostics.iter().map(|diagnostic| render(diagnostic, &format!("{name}.toml"), &text)).collect();
        let has_errors = reading.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        assert_eq!(reading.case.is_none(), has_errors, "{name}: errors and nothing else stand in the way of a case");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, rendered.join("\n\n"));
        });
    }
}

#[test]
fn every_code_has_a_bad_case() {
    let firsts: Vec<(String, Code)> = gallery()
        .iter()
        .map(|file| {
            let reading = read(&std::fs::read_to_string(file).unwrap());
            let first = reading.diagnostics.first().unwrap_or_else(|| panic!("{} is a good case", name(file)));
            (name(file), first.code)
        })
        .collect();
    for (name, code) in &firsts {
        assert!(name.starts_with(code.as_str()), "{name} begins with {code}");
    }
    for code in Code::ALL {
        assert!(firsts.iter().any(|(_, first)| first == code), "no case in the gallery begins with {code}");
    }
}

#[test]
fn every_diagnostic_points_into_the_file_and_says_how_to_mend_it() {
    for file in gallery() {
        let text = std::fs::read_to_string(&file).unwrap();
        for diagnostic in read(&text).diagnostics {
            let spans = diagnostic.labels.iter().map(|label| &label.span).chain([&diagnostic.span]);
            for span in spans {
                assert!(text.get(span.clone()).is_some(), "{}: {span:?} of {}", name(&file), diagnostic.message);
            }
            assert!(!diagnostic.help.trim().is_empty(), "{}: {}", name(&file), diagnostic.message);
            assert!(!diagnostic.message.contains('\n'), "{}", diagnostic.message);
        }
    }
}
