//! `string`: one line.

use super::{PythonType, alias, annotated, except, length, with_length, without};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{name, text};

const LINE: &str = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f\s][^\x00-\x1f\x7f]*$";
const ANY_LINE: &str = r"^[^\x00-\x1f\x7f]*$";

pub(super) struct Line<'a> {
    pub min: u32,
    pub max: u32,
    pub pattern: Option<&'a str>,
    pub reserved: &'a [&'static str],
}

impl PythonType for Line<'_> {
    fn model(&self) -> Expr {
        name("str")
    }

    fn input(&self) -> Expr {
        let line = if self.min > 0 { alias("Line") } else { alias("AnyLine") };
        let matching = self
            .pattern
            .map(|pattern| alias("Matching").call_with([Expr::RawStr(pattern.to_owned())]));
        let length = length(self.min, self.max);
        annotated(line, std::iter::once(length).chain(matching).chain(except(self.reserved)))
    }

    fn input_schema(&self) -> Json {
        let line = if self.min > 0 { LINE } else { ANY_LINE };
        let schema = match self.pattern {
            Some(pattern) => {
                json!({"type": "string", "pattern": pattern, "allOf": [{"pattern": line}]})
            }
            None => json!({"type": "string", "pattern": line}),
        };
        without(with_length(schema, self.min, self.max), self.reserved)
    }

    fn read_schema(&self) -> Json {
        json!({"type": "string"})
    }

    fn literal(&self, value: &str) -> Expr {
        text(value)
    }
}
