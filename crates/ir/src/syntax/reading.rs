//! What the readers of the three formats share: the limits, the findings and the check of keys.

use std::collections::{BTreeMap, BTreeSet};

use stratapi_diagnostics::{Code, Diagnostic, FileId, Span};

use super::{Entry, Node, Value};
use crate::model::Spanned;

/// Longest document, in bytes. Worlds refuse longer ones before they read them.
pub(super) const MAX_BYTES: usize = 4 << 20;
/// Longest TOML document, in bytes: its parser holds all tokens at once.
pub(super) const MAX_TOML_BYTES: usize = 512 << 10;
/// Longest application, in bytes of all its files.
const MAX_BYTES_IN_ALL: usize = 16 << 20;
/// Deepest nesting of lists and mappings.
pub(super) const MAX_DEPTH: usize = 64;
/// Most keys and values in all files of one application: reading so many takes a tenth of a second.
const MAX_VALUES: u32 = 250_000;
/// Most findings of one run; what comes behind them follows from the first ones anyway.
const MAX_FINDINGS: usize = 100;

/// A document to be read.
#[derive(Clone, Copy)]
pub(super) struct Document<'a> {
    /// Its text, without a byte order mark.
    pub(super) text: &'a str,
    /// Its place in the source map.
    pub(super) file: FileId,
    /// Length of the byte order mark that was left out.
    pub(super) base: u32,
}

impl Document<'_> {
    /// The span of a range of bytes of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let last = self.text.len();
        let (start, end) = (start.min(last), end.min(last));
        Span::new(self.file, self.base + narrow(start), self.base + narrow(end.max(start)))
    }

    /// The span of the character at a byte; empty at the end of a line.
    pub(super) fn character(&self, at: usize) -> Span {
        let at = at.min(self.text.len());
        let width = match self.text[at..].chars().next() {
            Some('\n' | '\r') | None => 0,
            Some(c) => c.len_utf8(),
        };
        self.span(at, at + width)
    }
}

/// The findings so far, and how much more may be read.
pub(super) struct Reading {
    /// What was found.
    pub(super) found: Vec<Diagnostic>,
    values_left: u32,
    bytes_left: usize,
    full: bool,
}

impl Reading {
    pub(super) const fn new() -> Self {
        let found = Vec::new();
        Self { found, values_left: MAX_VALUES, bytes_left: MAX_BYTES_IN_ALL, full: false }
    }

    /// Keeps a finding; the last one that fits says that there are more.
    pub(super) fn push(&mut self, mut diagnostic: Diagnostic) {
        if self.found.len() + 1 >= MAX_FINDINGS && !self.full {
            self.full = true;
            diagnostic = diagnostic.help("reading stops here; mend these errors first");
            self.found.push(diagnostic);
        } else if !self.full {
            self.found.push(diagnostic);
        }
    }

    /// Whether so much was found that reading on is pointless.
    pub(super) const fn is_full(&self) -> bool {
        self.full
    }

    /// Counts the bytes of one file; `false` if all files together have too many.
    pub(super) fn weigh(&mut self, name: &str, bytes: usize, span: Span) -> bool {
        let Some(left) = self.bytes_left.checked_sub(bytes) else {
            self.push(
                Diagnostic::error(Code::E0105, "the files of the application are too large")
                    .at(span, format!("with `{}`, they have too many bytes", shown(name)))
                    .help(format!("the limit is {MAX_BYTES_IN_ALL} bytes for all together")),
            );
            self.full = true;
            return false;
        };
        self.bytes_left = left;
        true
    }

    /// Counts one key or value; `false` if there are too many.
    pub(super) fn count(&mut self, span: Span) -> bool {
        if self.values_left == 0 {
            self.push(
                Diagnostic::error(Code::E0105, "the application has too many keys and values")
                    .at(span, format!("this is one more than {MAX_VALUES}")),
            );
            self.full = true;
            return false;
        }
        self.values_left -= 1;
        true
    }

    /// Refuses what stands deeper than the limit.
    pub(super) fn too_deep(&mut self, span: Span) {
        self.push(
            Diagnostic::error(Code::E0106, "lists and mappings are nested too deeply")
                .at(span, format!("nested deeper than {MAX_DEPTH} levels")),
        );
    }

    /// A mapping of these entries, without those whose key was there before.
    pub(super) fn mapping(&mut self, mut entries: Vec<Entry>, span: Span) -> Node {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        let mut again = BTreeSet::new();
        for (position, entry) in entries.iter().enumerate() {
            if let Some(other) = first.get(entry.key.value.as_str()) {
                self.duplicate(&entry.key, *other);
                again.insert(position);
            } else {
                first.insert(&entry.key.value, entry.key.span);
            }
        }
        let mut positions = 0..;
        entries.retain(|_| positions.next().is_none_or(|position| !again.contains(&position)));
        Node { span, value: Value::Map(entries) }
    }

    /// Reports a key that occurs again in its mapping.
    pub(super) fn duplicate(&mut self, key: &Spanned<String>, first: Span) {
        self.push(
            Diagnostic::error(Code::E0102, format!("the key `{}` occurs twice", shown(&key.value)))
                .at(key.span, "again here")
                .also(first, "first here")
                .help("keep one of the two, or give one another name"),
        );
    }
}

/// A key as messages show it: its first characters, on one line.
pub(super) fn shown(key: &str) -> String {
    const MOST: usize = 60;
    let mut text: String = key.chars().take(MOST).flat_map(char::escape_debug).collect();
    if key.chars().nth(MOST).is_some() {
        text.push('…');
    }
    text
}

/// Bytes of one document as the offsets of spans, which the limits keep small.
pub(super) fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
