//! `float`: a binary number of 64 bits.

use super::literal::{numeric, within};
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "float",
    doc: "A finite binary number of 64 bits.",
    parameters: &["min", "max"],
    positions: &[],
    range: Some(("min", "max")),
    make: |arguments| Some(AttributeType::Float(arguments.decimals(None))),
    is: |ty| matches!(ty, AttributeType::Float(_)),
    print: |ty| {
        let AttributeType::Float(bounds) = ty else { return Vec::new() };
        let number = |key, value: &Option<String>| value.clone().map(|n| (key, Literal::Number(n)));
        [number("min", &bounds.min), number("max", &bounds.max)].into_iter().flatten().collect()
    },
    literal: |ty, raw| {
        let AttributeType::Float(bounds) = ty else { return Ok(Literal::Null) };
        let text = numeric(raw)?;
        within(&text, bounds)?;
        if text.parse::<f64>().is_ok_and(f64::is_finite) {
            return Ok(Literal::Number(text));
        }
        Err("it is too large for a number of 64 bits".to_owned())
    },
    function: None,
    can: Abilities { index: false, ..Abilities::ORDERED },
};
