//! Findings for people: the source line, underlined, with related places, advice and mending.

use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet,
};

use super::window::{Window, window, windows};
use super::{sorted, summary};
use crate::{Diagnostic, FileId, Fix, Label, Severity, SourceMap};

/// Most findings that people are shown at once.
const MOST: usize = 100;

/// All findings with their source lines, and a summary at the end.
///
/// `color` adds ANSI escape codes; `width` is that of the terminal in columns.
pub fn human(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    color: bool,
    width: Option<usize>,
) -> String {
    let renderer = if color { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let renderer = renderer.term_width(width.unwrap_or(140));
    let all = sorted(diagnostics);
    let mut out = String::new();
    for diagnostic in all.iter().take(MOST) {
        out.push_str(&renderer.render(&report(diagnostic, sources)));
        out.push_str("\n\n");
    }
    if all.len() > MOST {
        let _ = write!(out, "… and {} more\n\n", all.len() - MOST);
    }
    if let Some(summary) = summary(diagnostics) {
        out.push_str(&summary);
        out.push('\n');
    }
    out
}

fn report<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Vec<Group<'a>> {
    let title =
        level(diagnostic.severity).primary_title(&diagnostic.message).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    for (file, labels) in by_file(&diagnostic.labels) {
        for part in windows(sources, &labels) {
            let path = sources.file(file).name.as_str();
            if part.is_cut
                && let Some((_, index)) = part.marks.first()
            {
                // The line would be counted from where it was cut.
                let at = sources.position(diagnostic.labels[*index].span);
                let (line, column) = (at.line as usize, at.column as usize);
                group = group.element(Origin::path(path).line(line).char_column(column));
                group = group.element(snippet(part, &diagnostic.labels));
            } else {
                group = group.element(snippet(part, &diagnostic.labels).path(path));
            }
        }
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let mut groups = vec![group];
    groups.extend(diagnostic.fix.as_ref().and_then(|fix| mending(fix, sources)));
    groups
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}

/// Labels by file; the file of the first primary label comes first.
fn by_file(labels: &[Label]) -> Vec<(FileId, Vec<(usize, &Label)>)> {
    let mut files: BTreeMap<FileId, Vec<(usize, &Label)>> = BTreeMap::new();
    for (index, label) in labels.iter().enumerate() {
        files.entry(label.span.file).or_default().push((index, label));
    }
    let mut files: Vec<_> = files.into_iter().collect();
    files.sort_by_key(|(_, labels)| !labels.iter().any(|(_, label)| label.primary));
    files
}

fn snippet(window: Window, labels: &[Label]) -> Snippet<'_, Annotation<'_>> {
    let marks = window.marks.into_iter().map(|(range, index)| {
        let label = &labels[index];
        let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let text = (!label.message.is_empty()).then_some(label.message.as_str());
        kind.span(range).label(text)
    });
    Snippet::source(window.text).line_start(window.first_line).annotations(marks)
}

/// The line as it would be; nothing for a replacement over several lines.
fn mending<'a>(fix: &'a Fix, sources: &'a SourceMap) -> Option<Group<'a>> {
    if sources.text(fix.span).contains('\n') || fix.replacement.contains('\n') {
        return None;
    }
    let part = window(sources, &[(0, fix.span)])?;
    let (range, _) = part.marks.first()?.clone();
    let patch = Patch::new(range, fix.replacement.as_str());
    let snippet = Snippet::source(part.text).line_start(part.first_line).patch(patch);
    Some(Level::HELP.secondary_title("mend it like this").element(snippet))
}
