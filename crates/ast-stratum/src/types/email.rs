//! `email`: an address in lower case.

use super::{PythonType, alias};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{name, text};

const PATTERN: &str = concat!(
    "^[A-Za-z0-9_+-]{1,30}(\\.[A-Za-z0-9_+-]{1,30})?",
    "@([A-Za-z0-9]{1,30}\\.){1,4}[A-Za-z]{2,20}$",
);

pub(super) struct Email;

impl PythonType for Email {
    fn model(&self) -> Expr {
        name("str")
    }

    fn input(&self) -> Expr {
        alias("Email")
    }

    fn input_schema(&self) -> Json {
        json!({"type": "string", "minLength": 6, "maxLength": 254, "pattern": PATTERN})
    }

    fn read_schema(&self) -> Json {
        json!({"type": "string"})
    }

    fn literal(&self, value: &str) -> Expr {
        text(value)
    }
}
