//! What a template can hold: names, which print bare, and texts, which print through an encoder only.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value};

macro_rules! opaque {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name(pub(crate) String);
        impl Object for $name {
            fn repr(self: &Arc<Self>) -> ObjectRepr {
                ObjectRepr::Plain
            }
            fn is_true(self: &Arc<Self>) -> bool {
                !self.0.is_empty()
            }
            /// Operators of the engine see this; the formatter refuses their results anyway.
            fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
        impl From<$name> for Value {
            fn from(value: $name) -> Self {
                Self::from_object(value)
            }
        }
    )*};
}

opaque! {
    /// A text from the IR: can't be printed as it stands.
    Text
    /// A name whose characters are harmless in every kind of file.
    Bare
    /// What an encoder made of a text; goes to its sink and nowhere else.
    Encoded
}

/// A text from the IR.
pub(crate) fn text(text: impl Into<String>) -> Value {
    Text(text.into()).into()
}

/// A name whose shape the plan guarantees.
///
/// # Panics
/// If it holds anything but letters, digits, `.`, `-`, `+` and `_`, which is a bug.
pub(crate) fn bare(name: impl AsRef<str>) -> Value {
    let name = name.as_ref();
    let harmless = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+' | b'_');
    if name.is_empty() || name.starts_with('-') || !name.bytes().all(harmless) {
        stratapi_diagnostics::bug!("not a bare name: {name:?}");
    }
    Bare(name.to_owned()).into()
}

/// A table of named values.
pub(crate) fn table<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    entries.into_iter().collect::<BTreeMap<_, _>>().into()
}
