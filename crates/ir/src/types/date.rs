//! `date`: a day.

use super::literal::{is_date, text};
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, DefaultValue, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "date",
    doc: "A day.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Date),
    is: |ty| matches!(ty, AttributeType::Date),
    print: |_| Vec::new(),
    literal: |_, raw| {
        let text = text(raw)?;
        if is_date(text) {
            return Ok(Literal::Text(text.to_owned()));
        }
        Err("it is no day, such as `2026-01-31`".to_owned())
    },
    function: Some(("today()", DefaultValue::Today)),
    can: Abilities::ORDERED,
};
