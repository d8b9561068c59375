//! `bool`.

use super::{PythonType, alias};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{boolean, name};

pub(super) struct Bool;

impl PythonType for Bool {
    fn model(&self) -> Expr {
        name("bool")
    }

    fn input(&self) -> Expr {
        alias("Bool")
    }

    fn query(&self) -> Expr {
        name("bool")
    }

    fn input_schema(&self) -> Json {
        json!({"type": "boolean"})
    }

    fn read_schema(&self) -> Json {
        self.input_schema()
    }

    fn literal(&self, text: &str) -> Expr {
        boolean(text == "true")
    }

    fn published(&self, text: &str) -> Json {
        json!(text == "true")
    }
}
