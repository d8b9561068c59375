//! `email`: an e-mail address, kept in lower case.

use super::literal::text;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "email",
    doc: "An e-mail address, kept in lower case.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Email),
    is: |ty| matches!(ty, AttributeType::Email),
    print: |_| Vec::new(),
    literal: |_, raw| {
        let text = text(raw)?.to_lowercase();
        let good = text.len() <= 254
            && text.split_once('@').is_some_and(|(local, domain)| {
                local_part(local) && domain.contains('.') && domain.split('.').all(label)
            });
        if good { Ok(Literal::Text(text)) } else { Err("it is no e-mail address".to_owned()) }
    },
    function: None,
    can: Abilities::LINE,
};

fn local_part(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b);
    (1..=64).contains(&text.len())
        && text.bytes().all(plain)
        && !text.starts_with('.')
        && !text.ends_with('.')
        && !text.contains("..")
}

fn label(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(plain)
        && !text.starts_with('-')
        && !text.ends_with('-')
}
