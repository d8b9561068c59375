//! `decimal`: an exact number.

use stratapi_diagnostics::Code;

use super::literal::{numeric, within};
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "decimal",
    doc: "An exact number: digits in all, digits behind the point.",
    parameters: &["precision", "scale", "min", "max"],
    positions: &["precision", "scale"],
    range: Some(("min", "max")),
    make: |arguments| {
        for key in ["precision", "scale"] {
            if !arguments.has(key) {
                // The second number is told by the advice on the first.
                arguments.refuse(
                    Code::E0202,
                    key,
                    format!("`decimal` needs its {key}"),
                    "write `decimal(12, 2)`: 12 digits in all, 2 of them behind the point"
                        .to_owned(),
                );
                return None;
            }
        }
        let precision = arguments.size("precision", 1, 18)?;
        let scale = arguments.size("scale", 0, 18)?;
        if scale > precision {
            arguments.refuse(
                Code::E0303,
                "scale",
                format!("{scale} digits behind the point do not fit into {precision} in all"),
                "make the first number the greater one".to_owned(),
            );
            return None;
        }
        let bounds = arguments.decimals(Some(scale));
        for (key, bound) in [("min", &bounds.min), ("max", &bounds.max)] {
            if bound.as_ref().is_some_and(|bound| !fits(bound, precision, scale)) {
                arguments.refuse(
                    Code::E0303,
                    key,
                    format!("`{key}` has more digits than `decimal({precision}, {scale})` holds"),
                    "choose a smaller number, or more digits".to_owned(),
                );
            }
        }
        Some(AttributeType::Decimal { precision, scale, bounds })
    },
    is: |ty| matches!(ty, AttributeType::Decimal { .. }),
    print: |ty| {
        let AttributeType::Decimal { precision, scale, bounds } = ty else { return Vec::new() };
        let number = |key, value: &Option<String>| value.clone().map(|n| (key, Literal::Number(n)));
        let mut all = vec![
            ("precision", Literal::Int(precision.to_string())),
            ("scale", Literal::Int(scale.to_string())),
        ];
        all.extend([number("min", &bounds.min), number("max", &bounds.max)].into_iter().flatten());
        all
    },
    literal: |ty, raw| {
        let AttributeType::Decimal { precision, scale, bounds } = ty else {
            return Ok(Literal::Null);
        };
        let text = numeric(raw)?;
        if text.split_once('.').is_some_and(|(_, fraction)| fraction.len() > *scale as usize) {
            return Err(format!("it has more than {scale} digits behind the point"));
        }
        if !fits(&text, *precision, *scale) {
            return Err(format!("it has more digits than `decimal({precision}, {scale})` holds"));
        }
        within(&text, bounds)?;
        Ok(if text.contains('.') { Literal::Number(text) } else { Literal::Int(text) })
    },
    function: None,
    can: Abilities::ORDERED,
};

/// Whether the digits in front of the point fit.
fn fits(text: &str, precision: u32, scale: u32) -> bool {
    let whole = text.trim_start_matches('-').split('.').next().unwrap_or_default();
    whole == "0" || whole.len() <= (precision - scale) as usize
}
