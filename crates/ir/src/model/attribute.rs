//! Attributes and their types, resolved.

use stratapi_diagnostics::Span;

use super::{Access, AttributeId, EnumId, Spanned, ValueId};

/// An attribute of an entity or of a value object.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Name as declared: the wire name.
    pub name: Spanned<String>,
    /// One paragraph; may be empty.
    pub description: String,
    /// An example value for the documents, if one was declared.
    pub example: Option<Literal>,
    /// Type of one element.
    pub ty: AttributeType,
    /// Whether it is a list of `ty`.
    pub list: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// What a new row gets when nothing is said.
    pub default: Option<DefaultValue>,
    /// The flags.
    pub flags: Flags,
    /// Who may read it; for others it is left out of answers.
    pub readable_by: Option<AttributeRule>,
    /// Who may write it; others who send it are refused.
    pub writable_by: Option<AttributeRule>,
    /// The whole declaration.
    pub span: Span,
}

/// A rule about one attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeRule {
    /// As written.
    pub text: Spanned<String>,
    /// What it means: it speaks of the caller and of the attribute's own row.
    pub access: Access,
}

/// Flags of an attribute; all off by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of the language")]
pub struct Flags {
    /// No two rows have the same value.
    pub unique: bool,
    /// Has an index.
    pub index: bool,
    /// Set on create only.
    pub immutable: bool,
    /// Set by the server only.
    pub readonly: bool,
    /// Never read.
    pub writeonly: bool,
    /// Part of the primary key.
    pub primary: bool,
    /// Marked so in the API.
    pub deprecated: bool,
}

/// Inclusive bounds; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds<T> {
    /// Smallest allowed value.
    pub min: Option<T>,
    /// Largest allowed value.
    pub max: Option<T>,
}

/// The type of an attribute. Numbers are kept as checked text where a float would lose digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeType {
    /// One line of `length` characters (max 255 by default) that matches `pattern`.
    String {
        /// In characters; `max` is always present, 255 by default.
        length: Bounds<u32>,
        /// A regular expression in the common subset of Python, ECMA-262 and Rust.
        pattern: Option<String>,
    },
    /// Several lines.
    Text {
        /// In characters.
        length: Bounds<u32>,
    },
    /// 32 bits.
    Int(Bounds<i64>),
    /// 64 bits.
    BigInt(Bounds<i64>),
    /// A finite binary number of 64 bits; bounds as canonical decimal text.
    Float(Bounds<String>),
    /// An exact number; bounds as canonical decimal text.
    Decimal {
        /// Digits in all, 1 to 18.
        precision: u32,
        /// Digits behind the point.
        scale: u32,
        /// Bounds as canonical decimal text.
        bounds: Bounds<String>,
    },
    /// True or false.
    Bool,
    /// A day.
    Date,
    /// A time of day, without a zone.
    Time,
    /// An instant, always with a zone.
    DateTime,
    /// An ISO 8601 duration.
    Duration,
    /// A UUID.
    Uuid,
    /// Any JSON value.
    Json,
    /// Octets, base64 on the wire; `max` bytes, 65,536 by default.
    Bytes {
        /// In bytes.
        max: u32,
    },
    /// An e-mail address, in lower case.
    Email,
    /// An absolute http or https URL.
    Url,
    /// Lower case words joined by hyphens, made from another attribute when absent on create.
    Slug {
        /// The source: a string or text attribute of the same entity.
        from: AttributeId,
    },
    /// Accepted on write, stored as a hash, never read.
    Password {
        /// In characters.
        length: Bounds<u32>,
    },
    /// An IPv4 or IPv6 address.
    Ip,
    /// One of `SecurityModelIr::roles`.
    Role,
    /// An enum.
    Enum(EnumId),
    /// A value object, embedded into columns of its owner (`address_street`).
    Value(ValueId),
}

/// A literal of the IR.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// An integer, canonical decimal text.
    Int(String),
    /// A number with a fraction, as written.
    Number(String),
    /// Text; for an enum or a role the value of a member, for dates and the like ISO text.
    Text(String),
    /// A list.
    List(Vec<Literal>),
    /// A mapping, in order.
    Map(Vec<(String, Literal)>),
}

/// What a new row gets when nothing is said.
#[derive(Debug, Clone, PartialEq)]
pub enum DefaultValue {
    /// This value; checked against the type.
    Literal(Literal),
    /// `now()`: the current time.
    Now,
    /// `today()`: the current day in UTC.
    Today,
    /// `uuid()`: a new UUID.
    Uuid,
}
