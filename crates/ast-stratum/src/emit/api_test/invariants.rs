//! Writes that would break an invariant.

use serde_json::Value;
use stratapi_plan::{
    CheckPlan, Comparison, ConditionPlan, FieldPlan, FieldSource, InvariantPlan, OperandPlan,
    Operation, OperationPlan, Predicate, Presence, PyIdent,
};

use super::super::layer::operation::speaks_of;
use super::super::testing::code::{body, each, equals, json, request, sample, status, test};
use super::super::testing::stage::{factory, in_json};
use super::Tests;
use crate::python::build::{assign, dict, from, int, kw, list, module, name, text, tuple};
use crate::python::{BinaryOperator, Expr, Stmt, WithItem};
use crate::types;

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    let all = [created(tests), changed(tests), own_row(tests), stored(tests)];
    all.into_iter().flatten().collect()
}

/// An invariant, its constraint, and the values that break it.
struct Broken<'a> {
    check: &'a CheckPlan,
    invariant: &'a InvariantPlan,
    values: Vec<(&'a FieldPlan, &'a Value)>,
}

fn broken<'a>(tests: &Tests<'a>) -> Vec<Broken<'a>> {
    let (plan, entity) = (tests.stage.plan, tests.stage.entity);
    let checks = plan.table(entity).checks.iter();
    let found = checks.filter_map(|check| {
        let invariant = check.invariant.as_ref()?;
        let values = invariant.broken_by.as_ref()?.iter();
        let values = values.map(|(field, value)| (&entity.fields[*field], value)).collect();
        Some(Broken { check, invariant, values })
    });
    found.collect()
}

/// Those that a client can ask for by one operation, where its rule says nothing of the values.
fn asked<'a>(
    tests: &Tests<'a>,
    plan: &OperationPlan,
    writes: impl Fn(&FieldPlan) -> bool,
) -> Vec<Broken<'a>> {
    let layer = super::moved::layer(tests);
    let rules = [plan.access.row.clone(), layer.rule_after(plan), layer.rule(plan)];
    let rules: Vec<Predicate> = rules.into_iter().flatten().collect();
    let speaks = |field: &FieldPlan| rules.iter().any(|it| speaks_of(it, &field.model_attribute));
    let mut all = broken(tests);
    all.retain(|broken| {
        broken.values.iter().all(|(field, _)| {
            field.source == FieldSource::Attribute && writes(field) && !speaks(field)
        })
    });
    all
}

/// `for broken, status, code in cases:`
fn cases(found: &[Broken<'_>], response: Expr) -> Vec<Stmt> {
    let items = found.iter().map(|broken| {
        let values = broken.values.iter();
        let values = values.map(|(field, value)| (text(&field.wire), sample(value)));
        let (status, code) = (broken.invariant.status, &broken.invariant.name);
        tuple([dict(values), int(status), text(code)])
    });
    let object = name("dict").index([name("str"), name("object")]);
    let item = name("tuple").index([object, name("int"), name("str")]);
    vec![
        Stmt::Annotated(name("cases"), name("list").index([item]), Some(list(items))),
        each(
            tuple([name("broken"), name("status"), name("code")]),
            name("cases"),
            vec![
                assign("response", response),
                equals(name("response").attr("status_code"), name("status")),
                equals(json(name("response")).index([text("code")]), name("code")),
            ],
        ),
    ]
}

fn created(tests: &Tests<'_>) -> Option<Stmt> {
    let operation = tests.operation(Operation::Create)?;
    let found = asked(tests, operation, |field| field.create != Presence::Absent);
    if found.is_empty() {
        return None;
    }
    let scenery = tests.stage.for_create(&[&operation.access])?;
    let (rows, sent) = tests.stage.body(name("BODY"), &[&operation.access], false);
    let mut stmts = scenery.stmts;
    stmts.extend(rows);
    stmts.push(assign("sent", sent));
    let changed = name("sent").binary(BinaryOperator::BitOr, name("broken"));
    let arguments = std::iter::once(body(changed)).chain(scenery.headers);
    stmts.extend(cases(&found, request("post", tests.collection(), arguments)));
    Some(test("test_create_keeps_invariants", stmts))
}

fn changed(tests: &Tests<'_>) -> Option<Stmt> {
    let operation = tests.operation(Operation::Update)?;
    let found = asked(tests, operation, |field| field.update);
    if found.is_empty() {
        return None;
    }
    let scenery = tests.stage.with_row(&tests.rules(operation))?;
    let mut stmts = scenery.stmts;
    let arguments = std::iter::once(body(name("broken"))).chain(scenery.headers);
    stmts.extend(cases(&found, request("patch", tests.item(), arguments)));
    Some(test("test_update_keeps_invariants", stmts))
}

/// A row that would refer to itself.
fn own_row(tests: &Tests<'_>) -> Option<Stmt> {
    let (plan, entity) = (tests.stage.plan, tests.stage.entity);
    let operation = tests.operation(Operation::Update)?;
    let mut checks = plan.table(entity).checks.iter();
    let (invariant, reference) = checks.find_map(|check| {
        let key = other_row(check.tree.as_ref()?, &entity.key.first()?.attribute)?;
        let mut references = entity.references.iter();
        let reference = references.find(|it| it.key_attributes.as_slice() == [key.clone()])?;
        Some((check.invariant.as_ref()?, reference))
    })?;
    if !reference.update {
        return None;
    }
    let scenery = tests.stage.with_row(&tests.rules(operation))?;
    let mut stmts = scenery.stmts;
    let key = in_json(&entity.key[0], name("row"));
    let sent = dict([(text(&reference.key_wires[0]), key)]);
    let arguments = std::iter::once(body(sent)).chain(scenery.headers);
    stmts.push(assign("response", request("patch", tests.item(), arguments)));
    stmts.push(status(name("response"), invariant.status));
    stmts.push(equals(json(name("response")).index([text("code")]), text(&invariant.name)));
    Some(test("test_a_row_does_not_refer_to_itself", stmts))
}

/// The foreign key of `parent is None or parent != self`.
fn other_row<'a>(tree: &'a ConditionPlan, key: &PyIdent) -> Option<&'a PyIdent> {
    match tree {
        ConditionPlan::Compare(
            OperandPlan::Attribute(one, _),
            Comparison::NotEqual,
            OperandPlan::Attribute(other, _),
        ) => {
            if other == key {
                Some(one)
            } else {
                (one == key).then_some(other)
            }
        }
        ConditionPlan::Any(parts) => match parts.as_slice() {
            [ConditionPlan::IsNull(OperandPlan::Attribute(tested, _), true), compared] => {
                other_row(compared, key).filter(|found| *found == tested)
            }
            _ => None,
        },
        _ => None,
    }
}

/// What no client can ask for is refused by the database, whoever writes.
fn stored(tests: &Tests<'_>) -> Option<Stmt> {
    let (plan, entity) = (tests.stage.plan, tests.stage.entity);
    let sent: Vec<&str> = tests.operation(Operation::Create).map_or_else(Vec::new, |operation| {
        let found = asked(tests, operation, |field| field.create != Presence::Absent);
        found.iter().map(|broken| broken.check.name.as_str()).collect()
    });
    let mut stmts = Vec::new();
    for broken in broken(tests) {
        let known = sent.contains(&broken.check.name.as_str());
        let whole = |(field, _): &(&FieldPlan, &Value)| field.source == FieldSource::Attribute;
        if known || !broken.values.iter().all(whole) {
            continue;
        }
        let values = broken.values.iter().map(|(field, value)| {
            let value = match value {
                Value::Null => crate::python::build::none(),
                value => types::stored(plan, &field.ty, value),
            };
            kw(&field.attribute, value)
        });
        let error = from("sqlalchemy.exc", "IntegrityError");
        let constraint = kw("match", text(broken.check.name.as_str()));
        let context =
            module("pytest").attr("raises").call([crate::python::build::arg(error), constraint]);
        let made = factory(&entity.one, values.collect()).stmt();
        let items = vec![WithItem { context, name: None }];
        stmts.push(Stmt::With { is_async: false, items, body: vec![made] });
    }
    (!stmts.is_empty()).then(|| test("test_rows_keep_invariants", stmts))
}
