//! `json`: any JSON value that both databases keep.

use serde_json::Value;

use super::{Default, PythonType, alias, int_literal};
use crate::json::json;
use crate::python::build::{boolean, dict, from, list, name, none, text};
use crate::python::{Expr, UnaryOperator};

pub(super) struct Json;

impl PythonType for Json {
    fn model(&self) -> Expr {
        from("pydantic", "JsonValue")
    }

    fn input(&self) -> Expr {
        alias("Json")
    }

    fn read(&self) -> Expr {
        alias("Json")
    }

    fn input_schema(&self) -> crate::json::Json {
        json!({"$ref": "#/components/schemas/Json"})
    }

    fn read_schema(&self) -> crate::json::Json {
        self.input_schema()
    }

    fn literal(&self, text: &str) -> Expr {
        literal(&serde_json::from_str(text).unwrap_or_default())
    }

    fn stored(&self, value: &Value) -> Expr {
        literal(value)
    }
}

/// Any JSON value as a Python literal.
pub(crate) fn literal(value: &Value) -> Expr {
    match value {
        Value::Null => none(),
        Value::Bool(value) => boolean(*value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => int_literal(whole),
            None => float(&number.to_string()),
        },
        Value::String(value) => text(value),
        Value::Array(items) => list(items.iter().map(literal)),
        Value::Object(members) => {
            dict(members.iter().map(|(key, value)| (text(key), literal(value))))
        }
    }
}

fn float(digits: &str) -> Expr {
    match digits.strip_prefix('-') {
        Some(digits) => Expr::Unary(UnaryOperator::Minus, Box::new(Expr::Float(digits.to_owned()))),
        None => Expr::Float(digits.to_owned()),
    }
}

/// A default: what may be changed in place is made anew each time.
pub(super) fn factory(text: &str) -> Default {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let json = || from("pydantic", "JsonValue");
    match &value {
        Value::Object(members) if members.is_empty() => {
            Default::Factory(name("dict").index([name("str"), json()]))
        }
        Value::Array(items) if items.is_empty() => Default::Factory(name("list").index([json()])),
        Value::Object(_) | Value::Array(_) => {
            Default::Factory(Expr::Lambda(Vec::new(), Box::new(literal(&value))))
        }
        _ => Default::Value(literal(&value)),
    }
}

/// The default as it is published.
pub(super) fn published(text: &str) -> Option<crate::json::Json> {
    let value: Value = serde_json::from_str(text).ok()?;
    let plain = !value.is_object() && !value.is_array() && !value.is_null();
    plain.then(|| value.into())
}
