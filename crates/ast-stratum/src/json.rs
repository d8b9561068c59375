//! JSON values of the published document. A large model has millions of them, so that they are
//! lighter than those of `serde_json`: members lie in a list, short texts need no allocation.

use std::ops::{Index, IndexMut};

use serde_json::Number;
use smol_str::SmolStr;
use stratapi_plan::PyIdent;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(SmolStr),
    Array(Vec<Json>),
    Object(Members),
}

/// The members of an object, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Members(Vec<(SmolStr, Json)>);

impl Members {
    /// Room for so many.
    pub(crate) fn with_capacity(members: usize) -> Self {
        Self(Vec::with_capacity(members))
    }

    /// The value of a member; a new one is null. Objects are small: a search is as fast as a hash.
    pub(crate) fn entry(&mut self, name: impl Into<SmolStr>) -> &mut Json {
        let name = name.into();
        let place = self.0.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.0.push((name, Json::Null));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }

    /// Adds a member, or gives it another value.
    pub(crate) fn insert(&mut self, name: impl Into<SmolStr>, value: Json) {
        *self.entry(name) = value;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl IntoIterator for Members {
    type Item = (SmolStr, Json);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<K: Into<SmolStr>> FromIterator<(K, Json)> for Members {
    /// No two may have one name.
    fn from_iter<T: IntoIterator<Item = (K, Json)>>(members: T) -> Self {
        Self(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<K: Into<SmolStr>> Extend<(K, Json)> for Members {
    fn extend<T: IntoIterator<Item = (K, Json)>>(&mut self, members: T) {
        members.into_iter().for_each(|(name, value)| self.insert(name, value));
    }
}

impl Json {
    /// A member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The text that it is.
    pub(crate) fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The list that it is.
    pub(crate) fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }
}

impl Index<&str> for Json {
    type Output = Self;

    fn index(&self, name: &str) -> &Self {
        self.get(name).unwrap_or(&Self::Null)
    }
}

impl IndexMut<&'static str> for Json {
    fn index_mut(&mut self, name: &'static str) -> &mut Self {
        if !matches!(self, Self::Object(_)) {
            *self = Self::Object(Members::default());
        }
        match self {
            Self::Object(members) => members.entry(SmolStr::new_static(name)),
            other => other,
        }
    }
}

macro_rules! conversions {
    ($($from:ty => |$value:ident| $made:expr;)*) => {$(
        impl From<$from> for Json {
            fn from($value: $from) -> Self {
                $made
            }
        }
    )*};
}

conversions! {
    bool => |value| Self::Bool(value);
    i32 => |value| Self::Number(value.into());
    i64 => |value| Self::Number(value.into());
    u32 => |value| Self::Number(value.into());
    u64 => |value| Self::Number(value.into());
    f64 => |value| Number::from_f64(value).map_or(Self::Null, Self::Number);
    &str => |value| Self::Text(value.into());
    String => |value| Self::Text(value.into());
    &String => |value| Self::Text(value.as_str().into());
    &SmolStr => |value| Self::Text(value.clone());
    &PyIdent => |value| Self::Text(value.as_str().into());
    Members => |value| Self::Object(value);
    &[&str] => |value| Self::Array(value.iter().copied().map(Self::from).collect());
    serde_json::Value => |value| Self::from(&value);
    &serde_json::Value => |value| match value {
        serde_json::Value::Null => Self::Null,
        serde_json::Value::Bool(value) => Self::Bool(*value),
        serde_json::Value::Number(number) => Self::Number(number.clone()),
        serde_json::Value::String(text) => Self::Text(text.into()),
        serde_json::Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
        serde_json::Value::Object(members) => Self::Object(Members(
            members.iter().map(|(name, value)| (name.into(), Self::from(value))).collect(),
        )),
    };
}

/// A value as it is written in JSON, with expressions where values stand.
macro_rules! json {
    (null) => { $crate::json::Json::Null };
    ([$($items:tt)*]) => { $crate::json::Json::Array($crate::json::json!(@items [] $($items)*)) };
    ({}) => { $crate::json::Json::Object($crate::json::Members::default()) };
    ({$($members:tt)*}) => { $crate::json::Json::Object($crate::json::members!({$($members)*})) };

    (@items [$($done:expr,)*]) => { vec![$($done,)*] };
    (@items [$($done:expr,)*] {$($inner:tt)*} $(, $($rest:tt)*)?) => {
        $crate::json::json!(@items [$($done,)* $crate::json::json!({$($inner)*}),] $($($rest)*)?)
    };
    (@items [$($done:expr,)*] [$($inner:tt)*] $(, $($rest:tt)*)?) => {
        $crate::json::json!(@items [$($done,)* $crate::json::json!([$($inner)*]),] $($($rest)*)?)
    };
    (@items [$($done:expr,)*] $next:expr $(, $($rest:tt)*)?) => {
        $crate::json::json!(@items [$($done,)* $crate::json::Json::from($next),] $($($rest)*)?)
    };

    (@members $object:ident () ()) => {};
    (@members $object:ident ($($key:tt)+) (: null $(, $($rest:tt)*)?)) => {
        $object.insert($($key)+, $crate::json::Json::Null);
        $crate::json::json!(@members $object () ($($($rest)*)?));
    };
    (@members $object:ident ($($key:tt)+) (: {$($inner:tt)*} $(, $($rest:tt)*)?)) => {
        $object.insert($($key)+, $crate::json::json!({$($inner)*}));
        $crate::json::json!(@members $object () ($($($rest)*)?));
    };
    (@members $object:ident ($($key:tt)+) (: [$($inner:tt)*] $(, $($rest:tt)*)?)) => {
        $object.insert($($key)+, $crate::json::json!([$($inner)*]));
        $crate::json::json!(@members $object () ($($($rest)*)?));
    };
    (@members $object:ident ($($key:tt)+) (: $value:expr $(, $($rest:tt)*)?)) => {
        $object.insert($($key)+, $crate::json::Json::from($value));
        $crate::json::json!(@members $object () ($($($rest)*)?));
    };
    (@members $object:ident ($($key:tt)*) ($next:tt $($rest:tt)*)) => {
        $crate::json::json!(@members $object ($($key)* $next) ($($rest)*));
    };

    ($value:expr) => { $crate::json::Json::from($value) };
}
/// The members of an object as it is written in JSON.
macro_rules! members {
    ({$($members:tt)*}) => {{
        let mut members = $crate::json::Members::with_capacity(8);
        $crate::json::json!(@members members () ($($members)*));
        members
    }};
}

pub(crate) use {json, members};
