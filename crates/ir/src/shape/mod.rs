//! What a document looks like: one table of keys a mapping. From it come the errors on unknown,
//! missing and misshapen keys, and the JSON Schema. It says nothing about what names mean.

mod check;
mod cut;
pub(crate) mod flows;
pub(crate) mod tables;
mod views;
pub(crate) mod wire;

pub(crate) use check::check;

/// A mapping with known keys.
#[derive(Debug)]
pub(crate) struct Shape {
    /// What it is, in words: `an entity`.
    pub(crate) name: &'static str,
    /// Name in the JSON Schema.
    pub(crate) id: &'static str,
    /// One line on it.
    pub(crate) doc: &'static str,
    /// Its keys, in the order in which they are shown.
    pub(crate) keys: &'static [Key],
}

/// A key of a mapping.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key itself.
    pub(crate) name: &'static str,
    /// One line on it.
    pub(crate) doc: &'static str,
    /// What stands under it.
    pub(crate) kind: Kind,
    /// How badly it is needed.
    pub(crate) need: Need,
}

/// How badly a key is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Must be there.
    Required,
    /// May be there.
    Optional,
    /// Belongs to the language, but this compiler can't do anything with it yet.
    Later,
}

/// What stands under a key.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Text.
    Text,
    /// Text that says something: an example shows how.
    Shorthand(&'static str),
    /// True or false.
    Bool,
    /// `false` and nothing else.
    False,
    /// A whole number, inclusive bounds.
    Int(i64, i64),
    /// A number.
    Number,
    /// Any value.
    Any,
    /// The version of the language.
    Version,
    /// One of these words; the first text says what they are.
    Choice(&'static str, &'static [&'static str]),
    /// A list.
    List(&'static Kind),
    /// A mapping from names to values; the text says what is named.
    Map(&'static str, &'static Kind),
    /// A mapping with known keys.
    Shape(&'static Shape),
    /// The first of these that fits.
    Either(&'static [Kind]),
}

impl Key {
    const fn new(name: &'static str, kind: Kind, doc: &'static str, need: Need) -> Self {
        Self { name, doc, kind, need }
    }

    const fn required(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self::new(name, kind, doc, Need::Required)
    }

    const fn optional(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self::new(name, kind, doc, Need::Optional)
    }

    const fn later(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self::new(name, kind, doc, Need::Later)
    }
}

impl Shape {
    /// The key of this name.
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Kind {
    /// What is expected, as a message says it.
    pub(crate) fn expected(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Shorthand(example) => format!("text such as `{example}`"),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::False => "`false`".to_owned(),
            Self::Int(..) => "a whole number".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Any => "a value".to_owned(),
            Self::Version => "`1`".to_owned(),
            Self::Choice(what, _) => format!("one word, the {what}"),
            Self::List(_) => "a list".to_owned(),
            Self::Map(what, _) => format!("a mapping from each {what} to its declaration"),
            Self::Shape(shape) => format!("a mapping, {}", shape.name),
            Self::Either(kinds) => {
                let all: Vec<String> = kinds.iter().map(Self::expected).collect();
                all.join(" or ")
            }
        }
    }
}
