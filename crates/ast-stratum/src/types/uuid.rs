//! `uuid`.

use super::PythonType;
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{from, text};

pub(super) struct Uuid;

impl PythonType for Uuid {
    fn model(&self) -> Expr {
        from("uuid", "UUID")
    }

    fn input(&self) -> Expr {
        self.model()
    }

    fn input_schema(&self) -> Json {
        json!({"type": "string", "format": "uuid"})
    }

    fn read_schema(&self) -> Json {
        self.input_schema()
    }

    fn literal(&self, value: &str) -> Expr {
        self.model().call_with([text(value)])
    }
}
