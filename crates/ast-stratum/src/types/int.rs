//! `int` and `bigint`.

use serde_json::{Value, json};

use super::{PythonType, alias, annotated, field, int_literal};
use crate::python::Expr;
use crate::python::build::{kw, name};

/// The largest integer of 64 bits that a JSON number of the published document can hold: FastAPI
/// writes bounds as floats, and the next float is 2 to the 63rd, which no database column holds.
const LARGEST: i64 = 9_223_372_036_854_774_784;

pub(super) struct Int {
    pub min: i64,
    pub max: i64,
}

impl Int {
    fn bounds(&self) -> Expr {
        let (min, max) = self.range();
        field([kw("ge", int_literal(min)), kw("le", int_literal(max))])
    }

    fn range(&self) -> (i64, i64) {
        (self.min.min(LARGEST), self.max.min(LARGEST))
    }
}

impl PythonType for Int {
    fn model(&self) -> Expr {
        name("int")
    }

    fn input(&self) -> Expr {
        annotated(alias("Int"), [self.bounds(), alias("WHOLE")])
    }

    fn query(&self) -> Expr {
        annotated(name("int"), [self.bounds()])
    }

    fn input_schema(&self) -> Value {
        let (min, max) = self.range();
        json!({"type": "integer", "minimum": min, "maximum": max})
    }

    fn read_schema(&self) -> Value {
        json!({"type": "integer"})
    }

    fn literal(&self, text: &str) -> Expr {
        int_literal(text.parse().unwrap_or_default())
    }

    fn published(&self, text: &str) -> Value {
        json!(text.parse::<i64>().unwrap_or_default())
    }
}
