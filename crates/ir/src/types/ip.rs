//! `ip`: an IPv4 or IPv6 address.

use super::literal::text;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "ip",
    doc: "An IPv4 or IPv6 address.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Ip),
    is: |ty| matches!(ty, AttributeType::Ip),
    print: |_| Vec::new(),
    literal: |_, raw| match text(raw)?.parse::<std::net::IpAddr>() {
        Ok(address) => Ok(Literal::Text(address.to_string())),
        Err(_) => Err("it is no IPv4 or IPv6 address".to_owned()),
    },
    function: None,
    can: Abilities { sort: false, ..Abilities::EQUAL },
};
