//! `email`: an address in lower case. The pattern tells the limits of its parts (RFC 5321) by how many
//! there are, so that what it allows is valid.

use super::{PythonType, alias};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{name, text};

const PATTERN: &str = concat!(
    "^([A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,64}",
    "|[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,31}\\.[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,32}",
    "|[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,20}(\\.[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,21}){2}",
    "|[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,15}(\\.[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,15}){3})",
    "@(([A-Za-z0-9]{1,63}",
    "|[A-Za-z0-9]{1,31}-[A-Za-z0-9]{1,31}",
    "|[A-Za-z0-9]{1,20}(-[A-Za-z0-9]{1,20}){2}",
    "|[A-Za-z0-9]{1,15}(-[A-Za-z0-9]{1,15}){3})",
    "\\.){1,4}[A-Za-z]{2,20}$",
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
