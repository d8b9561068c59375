//! Values and rows for the tests of the generated project.

pub(super) mod code;
pub(super) mod scene;
pub(super) mod stage;

#[cfg(test)]
mod fixture;

use serde_json::Value;
use stratapi_plan::{EmbeddedPlan, EntityPlan, FieldPlan, Plan, ValueKind};

use crate::python::build::{from, fstring, kw, name};
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
    if !distinct(plan, entity, field) || field.ty.list {
        return (types::stored(plan, &field.ty, &unnumbered(sample)), false);
    }
    let number = || name("number");
    let value = || types::stored(plan, &field.ty, sample);
    let later = |unit: &'static str| {
        let delta = from("datetime", "timedelta").call([kw(unit, number())]);
        value().binary(BinaryOperator::Add, delta)
    };
    match (&field.ty.kind, sample) {
        (_, Value::String(text)) if text.contains("{n}") => (interpolated(text), true),
        (ValueKind::Line { max, .. } | ValueKind::Text { max, .. }, Value::String(text)) => {
            let room = (*max as usize).saturating_sub(7);
            let start: String = text.chars().take(room).collect();
            (interpolated(&format!("{start} {{n}}")), true)
        }
        (ValueKind::Int { .. } | ValueKind::Float { .. } | ValueKind::Decimal { .. }, _) => {
            (value().binary(BinaryOperator::Add, number()), true)
        }
        (ValueKind::Uuid, _) => (from("app.core.ids", "uuid7").call([]), false),
        (ValueKind::Date, _) => (later("days"), true),
        (ValueKind::DateTime | ValueKind::Duration, _) => (later("seconds"), true),
        _ => (value(), false),
    }
}

/// `f"Name {number}"`
fn interpolated(sample: &str) -> Expr {
    let (before, after) = sample.split_once("{n}").unwrap_or((sample, ""));
    let mut parts = Vec::new();
    if !before.is_empty() {
        parts.push(FStringPart::Text(before.to_owned()));
    }
    parts.push(FStringPart::Value(name("number"), None));
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
