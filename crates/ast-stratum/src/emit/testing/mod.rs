//! Values and rows for the tests of the generated project.

mod around;
pub(super) mod body;
pub(super) mod code;
pub(super) mod history;
pub(super) mod problem;
pub(super) mod scene;
pub(super) mod stage;

#[cfg(test)]
mod fixture;

use serde_json::Value;
use stratapi_plan::{
    ColumnName, EmbeddedPlan, EntityPlan, FieldPlan, FieldSource, Plan, ReferencePlan, ValueKind,
    as_text, matching_texts, unnumbered,
};

use crate::python::build::{from, fstring, int, kw, name, none, text};
use crate::python::{BinaryOperator, Expr, FStringPart};
use crate::schemas::{Member, Shape};
use crate::types;

/// Whether two rows that share these columns clash: all else that must not be the same is the same in
/// every row that a factory makes.
pub(super) fn clash(plan: &Plan, entity: &EntityPlan, shared: &[&ColumnName]) -> bool {
    let is_shared = |column: &ColumnName| shared.contains(&column);
    plan.table(entity).exclusive_sets().any(|set| {
        set.iter().any(is_shared)
            && set.iter().all(|column| is_shared(column) || !differs(plan, entity, column))
    })
}

/// Whether two rows that refer to one clash.
pub(super) fn refers_alone(plan: &Plan, entity: &EntityPlan, reference: &ReferencePlan) -> bool {
    clash(plan, entity, &reference.columns.iter().collect::<Vec<_>>())
}

/// Whether the rows that a factory makes differ in a column, or leave it null.
fn differs(plan: &Plan, entity: &EntityPlan, column: &ColumnName) -> bool {
    let Some(field) = entity.fields.iter().find(|field| field.column == *column) else {
        return !["is_active", "version"].contains(&column.as_str());
    };
    let is_null = field.ty.nullable && field.model_default.is_none() && !field.checked;
    is_null || varies(plan, field)
}

/// Whether a value that no two rows may share is another one in each row that a factory makes.
pub(super) fn varies(plan: &Plan, field: &FieldPlan) -> bool {
    let (value, numbered) = numbered(plan, field);
    let unlike = field.ty.kind == ValueKind::Uuid || value == none();
    numbered || (unlike && field.distinct)
}

/// A value of a row that a factory makes, and whether it uses `number`.
pub(super) fn numbered(plan: &Plan, field: &FieldPlan) -> (Expr, bool) {
    let sample = &field.sample.value;
    let constant = || types::stored(plan, &field.ty, &unnumbered(sample));
    if !field.distinct || field.ty.list {
        return (constant(), false);
    }
    // There may be few values; but no two nulls are the same.
    let few = || {
        let null = field.ty.nullable && !field.checked;
        (if null { none() } else { constant() }, false)
    };
    let later = |unit: &'static str| {
        let delta = from("datetime", "timedelta").call([kw(unit, name("number"))]);
        constant().binary(BinaryOperator::Add, delta)
    };
    match (&field.ty.kind, sample) {
        (ValueKind::Line { min, max, pattern: Some(source), .. }, Value::String(text))
            if !text.contains("{n}") =>
        {
            let texts = matching_texts(source, (*min, *max), 40).unwrap_or_default();
            let choice = one_of(&texts, [sample, &field.sample.other]);
            choice.map_or_else(few, |choice| (choice, true))
        }
        (
            ValueKind::Line { max, pattern: None, .. } | ValueKind::Text { max, .. },
            Value::String(text),
        ) => (short(text, *max as usize), true),
        (_, Value::String(text)) if text.contains("{n}") => {
            (interpolated(text, number(), None), true)
        }
        (ValueKind::Int { .. } | ValueKind::Float { .. } | ValueKind::Decimal { .. }, _) => {
            match stepped(constant(), &field.ty.kind, sample) {
                (_, rows) if rows < ENOUGH && field.ty.nullable && !field.checked => few(),
                (value, _) => (value, true),
            }
        }
        (ValueKind::Uuid, _) => (from("app.core.ids", "uuid7").call([]), false),
        (ValueKind::Date, _) => (later("days"), true),
        (ValueKind::DateTime | ValueKind::Duration, _) => (later("seconds"), true),
        (ValueKind::Time, _) if !field.checked => (time_of_day(), true),
        _ => few(),
    }
}

/// `time(12, number // 60 % 60, number % 60)`
fn time_of_day() -> Expr {
    let sixty = || int(60);
    let minute = number().binary(BinaryOperator::FloorDivide, sixty());
    let minute = minute.binary(BinaryOperator::Modulo, sixty());
    let second = number().binary(BinaryOperator::Modulo, sixty());
    from("datetime", "time").call_with([int(12), minute, second])
}

fn number() -> Expr {
    name("number")
}

/// A number that differs from row to row: the sample and as many steps as there is room for, up or
/// down; for decimals without room before the point, steps of the last digit.
fn stepped(start: Expr, kind: &ValueKind, sample: &Value) -> (Expr, i128) {
    let written = as_text(sample);
    let (above, below, unit) = match kind {
        ValueKind::Int { min, max, .. } => {
            let sample = i128::from(sample.as_i64().unwrap_or_default());
            (i128::from(*max) - sample, sample - i128::from(*min), None)
        }
        ValueKind::Decimal { precision, scale, min, max } => {
            let limit = 10_i128.pow(*precision) - 1;
            let units = |text: &str| units(text, *scale);
            let sample = units(&written).unwrap_or_default();
            let high = max.as_deref().and_then(units).unwrap_or(limit);
            let low = min.as_deref().and_then(units).unwrap_or(-limit);
            let whole = 10_i128.pow(*scale);
            let (above, below) = (high - sample, sample - low);
            if above / whole >= ENOUGH {
                (above / whole, 0, None)
            } else {
                (above, below, (*scale > 0).then_some(*scale))
            }
        }
        _ => (UNBOUNDED, 0, None),
    };
    let (operator, room) = if above >= below.min(ENOUGH) {
        (BinaryOperator::Add, above)
    } else {
        (BinaryOperator::Subtract, below)
    };
    let rows = i64::try_from(room.saturating_add(1)).unwrap_or(i64::MAX);
    let step = if i128::from(rows) > UNBOUNDED {
        number()
    } else {
        number().binary(BinaryOperator::Modulo, int(rows))
    };
    let step = match unit {
        None => step,
        Some(scale) => {
            let unit = text(format!("0.{:0>width$}", 1, width = scale as usize));
            let unit = from("decimal", "Decimal").call_with([unit]);
            step.binary(BinaryOperator::Multiply, unit)
        }
    };
    (start.binary(operator, step), i128::from(rows))
}

/// Steps with which tests do.
const ENOUGH: i128 = 1000;
/// So many steps never run out.
const UNBOUNDED: i128 = 1_000_000;

/// A decimal text in units of its last digit.
fn units(text: &str, scale: u32) -> Option<i128> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction:0<width$}", width = scale as usize);
    digits.parse::<i128>().ok().map(|units| sign * units)
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

/// Two values of an attribute or a value object as they are sent; none for references.
pub(super) fn samples(
    plan: &Plan,
    entity: &EntityPlan,
    member: &Member<'_>,
) -> Option<(Value, Value)> {
    match &member.shape {
        Shape::Plain(_) => {
            let field = entity.fields.iter().find(|field| {
                field.wire == member.wire && field.source == FieldSource::Attribute
            })?;
            Some((unnumbered(&field.sample.value), unnumbered(&field.sample.other)))
        }
        Shape::Embedded(index) => {
            let parts = &plan.values[*index].parts;
            let object = |other: bool| {
                let members = parts.iter().map(|part| {
                    let sample = &part.sample;
                    let value = if other { &sample.other } else { &sample.value };
                    (part.wire.clone(), unnumbered(value))
                });
                Value::Object(members.collect())
            };
            Some((object(false), object(true)))
        }
        Shape::Rows { .. } => None,
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
