//! Values for tests and documents.

use serde_json::{Value, json};
use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{ApplicationIr, Attribute};

use super::{pattern, value};
use crate::{Sample, ValueKind, ValueType};

/// Longer texts are not spelled out in tests.
const LONGEST: usize = 60;

/// Values of an attribute.
pub(super) fn sample(
    ir: &ApplicationIr,
    ty: &ValueType,
    attribute: &Attribute,
    unique: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Sample {
    let example = attribute.example.as_ref().map(|literal| value::wire_json(ty, literal));
    let element = element(ir, ty, attribute, unique, example.as_ref(), diagnostics);
    if !ty.list {
        return element;
    }
    let text = |value: &Value| Value::Array(vec![without_number(value)]);
    let mut invalid: Vec<Value> =
        element.invalid.iter().map(|value| Value::Array(vec![value.clone()])).collect();
    invalid.push(json!("not a list"));
    Sample { value: text(&element.value), other: text(&element.other), invalid }
}

fn without_number(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace("{n}", "1")),
        other => other.clone(),
    }
}

fn element(
    ir: &ApplicationIr,
    ty: &ValueType,
    attribute: &Attribute,
    unique: bool,
    example: Option<&Value>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Sample {
    let unique = unique && !ty.list;
    match &ty.kind {
        ValueKind::Line { min, max, pattern: Some(source), .. } => {
            patterned(source, (*min, *max), unique, example).unwrap_or_else(|| {
                diagnostics.push(
                    Diagnostic::error(
                        Code::E0312,
                        "no value that matches this pattern could be made",
                    )
                    .at(attribute.span, "the tests of the project need one")
                    .help("declare one: `example: …`"),
                );
                plain(json!(""), json!(""), vec![json!(1)])
            })
        }
        ValueKind::Line { min, max, .. } | ValueKind::Text { min, max } => {
            line(&attribute.name.value, *min, *max, unique)
        }
        ValueKind::Slug { max, .. } => {
            let (one, other) =
                if unique { ("sample-{n}", "other-{n}") } else { ("sample-slug", "other-slug") };
            let mut invalid = vec![json!("Not a slug!"), json!(1)];
            invalid.extend(too_long(*max as usize));
            plain(json!(one), json!(other), invalid)
        }
        ValueKind::Password { min, max } => password(*min, *max),
        ValueKind::Int { min, max, .. } => int(*min, *max),
        ValueKind::Float { min, max } => float(min.as_deref(), max.as_deref()),
        ValueKind::Decimal { precision, scale, min, max } => {
            decimal(*precision, *scale, min.as_deref(), max.as_deref())
        }
        ValueKind::Enum(index) => member(ir, *index),
        kind => fixed(kind, unique),
    }
}

fn plain(value: Value, other: Value, invalid: Vec<Value>) -> Sample {
    Sample { value, other, invalid }
}

/// Samples of types without bounds.
fn fixed(kind: &ValueKind, unique: bool) -> Sample {
    match kind {
        ValueKind::Bool => plain(json!(true), json!(false), vec![json!("yes"), json!(1)]),
        ValueKind::Date => plain(
            json!("2026-01-31"),
            json!("2026-02-28"),
            vec![json!("2026-02-30"), json!("yesterday"), json!(1)],
        ),
        ValueKind::Time => plain(
            json!("08:30:00"),
            json!("17:45:00"),
            vec![json!("25:00:00"), json!("noon"), json!(1)],
        ),
        ValueKind::DateTime => plain(
            json!("2026-01-31T08:30:00Z"),
            json!("2026-02-28T17:45:00Z"),
            vec![json!("2026-01-31T08:30:00"), json!("yesterday"), json!(1)],
        ),
        ValueKind::Duration => {
            plain(json!("PT1H30M"), json!("P2D"), vec![json!("soon"), json!(true)])
        }
        ValueKind::Uuid => plain(
            json!("0195c9a0-0000-7000-8000-000000000001"),
            json!("0195c9a0-0000-7000-8000-000000000002"),
            vec![json!("not-a-uuid"), json!(1)],
        ),
        ValueKind::Bytes { .. } => {
            plain(json!("c2FtcGxl"), json!("b3RoZXI="), vec![json!("%%%"), json!(1)])
        }
        ValueKind::Email => {
            let (one, other) = if unique {
                ("sample-{n}@example.com", "other-{n}@example.com")
            } else {
                ("sample@example.com", "other@example.com")
            };
            plain(json!(one), json!(other), vec![json!("not an address"), json!(1)])
        }
        ValueKind::Url => {
            let (one, other) = if unique {
                ("https://example.com/sample/{n}", "https://example.com/other/{n}")
            } else {
                ("https://example.com/sample", "https://example.com/other")
            };
            plain(
                json!(one),
                json!(other),
                vec![json!("not a url"), json!("ftp://example.com"), json!(1)],
            )
        }
        ValueKind::Ip => {
            plain(json!("192.0.2.1"), json!("2001:db8::1"), vec![json!("256.0.0.1"), json!(1)])
        }
        _ => plain(json!({"key": "value"}), json!(["other", 1]), Vec::new()),
    }
}

/// Text of allowed length: the attribute's name in words, padded or cut.
fn line(name: &str, min: u32, max: u32, unique: bool) -> Sample {
    let (min, max) = (min as usize, (max as usize).max(1));
    let words = super::naming::sentence(&name.replace('_', " "));
    let value = fit(&words, min, max, unique);
    let other = fit("Other", min, max, unique);
    let other = if other == value { fit("Zebra", min, max, unique) } else { other };
    let mut invalid = vec![json!(1), json!("\u{0}")];
    invalid.extend(too_long(max));
    if min > 0 {
        invalid.push(json!(""));
    }
    plain(json!(value), json!(other), invalid)
}

/// A text that is too long, unless it would be so long that nobody could read the test.
fn too_long(max: usize) -> Option<Value> {
    (max <= LONGEST).then(|| json!("x".repeat(max + 1)))
}

/// A text between the lengths; with `{n}` if it must be unique, for which six digits are kept.
fn fit(words: &str, min: usize, max: usize, unique: bool) -> String {
    let reserve = if unique { 6.min(max) } else { 0 };
    let mut text: String = words.chars().take(max - reserve).collect();
    while text.chars().count() + usize::from(unique) < min {
        text.push('x');
    }
    let text = text.trim_end().to_owned();
    let missing = min.saturating_sub(text.chars().count() + usize::from(unique));
    let padding = "x".repeat(missing);
    if unique { format!("{text}{padding}{{n}}") } else { format!("{text}{padding}") }
}

fn password(min: u32, max: u32) -> Sample {
    let (min, max) = (min as usize, max as usize);
    let make = |text: &str| -> String { text.chars().cycle().take(16.clamp(min, max)).collect() };
    let mut invalid = vec![json!(1)];
    invalid.extend(too_long(max));
    if min > 0 {
        invalid.push(json!("x".repeat(min - 1)));
    }
    plain(json!(make("correct horse battery ")), json!(make("staple shoe lamp tree ")), invalid)
}

fn int(min: i64, max: i64) -> Sample {
    let value = 1_i64.clamp(min, max);
    let other = if value < max { value + 1 } else { min };
    let mut invalid = vec![json!("1"), json!(1.5), json!(true)];
    if let Some(below) = min.checked_sub(1) {
        invalid.push(json!(below));
    }
    if let Some(above) = max.checked_add(1) {
        invalid.push(json!(above));
    }
    plain(json!(value), json!(other), invalid)
}

fn float(min: Option<&str>, max: Option<&str>) -> Sample {
    let number = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite());
    let (min, max) = (min.and_then(number), max.and_then(number));
    let (value, other) = match (min, max) {
        (None, None) => (1.5, 2.5),
        (Some(min), None) => (min + 1.5, min + 2.5),
        (None, Some(max)) => (max - 1.5, max - 2.5),
        (Some(min), Some(max)) => (min, f64::midpoint(min, max)),
    };
    let mut invalid = vec![json!("1.5"), json!(true)];
    invalid.extend(min.map(|min| json!(min - 1.0)));
    invalid.extend(max.map(|max| json!(max + 1.0)));
    plain(json!(value), json!(other), invalid)
}

/// Exact numbers, counted in units of the last digit.
fn decimal(precision: u32, scale: u32, min: Option<&str>, max: Option<&str>) -> Sample {
    let limit = 10_i128.pow(precision.min(30)) - 1;
    let low = min.and_then(|text| units(text, scale)).unwrap_or(-limit).max(-limit);
    let high = max.and_then(|text| units(text, scale)).unwrap_or(limit).min(limit);
    let whole = 10_i128.pow(scale.min(30));
    let value = (12 * whole + whole / 2).clamp(low, high);
    let other = if value + whole <= high { value + whole } else { low };
    let mut invalid = vec![json!("twelve"), json!(12.5), json!("1e400")];
    invalid.push(json!(digits((limit + 1) * 10, scale)));
    if low > -limit {
        invalid.push(json!(digits(low - 1, scale)));
    }
    if high < limit {
        invalid.push(json!(digits(high + 1, scale)));
    }
    plain(json!(digits(value, scale)), json!(digits(other, scale)), invalid)
}

/// A decimal text in units of the last digit.
fn units(text: &str, scale: u32) -> Option<i128> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction: String =
        fraction.chars().chain(std::iter::repeat('0')).take(scale as usize).collect();
    format!("{whole}{fraction}").parse::<i128>().ok().map(|units| sign * units)
}

fn digits(units: i128, scale: u32) -> String {
    let scale = scale as usize;
    let sign = if units < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn member(ir: &ApplicationIr, index: usize) -> Sample {
    let values = value::enum_values(ir, index);
    let first = values.first().copied().unwrap_or_default();
    let other = values.get(1).copied().unwrap_or(first);
    let mut stranger = "no such value".to_owned();
    while values.contains(&stranger.as_str()) {
        stranger.push('!');
    }
    plain(json!(first), json!(other), vec![json!(stranger), json!(1)])
}

/// Texts that match a pattern: made from it, else the declared example.
fn patterned(
    source: &str,
    length: (u32, u32),
    unique: bool,
    example: Option<&Value>,
) -> Option<Sample> {
    let made = pattern::matching(source, length, unique);
    let (value, other) = match (made, example) {
        (Some((value, other)), _) => (json!(value), json!(other)),
        (None, Some(example)) => (example.clone(), example.clone()),
        (None, None) => return None,
    };
    let mut invalid = vec![json!(1)];
    invalid.extend(too_long(length.1 as usize));
    invalid.extend(pattern::stranger(source).map(Value::String));
    Some(plain(value, other, invalid))
}
