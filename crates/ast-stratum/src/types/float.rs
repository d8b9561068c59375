//! `float`: a finite number.

use super::{PythonType, alias, annotated, field};
use crate::json::{Json, json};
use crate::python::build::{kw, name};
use crate::python::{Expr, UnaryOperator};

pub(super) struct Float<'a> {
    pub min: Option<&'a str>,
    pub max: Option<&'a str>,
}

impl Float<'_> {
    fn bounded(&self, base: Expr) -> Expr {
        let bounds: Vec<_> = [("ge", self.min), ("le", self.max)]
            .into_iter()
            .filter_map(|(name, bound)| Some(kw(name, number(bound?))))
            .collect();
        if bounds.is_empty() { base } else { annotated(base, [field(bounds)]) }
    }
}

impl PythonType for Float<'_> {
    fn model(&self) -> Expr {
        name("float")
    }

    fn input(&self) -> Expr {
        self.bounded(alias("Float"))
    }

    fn query(&self) -> Expr {
        self.bounded(crate::python::build::from("pydantic", "FiniteFloat"))
    }

    fn input_schema(&self) -> Json {
        let mut schema = json!({"type": "number"});
        for (keyword, bound) in [("minimum", self.min), ("maximum", self.max)] {
            if let Some(bound) = bound {
                schema[keyword] = json!(bound.parse::<f64>().unwrap_or_default());
            }
        }
        schema
    }

    fn read_schema(&self) -> Json {
        json!({"type": "number"})
    }

    fn literal(&self, text: &str) -> Expr {
        number(text)
    }

    fn published(&self, text: &str) -> Json {
        json!(text.parse::<f64>().unwrap_or_default())
    }
}

/// A float literal; Python's `1` would be an integer.
fn number(text: &str) -> Expr {
    let digits = text.trim_start_matches('-');
    let digits =
        if digits.contains(['.', 'e', 'E']) { digits.to_owned() } else { format!("{digits}.0") };
    let literal = Expr::Float(digits);
    if text.starts_with('-') {
        Expr::Unary(UnaryOperator::Minus, Box::new(literal))
    } else {
        literal
    }
}
