//! `duration`: ISO 8601 on the wire, without years, months and weeks.

use super::{PythonType, alias, int_literal};
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{from, kw};

const SECONDS: &str = r"[0-9]{1,6}(\.[0-9]{1,6})?S";

/// What the generated project writes.
const WRITTEN: &str = r"^-?P[0-9]{1,9}DT[0-9]{1,5}(\.[0-9]{1,6})?S$";

pub(super) struct Duration;

impl PythonType for Duration {
    fn model(&self) -> Expr {
        from("datetime", "timedelta")
    }

    fn input(&self) -> Expr {
        alias("Duration")
    }

    fn read(&self) -> Expr {
        alias("Duration")
    }

    fn input_schema(&self) -> Json {
        let minutes = format!("[0-9]{{1,6}}M({SECONDS})?");
        let clock = format!("T([0-9]{{1,6}}H({minutes}|{SECONDS})?|{minutes}|{SECONDS})");
        json!({"type": "string", "pattern": format!("^-?P([0-9]{{1,5}}D({clock})?|{clock})$")})
    }

    fn read_schema(&self) -> Json {
        // `format: duration` knows neither fractions nor signs.
        json!({"type": "string", "pattern": WRITTEN})
    }

    fn literal(&self, text: &str) -> Expr {
        let (negative, parts) = parse(text);
        let arguments = parts
            .into_iter()
            .map(|(unit, amount)| kw(unit, int_literal(if negative { -amount } else { amount })));
        self.model().call(arguments)
    }
}

/// Sign and parts of an ISO 8601 duration that the front end has checked.
fn parse(text: &str) -> (bool, Vec<(&'static str, i64)>) {
    let negative = text.starts_with('-');
    let mut parts = Vec::new();
    let mut digits = String::new();
    let mut clock = false;
    for letter in text.trim_start_matches('-').trim_start_matches('P').chars() {
        if letter == 'T' {
            clock = true;
            continue;
        }
        if letter.is_ascii_digit() || letter == '.' {
            digits.push(letter);
            continue;
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let unit = match (letter, clock) {
            ('W', _) => "weeks",
            ('D', _) => "days",
            ('H', _) => "hours",
            ('M', _) => "minutes",
            _ => "seconds",
        };
        let amount = whole.parse().unwrap_or(0);
        let micros = format!("{fraction:0<6}").parse().unwrap_or(0);
        parts.push((unit, amount));
        if micros > 0 {
            parts.push(("microseconds", micros));
        }
        digits.clear();
    }
    parts.retain(|(_, amount)| *amount > 0);
    (negative, parts)
}
