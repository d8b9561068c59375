//! Values around a value, and the order of values, as they stand in JSON.

use std::cmp::Ordering;

use serde_json::{Value, json};
use stratapi_ir::model::AttributeType;

use super::pattern;
use crate::{Arithmetic, ValueKind, ValueType};

/// The value, a smaller and a greater one, as far as the type allows them.
pub(super) fn of(ty: &ValueType, value: &Value) -> Vec<Value> {
    if ty.list {
        return vec![value.clone()];
    }
    match &ty.kind {
        ValueKind::Int { min, max, .. } => {
            let Some(number) = value.as_i64() else { return Vec::new() };
            let near = [Some(number), number.checked_add(1), number.checked_sub(1)];
            near.into_iter()
                .flatten()
                .filter(|it| (min..=max).contains(&it))
                .map(|it| json!(it))
                .collect()
        }
        ValueKind::Float { min, max } => {
            let Some(number) = value.as_f64() else { return Vec::new() };
            let all = [number, number + 1.0, number - 1.0].map(|it| json!(it));
            all.into_iter().filter(|it| is_within(it, min.as_ref(), max.as_ref())).collect()
        }
        ValueKind::Decimal { precision, scale, min, max } => decimals(value, (*precision, *scale))
            .into_iter()
            .filter(|it| is_within(it, min.as_ref(), max.as_ref()))
            .collect(),
        ValueKind::Date | ValueKind::DateTime => days(value),
        ValueKind::Time => vec![value.clone(), json!("00:00:01"), json!("23:59:58")],
        ValueKind::Duration => vec![value.clone(), json!("PT1S"), json!("P400D")],
        ValueKind::Line { min, max, pattern: None, .. } | ValueKind::Text { min, max } => {
            let fits = |text: &str| {
                let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
                (min..=max).contains(&&length) && (*min == 0 || !text.trim().is_empty())
            };
            value.as_str().filter(|text| fits(text)).map(|_| value.clone()).into_iter().collect()
        }
        ValueKind::Line { min, max, pattern: Some(source), .. } => {
            let fits = |text: &&str| pattern::matches(source, (*min, *max), text);
            value.as_str().filter(fits).map(|_| value.clone()).into_iter().collect()
        }
        ValueKind::Url => texts_of(&AttributeType::Url, value),
        ValueKind::Email => texts_of(&AttributeType::Email, value),
        ValueKind::Ip => texts_of(&AttributeType::Ip, value),
        ValueKind::Uuid => texts_of(&AttributeType::Uuid, value),
        _ => vec![value.clone()],
    }
}

/// The value, if it is one of the type.
fn texts_of(ty: &AttributeType, value: &Value) -> Vec<Value> {
    let fits = value.as_str().is_some_and(|text| stratapi_ir::is_text_of(ty, text));
    fits.then(|| value.clone()).into_iter().collect()
}

fn is_within(value: &Value, min: Option<&String>, max: Option<&String>) -> bool {
    let bound = |bound: Option<&String>, wrong: Ordering| {
        bound.is_none_or(|bound| order(true, value, &json!(bound)) != Some(wrong))
    };
    bound(min, Ordering::Less) && bound(max, Ordering::Greater)
}

/// The number, and those one unit of its last digit away.
fn decimals(value: &Value, (precision, scale): (u32, u32)) -> Vec<Value> {
    let Some(units) = exact(value) else { return Vec::new() };
    let step = 10_i128.pow(SCALE - scale.min(SCALE));
    let limit = 10_i128.pow(SCALE - scale.min(SCALE) + precision.min(18));
    let near = [units, units + step, units - step];
    near.into_iter().filter(|it| it.abs() < limit).map(|it| json!(text(it, scale))).collect()
}

/// Digits behind the point that are kept: as many as a decimal can have.
const SCALE: u32 = 18;

/// A number in units of its eighteenth decimal place.
fn exact(value: &Value) -> Option<i128> {
    let written = crate::as_text(value);
    let (sign, digits) = written.strip_prefix('-').map_or((1, &*written), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.len() > SCALE as usize {
        return None;
    }
    let padded = format!("{whole}{fraction:0<width$}", width = SCALE as usize);
    padded.parse::<i128>().ok().map(|units| sign * units)
}

fn text(units: i128, scale: u32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = SCALE as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - SCALE as usize);
    match &fraction[..scale as usize] {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// The day, a later one and an earlier one; what stands behind the day stays.
fn days(value: &Value) -> Vec<Value> {
    let Some((day, rest)) = value.as_str().and_then(|text| text.split_at_checked(10)) else {
        return Vec::new();
    };
    let parts: Vec<u32> = day.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts[..] else { return Vec::new() };
    let later = if day < 28 { (year, day + 1) } else { (year + 1, 1) };
    let earlier = if day > 1 { (year, day - 1) } else { (year - 1, 28) };
    let written = |(year, day): (u32, u32)| json!(format!("{year:04}-{month:02}-{day:02}{rest}"));
    let fits = |(year, _): &(u32, u32)| (1..=9998).contains(year);
    std::iter::once(value.clone())
        .chain([later, earlier].into_iter().filter(fits).map(written))
        .collect()
}

/// The order of two values of one type; numbers may be texts. Nothing for values without an order.
pub(super) fn order(numbers: bool, left: &Value, right: &Value) -> Option<Ordering> {
    if numbers {
        return match (exact(left), exact(right)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => float(left)?.partial_cmp(&float(right)?),
        };
    }
    match (left, right) {
        (Value::String(left), Value::String(right)) => match (seconds(left), seconds(right)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => Some(left.cmp(right)),
        },
        (left, right) if left == right => Some(Ordering::Equal),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn float(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// A sum or a product; nothing for what is no number, or too large.
pub(super) fn calculated(left: &Value, operator: Arithmetic, right: &Value) -> Option<Value> {
    if let (Some(left), Some(right)) = (exact(left), exact(right)) {
        let one = 10_i128.pow(SCALE);
        let units = match operator {
            Arithmetic::Add => left.checked_add(right)?,
            Arithmetic::Subtract => left.checked_sub(right)?,
            Arithmetic::Multiply if right % one == 0 => left.checked_mul(right / one)?,
            Arithmetic::Multiply if left % one == 0 => right.checked_mul(left / one)?,
            Arithmetic::Multiply => return None,
        };
        return Some(json!(text(units, SCALE)));
    }
    let (left, right) = (float(left)?, float(right)?);
    Some(match operator {
        Arithmetic::Add => json!(left + right),
        Arithmetic::Subtract => json!(left - right),
        Arithmetic::Multiply => json!(left * right),
    })
}

/// A number without its sign.
pub(super) fn absolute(value: &Value) -> Option<Value> {
    match exact(value) {
        Some(units) => Some(json!(text(units.checked_abs()?, SCALE))),
        None => float(value).map(|number| json!(number.abs())),
    }
}

/// The seconds of a duration: `PT1H30M`.
fn seconds(text: &str) -> Option<u64> {
    let mut total = 0_u64;
    let mut digits = String::new();
    let mut clock = false;
    for letter in text.strip_prefix('P')?.chars() {
        let unit = match letter {
            'T' => {
                clock = true;
                continue;
            }
            '0'..='9' => {
                digits.push(letter);
                continue;
            }
            'W' => 604_800,
            'D' => 86_400,
            'H' => 3600,
            'M' if clock => 60,
            'S' => 1,
            _ => return None,
        };
        total = total.checked_add(digits.parse::<u64>().ok()?.checked_mul(unit)?)?;
        digits.clear();
    }
    digits.is_empty().then_some(total)
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use serde_json::{Value, json};

    use super::{absolute, calculated, order};
    use crate::{Arithmetic, ValueKind, ValueType};

    fn of(kind: &ValueKind, value: &Value) -> Vec<Value> {
        super::of(&ValueType { kind: kind.clone(), list: false, nullable: false }, value)
    }

    #[test]
    fn neighbours_stay_within_the_type() {
        let int = ValueKind::Int { min: 0, max: 5, big: false };
        assert_eq!(of(&int, &json!(5)), [json!(5), json!(4)]);
        assert_eq!(of(&int, &json!(9)), Vec::<Value>::new());
        let decimal = ValueKind::Decimal { precision: 3, scale: 2, min: None, max: None };
        assert_eq!(of(&decimal, &json!("9.99")), [json!("9.99"), json!("9.98")]);
        assert_eq!(of(&decimal, &json!("0.00")), [json!("0.00"), json!("0.01"), json!("-0.01")]);
        let line = ValueKind::Line { min: 2, max: 3, pattern: None, reserved: Vec::new() };
        assert_eq!(of(&line, &json!("abcd")), Vec::<Value>::new());
        let pattern = Some("^[A-Z]+$".to_owned());
        let code = ValueKind::Line { min: 2, max: 3, pattern, reserved: Vec::new() };
        assert_eq!(of(&code, &json!("AB")), [json!("AB")]);
        assert_eq!(of(&code, &json!("ab")), Vec::<Value>::new());
        let dates = of(&ValueKind::Date, &json!("2026-12-31"));
        assert_eq!(dates, [json!("2026-12-31"), json!("2027-12-01"), json!("2026-12-30")]);
    }

    #[test]
    fn numbers_are_calculated_exactly() {
        let is = |left: Value, operator, right: Value, wanted: Value| {
            let found = calculated(&left, operator, &right).expect("numbers");
            assert_eq!(order(true, &found, &wanted), Some(Ordering::Equal), "{found} {wanted}");
        };
        is(json!("0.10"), Arithmetic::Add, json!("0.20"), json!("0.30"));
        is(json!(2), Arithmetic::Subtract, json!(5), json!(-3));
        is(json!("-1.05"), Arithmetic::Multiply, json!(3), json!("-3.15"));
        is(json!(3), Arithmetic::Multiply, json!("-1.05"), json!("-3.15"));
        assert_eq!(
            order(true, &absolute(&json!("-2.5")).expect("a number"), &json!("2.5")),
            Some(Ordering::Equal)
        );
        assert_eq!(calculated(&json!("a"), Arithmetic::Add, &json!(1)), None);
    }

    #[test]
    fn values_have_the_order_of_their_type() {
        assert_eq!(order(true, &json!("10.0"), &json!(9)), Some(Ordering::Greater));
        assert_eq!(order(false, &json!("10"), &json!("9")), Some(Ordering::Less));
        assert_eq!(order(false, &json!("PT90M"), &json!("PT2H")), Some(Ordering::Less));
        assert_eq!(order(false, &json!(true), &json!(false)), Some(Ordering::Greater));
        assert_eq!(order(false, &json!({}), &json!([])), None);
    }
}
