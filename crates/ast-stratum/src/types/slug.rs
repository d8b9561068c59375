//! `slug`: lower case words joined by hyphens.

use super::{PythonType, alias, annotated, except, length, without};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{name, text};

pub(super) struct Slug<'a> {
    pub max: u32,
    pub reserved: &'a [&'static str],
}

impl PythonType for Slug<'_> {
    fn model(&self) -> Expr {
        name("str")
    }

    fn input(&self) -> Expr {
        let length = length(0, self.max);
        annotated(alias("Slug"), std::iter::once(length).chain(except(self.reserved)))
    }

    fn input_schema(&self) -> Json {
        let schema = json!({
            "type": "string",
            "maxLength": self.max,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        });
        without(schema, self.reserved)
    }

    fn read_schema(&self) -> Json {
        json!({"type": "string"})
    }

    fn literal(&self, value: &str) -> Expr {
        text(value)
    }
}
