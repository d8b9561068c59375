//! Creating rows, and bodies that are refused.

use serde_json::Value;
use stratapi_plan::{FieldPlan, Operation, SEGMENT, ValueKind};

use super::super::layer::types::is_text;
use super::super::testing::body::BodyOf;
use super::super::testing::code::{
    body, contains, each, equals, json, request, sample, status, test,
};
use super::super::testing::problem;
use super::{Tests, views};
use crate::python::build::{assign, dict, from, list, name, none, text, tuple};
use crate::python::{BinaryOperator, Expr, Stmt};
use crate::schemas::{self, Member, Need, Shape};

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    [create(tests), nulls(tests), conflict(tests), references(tests), refused(tests), bulk(tests)]
        .into_iter()
        .flatten()
        .collect()
}

fn create(tests: &Tests<'_>) -> Option<Stmt> {
    let mut stmts = created(tests, |_, sent| sent)?;
    stmts.insert(stmts.len() - 1, contains(text("Location"), name("response").attr("headers")));
    let shown = tests.shown("BODY", &tests.create, Operation::Create);
    stmts.push(equals(name("created"), name("created").binary(BinaryOperator::BitOr, shown)));
    stmts.extend(views::of_created(tests));
    Some(test("test_create", stmts))
}

/// Creates a row, such that `created` is what the answer shows; `change` makes another body of the
/// usual one.
fn created(
    tests: &Tests<'_>,
    change: impl FnOnce(&mut Vec<Stmt>, Expr) -> Expr,
) -> Option<Vec<Stmt>> {
    let operation = tests.operation(Operation::Create)?;
    let scenery = tests.stage.for_create(&[&operation.access])?;
    let (rows, sent) = tests.stage.body(name("BODY"), &[&operation.access], BodyOf::New);
    let mut stmts = scenery.stmts;
    stmts.extend(rows);
    let sent = change(&mut stmts, sent);
    let arguments = std::iter::once(tests.sent(sent)).chain(scenery.headers);
    stmts.push(assign("response", request("post", tests.collection(), arguments)));
    stmts.push(status(name("response"), operation.status));
    stmts.push(assign("created", tests.row("response")));
    Some(stmts)
}

/// Null is kept where it is given, and the default is what is left out.
fn nulls(tests: &Tests<'_>) -> Option<Stmt> {
    let operation = tests.operation(Operation::Create)?;
    let cleared = |member: &Member<'_>| {
        let mut fields = tests.stage.entity.fields.iter();
        let field = fields.find(|field| field.wire == member.wire);
        let may = field.is_some_and(FieldPlan::takes_default);
        may && tests.can_clear(member)
            && tests.clears(member)
            && tests.is_shown(member, Operation::Create)
    };
    let members = schemas::create(tests.stage.plan, tests.stage.entity);
    let members: Vec<&Member<'_>> = members.iter().filter(|member| cleared(member)).collect();
    let rules = tests.stage.entity.write_rules.iter();
    let free = rules.into_iter().all(|rule| !rule.when.create);
    if members.is_empty() || !free || operation.access.row.is_some() {
        return None;
    }
    let nulls = dict(members.iter().map(|member| (text(member.wire), none())));
    let mut stmts = created(tests, |stmts, sent| {
        stmts.push(assign("nulls", nulls));
        sent.binary(BinaryOperator::BitOr, name("nulls"))
    })?;
    let shown = name("created").binary(BinaryOperator::BitOr, name("nulls"));
    stmts.push(equals(name("created"), shown));
    Some(test("test_create_keeps_null", stmts))
}

/// The same body twice, where something in it must be unique.
fn conflict(tests: &Tests<'_>) -> Option<Stmt> {
    let operation = tests.operation(Operation::Create)?;
    let entity = tests.stage.entity;
    let unique = entity.fields.iter().any(|field| {
        field.unique
            && !field.ty.nullable
            && tests.create.contains_key(&field.wire)
            && field.distinct
    });
    if !unique {
        return None;
    }
    let scenery = tests.stage.for_create(&[&operation.access])?;
    let (rows, sent) = tests.stage.body(name("BODY"), &[&operation.access], BodyOf::New);
    let mut stmts = scenery.stmts;
    stmts.extend(rows);
    stmts.push(assign("sent", sent));
    let arguments =
        || std::iter::once(tests.sent(name("sent"))).chain(scenery.headers.iter().cloned());
    stmts.push(status(request("post", tests.collection(), arguments()), operation.status));
    stmts.push(assign("again", request("post", tests.collection(), arguments())));
    stmts.push(status(name("again"), 409));
    Some(test("test_create_refuses_what_is_in_use", stmts))
}

/// References to rows that do not exist.
fn references(tests: &Tests<'_>) -> Option<Stmt> {
    let operation = tests.operation(Operation::Create)?;
    let scenery = tests.stage.for_create(&[&operation.access])?;
    let (rows, sent) = tests.stage.body(name("BODY"), &[&operation.access], BodyOf::New);
    let plan = tests.stage.plan;
    let unknown = || name("str").call_with([from("app.core.ids", "uuid7").call([])]);
    let is_uuid = |target: usize| {
        let key = &plan.entities[target].key;
        key.len() == 1 && key[0].ty.kind == ValueKind::Uuid
    };
    let told = problem::tells_places(plan);
    let case = |wire: &str, value: Expr, place: &str| {
        let place = told.then(|| text(tests.place(place)));
        tuple([text(wire), value].into_iter().chain(place))
    };
    let mut cases = Vec::new();
    if operation.access.row.is_none() {
        for (_, reference) in tests.stage.written(false).filter(|(_, it)| is_uuid(it.target)) {
            let wire = &reference.key_wires[0];
            cases.push(case(wire, unknown(), wire));
        }
    }
    for link in tests.stage.links().filter(|it| is_uuid(it.target)) {
        let place = format!("{}/0", link.ids_wire);
        cases.push(case(&link.ids_wire, list([unknown()]), &place));
    }
    if cases.is_empty() {
        return None;
    }
    let mut stmts = scenery.stmts;
    stmts.extend(rows);
    stmts.push(assign("sent", sent));
    let changed =
        name("sent").binary(BinaryOperator::BitOr, dict([(name("member"), name("value"))]));
    let arguments = std::iter::once(tests.sent(changed)).chain(scenery.headers);
    stmts.push(Stmt::Annotated(
        name("cases"),
        name("list").index([name("tuple")
            .index([name("str"), name("object")].into_iter().chain(told.then(|| name("str"))))]),
        Some(list(cases)),
    ));
    let mut asked = vec![
        assign("response", request("post", tests.collection(), arguments)),
        status(name("response"), 409),
    ];
    asked.extend(problem::blames(name("response"), plan, name("place")));
    let variables = [name("member"), name("value")].into_iter();
    let variables = variables.chain(told.then(|| name("place")));
    stmts.push(each(tuple(variables), name("cases"), asked));
    Some(test("test_create_refuses_unknown_references", stmts))
}

/// Bodies that violate the schema.
fn refused(tests: &Tests<'_>) -> Option<Stmt> {
    if !tests.stage.entity.has_create {
        return None;
    }
    let operation = tests.operation(Operation::Create)?;
    let scenery = tests.stage.for_create(&[&operation.access])?;
    let (rows, sent) = tests.stage.body(name("BODY"), &[&operation.access], BodyOf::New);
    let mut cases = Vec::new();
    for member in schemas::create(tests.stage.plan, tests.stage.entity) {
        let Shape::Plain(ty) = &member.shape else { continue };
        let field = tests.stage.entity.fields.iter().find(|field| field.wire == member.wire);
        let invalid = field.map(|field| field.sample.invalid.as_slice()).unwrap_or_default();
        let null = (!member.nullable && !is_json(&member.shape)).then_some(&Value::Null);
        for value in invalid.iter().chain(null) {
            cases.push(tuple([text(member.wire), sample(value)]));
        }
        if let ValueKind::Line { max: 3.., pattern: Some(pattern), .. } = &ty.kind
            && pattern == SEGMENT
        {
            cases.push(tuple([text(member.wire), text("a/b")]));
        }
        if let ValueKind::Line { reserved, .. } | ValueKind::Slug { reserved, .. } = &ty.kind {
            cases.extend(reserved.iter().map(|word| tuple([text(member.wire), text(*word)])));
        }
        if member.need == Need::Required && field.is_none() && !is_text(ty) {
            cases.push(tuple([text(member.wire), text("not a key")]));
        }
    }
    for machine in &tests.stage.entity.machines {
        let state = &tests.stage.plan.enums[machine.states].members[machine.initial].value;
        let wire = &tests.stage.entity.fields[machine.field].wire;
        cases.push(tuple([text(wire), text(state)]));
    }
    cases.push(tuple([text("no_such_member"), Expr::Int("1".to_owned())]));
    let mut stmts = scenery.stmts;
    stmts.extend(rows);
    stmts.push(assign("sent", sent));
    stmts.push(Stmt::Annotated(
        name("cases"),
        name("list").index([name("tuple").index([name("str"), name("object")])]),
        Some(list(cases)),
    ));
    let changed =
        name("sent").binary(BinaryOperator::BitOr, dict([(name("member"), name("value"))]));
    let arguments = std::iter::once(tests.sent(changed)).chain(scenery.headers);
    let mut asked = vec![
        assign("response", request("post", tests.collection(), arguments)),
        status(name("response"), tests.invalid()),
    ];
    let (plan, entity) = (tests.stage.plan, tests.stage.entity);
    asked.extend(problem::blames_inside(name("response"), plan, entity, "member"));
    stmts.push(each(tuple([name("member"), name("value")]), name("cases"), asked));
    Some(test("test_create_validates", stmts))
}

fn is_json(shape: &Shape) -> bool {
    matches!(shape, Shape::Plain(ty) if ty.kind == ValueKind::Json)
}

fn bulk(tests: &Tests<'_>) -> Option<Stmt> {
    let operation = tests.operation(Operation::BulkCreate)?;
    let scenery = tests.stage.for_create(&[&operation.access])?;
    let (rows, sent) = tests.stage.body(name("BODY"), &[&operation.access], BodyOf::New);
    let mut stmts = scenery.stmts;
    stmts.extend(rows);
    let path = format!("{}/bulk", tests.stage.resource.collection_path);
    let post = |items: Expr| {
        let sent = dict([(text("items"), items)]);
        let arguments = std::iter::once(body(sent)).chain(scenery.headers.iter().cloned());
        request("post", tests.stage.url(&path), arguments)
    };
    stmts.push(assign("sent", sent));
    let entity = tests.stage.entity;
    let chosen = entity.key.iter().all(|part| {
        let field = part.field.map(|field| &entity.fields[field]);
        field.is_some_and(|field| tests.create.contains_key(&field.wire))
    });
    if chosen {
        let field = entity.key[0].field.map(|field| entity.fields[field].wire.as_str());
        let key = field.unwrap_or_default();
        stmts.push(assign("twice", post(list([name("sent"), name("sent")]))));
        stmts.push(status(name("twice"), 409));
        let place = tests.told(&format!("/items/1/{key}"));
        stmts.extend(problem::blames(name("twice"), tests.stage.plan, text(place)));
    }
    stmts.push(assign("response", post(list([name("sent")]))));
    stmts.push(status(name("response"), operation.status));
    let items = json(name("response")).index([text("items")]);
    stmts.push(equals(name("len").call_with([items]), Expr::Int("1".to_owned())));
    stmts.push(assign("none", post(list([]))));
    stmts.push(status(name("none"), tests.invalid()));
    if tests.stage.resource.item_parameters.iter().any(|it| it.reserved.contains(&"bulk")) {
        // Not the row of that name.
        stmts.push(assign("other", request("get", tests.stage.url(&path), [])));
        stmts.push(status(name("other"), 405));
        stmts.push(equals(name("other").attr("headers").index([text("Allow")]), text("POST")));
    }
    Some(test("test_bulk_create", stmts))
}
