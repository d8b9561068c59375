//! `date`: a day.

use super::{PythonType, alias};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{from, text};

pub(super) struct Date;

impl PythonType for Date {
    fn model(&self) -> Expr {
        from("datetime", "date")
    }

    fn input(&self) -> Expr {
        alias("Date")
    }

    fn read(&self) -> Expr {
        alias("Date")
    }

    fn input_schema(&self) -> Json {
        json!({"type": "string", "format": "date"})
    }

    fn read_schema(&self) -> Json {
        json!({"type": "string", "format": "date"})
    }

    fn literal(&self, value: &str) -> Expr {
        self.model().attr("fromisoformat").call_with([text(value)])
    }
}
