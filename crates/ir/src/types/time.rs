//! `time`: a time of day, without a zone.

use super::literal::{is_time, text};
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "time",
    doc: "A time of day, without a zone.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Time),
    is: |ty| matches!(ty, AttributeType::Time),
    print: |_| Vec::new(),
    literal: |_, raw| {
        let text = text(raw)?;
        if is_time(text) {
            return Ok(Literal::Text(canonical(text)));
        }
        Err("it is no time of day, such as `12:30:00`".to_owned())
    },
    function: None,
    can: Abilities::ORDERED,
};

/// The text as Python writes it: with six digits of a fraction, or with none.
fn canonical(text: &str) -> String {
    match text.split_once('.') {
        Some((clock, fraction)) if fraction.bytes().any(|digit| digit != b'0') => {
            format!("{clock}.{fraction:0<6}")
        }
        Some((clock, _)) => clock.to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn fractions_are_written_as_python_writes_them() {
        assert_eq!(canonical("23:59:59.5"), "23:59:59.500000");
        assert_eq!(canonical("08:30:00.000"), "08:30:00");
        assert_eq!(canonical("08:30:00"), "08:30:00");
    }
}
