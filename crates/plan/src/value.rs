//! Types of values, independent of where they are printed.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The type of an attribute, lowered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueType {
    /// Type of one element.
    pub kind: ValueKind,
    /// Whether it is a list of such elements (stored as JSON).
    pub list: bool,
    /// Whether it may be null.
    pub nullable: bool,
}

/// The type of one element with all its bounds filled in. Decimal bounds are canonical text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueKind {
    /// One line: no control characters, not only white space if `min` > 0.
    Line {
        /// In characters.
        min: u32,
        /// In characters.
        max: u32,
        /// Further pattern, searched for (not anchored), in the syntax common to Python, ECMA-262 and Rust.
        pattern: Option<String>,
        /// Words that it must not be: their routes stand where it stands for its row.
        reserved: Vec<&'static str>,
    },
    /// Several lines, without U+0000.
    Text {
        /// In characters.
        min: u32,
        /// In characters; 100,000 by default.
        max: u32,
    },
    /// An integer; the bounds lie in 32 bits (`Integer`) or 64 bits (`big`, `BigInteger`).
    Int {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
        /// Whether the column has 64 bits.
        big: bool,
    },
    /// A finite number.
    Float {
        /// Smallest, if bounded.
        min: Option<String>,
        /// Largest, if bounded.
        max: Option<String>,
    },
    /// An exact number, a string on the wire.
    Decimal {
        /// Digits in all.
        precision: u32,
        /// Digits behind the point.
        scale: u32,
        /// Smallest, if bounded.
        min: Option<String>,
        /// Largest, if bounded.
        max: Option<String>,
    },
    /// `bool`.
    Bool,
    /// `datetime.date`.
    Date,
    /// `datetime.time` without a zone.
    Time,
    /// `datetime.datetime`, UTC.
    DateTime,
    /// `datetime.timedelta`, ISO 8601 on the wire.
    Duration,
    /// `uuid.UUID`.
    Uuid,
    /// Any JSON value.
    Json,
    /// `bytes`, base64 on the wire.
    Bytes {
        /// In bytes.
        max: u32,
    },
    /// An e-mail address of at most 254 characters, in lower case.
    Email,
    /// An http(s) URL of at most 2,048 characters, kept as text.
    Url,
    /// A slug of at most `max` characters.
    Slug {
        /// In characters.
        max: u32,
        /// Index of the source in `EntityPlan::fields`.
        from: usize,
        /// Words that it must not be: their routes stand where it stands for its row.
        reserved: Vec<&'static str>,
    },
    /// A password; its column holds a hash.
    Password {
        /// In characters.
        min: u32,
        /// In characters.
        max: u32,
    },
    /// An IP address, kept as canonical text.
    Ip,
    /// A member of `Plan::enums[index]` (roles too).
    Enum(usize),
}

impl ValueKind {
    /// Whether JSON has a type for it: what is read from a JSON column is the value itself.
    pub fn is_json(&self) -> bool {
        matches!(
            self,
            Self::Line { .. }
                | Self::Text { .. }
                | Self::Int { .. }
                | Self::Float { .. }
                | Self::Bool
                | Self::Json
                | Self::Email
                | Self::Url
                | Self::Slug { .. }
                | Self::Password { .. }
                | Self::Ip
        )
    }
}

/// Default of a Create schema's field and of the model's attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PythonDefault {
    /// `None`.
    None,
    /// A literal of the value's type, as canonical text (decimal digits, ISO text, `true`, the
    /// enum member's index as digits, JSON text for JSON and lists).
    Literal(String),
    /// The current time (`utcnow`).
    Now,
    /// The current day in UTC (`utctoday`).
    Today,
    /// A new UUID version 7.
    Uuid,
}

/// A value for tests and documents: valid for its type, as it stands in JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// A value that a Create schema accepts. Where `unique`, texts contain `{n}` once.
    pub value: serde_json::Value,
    /// A second, different value.
    pub other: serde_json::Value,
    /// Values that the schema must refuse with 422; may be empty (JSON accepts all).
    pub invalid: Vec<serde_json::Value>,
}

/// A value of a sample with this number in the place of its counter.
pub fn numbered(value: &serde_json::Value, number: usize) -> serde_json::Value {
    match value {
        serde_json::Value::String(text) => text.replace("{n}", &number.to_string()).into(),
        other => other.clone(),
    }
}

/// A value as it stands where everything is text: in a query, a header, an argument.
pub fn as_text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What stands in a segment of a path as it is: the unreserved characters of RFC 3986.
const ESCAPED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A value as it stands in a segment of a path.
pub fn as_segment(value: &serde_json::Value) -> String {
    utf8_percent_encode(&as_text(value), &ESCAPED).to_string()
}

/// A value of a sample with a number that no factory uses.
pub fn unnumbered(value: &serde_json::Value) -> serde_json::Value {
    numbered(value, 0)
}
