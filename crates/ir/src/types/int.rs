//! `int`: a whole number of 32 bits.

use super::literal::int;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

const MIN: i64 = i32::MIN as i64;
const MAX: i64 = i32::MAX as i64;

pub(super) static TYPE: TypeDef = TypeDef {
    name: "int",
    doc: "A whole number of 32 bits.",
    parameters: &["min", "max"],
    positions: &[],
    range: Some(("min", "max")),
    make: |arguments| Some(AttributeType::Int(arguments.ints(("min", "max"), MIN, MAX))),
    is: |ty| matches!(ty, AttributeType::Int(_)),
    print: |ty| {
        let AttributeType::Int(bounds) = ty else { return Vec::new() };
        let number = |key, value: Option<i64>| value.map(|n| (key, Literal::Int(n.to_string())));
        [number("min", bounds.min), number("max", bounds.max)].into_iter().flatten().collect()
    },
    literal: |ty, raw| {
        let AttributeType::Int(bounds) = ty else { return Ok(Literal::Null) };
        int(raw, *bounds, MIN, MAX)
    },
    function: None,
    can: Abilities { key: true, lookup: true, ..Abilities::ORDERED },
};
