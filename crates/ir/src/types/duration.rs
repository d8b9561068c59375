//! `duration`: a duration, in ISO 8601 (`P3DT4H`).

use super::literal::text;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "duration",
    doc: "A duration, in ISO 8601 (`P3DT4H`).",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Duration),
    is: |ty| matches!(ty, AttributeType::Duration),
    print: |_| Vec::new(),
    literal: |_, raw| {
        let text = text(raw)?;
        if is_duration(text) {
            return Ok(Literal::Text(text.to_owned()));
        }
        Err("it is no duration of days and times, such as `P3DT4H30M`".to_owned())
    },
    function: None,
    can: Abilities::ORDERED,
};

/// Whether the text is a duration of weeks, days, hours, minutes and seconds; months and years
/// have no fixed length.
fn is_duration(text: &str) -> bool {
    let Some(body) = text.strip_prefix('P') else { return false };
    let (days, clock) = match body.split_once('T') {
        Some((days, clock)) => (days, Some(clock)),
        None => (body, None),
    };
    let days_good = days.is_empty() || units(days, "WD");
    let clock_good = clock.is_none_or(|clock| units(clock, "HMS"));
    days_good && clock_good && !(days.is_empty() && clock.is_none())
}

/// Whether the text is numbers with units, at least one, each unit once and in order.
fn units(text: &str, order: &str) -> bool {
    let mut left = order;
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let unit = rest[length..].chars().next().unwrap_or('?');
        let Some(at) = left.find(unit) else { return false };
        if !(1..=6).contains(&length) {
            return false;
        }
        left = &left[at + 1..];
        rest = &rest[length + 1..];
    }
    !text.is_empty()
}
