//! `bytes`: octets.

use super::literal::none;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "bytes",
    doc: "Octets, base64 on the wire; 65,536 at the most unless told otherwise.",
    parameters: &["max_bytes"],
    positions: &["max_bytes"],
    range: Some(("", "max_bytes")),
    make: |arguments| {
        let max = arguments.size("max_bytes", 1, 16_777_216).unwrap_or(65_536);
        Some(AttributeType::Bytes { max })
    },
    is: |ty| matches!(ty, AttributeType::Bytes { .. }),
    print: |ty| {
        let AttributeType::Bytes { max } = ty else { return Vec::new() };
        vec![("max_bytes", Literal::Int(max.to_string()))]
    },
    literal: none,
    function: None,
    can: Abilities::STORED,
};
