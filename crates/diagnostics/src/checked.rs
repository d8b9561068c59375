//! A value together with what there is to say about it.

use crate::{Diagnostic, Severity};

/// What a phase returns: its value, where it could be made, and every diagnostic on the way.
///
/// `value` is `None` only when an error makes it meaningless for the next phase.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// The result of the phase.
    pub value: Option<T>,
    /// All findings, in source order where they have one.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with nothing to say about it.
    pub const fn ok(value: T) -> Self {
        Self { value: Some(value), diagnostics: Vec::new() }
    }

    /// No value, for these reasons.
    pub const fn failed(diagnostics: Vec<Diagnostic>) -> Self {
        Self { value: None, diagnostics }
    }

    /// A value that is withheld if one of the diagnostics is an error.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        let failed = diagnostics.iter().any(Diagnostic::is_error);
        Self { value: (!failed).then_some(value), diagnostics }
    }

    /// Runs the next phase on the value and joins the diagnostics of both.
    pub fn and_then<U>(mut self, next: impl FnOnce(T) -> Checked<U>) -> Checked<U> {
        let Some(value) = self.value else {
            return Checked::failed(self.diagnostics);
        };
        let mut result = next(value);
        self.diagnostics.append(&mut result.diagnostics);
        Checked { value: result.value, diagnostics: self.diagnostics }
    }

    /// Withholds the value if one of the diagnostics is an error: the end of a phase that goes on
    /// after an error only to find more of them.
    #[must_use]
    pub fn withheld_on_error(mut self) -> Self {
        if self.has_errors() {
            self.value = None;
        }
        self
    }

    /// Whether an error is among the diagnostics.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}
