//! `datetime`: an instant, always with a time zone.

use super::literal::{digits, is_date, is_time, text};
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, DefaultValue, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "datetime",
    doc: "An instant, always with a time zone.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::DateTime),
    is: |ty| matches!(ty, AttributeType::DateTime),
    print: |_| Vec::new(),
    literal: |_, raw| {
        let text = text(raw)?;
        if is_instant(text) {
            return Ok(Literal::Text(text.to_owned()));
        }
        Err("it is no instant with a zone, such as `2026-01-31T12:30:00Z`".to_owned())
    },
    function: Some(("now()", DefaultValue::Now)),
    can: Abilities::ORDERED,
};

/// Whether the text is a day, `T`, a time of day and a zone.
fn is_instant(text: &str) -> bool {
    let Some((date, rest)) = text.split_once('T') else { return false };
    let (time, zone_good) = match rest.find(['Z', '+', '-']) {
        Some(at) => (&rest[..at], is_zone(&rest[at..])),
        None => return false,
    };
    is_date(date) && is_time(time) && zone_good
}

fn is_zone(text: &str) -> bool {
    if text == "Z" {
        return true;
    }
    let Some((hours, minutes)) = text[1..].split_once(':') else { return false };
    digits(hours, 2).is_some_and(|h| h < 24) && digits(minutes, 2).is_some_and(|m| m < 60)
}
