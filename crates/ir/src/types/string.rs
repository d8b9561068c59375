//! `string`: one line of text.

use stratapi_diagnostics::Code;

use super::literal::line;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Bounds, Literal};
use crate::pattern;

pub(super) static TYPE: TypeDef = TypeDef {
    name: "string",
    doc: "One line of text, 255 characters at the most unless told otherwise.",
    parameters: &["min_length", "max_length", "pattern"],
    positions: &["max_length"],
    range: Some(("min_length", "max_length")),
    make: |arguments| {
        let length = arguments.lengths(10_000);
        let max = length.max.unwrap_or_else(|| length.min.unwrap_or(0).max(255));
        let pattern = arguments.text("pattern");
        if let Some(pattern) = &pattern
            && let Err((message, help)) = pattern::check(&pattern.value)
        {
            arguments.refuse(Code::E0312, "pattern", message, help);
        }
        Some(AttributeType::String {
            length: Bounds { min: length.min, max: Some(max) },
            pattern: pattern.map(|pattern| pattern.value),
        })
    },
    is: |ty| matches!(ty, AttributeType::String { .. }),
    print: |ty| {
        let AttributeType::String { length, pattern } = ty else { return Vec::new() };
        let size = |key, value: Option<u32>| value.map(|n| (key, Literal::Int(n.to_string())));
        let pattern = pattern.clone().map(|pattern| ("pattern", Literal::Text(pattern)));
        [size("min_length", length.min), size("max_length", length.max), pattern]
            .into_iter()
            .flatten()
            .collect()
    },
    literal: |ty, raw| {
        let AttributeType::String { length, pattern } = ty else { return Ok(Literal::Null) };
        let text = line(raw, *length)?;
        if let Some(pattern) = pattern
            && !pattern::matches(pattern, text)
        {
            return Err(format!("it does not match the pattern `{pattern}`"));
        }
        Ok(Literal::Text(text.to_owned()))
    },
    function: None,
    can: Abilities { key: true, ..Abilities::LINE },
};
