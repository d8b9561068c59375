//! `ip`: an IPv4 or IPv6 address, kept as canonical text.

use super::{PythonType, alias};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{name, text};

pub(super) struct Ip;

impl PythonType for Ip {
    fn model(&self) -> Expr {
        name("str")
    }

    fn input(&self) -> Expr {
        alias("Ip")
    }

    fn input_schema(&self) -> Json {
        json!({"type": "string", "anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]})
    }

    fn read_schema(&self) -> Json {
        json!({"type": "string"})
    }

    fn literal(&self, value: &str) -> Expr {
        text(value)
    }
}
