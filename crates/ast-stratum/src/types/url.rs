//! `url`: an absolute http or https URL, kept as text.

use super::{PythonType, alias};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{name, text};

const PATTERN: &str = concat!(
    "^https?://[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?",
    "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,8}",
    "(:[1-9][0-9]{0,3})?(/[!-~]*)?$",
);

pub(super) struct Url;

impl PythonType for Url {
    fn model(&self) -> Expr {
        name("str")
    }

    fn input(&self) -> Expr {
        alias("Url")
    }

    fn input_schema(&self) -> Json {
        json!({"type": "string", "maxLength": 2048, "pattern": PATTERN})
    }

    fn read_schema(&self) -> Json {
        json!({"type": "string"})
    }

    fn literal(&self, value: &str) -> Expr {
        text(value)
    }
}
