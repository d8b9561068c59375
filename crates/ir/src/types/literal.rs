//! Literals that several types share: numbers, texts, days and times. No type is known here.

use std::cmp::Ordering;

use crate::model::{Bounds, Literal};
use crate::shorthand::{Raw, RawValue};

/// A literal or what is wrong with it.
pub(super) type Found = Result<Literal, String>;

/// For types without literals of their own.
pub(super) fn none(_: &crate::model::AttributeType, _: &Raw) -> Found {
    Err("this type has no default".to_owned())
}

/// A whole number within bounds.
pub(super) fn int(raw: &Raw, bounds: Bounds<i64>, smallest: i64, largest: i64) -> Found {
    let RawValue::Int(digits) = &raw.value else {
        return Err(format!("a whole number is needed, but this is {}", raw.kind()));
    };
    let (min, max) = (bounds.min.unwrap_or(smallest), bounds.max.unwrap_or(largest));
    match digits.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(Literal::Int(digits.clone())),
        _ => Err(format!("it must be from {min} to {max}")),
    }
}

/// The text of a text literal.
pub(super) fn text(raw: &Raw) -> Result<&str, String> {
    match &raw.value {
        RawValue::Text(text) => Ok(text),
        RawValue::Word(word) if word.ends_with("()") => {
            Err(format!("`{word}` is a function, and this type has none; put text in quotes"))
        }
        RawValue::Word(word) => Ok(word),
        RawValue::Int(_) | RawValue::Number(_) | RawValue::Bool(_) => {
            Err(format!("text is needed, but this is {}; put it in quotes", raw.kind()))
        }
        _ => Err(format!("text is needed, but this is {}", raw.kind())),
    }
}

/// Text without U+0000 whose length is within bounds.
pub(super) fn bounded(text: &str, length: Bounds<u32>) -> Result<(), String> {
    let count = text.chars().count();
    if text.contains('\0') {
        return Err("it holds the character U+0000".to_owned());
    }
    if length.min.is_some_and(|min| count < min as usize) {
        return Err(format!("it is shorter than {} characters", length.min.unwrap_or_default()));
    }
    if length.max.is_some_and(|max| count > max as usize) {
        return Err(format!("it is longer than {} characters", length.max.unwrap_or_default()));
    }
    Ok(())
}

/// One line of text: no control characters, and not only white space where it may not be empty.
pub(super) fn line(raw: &Raw, length: Bounds<u32>) -> Result<&str, String> {
    let text = text(raw)?;
    bounded(text, length)?;
    if text.chars().any(char::is_control) {
        return Err("it holds a control character; `text` may have several lines".to_owned());
    }
    if length.min.is_some_and(|min| min > 0) && text.trim().is_empty() {
        return Err("it holds nothing but white space".to_owned());
    }
    Ok(text)
}

/// Any literal, for JSON.
pub(super) fn any(raw: &Raw) -> Found {
    Ok(match &raw.value {
        RawValue::Null => Literal::Null,
        RawValue::Bool(value) => Literal::Bool(*value),
        RawValue::Int(digits) => Literal::Int(digits.clone()),
        RawValue::Number(text) if text.contains(['n', 'N', 'i', 'I']) => {
            return Err("JSON has no such number".to_owned());
        }
        RawValue::Number(text) => Literal::Number(text.clone()),
        RawValue::Text(text) | RawValue::Word(text) if text.contains('\0') => {
            return Err("it holds the character U+0000".to_owned());
        }
        RawValue::Text(text) | RawValue::Word(text) => Literal::Text(text.clone()),
        RawValue::List(items) => Literal::List(items.iter().map(any).collect::<Result<_, _>>()?),
        RawValue::Map(entries) => Literal::Map(
            entries
                .iter()
                .map(|(key, value)| Ok((key.clone(), any(value)?)))
                .collect::<Result<_, String>>()?,
        ),
    })
}

/// The text of a literal that may also be written as a number, for decimals.
pub(super) fn numeric(raw: &Raw) -> Result<String, String> {
    let found = match &raw.value {
        RawValue::Int(text) | RawValue::Number(text) | RawValue::Text(text) => decimal_text(text),
        _ => None,
    };
    found.ok_or_else(|| format!("a number is needed, but this is {}", raw.kind()))
}

/// Checks a canonical decimal against canonical bounds.
pub(super) fn within(text: &str, bounds: &Bounds<String>) -> Result<(), String> {
    if let Some(min) = bounds.min.as_ref().filter(|min| decimal_order(text, min).is_lt()) {
        return Err(format!("it is less than {min}"));
    }
    if let Some(max) = bounds.max.as_ref().filter(|max| decimal_order(text, max).is_gt()) {
        return Err(format!("it is greater than {max}"));
    }
    Ok(())
}

/// A decimal number as canonical text: no exponent, no needless zeros; `None` if it is no such
/// number, or one with hundreds of digits.
pub(super) fn decimal_text(text: &str) -> Option<String> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) || exponent.abs() > 400 {
        return None;
    }
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let (mut whole, mut fraction) = (String::new(), String::new());
    for index in point.min(0)..i32::try_from(digits.len()).ok()?.max(point) {
        let digit = usize::try_from(index).ok().and_then(|i| digits.as_bytes().get(i));
        let digit = digit.map_or('0', |digit| char::from(*digit));
        if index < point { whole.push(digit) } else { fraction.push(digit) }
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let sign = if negative && !(whole.is_empty() && fraction.is_empty()) { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    })
}

/// The order of two canonical decimal numbers.
pub(crate) fn decimal_order(left: &str, right: &str) -> Ordering {
    match (left.strip_prefix('-'), right.strip_prefix('-')) {
        (Some(left), Some(right)) => magnitude_order(right, left),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => magnitude_order(left, right),
    }
}

fn magnitude_order(left: &str, right: &str) -> Ordering {
    let (left_whole, left_fraction) = left.split_once('.').unwrap_or((left, ""));
    let (right_whole, right_fraction) = right.split_once('.').unwrap_or((right, ""));
    let whole = left_whole.len().cmp(&right_whole.len()).then_with(|| left_whole.cmp(right_whole));
    whole.then_with(|| left_fraction.cmp(right_fraction))
}

/// A number of exactly `length` digits.
pub(super) fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Whether the text is a day of the calendar, `2026-01-31`.
pub(super) fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    year > 0 && (1..=12).contains(&month) && (1..=longest).contains(&day)
}

/// Whether the text is a time of day, `12:30:00` or `12:30:00.5`.
pub(super) fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<Option<u32>> = clock.split(':').map(|part| digits(part, 2)).collect();
    let fraction_good =
        (1..=6).contains(&fraction.len()) && digits(fraction, fraction.len()).is_some();
    matches!(parts[..], [Some(0..=23), Some(0..=59), Some(0..=59)]) && fraction_good
}
