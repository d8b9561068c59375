//! The tree of a document: plain data, each part with the place where it stands.
//! It knows no schema; what a key means is decided by whoever decodes the tree.

use stratapi_diagnostics::Span;

use crate::model::Spanned;

/// A value of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it stands; for a mapping or sequence, from its first to its last character.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// The kinds of values, by the core schema of YAML 1.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`; `yes`, `no`, `on` and `off` are text.
    Bool(bool),
    /// A whole number of any size, as written, without a leading `+`; hexadecimal and octal
    /// numbers are written in decimal.
    Int(String),
    /// A number with a point or an exponent, as written; also `.inf`, `-.inf` and `.nan`.
    Float(String),
    /// Text.
    Text(Text),
    /// A sequence.
    Seq(Vec<Node>),
    /// A mapping, in the order of declaration; no key occurs twice.
    Map(Vec<Entry>),
}

/// A text and how its bytes relate to the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text, with escapes replaced.
    pub value: String,
    /// Byte `i` of the value is byte `span.start + i` of the source. So it is with plain text, and
    /// with quoted text without escapes, whose span then leaves out the quotes.
    pub verbatim: bool,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
}

impl Value {
    /// What this is, as messages call it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a truth value",
            Self::Int(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::Seq(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}
