//! Values and rows for the tests of the generated project.

pub(super) mod code;
pub(super) mod scene;
pub(super) mod stage;

#[cfg(test)]
mod fixture;

use serde_json::Value;
use stratapi_plan::{EmbeddedPlan, EntityPlan, FieldPlan, Plan, ValueKind, matching_texts};

use crate::python::build::{from, fstring, int, kw, name, text};
use crate::python::{BinaryOperator, Expr, FStringPart};
use crate::types;

/// Whether two rows with the same value of this field may clash.
pub(super) fn distinct(plan: &Plan, entity: &EntityPlan, field: &FieldPlan) -> bool {
    let table = &plan.tables[entity.table];
    let unique = table.uniques.iter().map(|unique| &unique.columns);
    let indexed = table.indexes.iter().filter(|index| index.unique).map(|index| &index.columns);
    field.unique
        || table.primary_key.1.contains(&field.column)
        || unique.chain(indexed).any(|columns| columns.contains(&field.column))
}

/// A value of a row that a factory makes, and whether it uses `number`.
pub(super) fn numbered(plan: &Plan, entity: &EntityPlan, field: &FieldPlan) -> (Expr, bool) {
    let sample = &field.sample.value;
    let constant = || types::stored(plan, &field.ty, &unnumbered(sample));
    if !distinct(plan, entity, field) || field.ty.list {
        return (constant(), false);
    }
    let later = |unit: &'static str| {
        let delta = from("datetime", "timedelta").call([kw(unit, name("number"))]);
        constant().binary(BinaryOperator::Add, delta)
    };
    match (&field.ty.kind, sample) {
        (ValueKind::Line { min, max, pattern: Some(source), .. }, Value::String(text))
            if !text.contains("{n}") =>
        {
            let texts = matching_texts(source, (*min, *max), 40).unwrap_or_default();
            one_of(&texts, [sample, &field.sample.other])
                .map_or_else(|| (constant(), false), |choice| (choice, true))
        }
        (
            ValueKind::Line { max, pattern: None, .. } | ValueKind::Text { max, .. },
            Value::String(text),
        ) => (short(text, *max as usize), true),
        (_, Value::String(text)) if text.contains("{n}") => {
            (interpolated(text, number(), None), true)
        }
        (ValueKind::Int { .. } | ValueKind::Float { .. } | ValueKind::Decimal { .. }, _) => {
            let room = room(&field.ty.kind, sample);
            let step = match room {
                None => number(),
                Some(room) => number().binary(BinaryOperator::Modulo, int(room)),
            };
            (constant().binary(BinaryOperator::Add, step), true)
        }
        (ValueKind::Uuid, _) => (from("app.core.ids", "uuid7").call([]), false),
        (ValueKind::Date, _) => (later("days"), true),
        (ValueKind::DateTime | ValueKind::Duration, _) => (later("seconds"), true),
        _ => (constant(), false),
    }
}

fn number() -> Expr {
    name("number")
}

/// How many steps of one there are above the sample, if they may run out.
fn room(kind: &ValueKind, sample: &Value) -> Option<i64> {
    let sample = match sample {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let sample: i64 = sample.split('.').next()?.parse().ok()?;
    let most: i64 = match kind {
        ValueKind::Int { max, .. } => *max,
        ValueKind::Decimal { precision, scale, max, .. } => {
            let digits = 10_i64.checked_pow(precision - scale).map_or(i64::MAX, |it| it - 1);
            max.as_ref().and_then(|max| max.split('.').next()?.parse().ok()).unwrap_or(digits)
        }
        ValueKind::Float { max, .. } => max.as_ref()?.split(['.', 'e']).next()?.parse().ok()?,
        _ => return None,
    };
    let room = most.saturating_sub(sample).max(1);
    (room < 1_000_000).then_some(room)
}

/// One of the texts, beside those that tests send.
fn one_of(texts: &[String], sent: [&Value; 2]) -> Option<Expr> {
    let sent = sent.map(Value::as_str);
    let free = || texts.iter().filter(|text| !sent.contains(&Some(text.as_str())));
    let count = i64::try_from(free().count()).ok().filter(|count| *count > 1)?;
    let choices = Expr::List(free().map(text).collect());
    Some(choices.index([number().binary(BinaryOperator::Modulo, int(count))]))
}

/// A text with the number, or with as many of its last digits as there is room for.
fn short(sample: &str, max: usize) -> Expr {
    let start = sample.split("{n}").next().unwrap_or_default();
    let room = max.saturating_sub(start.chars().count());
    if room >= 7 {
        let gap = if sample.contains("{n}") { "" } else { " " };
        return interpolated(&format!("{start}{gap}{{n}}"), number(), None);
    }
    let kept = max.saturating_sub(3).min(start.chars().count());
    let start: String = start.chars().take(kept).collect();
    let digits = u32::try_from((max - kept).min(6)).unwrap_or(6);
    let last = number().binary(BinaryOperator::Modulo, int(10_i64.pow(digits)));
    let padded = (digits > 1).then(|| format!("0{digits}"));
    interpolated(&format!("{start}{{n}}"), last, padded)
}

/// `f"Name {number}"`
fn interpolated(sample: &str, number: Expr, format: Option<String>) -> Expr {
    let (before, after) = sample.split_once("{n}").unwrap_or((sample, ""));
    let mut parts = Vec::new();
    if !before.is_empty() {
        parts.push(FStringPart::Text(before.to_owned()));
    }
    parts.push(FStringPart::Value(number, format));
    if !after.is_empty() {
        parts.push(FStringPart::Text(after.to_owned()));
    }
    fstring(parts)
}

/// A sample with a number that no factory uses.
pub(super) fn unnumbered(sample: &Value) -> Value {
    match sample {
        Value::String(text) => Value::String(text.replace("{n}", "0")),
        other => other.clone(),
    }
}

/// A value object of a row that a factory makes.
pub(super) fn value_literal(plan: &Plan, embedded: &EmbeddedPlan) -> Expr {
    let value = &plan.values[embedded.value];
    let parts = value.parts.iter().map(|part| {
        let sample = unnumbered(&part.sample.value);
        kw(&part.attribute, types::stored(plan, &part.ty, &sample))
    });
    from("app.models.values", &value.class).call(parts)
}
