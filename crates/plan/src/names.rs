//! Names that are printed; each newtype can only hold what its sink accepts bare. Short names, which
//! most are, live where they stand: emission makes and copies them by the million.

use smol_str::SmolStr;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(SmolStr);
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )*};
}

names! {
    /// A Python identifier: ASCII, not a keyword.
    PyIdent
    /// A dotted Python module path.
    ModulePath
    /// A table name as the database knows it.
    TableName
    /// A column name as the database knows it.
    ColumnName
    /// A constraint or index name as the database knows it.
    ConstraintName
}

fn is_identifier(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|head| !head.is_ascii_digit())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        && !is_keyword(bytes)
}

/// A match on bytes: compilers make a tree of it, and names are checked by the hundred thousand.
#[rustfmt::skip]
fn is_keyword(text: &[u8]) -> bool {
    matches!(
        text,
        b"False" | b"None" | b"True" | b"and" | b"as" | b"assert" | b"async" | b"await"
            | b"break" | b"class" | b"continue" | b"def" | b"del" | b"elif" | b"else"
            | b"except" | b"finally" | b"for" | b"from" | b"global" | b"if" | b"import"
            | b"in" | b"is" | b"lambda" | b"nonlocal" | b"not" | b"or" | b"pass" | b"raise"
            | b"return" | b"try" | b"while" | b"with" | b"yield"
    )
}

impl PyIdent {
    /// The identifier, or `None` where Python would not take the text as one.
    pub fn new(text: impl Into<SmolStr>) -> Option<Self> {
        let text = text.into();
        is_identifier(&text).then_some(Self(text))
    }

    /// An identifier that stands in an emitter's source. Tests run every emitter in debug builds,
    /// where it is checked.
    pub fn constant(text: &'static str) -> Self {
        debug_assert!(is_identifier(text), "not a Python identifier: {text:?}");
        Self(SmolStr::new_static(text))
    }

    /// An identifier that the compiler itself wrote.
    ///
    /// # Panics
    /// If it is none, which is a bug.
    pub fn known(text: impl Into<SmolStr>) -> Self {
        let text = text.into();
        if !is_identifier(&text) {
            stratapi_diagnostics::bug!("not a Python identifier: {text:?}");
        }
        Self(text)
    }
}

impl ModulePath {
    /// A module path that stands in an emitter's source; see [`PyIdent::constant`].
    pub fn constant(text: &'static str) -> Self {
        debug_assert!(text.split('.').all(is_identifier), "not a module path: {text:?}");
        Self(SmolStr::new_static(text))
    }

    /// A module path that the compiler itself wrote.
    ///
    /// # Panics
    /// If a part of it is no identifier, which is a bug.
    pub fn known(text: impl Into<SmolStr>) -> Self {
        let text = text.into();
        if !text.split('.').all(is_identifier) {
            stratapi_diagnostics::bug!("not a module path: {text:?}");
        }
        Self(text)
    }

    /// The path of its file: `app.models.post` gives `app/models/post.py`.
    pub fn file(&self) -> String {
        format!("{}.py", self.0.replace('.', "/"))
    }
}

/// Words that a database keeps for itself although SQLAlchemy prints them without quotes, and the
/// columns that every table of PostgreSQL has anyway.
const KEPT_BY_DATABASES: &[&str] = &[
    "cmax",
    "cmin",
    "collation",
    "concurrently",
    "ctid",
    "lateral",
    "nothing",
    "returning",
    "tableoid",
    "tablesample",
    "xmax",
    "xmin",
];

/// The name as databases take it.
fn in_databases(text: SmolStr) -> SmolStr {
    if KEPT_BY_DATABASES.contains(&text.as_str()) {
        smol_str::format_smolstr!("{text}_")
    } else {
        text
    }
}

impl TableName {
    /// A name that the front end has checked: 1 to 63 bytes without control characters. What
    /// databases keep for themselves gets an underscore: `lateral_`.
    pub fn checked(text: impl Into<SmolStr>) -> Self {
        Self(in_databases(text.into()))
    }
}

impl ColumnName {
    /// A name that the front end has checked: 1 to 63 bytes without control characters. What
    /// databases keep for themselves gets an underscore: `returning_`.
    pub fn checked(text: impl Into<SmolStr>) -> Self {
        Self(in_databases(text.into()))
    }
}

impl ConstraintName {
    /// A name that lowering has made, at most 63 bytes.
    pub fn checked(text: impl Into<SmolStr>) -> Self {
        Self(text.into())
    }
}
