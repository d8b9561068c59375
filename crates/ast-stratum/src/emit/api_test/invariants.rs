//! Writes that would break an invariant.

use serde_json::Value;
use stratapi_plan::{
    BreachPlan, CheckPlan, Comparison, ConditionPlan, FieldPlan, FieldSource, OperandPlan,
    Operation, OperationPlan, Plan, Predicate, Presence, PyIdent, WriteRulePlan, Writes,
};

use super::super::layer::operation::speaks_of;
use super::super::testing::body::BodyOf;
use super::super::testing::code::{each, equals, request, sample, status, test};
use super::super::testing::problem;
use super::super::testing::stage::{Stage, factory, in_json, stored as in_store};
use super::Tests;
use crate::python::build::{assign, dict, from, int, kw, list, module, name, text, tuple};
use crate::python::{BinaryOperator, Expr, Stmt, WithItem};

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    let all = [created(tests), changed(tests), own_row(tests), stored(tests)];
    let rules = &tests.stage.entity.write_rules;
    all.into_iter().flatten().chain(rules.iter().flat_map(|rule| held(tests, rule))).collect()
}

/// An invariant, its constraint if it has one, and the values that break it.
struct Broken<'a> {
    check: Option<&'a CheckPlan>,
    name: &'a str,
    status: u16,
    values: Vec<(&'a FieldPlan, &'a Value)>,
}

/// Those that look at some kind of write; the constraints look at all.
fn broken<'a>(tests: &Tests<'a>, when: impl Fn(Writes) -> bool) -> Vec<Broken<'a>> {
    let (plan, entity) = (tests.stage.plan, tests.stage.entity);
    let values = |values: &'a [(usize, Value)]| {
        values.iter().map(|(field, value)| (&entity.fields[*field], value)).collect()
    };
    let checks = plan.table(entity).checks.iter().filter_map(|check| {
        let told = check.invariant.as_ref()?;
        let values = values(told.broken_by.as_ref()?);
        Some(Broken { check: Some(check), name: &told.name, status: told.status, values })
    });
    let rules = entity.write_rules.iter().filter(|rule| when(rule.when)).filter_map(|rule| {
        let Some(BreachPlan::Own(own)) = &rule.broken_by else { return None };
        Some(Broken { check: None, name: &rule.name, status: rule.status, values: values(own) })
    });
    checks.chain(rules).collect()
}

/// Those that a client can ask for by one operation, where its rule says nothing of the values.
fn asked<'a>(
    tests: &Tests<'a>,
    plan: &OperationPlan,
    when: impl Fn(Writes) -> bool,
    writes: impl Fn(&FieldPlan) -> bool,
) -> Vec<Broken<'a>> {
    let layer = super::moved::layer(tests);
    let rules = [plan.access.row.clone(), layer.rule_after(plan), layer.rule(plan)];
    let rules: Vec<Predicate> = rules.into_iter().flatten().collect();
    let speaks = |field: &FieldPlan| rules.iter().any(|it| speaks_of(it, &field.model_attribute));
    let mut all = broken(tests, when);
    all.retain(|broken| {
        broken.values.iter().all(|(field, _)| {
            field.source == FieldSource::Attribute && writes(field) && !speaks(field)
        })
    });
    all
}

/// `for broken, status, code in cases:`
fn cases(plan: &Plan, found: &[Broken<'_>], response: Expr) -> Vec<Stmt> {
    let coded = problem::coded(name("response"), plan, name("code"));
    let items = found.iter().map(|broken| {
        let values = broken.values.iter();
        let values = values.map(|(field, value)| (text(&field.wire), sample(value)));
        let code = coded.is_some().then(|| text(broken.name));
        tuple([dict(values), int(broken.status)].into_iter().chain(code))
    });
    let object = name("dict").index([name("str"), name("object")]);
    let code = |value: &'static str| coded.is_some().then(|| name(value));
    let item = name("tuple").index([object, name("int")].into_iter().chain(code("str")));
    let variables = [name("broken"), name("status")].into_iter().chain(code("code"));
    vec![
        Stmt::Annotated(name("cases"), name("list").index([item]), Some(list(items))),
        each(
            tuple(variables),
            name("cases"),
            [
                assign("response", response),
                equals(name("response").attr("status_code"), name("status")),
            ]
            .into_iter()
            .chain(coded)
            .collect(),
        ),
    ]
}

fn created(tests: &Tests<'_>) -> Option<Stmt> {
    let operation = tests.operation(Operation::Create)?;
    let writes = |field: &FieldPlan| field.create != Presence::Absent;
    let found = asked(tests, operation, |when| when.create, writes);
    if found.is_empty() {
        return None;
    }
    let scenery = tests.stage.for_create(&[&operation.access])?;
    let (rows, sent) = tests.stage.body(name("BODY"), &[&operation.access], BodyOf::New);
    let mut stmts = scenery.stmts;
    stmts.extend(rows);
    stmts.push(assign("sent", sent));
    let changed = name("sent").binary(BinaryOperator::BitOr, name("broken"));
    let arguments = std::iter::once(tests.sent(changed)).chain(scenery.headers);
    stmts.extend(cases(tests.stage.plan, &found, request("post", tests.collection(), arguments)));
    Some(test("test_create_keeps_invariants", stmts))
}

fn changed(tests: &Tests<'_>) -> Option<Stmt> {
    let operation = tests.operation(Operation::Update)?;
    let found = asked(tests, operation, |when| when.update, |field| field.update);
    if found.is_empty() {
        return None;
    }
    let scenery = tests.stage.with_row(&tests.rules(operation))?;
    let mut stmts = scenery.stmts;
    let arguments = std::iter::once(tests.sent(name("broken"))).chain(scenery.headers);
    stmts.extend(cases(tests.stage.plan, &found, request("patch", tests.item(), arguments)));
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
    let arguments = std::iter::once(tests.sent(sent)).chain(scenery.headers);
    stmts.push(assign("response", request("patch", tests.item(), arguments)));
    stmts.push(status(name("response"), invariant.status));
    stmts.extend(problem::coded(name("response"), plan, text(&invariant.name)));
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
        let writes = |field: &FieldPlan| field.create != Presence::Absent;
        let found = asked(tests, operation, |_| false, writes);
        found.iter().map(|broken| broken.name).collect()
    });
    let mut stmts = Vec::new();
    for broken in broken(tests, |_| false) {
        let Some(check) = broken.check else { continue };
        let known = sent.contains(&broken.name);
        let whole = |(field, _): &(&FieldPlan, &Value)| field.source == FieldSource::Attribute;
        if known || !broken.values.iter().all(whole) {
            continue;
        }
        let values = broken.values.iter();
        let values =
            values.map(|(field, value)| kw(&field.attribute, in_store(plan, field, value)));
        let error = from("sqlalchemy.exc", "IntegrityError");
        let constraint = kw("match", text(check.name.as_str()));
        let context =
            module("pytest").attr("raises").call([crate::python::build::arg(error), constraint]);
        let made = factory(&entity.one, values.collect()).stmt();
        let items = vec![WithItem { context, name: None }];
        stmts.push(Stmt::With { is_async: false, items, body: vec![made] });
    }
    (!stmts.is_empty()).then(|| test("test_rows_keep_invariants", stmts))
}

/// What a rule forbids of a row that is right by itself: what it refers to is not, or it must stay.
fn held(tests: &Tests<'_>, rule: &WriteRulePlan) -> Vec<Stmt> {
    let breach = match &rule.broken_by {
        Some(BreachPlan::Referred { reference, values, .. }) => {
            Some((*reference, values.as_slice()))
        }
        _ => None,
    };
    let stage = Stage { breach, ..tests.stage };
    let referred = breach.is_some();
    let create = tests.operation(Operation::Create).filter(|_| referred && rule.when.create);
    let update = tests.operation(Operation::Update).filter(|_| referred && rule.when.update);
    let delete = tests.operation(Operation::Delete).filter(|_| rule.when.delete);
    let title = |write: &str| PyIdent::known(format!("test_{write}_keeps_{}", rule.name));
    let refused = |mut stmts: Vec<Stmt>, response: Expr| {
        stmts.push(assign("response", response));
        stmts.push(status(name("response"), rule.status));
        stmts.extend(problem::coded(name("response"), stage.plan, text(&rule.name)));
        stmts
    };
    let create = create.and_then(|operation| {
        let scenery = stage.for_create(&[&operation.access])?;
        let (rows, sent) = stage.body(name("BODY"), &[&operation.access], BodyOf::New);
        let arguments = std::iter::once(tests.sent(sent)).chain(scenery.headers);
        let stmts = scenery.stmts.into_iter().chain(rows).collect();
        let response = request("post", tests.collection(), arguments);
        Some(test(title("create"), refused(stmts, response)))
    });
    let update = update.and_then(|operation| {
        let scenery = stage.with_row(&tests.rules(operation))?;
        let arguments = std::iter::once(tests.sent(dict([]))).chain(scenery.headers);
        let response = request("patch", tests.item(), arguments);
        Some(test(title("update"), refused(scenery.stmts, response)))
    });
    let delete = delete.and_then(|operation| {
        let values = match &rule.broken_by {
            Some(BreachPlan::Own(values)) => values.as_slice(),
            Some(BreachPlan::Referred { .. }) => &[],
            None => return None,
        };
        let fields = &tests.stage.entity.fields;
        let values = values.iter().map(|(field, value)| {
            let field = &fields[*field];
            (field.attribute.clone(), in_store(tests.stage.plan, field, value))
        });
        let scenery = stage.with_values(&tests.rules(operation), values.collect())?;
        let response = request("delete", tests.item(), scenery.headers);
        Some(test(title("delete"), refused(scenery.stmts, response)))
    });
    [create, update, delete].into_iter().flatten().collect()
}
