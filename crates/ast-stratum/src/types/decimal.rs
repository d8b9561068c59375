//! `decimal`: an exact number, text on the wire.

use super::{PythonType, alias, annotated, decimal_pattern, int_literal};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{from, text};

pub(super) struct Decimal<'a> {
    pub precision: u32,
    pub scale: u32,
    pub min: Option<&'a str>,
    pub max: Option<&'a str>,
}

impl Decimal<'_> {
    fn pattern(&self) -> String {
        decimal_pattern::pattern(self.precision, self.scale, self.min, self.max)
    }
}

impl PythonType for Decimal<'_> {
    fn model(&self) -> Expr {
        from("decimal", "Decimal")
    }

    fn input(&self) -> Expr {
        let pattern = Expr::RawStr(self.pattern());
        let marker = alias("DecimalText").call_with([int_literal(self.scale.into()), pattern]);
        annotated(self.model(), [marker])
    }

    fn read(&self) -> Expr {
        self.input()
    }

    fn input_schema(&self) -> Json {
        json!({"type": "string", "pattern": self.pattern()})
    }

    fn read_schema(&self) -> Json {
        self.input_schema()
    }

    fn literal(&self, value: &str) -> Expr {
        let argument = match value.parse() {
            Ok(whole) => int_literal(whole),
            Err(_) => text(value),
        };
        self.model().call_with([argument])
    }
}
