//! `time`: a time of day without a zone.

use super::{PythonType, alias};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{from, text};

const PATTERN: &str = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$";

pub(super) struct Time;

impl PythonType for Time {
    fn model(&self) -> Expr {
        from("datetime", "time")
    }

    fn input(&self) -> Expr {
        alias("Time")
    }

    fn read(&self) -> Expr {
        alias("Time")
    }

    fn input_schema(&self) -> Json {
        json!({"type": "string", "pattern": PATTERN})
    }

    fn read_schema(&self) -> Json {
        json!({"type": "string", "pattern": PATTERN})
    }

    fn literal(&self, value: &str) -> Expr {
        self.model().attr("fromisoformat").call_with([text(value)])
    }
}
