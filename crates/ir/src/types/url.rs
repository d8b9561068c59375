//! `url`: an absolute http or https URL.

use super::literal::text;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "url",
    doc: "An absolute http or https URL.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Url),
    is: |ty| matches!(ty, AttributeType::Url),
    print: |_| Vec::new(),
    literal: |_, raw| {
        let text = text(raw)?;
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let plain = |b: u8| (0x21..0x7f).contains(&b) && !b"\"<>\\^`{|}".contains(&b);
        let starts = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[');
        if host.is_some_and(starts) && text.bytes().all(plain) && text.len() <= 2048 {
            return Ok(Literal::Text(text.to_owned()));
        }
        Err("it is no absolute http or https URL".to_owned())
    },
    function: None,
    can: Abilities { index: false, search: true, ..Abilities::EQUAL },
};
