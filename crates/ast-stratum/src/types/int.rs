//! `int` and `bigint`.

use stratapi_diagnostics::bug;
use stratapi_plan::Limit;

use super::{PythonType, alias, annotated, field, int_literal};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{int, kw, name};

pub(super) struct Int {
    pub min: i64,
    pub max: i64,
}

impl Int {
    fn limits(&self) -> (Limit, Limit) {
        match (Limit::at_least(self.min), Limit::at_most(self.max)) {
            (Some(min), Some(max)) => (min, max),
            _ => bug!("the language refuses a bound that a float cannot hold"),
        }
    }

    fn bounds(&self) -> Expr {
        let (min, max) = self.limits();
        field([
            match min {
                Limit::Inclusive(value) => kw("ge", int(value)),
                Limit::Exclusive(value) => kw("gt", int(value)),
            },
            match max {
                Limit::Inclusive(value) => kw("le", int(value)),
                Limit::Exclusive(value) => kw("lt", int(value)),
            },
        ])
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

    fn input_schema(&self) -> Json {
        let (min, max) = self.limits();
        let (min, min_value) = match min {
            Limit::Inclusive(value) => ("minimum", value),
            Limit::Exclusive(value) => ("exclusiveMinimum", value),
        };
        let (max, max_value) = match max {
            Limit::Inclusive(value) => ("maximum", value),
            Limit::Exclusive(value) => ("exclusiveMaximum", value),
        };
        json!({"type": "integer", min: whole(min_value), max: whole(max_value)})
    }

    fn read_schema(&self) -> Json {
        json!({"type": "integer"})
    }

    fn literal(&self, text: &str) -> Expr {
        int_literal(text.parse().unwrap_or_default())
    }

    fn published(&self, text: &str) -> Json {
        json!(text.parse::<i64>().unwrap_or_default())
    }
}

/// A number of the published document, which has one beyond 64 bits at the most: two to the 63rd.
fn whole(value: i128) -> Json {
    i64::try_from(value)
        .map(Json::from)
        .or_else(|_| u64::try_from(value).map(Json::from))
        .unwrap_or_else(|_| bug!("a bound lies within 64 bits, or beside them"))
}
