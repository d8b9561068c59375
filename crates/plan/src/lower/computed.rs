//! Computed attributes: expressions over the model's attributes, with their types.

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{Aggregate, Column, Computed, Condition, FilterPath, Operand, Resource};

use super::condition::Lowering;
use super::draft::Context;
use super::operand::{int_kind, unbounded};
use crate::{ComputedPlan, EntityPlan, OperandPlan, PyIdent, ValueKind, ValueType};

/// Adds the computed attributes of all entities.
pub(super) fn computed(context: &mut Context<'_>, entities: &mut [EntityPlan]) {
    let known = &*entities;
    let at = |index: usize| &known[index];
    let mut findings = Vec::new();
    let all: Vec<Vec<ComputedPlan>> = (0..known.len())
        .map(|index| {
            let declared = &context.entity(index).computed;
            let names = declared.iter().zip(&context.members[index].computed);
            let plans = names.map(|(found, attribute)| {
                let lowering =
                    Lowering { context, entities: &at, variables: vec![index], living: false };
                if is_too_large(&lowering, &found.value) {
                    findings.push(too_large(found));
                }
                plan(&lowering, found, attribute)
            });
            plans.collect()
        })
        .collect();
    context.diagnostics.append(&mut findings);
    for (entity, computed) in entities.iter_mut().zip(all) {
        entity.computed = computed;
    }
    for resource in &context.ir.api.resources {
        queried(context, entities, resource);
    }
}

fn plan(lowering: &Lowering<'_>, found: &Computed, attribute: &PyIdent) -> ComputedPlan {
    let (value, ty) = lowering.typed(&found.value);
    let value = match value {
        OperandPlan::Truth(inner) => OperandPlan::Truth(Box::new(inner.tested())),
        alone @ (OperandPlan::Attribute(..) | OperandPlan::Related(_)) => alone,
        value => value.tested(),
    };
    ComputedPlan {
        wire: found.name.value.clone(),
        attribute: attribute.clone(),
        description: found.description.clone(),
        ty: ValueType { kind: open(ty.kind), nullable: found.nullable, ..ty },
        value,
        queried: false,
        span: found.span,
    }
}

fn too_large(found: &Computed) -> Diagnostic {
    let message = format!("`{}` may become too large", found.name.value);
    Diagnostic::error(Code::E0314, message)
        .at(
            found.span,
            "a number of 64 bits can't hold it, and rows with such a value could not be read",
        )
        .help("give what it is computed from bounds: `bigint(0..1000000000)`, `float(-1000..1000)`")
}

/// Largest number that may be summed up without end: 1,024 of these fill 64 bits.
const LARGEST_SUMMED: i64 = 1 << 53;

/// Whether some whole number on the way can be too large for the databases.
fn is_too_large(lowering: &Lowering<'_>, operand: &Operand) -> bool {
    // The largest numbers stand for whatever is larger.
    let fits = || match lowering.typed(operand).1.kind {
        ValueKind::Int { min, max, .. } => i64::MIN < min && max < i64::MAX,
        _ => true,
    };
    let inner = |operand: &Operand| is_too_large(lowering, operand);
    match operand {
        Operand::Attribute(..)
        | Operand::Literal(..)
        | Operand::Local(_)
        | Operand::Now
        | Operand::Today
        | Operand::Sequence(_) => false,
        Operand::Arithmetic(left, _, right) => {
            let open = |side: &Operand| is_open(&lowering.typed(side).1.kind, side);
            !fits() || open(left) || open(right) || inner(left) || inner(right)
        }
        Operand::Negated(of) | Operand::Call(_, of) => !fits() || inner(of),
        Operand::Aggregate(aggregate, rows, element) => {
            let (_, inside) = lowering.over(rows);
            let summed = element.as_ref().filter(|_| *aggregate == Aggregate::Sum);
            let large = summed.is_some_and(|element| match inside.typed(element).1.kind {
                ValueKind::Int { min, max, .. } => -LARGEST_SUMMED > min || max > LARGEST_SUMMED,
                kind => is_open(&kind, element),
            });
            let filter = rows.filter.as_ref();
            large
                || element.as_ref().is_some_and(|element| is_too_large(&inside, element))
                || filter.is_some_and(|filter| has_too_large(&inside, filter))
        }
        Operand::Choice(test, then, otherwise) => {
            has_too_large(lowering, test) || inner(then) || inner(otherwise)
        }
        Operand::Truth(condition) => has_too_large(lowering, condition),
    }
}

/// Whether a binary number has no bounds: calculated with, it can become infinite, which JSON has no
/// word for.
fn is_open(kind: &ValueKind, operand: &Operand) -> bool {
    let number = |bound: &String| bound.parse::<f64>().unwrap_or(f64::INFINITY);
    let bounded =
        |bound: &Option<String>| bound.as_ref().is_some_and(|bound| number(bound).abs() <= 1e100);
    match kind {
        ValueKind::Float { min, max } if matches!(operand, Operand::Attribute(..)) => {
            !bounded(min) || !bounded(max)
        }
        _ => false,
    }
}

fn has_too_large(lowering: &Lowering<'_>, condition: &Condition) -> bool {
    let operand = |operand: &Operand| is_too_large(lowering, operand);
    match condition {
        Condition::Compare(left, _, right) => operand(left) || operand(right),
        Condition::IsNull(of, _) | Condition::In(of, ..) | Condition::Flag(of) => operand(of),
        Condition::Same(..) | Condition::Missing(..) => false,
        Condition::Quantified(_, rows, inner) => {
            let (_, inside) = lowering.over(rows);
            has_too_large(&inside, inner)
                || rows.filter.as_ref().is_some_and(|filter| has_too_large(&inside, filter))
        }
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().any(|part| has_too_large(lowering, part))
        }
        Condition::Not(inner) => has_too_large(lowering, inner),
    }
}

/// The kind of a value without the bounds that it is known to have, which nothing holds it to.
pub(super) fn open(kind: ValueKind) -> ValueKind {
    match kind {
        ValueKind::Int { big: true, .. } => int_kind(i64::MIN, i64::MAX),
        ValueKind::Int { big: false, .. } => int_kind(i64::from(i32::MIN), i64::from(i32::MAX)),
        other => unbounded(other),
    }
}

/// Notes which ones the list of a resource is filtered or sorted by.
fn queried(context: &Context<'_>, entities: &mut [EntityPlan], resource: &Resource) {
    let index = resource.entity.index();
    let mut note = |entity: usize, column: Column| {
        if let Column::Computed(id) = column {
            entities[entity].computed[id.index()].queried = true;
        }
    };
    for path in &resource.filter {
        match path {
            FilterPath::Column(column) => note(index, *column),
            FilterPath::Through(relationship, column) => {
                let declared = &context.entity(index).relationships[relationship.index()];
                note(declared.target.index(), *column);
            }
            FilterPath::Relationship(_) => {}
        }
    }
    for column in &resource.sort {
        note(index, *column);
    }
}
