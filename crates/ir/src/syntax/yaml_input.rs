//! How the YAML scanner gets its characters: with a limit on how far it may run ahead.
//!
//! Inside brackets the scanner holds every token until it knows whether the bracket starts a key.
//! Without a limit, a file of 4 MiB would make it hold a hundred times that.

use std::cell::Cell;

use saphyr_parser::Input;

/// How many characters the scanner may read until it gives the next event.
const WINDOW: usize = 512 << 10;

/// What is left of the window; the reader renews it with every event.
pub(super) struct Window(Cell<usize>);

impl Window {
    pub(super) const fn new() -> Self {
        Self(Cell::new(WINDOW))
    }

    pub(super) fn renew(&self) {
        self.0.set(WINDOW);
    }

    /// Whether the scanner ran out of it and was told that the text ends.
    pub(super) fn is_used_up(&self) -> bool {
        self.0.get() == 0
    }
}

/// The rest of a text.
pub(super) struct Characters<'a> {
    rest: &'a str,
    window: &'a Window,
}

impl<'a> Characters<'a> {
    pub(super) const fn new(text: &'a str, window: &'a Window) -> Self {
        Self { rest: text, window }
    }

    fn take(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next()?;
        let left = self.window.0.get() - 1;
        self.window.0.set(left);
        self.rest = if left == 0 { "" } else { chars.as_str() };
        Some(next)
    }
}

impl Input for Characters<'_> {
    fn lookahead(&mut self, _count: usize) {}

    // The whole text is at hand; this is what the scanner asks for at most.
    fn buflen(&self) -> usize {
        self.bufmaxlen()
    }

    fn bufmaxlen(&self) -> usize {
        16
    }

    fn raw_read_ch(&mut self) -> char {
        self.take().unwrap_or('\0')
    }

    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        match self.peek_opt() {
            None | Some('\n' | '\r' | '\0') => None,
            Some(_) => self.take(),
        }
    }

    fn skip(&mut self) {
        self.take();
    }

    fn skip_n(&mut self, count: usize) {
        for _ in 0..count {
            self.take();
        }
    }

    fn peek(&self) -> char {
        self.peek_opt().unwrap_or('\0')
    }

    fn peek_nth(&self, n: usize) -> char {
        self.rest.chars().nth(n).unwrap_or('\0')
    }

    fn peek_opt(&self) -> Option<char> {
        self.rest.chars().next()
    }
}
