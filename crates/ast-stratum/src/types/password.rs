//! `password`: never read; its column holds a hash.

use super::{PythonType, alias, annotated, length, with_length};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{name, text};

pub(super) struct Password {
    pub min: u32,
    pub max: u32,
}

impl PythonType for Password {
    fn model(&self) -> Expr {
        name("str")
    }

    fn input(&self) -> Expr {
        annotated(alias("Password"), [length(self.min, self.max)])
    }

    fn input_schema(&self) -> Json {
        let schema = json!({"type": "string", "format": "password", "pattern": r"^[^\x00]*$"});
        with_length(schema, self.min, self.max)
    }

    fn read_schema(&self) -> Json {
        json!({"type": "string"})
    }

    fn literal(&self, value: &str) -> Expr {
        text(value)
    }
}
