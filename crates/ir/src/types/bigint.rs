//! `bigint`: a whole number of 64 bits.

use super::literal::int;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

const MIN: i64 = i64::MIN;
const MAX: i64 = i64::MAX;

pub(super) static TYPE: TypeDef = TypeDef {
    name: "bigint",
    doc: "A whole number of 64 bits.",
    parameters: &["min", "max"],
    positions: &[],
    range: Some(("min", "max")),
    make: |arguments| Some(AttributeType::BigInt(arguments.ints(("min", "max"), MIN, MAX))),
    is: |ty| matches!(ty, AttributeType::BigInt(_)),
    print: |ty| {
        let AttributeType::BigInt(bounds) = ty else { return Vec::new() };
        let number = |key, value: Option<i64>| value.map(|n| (key, Literal::Int(n.to_string())));
        [number("min", bounds.min), number("max", bounds.max)].into_iter().flatten().collect()
    },
    literal: |ty, raw| {
        let AttributeType::BigInt(bounds) = ty else { return Ok(Literal::Null) };
        int(raw, *bounds, MIN, MAX)
    },
    function: None,
    can: Abilities { key: true, lookup: true, ..Abilities::ORDERED },
};
