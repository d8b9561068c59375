//! What a check finds: in the words of a diagnostic, but at a place of the judged project.

use ruff_text_size::Ranged;
use stratapi_diagnostics::{Code, Severity, Span};

use crate::result::Grade;

/// A place in a file of the judged project. The judge knows the file's text and makes lines,
/// columns and underlines of it; what lies outside of the text is moved to its nearest end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path below the project's root, with forward slashes.
    pub path: String,
    /// Where in it.
    pub at: At,
}

/// Where in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The file as a whole, or a file that is not there.
    File,
    /// From one byte up to another.
    Bytes(u32, u32),
    /// A line, from 1: its text without white space around it.
    Line(u32),
    /// A line and a column in characters, both from 1: the word that starts there.
    Point(u32, u32),
}

impl At {
    /// Where a node of a Python file stands.
    pub(crate) fn of(node: &impl Ranged) -> Self {
        Self::Bytes(node.start().to_u32(), node.end().to_u32())
    }
}

impl Place {
    /// A file as a whole.
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: path.into(), at: At::File }
    }

    /// A range of bytes of a file.
    pub fn bytes(path: impl Into<String>, start: usize, end: usize) -> Self {
        let offset = |value| u32::try_from(value).unwrap_or(u32::MAX);
        Self { path: path.into(), at: At::Bytes(offset(start), offset(end)) }
    }

    /// A line of a file.
    pub fn line(path: impl Into<String>, line: u32) -> Self {
        Self { path: path.into(), at: At::Line(line) }
    }

    /// A line and a column of a file.
    pub fn point(path: impl Into<String>, line: u32, column: u32) -> Self {
        Self { path: path.into(), at: At::Point(line, column) }
    }
}

/// What a finding or a fact is about, by its name in the report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The application as a whole.
    App,
    /// An entity, by its name in the IR.
    Entity(String),
    /// An endpoint: `GET /api/v1/posts/{post_id}`.
    Endpoint(String),
    /// The access rule of an operation, by the operation's function: `update_post`.
    Rule(String),
}

/// One thing that a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The code of the check.
    pub code: Code,
    /// An error fails the check; a warning costs strict compliance; a note costs nothing.
    pub severity: Severity,
    /// One sentence, lower case at its start, without a full stop.
    pub message: String,
    /// Where, in the project.
    pub place: Option<Place>,
    /// Text beside the underline; may be empty.
    pub label: String,
    /// Related places in the project.
    pub related: Vec<(Place, String)>,
    /// Where in the IR it comes from; the judge fills it in from `place` where it is `None`.
    pub origin: Option<Span>,
    /// What it is about beyond the file's own entity, which the judge knows from `place`.
    pub about: Option<About>,
    /// What the user can do, one sentence each.
    pub help: Vec<String>,
}

impl Finding {
    /// An error under `code`.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A warning under `code`.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// Something worth knowing under `code`; nothing is wrong.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            place: None,
            label: String::new(),
            related: Vec::new(),
            origin: None,
            about: None,
            help: Vec::new(),
        }
    }

    /// Underlines the problem.
    #[must_use]
    pub fn at(mut self, place: Place, label: impl Into<String>) -> Self {
        self.place = Some(place);
        self.label = label.into();
        self
    }

    /// Underlines a related place of the project.
    #[must_use]
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// Says where in the IR it comes from, for a finding without a file or with a better place.
    #[must_use]
    pub const fn made_from(mut self, origin: Span) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Says what it is about.
    #[must_use]
    pub fn about(mut self, about: About) -> Self {
        self.about = Some(about);
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// What it makes of the fact that it is about.
    pub(crate) const fn grade(&self) -> Grade {
        match self.severity {
            Severity::Error => Grade::Broken,
            Severity::Warning => Grade::Relaxed,
            Severity::Note => Grade::Met,
        }
    }

    /// Whether it fails its check.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
