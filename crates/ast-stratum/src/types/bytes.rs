//! `bytes`: octets, base64 on the wire.

use super::{PythonType, alias, annotated, int_literal};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::name;

const PATTERN: &str = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

pub(super) struct Bytes {
    pub max: u32,
}

impl PythonType for Bytes {
    fn model(&self) -> Expr {
        name("bytes")
    }

    fn input(&self) -> Expr {
        annotated(name("bytes"), [alias("Base64").call_with([int_literal(self.max.into())])])
    }

    fn read(&self) -> Expr {
        self.input()
    }

    fn input_schema(&self) -> Json {
        let length = u64::from(self.max).div_ceil(3) * 4;
        json!({
            "type": "string",
            "contentEncoding": "base64",
            "maxLength": length,
            "pattern": PATTERN,
        })
    }

    fn read_schema(&self) -> Json {
        self.input_schema()
    }

    fn literal(&self, text: &str) -> Expr {
        Expr::Bytes(decode(text))
    }
}

/// Octets of a base64 text that the front end has checked.
fn decode(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut buffer = 0_u32;
    let mut bits = 0;
    for digit in text.bytes().filter_map(value) {
        buffer = buffer << 6 | u32::from(digit);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            octets.push((buffer >> bits & 0xff) as u8);
        }
    }
    octets
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}
