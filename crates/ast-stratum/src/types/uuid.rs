//! `uuid`.

use serde_json::{Value, json};

use super::PythonType;
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

    fn input_schema(&self) -> Value {
        json!({"type": "string", "format": "uuid"})
    }

    fn read_schema(&self) -> Value {
        self.input_schema()
    }

    fn literal(&self, value: &str) -> Expr {
        self.model().call_with([text(value)])
    }
}
