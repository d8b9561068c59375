//! `bigint`: a whole number of 64 bits.

use stratapi_diagnostics::Code;

use super::arguments::Arguments;
use super::literal::int;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Limit, Literal};

const MIN: i64 = i64::MIN;
const MAX: i64 = i64::MAX;

pub(super) static TYPE: TypeDef = TypeDef {
    name: "bigint",
    doc: "A whole number of 64 bits.",
    parameters: &["min", "max"],
    positions: &[],
    range: Some(("min", "max")),
    make: |arguments| Some(make(arguments)),
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

fn make(arguments: &mut Arguments<'_>) -> AttributeType {
    let bounds = arguments.ints(("min", "max"), MIN, MAX);
    exact(arguments, "min", bounds.min, Limit::at_least);
    exact(arguments, "max", bounds.max, Limit::at_most);
    AttributeType::BigInt(bounds)
}

/// Refuses a bound that the published document could only hold rounded.
fn exact(
    arguments: &mut Arguments<'_>,
    key: &'static str,
    bound: Option<i64>,
    limit: fn(i64) -> Option<Limit>,
) {
    let Some(bound) = bound.filter(|bound| limit(*bound).is_none()) else { return };
    let fits = |candidate: &i64| limit(*candidate).is_some();
    let (below, above) = ((MIN..bound).rev().find(fits), (bound..=MAX).find(fits));
    let (Some(below), Some(above)) = (below, above) else { return };
    arguments.refuse(
        Code::E0303,
        key,
        format!("`{key}` of `bigint` would be rounded: readers of JSON hold it as a float"),
        format!("the nearest bounds that are kept exactly are {below} and {above}"),
    );
}
