//! `uuid`: a UUID.

use super::literal::text;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, DefaultValue, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "uuid",
    doc: "A UUID.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Uuid),
    is: |ty| matches!(ty, AttributeType::Uuid),
    print: |_| Vec::new(),
    literal: |_, raw| {
        let text = text(raw)?;
        let parts: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let hexadecimal = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()));
        if lengths == [8, 4, 4, 4, 12] && hexadecimal {
            return Ok(Literal::Text(text.to_lowercase()));
        }
        Err("it is no UUID".to_owned())
    },
    function: Some(("uuid()", DefaultValue::Uuid)),
    can: Abilities { key: true, lookup: true, ..Abilities::EQUAL },
};
