//! `text`: several lines.

use super::{PythonType, alias, annotated, length, with_length};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{name, text};

pub(super) struct Text {
    pub min: u32,
    pub max: u32,
}

impl PythonType for Text {
    fn model(&self) -> Expr {
        name("str")
    }

    fn input(&self) -> Expr {
        annotated(alias("Text"), [length(self.min, self.max)])
    }

    fn input_schema(&self) -> Json {
        with_length(json!({"type": "string", "not": {"pattern": r"\x00"}}), self.min, self.max)
    }

    fn read_schema(&self) -> Json {
        json!({"type": "string"})
    }

    fn literal(&self, value: &str) -> Expr {
        text(value)
    }
}
