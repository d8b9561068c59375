//! `slug`: words for a path, made from another attribute.

use stratapi_diagnostics::Code;

use super::literal::none;
use super::{Abilities, TypeDef};
use crate::model::AttributeType;

pub(super) static TYPE: TypeDef = TypeDef {
    name: "slug",
    doc: "Lower case words joined by hyphens, made from another attribute: `slug from title`.",
    parameters: &["from"],
    positions: &["from"],
    range: None,
    make: |arguments| {
        if !arguments.has("from") {
            arguments.refuse(
                Code::E0202,
                "from",
                "a slug needs the attribute that it is made from".to_owned(),
                "write `slug from title`, with an attribute of the same entity".to_owned(),
            );
        }
        arguments.attribute("from").map(|from| AttributeType::Slug { from })
    },
    is: |ty| matches!(ty, AttributeType::Slug { .. }),
    print: |_| Vec::new(),
    literal: none,
    function: None,
    can: Abilities { list: false, key: true, embed: false, ..Abilities::LINE },
};
