//! `time`: a time of day, without a zone.

use super::literal::{is_time, text};
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "time",
    doc: "A time of day, without a zone.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Time),
    is: |ty| matches!(ty, AttributeType::Time),
    print: |_| Vec::new(),
    literal: |_, raw| {
        let text = text(raw)?;
        if is_time(text) {
            return Ok(Literal::Text(text.to_owned()));
        }
        Err("it is no time of day, such as `12:30:00`".to_owned())
    },
    function: None,
    can: Abilities::ORDERED,
};
