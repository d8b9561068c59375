//! Walks along a shorthand and remembers where it is.

use stratapi_diagnostics::{Code, Diagnostic, Span};

use crate::model::Spanned;
use crate::read::Source;

/// Brackets inside each other, at the most.
const DEEPEST: u32 = 32;

/// A position in a shorthand.
pub(crate) struct Cursor<'a> {
    source: Source<'a>,
    at: usize,
    depth: u32,
    code: Code,
}

/// What a step returns; the error is boxed because it is large and rare.
pub(crate) type Step<T> = Result<T, Box<Diagnostic>>;

impl<'a> Cursor<'a> {
    /// The start of a text; what is malformed gets `code`.
    pub(crate) fn new(source: Source<'a>, code: Code) -> Self {
        Self { source, at: 0, depth: 0, code }
    }

    /// What is left.
    pub(crate) fn rest(&self) -> &'a str {
        &self.source.text[self.at..]
    }

    /// The offset of the next character.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// The place of the text from `start` to here.
    pub(crate) fn span_from(&self, start: usize) -> Span {
        self.source.part(start, self.at)
    }

    /// The place of a part of the text.
    pub(crate) fn part(&self, start: usize, end: usize) -> Span {
        self.source.part(start, end)
    }

    /// Goes past white space.
    pub(crate) fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Whether nothing but white space is left.
    pub(crate) fn at_end(&mut self) -> bool {
        self.skip_space();
        self.rest().is_empty()
    }

    /// Goes past `token` behind white space, if it comes next.
    pub(crate) fn eat(&mut self, token: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// Goes past `token`, which must come next.
    pub(crate) fn expect(&mut self, token: &str) -> Step<()> {
        if self.eat(token) { Ok(()) } else { Err(self.unexpected(&format!("`{token}`"))) }
    }

    /// Enters a bracket; too many inside each other are refused.
    pub(crate) fn enter(&mut self) -> Step<()> {
        self.depth += 1;
        if self.depth <= DEEPEST {
            return Ok(());
        }
        let message = format!("more than {DEEPEST} brackets stand inside each other");
        Err(Box::new(
            Diagnostic::error(Code::E0106, message)
                .at(self.source.part(self.at, self.at + self.next_length()), "too deep")
                .help("write the value on lines of its own, in mapping form"),
        ))
    }

    /// Leaves a bracket.
    pub(crate) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// The longest run of characters for which `accept` holds; may be empty.
    pub(crate) fn run(&mut self, accept: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// A name; anything that is no space, bracket or sign, so that odd names are reported whole.
    pub(crate) fn name(&mut self, what: &str) -> Step<Spanned<String>> {
        self.skip_space();
        let start = self.at;
        let text = self.run(|c| {
            !c.is_whitespace()
                && !matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '?' | '=' | ',' | '\'' | '"')
        });
        if text.is_empty() {
            return Err(self.unexpected(what));
        }
        Ok(Spanned { value: text.to_owned(), span: self.span_from(start) })
    }

    /// Goes one character further.
    pub(crate) fn bump(&mut self) -> Option<char> {
        let next = self.rest().chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// The error that something else was expected here.
    pub(crate) fn unexpected(&mut self, expected: &str) -> Box<Diagnostic> {
        self.skip_space();
        let length = self.next_length();
        let found = match self.rest().chars().next() {
            Some(c) => format!("`{c}`"),
            None => "the end".to_owned(),
        };
        let span = if length == 0 {
            self.source.span
        } else {
            self.source.part(self.at, self.at + length)
        };
        Box::new(
            Diagnostic::error(self.code, format!("expected {expected}, found {found}"))
                .at(span, format!("{expected} is expected here")),
        )
    }

    fn next_length(&self) -> usize {
        self.rest().chars().next().map_or(0, char::len_utf8)
    }
}
