//! Reading a tree whose shape has been checked: getters that answer nothing where nothing fits.
//! Whatever did not fit was reported and emptied before, by `shape::check`.

use stratapi_diagnostics::Span;

use crate::model::Spanned;
use crate::syntax::{Entry, Node, Value};

/// A text of the document, able to point at a part of itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    pub(crate) span: Span,
    verbatim: bool,
}

impl<'a> Source<'a> {
    /// The place of the bytes `start..end` of the text; the whole where escapes hide it.
    pub(crate) fn part(&self, start: usize, end: usize) -> Span {
        match (u32::try_from(start), u32::try_from(end)) {
            (Ok(start), Ok(end)) if self.verbatim => self.span.part(start, end),
            _ => self.span,
        }
    }

    /// The text from byte `start` on.
    pub(crate) fn suffix(&self, start: usize) -> Self {
        let text = self.text.get(start..).unwrap_or_default();
        Self { text, span: self.part(start, self.text.len()), verbatim: self.verbatim }
    }

    /// The text from byte `start` to byte `end`.
    pub(crate) fn between(&self, start: usize, end: usize) -> Self {
        let text = self.text.get(start..end).unwrap_or_default();
        Self { text, span: self.part(start, end), verbatim: self.verbatim }
    }

    /// A key as a text; keys are plain in all but odd documents.
    pub(crate) fn key(key: &'a Spanned<String>) -> Self {
        let length = (key.span.end - key.span.start) as usize;
        Self { text: &key.value, span: key.span, verbatim: length == key.value.len() }
    }

    /// The text with its place.
    pub(crate) fn owned(&self) -> Spanned<String> {
        Spanned { value: self.text.to_owned(), span: self.span }
    }
}

impl Node {
    /// The value under a key of a mapping; an empty value counts as none.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key.value == key).and_then(Entry::filled)
    }

    /// The entries of a mapping; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(&self) -> &[Node] {
        if let Value::Seq(items) = &self.value { items } else { &[] }
    }

    /// The text.
    pub(crate) fn source(&self) -> Option<Source<'_>> {
        match &self.value {
            Value::Text(text) => {
                Some(Source { text: &text.value, span: self.span, verbatim: text.verbatim })
            }
            _ => None,
        }
    }

    /// The text under a key.
    pub(crate) fn text(&self, key: &str) -> Option<Source<'_>> {
        self.get(key).and_then(Node::source)
    }

    /// The text under a key, or nothing.
    pub(crate) fn string(&self, key: &str) -> String {
        self.text(key).map(|source| source.text.to_owned()).unwrap_or_default()
    }

    /// The truth value under a key.
    pub(crate) fn bool(&self, key: &str) -> Option<bool> {
        match self.get(key)?.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The whole number under a key; its range was checked before.
    pub(crate) fn number(&self, key: &str) -> Option<u32> {
        match &self.get(key)?.value {
            Value::Int(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

impl Entry {
    /// The value, unless it is empty.
    pub(crate) fn filled(&self) -> Option<&Node> {
        (self.value.value != Value::Null).then_some(&self.value)
    }
}
