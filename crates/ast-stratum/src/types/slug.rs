//! `slug`: lower case words joined by hyphens.

use serde_json::{Value, json};

use super::{PythonType, alias, annotated, length};
use crate::python::Expr;
use crate::python::build::{name, text};

pub(super) struct Slug {
    pub max: u32,
}

impl PythonType for Slug {
    fn model(&self) -> Expr {
        name("str")
    }

    fn input(&self) -> Expr {
        annotated(alias("Slug"), [length(0, self.max)])
    }

    fn input_schema(&self) -> Value {
        json!({
            "type": "string",
            "maxLength": self.max,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        })
    }

    fn read_schema(&self) -> Value {
        json!({"type": "string"})
    }

    fn literal(&self, value: &str) -> Expr {
        text(value)
    }
}
