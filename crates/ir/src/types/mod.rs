//! The types of attributes: one file a type and one line here. A type knows its parameters, how a
//! default of it looks, and what may be done with it; enums and value objects are declared by users.

mod arguments;
mod bigint;
mod bool;
mod bytes;
mod date;
mod datetime;
mod decimal;
mod duration;
mod email;
mod file;
mod float;
mod int;
mod ip;
mod json;
mod literal;
mod password;
mod role;
mod slug;
mod string;
mod text;
mod time;
mod url;
mod uuid;

pub(crate) use arguments::Arguments;

use stratapi_diagnostics::{FileId, Span};

use crate::model::{AttributeType, DefaultValue, Literal};
use crate::shorthand::{Raw, RawValue};

/// Every built-in type, in the order of the reference.
pub(crate) const REGISTRY: &[&TypeDef] = &[
    &string::TYPE,
    &text::TYPE,
    &int::TYPE,
    &bigint::TYPE,
    &float::TYPE,
    &decimal::TYPE,
    &bool::TYPE,
    &date::TYPE,
    &time::TYPE,
    &datetime::TYPE,
    &duration::TYPE,
    &uuid::TYPE,
    &json::TYPE,
    &bytes::TYPE,
    &email::TYPE,
    &url::TYPE,
    &slug::TYPE,
    &password::TYPE,
    &ip::TYPE,
    &role::TYPE,
    &file::TYPE,
];

/// What is known about a built-in type.
pub(crate) struct TypeDef {
    /// Its name.
    pub(crate) name: &'static str,
    /// One line on it.
    pub(crate) doc: &'static str,
    /// Keys of the mapping form that it takes.
    pub(crate) parameters: &'static [&'static str],
    /// The keys for arguments without a name, by their place.
    pub(crate) positions: &'static [&'static str],
    /// The keys for the ends of a range `MIN..MAX`, if it takes one.
    pub(crate) range: Option<(&'static str, &'static str)>,
    /// The type with its arguments; `None` if they are wrong, which was reported.
    pub(crate) make: fn(&mut Arguments<'_>) -> Option<AttributeType>,
    /// Whether a resolved type is of this definition.
    pub(crate) is: fn(&AttributeType) -> bool,
    /// The parameters of a resolved type, by key; without `from`, which needs names.
    pub(crate) print: fn(&AttributeType) -> Vec<(&'static str, Literal)>,
    /// A literal of the type, or what is wrong with it.
    pub(crate) literal: fn(&AttributeType, &Raw) -> Result<Literal, String>,
    /// The function that a default may call.
    pub(crate) function: Option<(&'static str, DefaultValue)>,
    /// What may be done with it.
    pub(crate) can: Abilities,
}

/// What may be done with an attribute of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(crate) struct Abilities {
    /// Be an element of a list.
    pub(crate) list: bool,
    /// Be unique or in an index.
    pub(crate) index: bool,
    /// Be a part of the primary key.
    pub(crate) key: bool,
    /// Be compared by `==`, and be a filter.
    pub(crate) equal: bool,
    /// Be compared by `<`.
    pub(crate) order: bool,
    /// Sort a list.
    pub(crate) sort: bool,
    /// Be searched in by `q`.
    pub(crate) search: bool,
    /// Stand in the path instead of the key.
    pub(crate) lookup: bool,
    /// Be a part of a value object.
    pub(crate) embed: bool,
}

impl Abilities {
    /// Nothing but being stored.
    pub(crate) const STORED: Self = Self {
        list: false,
        index: false,
        key: false,
        equal: false,
        order: false,
        sort: false,
        search: false,
        lookup: false,
        embed: true,
    };
    /// Compared for equality, indexed, filtered, sorted.
    pub(crate) const EQUAL: Self =
        Self { list: true, index: true, equal: true, sort: true, ..Self::STORED };
    /// Compared for order too.
    pub(crate) const ORDERED: Self = Self { order: true, ..Self::EQUAL };
    /// Short text.
    pub(crate) const LINE: Self = Self { search: true, lookup: true, ..Self::EQUAL };
    /// Enums.
    pub(crate) const ENUM: Self = Self { key: true, ..Self::EQUAL };
}

/// Words of other languages for our types.
pub(crate) const SYNONYMS: &[(&str, &str)] = &[
    ("str", "string"),
    ("varchar", "string"),
    ("char", "string"),
    ("integer", "int"),
    ("int32", "int"),
    ("int64", "bigint"),
    ("long", "bigint"),
    ("number", "decimal"),
    ("numeric", "decimal"),
    ("money", "decimal"),
    ("double", "float"),
    ("real", "float"),
    ("boolean", "bool"),
    ("timestamp", "datetime"),
    ("timestamptz", "datetime"),
    ("interval", "duration"),
    ("guid", "uuid"),
    ("jsonb", "json"),
    ("object", "json"),
    ("dict", "json"),
    ("blob", "bytes"),
    ("binary", "bytes"),
    ("bytea", "bytes"),
    ("uri", "url"),
    ("mail", "email"),
];

/// The built-in type of this name.
pub(crate) fn find(name: &str) -> Option<&'static TypeDef> {
    REGISTRY.iter().copied().find(|def| def.name == name)
}

/// The definition of a resolved type; none for enums and value objects.
pub(crate) fn of(ty: &AttributeType) -> Option<&'static TypeDef> {
    REGISTRY.iter().copied().find(|def| (def.is)(ty))
}

/// Whether a text is a value of a type whose values are texts.
pub fn is_text_of(ty: &AttributeType, text: &str) -> bool {
    let span = Span::new(FileId(0), 0, 0);
    let raw = Raw { span, value: RawValue::Text(text.to_owned()) };
    of(ty).is_some_and(|def| (def.literal)(ty, &raw).is_ok())
}

/// What may be done with a type.
pub(crate) fn abilities(ty: &AttributeType) -> Abilities {
    match ty {
        AttributeType::Enum(_) => Abilities::ENUM,
        AttributeType::Value(_) => Abilities { embed: false, ..Abilities::STORED },
        _ => of(ty).map_or(Abilities::STORED, |def| def.can),
    }
}
