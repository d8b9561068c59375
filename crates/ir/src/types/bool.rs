//! `bool`: true or false.

use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};
use crate::shorthand::RawValue;

pub(super) static TYPE: TypeDef = TypeDef {
    name: "bool",
    doc: "True or false.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Bool),
    is: |ty| matches!(ty, AttributeType::Bool),
    print: |_| Vec::new(),
    literal: |_, raw| match raw.value {
        RawValue::Bool(value) => Ok(Literal::Bool(value)),
        _ => Err(format!("`true` or `false` is needed, but this is {}", raw.kind())),
    },
    function: None,
    can: Abilities { list: true, ..Abilities::EQUAL },
};
