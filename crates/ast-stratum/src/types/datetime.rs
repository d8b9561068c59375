//! `datetime`: an instant, in UTC.

use super::{PythonType, alias};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{from, text};

pub(super) struct DateTime;

impl PythonType for DateTime {
    fn model(&self) -> Expr {
        from("datetime", "datetime")
    }

    fn input(&self) -> Expr {
        alias("UtcDatetime")
    }

    fn read(&self) -> Expr {
        alias("UtcDatetime")
    }

    fn input_schema(&self) -> Json {
        json!({"type": "string", "format": "date-time"})
    }

    fn read_schema(&self) -> Json {
        json!({"type": "string", "format": "date-time"})
    }

    fn literal(&self, value: &str) -> Expr {
        self.model().attr("fromisoformat").call_with([text(value)])
    }
}
