//! `json`: any JSON value.

use super::literal::any;
use super::{Abilities, TypeDef};
use crate::model::AttributeType;

pub(super) static TYPE: TypeDef = TypeDef {
    name: "json",
    doc: "Any JSON value.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Json),
    is: |ty| matches!(ty, AttributeType::Json),
    print: |_| Vec::new(),
    literal: |_, raw| any(raw),
    function: None,
    can: Abilities::STORED,
};
