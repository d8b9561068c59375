//! `text`: several lines.

use super::literal::{bounded, text};
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "text",
    doc: "Text of several lines.",
    parameters: &["min_length", "max_length"],
    positions: &["max_length"],
    range: Some(("min_length", "max_length")),
    make: |arguments| Some(AttributeType::Text { length: arguments.lengths(1_000_000) }),
    is: |ty| matches!(ty, AttributeType::Text { .. }),
    print: |ty| {
        let AttributeType::Text { length } = ty else { return Vec::new() };
        let size = |key, value: Option<u32>| value.map(|n| (key, Literal::Int(n.to_string())));
        [size("min_length", length.min), size("max_length", length.max)]
            .into_iter()
            .flatten()
            .collect()
    },
    literal: |ty, raw| {
        let AttributeType::Text { length } = ty else { return Ok(Literal::Null) };
        let text = text(raw)?;
        bounded(text, *length)?;
        if length.min.is_some_and(|min| min > 0) && text.trim().is_empty() {
            return Err("it holds nothing but white space".to_owned());
        }
        Ok(Literal::Text(text.to_owned()))
    },
    function: None,
    can: Abilities { equal: true, search: true, ..Abilities::STORED },
};
