//! `role`: one of the roles of `security.roles`.

use super::literal::text;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "role",
    doc: "One of the roles of `security.roles`.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Role),
    is: |ty| matches!(ty, AttributeType::Role),
    print: |_| Vec::new(),
    literal: |_, raw| Ok(Literal::Text(text(raw)?.to_owned())),
    function: None,
    can: Abilities { list: false, embed: false, ..Abilities::EQUAL },
};
