//! `password`: accepted on write, stored as a hash, never read.

use super::literal::none;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Bounds, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "password",
    doc: "Accepted on write, stored as a hash, never read; 8 to 128 characters by default.",
    parameters: &["min_length", "max_length"],
    positions: &[],
    range: Some(("min_length", "max_length")),
    make: |arguments| {
        let length = arguments.lengths(1024);
        let min = length.min.unwrap_or_else(|| length.max.map_or(8, |max| max.min(8)));
        let max = length.max.unwrap_or_else(|| min.max(128));
        Some(AttributeType::Password { length: Bounds { min: Some(min), max: Some(max) } })
    },
    is: |ty| matches!(ty, AttributeType::Password { .. }),
    print: |ty| {
        let AttributeType::Password { length } = ty else { return Vec::new() };
        let size = |key, value: Option<u32>| value.map(|n| (key, Literal::Int(n.to_string())));
        [size("min_length", length.min), size("max_length", length.max)]
            .into_iter()
            .flatten()
            .collect()
    },
    literal: none,
    function: None,
    can: Abilities { embed: false, ..Abilities::STORED },
};
