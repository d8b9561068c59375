//! Whether a text may fill a slot: it is Python, it has the function that is called, and it uses
//! nothing that could do harm. What it computes is judged by its examples, which nobody runs here.

mod bound;
mod contract;
mod format;
mod guard;
mod imports;
mod names;

use ruff_text_size::{Ranged, TextRange};
use stratapi_diagnostics::{Code, Diagnostic, FileId, SourceMap, Span};
use stratapi_plan::SlotPlan;

use crate::python::parse;
use imports::Imports;

/// Longest text that fills a slot, in bytes.
const LONGEST: usize = 64 * 1024;
/// Findings that are told; whoever has more mends these first.
const MOST: usize = 20;

/// What speaks against a file; empty if it may fill the slot.
pub fn accept(slot: &SlotPlan, sources: &SourceMap, file: FileId) -> Vec<Diagnostic> {
    let text = &sources.file(file).text;
    let refused = |message: String, span: Span, help: &str| {
        vec![Diagnostic::error(Code::E0702, message).at(span, "").help(help)]
    };
    let start = Span::new(file, 0, 0);
    if text.len() > LONGEST {
        let message = format!("what fills a slot has no more than {} KiB", LONGEST / 1024);
        return refused(message, start, "write less: a slot is one function");
    }
    if let Some((at, c)) = text.char_indices().find(|(_, c)| is_hidden(*c)) {
        let span = place(file, TextRange::empty(size(at)));
        let message = format!("the file holds the character U+{:04X}, which nobody sees", c as u32);
        return refused(message, span, "delete it, or write it as an escape");
    }
    let body = match parse(text) {
        None => {
            let message = "the file nests deeper than Python allows".to_owned();
            return refused(message, start, "write less in one expression");
        }
        Some(Err(error)) => {
            let span = place(file, TextRange::empty(size(error.offset.min(text.len()))));
            let message = format!("this is no Python 3.11: {}", error.message);
            return refused(message, span, "correct it");
        }
        Some(Ok(body)) => body,
    };
    let mut findings = Findings { file, all: Vec::new() };
    let imports = Imports::read(&body, &mut findings);
    contract::check(slot, &body, &imports, &mut findings);
    guard::check(&body, &imports, &mut findings);
    let mut all = findings.all;
    all.sort_by_key(|finding| finding.span().map_or(0, |span| span.start));
    let more = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    if let Some(last) = all.last_mut().filter(|_| more > 0) {
        last.help.push(format!("{more} more findings are not shown; mend these first"));
    }
    all
}

/// What was found in a file.
struct Findings {
    file: FileId,
    all: Vec<Diagnostic>,
}

impl Findings {
    /// Reports code that a slot can't have.
    fn unsafe_code(
        &mut self,
        at: impl Ranged,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(Code::E0704, at, message, help);
    }

    fn report(
        &mut self,
        code: Code,
        at: impl Ranged,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let span = place(self.file, at.range());
        self.all.push(Diagnostic::error(code, message).at(span, "").help(help));
    }
}

fn place(file: FileId, range: TextRange) -> Span {
    Span::new(file, range.start().to_u32(), range.end().to_u32())
}

fn size(offset: usize) -> ruff_text_size::TextSize {
    ruff_text_size::TextSize::try_from(offset).unwrap_or_default()
}

/// Characters that let code look like other code: Python takes some of them for nothing.
fn is_hidden(c: char) -> bool {
    let plain = matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    c.is_control() && !plain
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
