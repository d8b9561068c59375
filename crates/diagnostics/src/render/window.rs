//! The part of a source that is shown: few lines, and of a long line only what is around a place.

use std::ops::Range;

use crate::{Label, SourceFile, SourceMap, Span};

/// Longest line that is shown whole, in bytes.
const LONG: usize = 240;
/// How much of a long line is shown before and behind a place, in characters.
const AROUND: usize = 60;
/// Labels at most so many lines apart are shown together.
const NEAR: u32 = 5;

/// Some lines of a source with the ranges to mark in them.
pub(super) struct Window {
    /// Number of the first line, from 1.
    pub(super) first_line: usize,
    /// The lines.
    pub(super) text: String,
    /// Whether the start of a long line is left out.
    pub(super) is_cut: bool,
    /// Ranges in `text`, each with the index of its label.
    pub(super) marks: Vec<(Range<usize>, usize)>,
}

/// The windows that show the labels of one file, in the order of their lines.
pub(super) fn windows(sources: &SourceMap, labels: &[(usize, &Label)]) -> Vec<Window> {
    let mut labels = labels.to_vec();
    labels.sort_by_key(|(_, label)| label.span);
    let mut all = Vec::new();
    let mut group: Vec<(usize, Span)> = Vec::new();
    for (index, label) in labels {
        let file = sources.file(label.span.file);
        let line = file.line_of(label.span.start);
        let is_long = file.line(line).1.len() > LONG;
        let is_far = group.last().is_some_and(|(_, last)| {
            let last_line = file.line_of(last.start);
            line > last_line + NEAR || file.line(last_line).1.len() > LONG
        });
        if is_long || is_far {
            all.extend(window(sources, &group));
            group.clear();
        }
        group.push((index, label.span));
    }
    all.extend(window(sources, &group));
    all
}

/// One window; `None` without spans. A span over many lines is marked in its first line.
pub(super) fn window(sources: &SourceMap, spans: &[(usize, Span)]) -> Option<Window> {
    let (_, first) = spans.first()?;
    let (_, last) = spans.last()?;
    let file = sources.file(first.file);
    let lines = file.line_of(first.start)..=file.line_of(last.start);
    let mut window = Window {
        first_line: *lines.start() as usize,
        text: String::new(),
        is_cut: false,
        marks: Vec::new(),
    };
    for number in lines {
        let here: Vec<&(usize, Span)> =
            spans.iter().filter(|(_, span)| file.line_of(span.start) == number).collect();
        add_line(&mut window, file, number, &here);
    }
    Some(window)
}

fn add_line(window: &mut Window, file: &SourceFile, number: u32, spans: &[&(usize, Span)]) {
    let (start, line) = file.line(number);
    let bom = line.len() - line.strip_prefix('\u{feff}').unwrap_or(line).len();
    let marks: Vec<(Range<usize>, usize)> = spans
        .iter()
        .map(|(index, span)| {
            let from = ((span.start - start) as usize).clamp(bom, line.len());
            let to = ((span.end.max(span.start) - start) as usize).clamp(from, line.len());
            (from..to, *index)
        })
        .collect();
    let shown = marks.first().map_or(bom..line.len().min(LONG), |(mark, _)| part(line, bom, mark));
    let shown = shown.start..ceil(line, shown.end);
    window.is_cut |= shown.start > bom;
    let prefix = if shown.start > bom { "…" } else { "" };
    let base = window.text.len() + prefix.len();
    for (mark, index) in marks {
        let end = mark.end.min(shown.end);
        window.marks.push((base + mark.start - shown.start..base + end - shown.start, index));
    }
    window.text.push_str(prefix);
    window.text.push_str(&line[shown.clone()]);
    window.text.push_str(if shown.end < line.len() { "…\n" } else { "\n" });
}

/// What is shown of a line around a mark: all of it unless it is long.
fn part(line: &str, bom: usize, mark: &Range<usize>) -> Range<usize> {
    if line.len() <= LONG {
        return bom..line.len();
    }
    let before = line[bom..mark.start].char_indices().rev().nth(AROUND);
    let behind = line[mark.start..].char_indices().nth(2 * AROUND);
    let start = before.map_or(bom, |(at, _)| bom + at);
    start..behind.map_or(line.len(), |(at, _)| mark.start + at)
}

fn ceil(line: &str, at: usize) -> usize {
    (at..line.len()).find(|at| line.is_char_boundary(*at)).unwrap_or(line.len())
}
