//! Rows that a change would take out of the caller's reach.

use serde_json::Value;
use stratapi_plan::{
    AccessPlan, Comparison, ConditionPlan, Gate, OperandPlan, Operation, OperationPlan, Predicate,
    Step, ValueKind, ValueType,
};

use super::super::layer::Layer;
use super::super::layer::access::owner_paths;
use super::super::layer::operation::moves;
use super::super::testing::code::{equals, reading, request, status, test};
use super::super::testing::scene::{Stranger, holds, holds_for_owner, newcomer, passes};
use super::super::testing::stage::{Scenery, factory, in_json};
use super::Tests;
use crate::python::build::{assign, dict, from, name, text};
use crate::python::{Expr, Stmt};
use crate::types;

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    let Some(plan) = tests.operation(Operation::Update) else { return Vec::new() };
    let Some(rule) = layer(tests).rule_after(plan) else { return Vec::new() };
    owner(tests, plan, &rule).into_iter().chain(state(tests, plan, &rule)).collect()
}

pub(super) fn layer<'a>(tests: &Tests<'a>) -> Layer<'a> {
    Layer { plan: tests.stage.plan, index: tests.stage.index, entity: tests.stage.entity }
}

/// The caller gives a row away, to an owner who is not theirs.
fn owner(tests: &Tests<'_>, plan: &OperationPlan, rule: &Predicate) -> Option<Stmt> {
    let entity = tests.stage.entity;
    let mut path: Option<&[Step]> = None;
    owner_paths(rule, &mut |steps| {
        let reference = &entity.references[steps[0].reference];
        if path.is_none() && moves(reference, Operation::Update) {
            path = Some(steps);
        }
    });
    let path = path?;
    let read = &tests.stage.resource.read;
    let mut caller = newcomer(tests.stage.plan);
    if let Gate::Roles(roles) = &plan.access.gate {
        caller = Stranger { role: roles.last().copied(), ..caller };
    }
    let row = plan.access.row.as_ref();
    let known = passes(&read.gate, caller)
        && holds_for_owner(tests.stage.plan, entity, read.row.as_ref(), caller, Some(path))?
        && holds_for_owner(tests.stage.plan, entity, row, caller, Some(path))?
        && !holds(tests.stage.plan, entity, row, caller)?;
    if !known || tests.stage.resource.parent.is_some() {
        return None;
    }
    let owned =
        AccessPlan { gate: plan.access.gate.clone(), row: Some(Predicate::Owner(path.to_vec())) };
    let scenery = tests.stage.with_row(&[&owned])?;
    let reference = &entity.references[path[0].reference];
    let target = &tests.stage.plan.entities[reference.target];
    let mut stmts = scenery.stmts.clone();
    stmts.push(assign("other", factory(&target.one, Vec::new())));
    let keys = reference.key_wires.iter().zip(&target.key);
    let sent = dict(keys.map(|(wire, part)| (text(wire), in_json(part, name("other")))));
    stmts.extend(refused(tests, &scenery, sent));
    let key = &reference.key_attributes[0];
    stmts.push(equals(name("stored").attr(key), name("row").attr(key)));
    Some(test("test_a_row_cannot_be_given_away", stmts))
}

/// The caller changes what the rule asks for.
fn state(tests: &Tests<'_>, plan: &OperationPlan, rule: &Predicate) -> Option<Stmt> {
    let found = match rule {
        Predicate::Row(condition) => equality(condition),
        Predicate::All(rules) => rules.iter().find_map(|rule| match rule {
            Predicate::Row(condition) => equality(condition),
            _ => None,
        }),
        _ => None,
    };
    let (attribute, ty, expected) = found?;
    let field = tests.stage.entity.fields.iter().find(|it| it.model_attribute == *attribute)?;
    let ValueKind::Enum(index) = ty.kind else { return None };
    let members = &tests.stage.plan.enums[index].members;
    let expected_value = &members.get(expected.parse::<usize>().ok()?)?.value;
    let other = members.iter().find(|member| member.value != *expected_value)?;
    if !field.update {
        return None;
    }
    let scenery = tests.stage.with_row(&tests.rules(tests.operation(plan.operation)?))?;
    let mut stmts = scenery.stmts.clone();
    let value = types::json_literal(&Value::String(other.value.clone()));
    stmts.extend(refused(tests, &scenery, dict([(text(&field.wire), value)])));
    let stored = name("stored").attr(attribute);
    stmts.push(equals(stored, name("row").attr(attribute)));
    Some(test("test_a_row_stays_within_the_rule", stmts))
}

/// `status == 'draft'`, if that is all there is, or must hold too.
fn equality(condition: &ConditionPlan) -> Option<(&stratapi_plan::PyIdent, &ValueType, &String)> {
    match condition {
        ConditionPlan::Compare(
            OperandPlan::Attribute(attribute, _),
            Comparison::Equal,
            OperandPlan::Literal(ty, value),
        ) => Some((attribute, ty, value)),
        ConditionPlan::All(items) => items.iter().find_map(equality),
        _ => None,
    }
}

/// The change is answered 403; `stored` is the row as it is then.
fn refused(tests: &Tests<'_>, scenery: &Scenery, sent: Expr) -> Vec<Stmt> {
    let entity = tests.stage.entity;
    let model = from("app.models", &entity.class);
    let found = name("session").attr("get_one").call_with([model, tests.stage.key()]).awaited();
    let arguments = std::iter::once(tests.sent(sent)).chain(scenery.headers.iter().cloned());
    let unknown = scenery.headers.is_empty() && tests.stage.plan.app.auth.is_some();
    let refusal = if unknown { 401 } else { 403 };
    vec![
        assign("response", request("patch", tests.item(), arguments)),
        status(name("response"), refusal),
        reading(vec![assign("stored", found)]),
    ]
}
