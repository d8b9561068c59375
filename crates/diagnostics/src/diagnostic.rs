//! One finding: what is wrong, where, and what to do about it.

use crate::{Code, Span};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For information; nothing is wrong.
    Note,
    /// Suspicious, but the build goes on.
    Warning,
    /// The build stops before anything is written.
    Error,
}

/// A place in a source with what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// Text beside the underline; may be empty.
    pub message: String,
    /// The place of the problem itself, as opposed to a related one.
    pub primary: bool,
}

/// A mechanical mending: replace the text of `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The text to replace.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code; `stratapi explain` has a page on it.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, lower case at its start, without a full stop.
    pub message: String,
    /// The places; the first primary one is the position of the finding.
    pub labels: Vec<Label>,
    /// What the user can do, one sentence each.
    pub help: Vec<String>,
    /// A mechanical mending, where there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error under `code`.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A warning under `code`.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// Underlines the problem.
    #[must_use]
    pub fn at(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into(), primary: true });
        self
    }

    /// Underlines a related place.
    #[must_use]
    pub fn also(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into(), primary: false });
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds a mechanical mending.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }

    /// The position of the finding, if it has one.
    pub fn span(&self) -> Option<Span> {
        self.labels.iter().find(|label| label.primary).map(|label| label.span)
    }

    /// Whether this stops the build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
