//! Reading, changing and deleting one row.

use stratapi_plan::{OnDelete, Operation, OperationPlan, PyIdent};

use super::super::testing::body::BodyOf;
use super::super::testing::code::{each, equals, reading, request, status, test};
use super::super::testing::stage::{Scenery, factory};
use super::Tests;
use crate::python::build::{assign, dict, from, kw, name, none, text, tuple};
use crate::python::{Argument, BinaryOperator, Expr, Stmt};
use crate::schemas::Member;

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    [
        tests.operation(Operation::Get).and_then(|get| read(tests, get)),
        tests.operation(Operation::Update).and_then(|update| change(tests, update)),
        tests.operation(Operation::Update).and_then(|update| nulls(tests, update)),
        tests.operation(Operation::Replace).and_then(|replace| put(tests, replace)),
        tests.operation(Operation::Delete).and_then(|delete| remove(tests, delete)),
        tests.operation(Operation::Delete).and_then(|delete| used(tests, delete)),
        unknown(tests),
        elsewhere(tests),
        versions(tests),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The scene for a row, and `url`.
pub(super) fn scenery<'a>(tests: &Tests<'a>, operation: &OperationPlan) -> Option<Scenery<'a>> {
    let operation = tests.operation(operation.operation)?;
    let mut scenery = tests.stage.with_row(&tests.rules(operation))?;
    scenery.stmts.push(assign("url", tests.item()));
    Some(scenery)
}

pub(super) fn headers<'s>(scenery: &'s Scenery<'_>) -> impl Iterator<Item = Argument> + use<'s> {
    scenery.headers.iter().cloned()
}

fn read(tests: &Tests<'_>, get: &OperationPlan) -> Option<Stmt> {
    let scenery = scenery(tests, get)?;
    let mut stmts = scenery.stmts.clone();
    stmts.push(assign("response", request("get", name("url"), headers(&scenery))));
    stmts.push(status(name("response"), 200));
    for part in &tests.stage.entity.key {
        let wire = tests.stage.entity.key_wire(part);
        let Some(wire) = tests.stage.entity.shown_as(get, wire) else { continue };
        let shown = tests.row("response").index([text(wire)]);
        let known = matches!(part.ty.kind, stratapi_plan::ValueKind::Uuid);
        if known && part.reference.is_none() {
            let key = name("str").call_with([name("row").attr(&part.attribute)]);
            stmts.push(equals(shown, key));
        }
    }
    Some(test("test_read", stmts))
}

fn change(tests: &Tests<'_>, update: &OperationPlan) -> Option<Stmt> {
    let scenery = scenery(tests, update)?;
    let mut stmts = scenery.stmts.clone();
    let patch = |sent: Expr| {
        request("patch", name("url"), std::iter::once(tests.sent(sent)).chain(headers(&scenery)))
    };
    stmts.push(assign("unchanged", patch(dict([]))));
    stmts.push(status(name("unchanged"), 200));
    if !tests.changes.is_empty() {
        stmts.push(assign("changed", patch(name("CHANGES"))));
        stmts.push(status(name("changed"), 200));
        stmts.push(assign("shown", tests.row("changed")));
        let sent = tests.shown("CHANGES", &tests.changes, Operation::Update);
        stmts.push(equals(name("shown"), name("shown").binary(BinaryOperator::BitOr, sent)));
    }
    Some(test("test_update", stmts))
}

/// Null clears what may be null and is refused elsewhere.
fn nulls(tests: &Tests<'_>, update: &OperationPlan) -> Option<Stmt> {
    let scenery = scenery(tests, update)?;
    if tests.update.is_empty() {
        return None;
    }
    let mut stmts = scenery.stmts.clone();
    let sent = dict([(name("member"), none())]);
    let response =
        request("patch", name("url"), std::iter::once(tests.sent(sent)).chain(headers(&scenery)));
    let nullable = |wanted: bool| -> Vec<Expr> {
        let members = tests.update.iter().filter(|member| member.nullable == wanted);
        let free = |member: &&Member<'_>| {
            let asked = tests.is_asked(member, Operation::Update)
                || tests.is_owner(member, Operation::Update);
            let held = tests.is_held(member);
            let stays = tests.clears(member)
                && tests.is_shown(member, Operation::Update)
                && !asked
                && !held;
            tests.can_clear(member) && (!wanted || stays)
        };
        members.filter(free).map(|member| text(member.wire)).collect()
    };
    let cleared = nullable(true);
    if !cleared.is_empty() {
        let shown = tests.row("response").attr("get").call_with([name("member")]);
        stmts.push(each(
            name("member"),
            tuple(cleared),
            vec![
                assign("response", response.clone()),
                status(name("response"), 200),
                Stmt::Assert(shown.is(none())),
            ],
        ));
    }
    let refused = nullable(false);
    if !refused.is_empty() {
        stmts.push(each(
            name("member"),
            tuple(refused),
            vec![assign("response", response), status(name("response"), tests.invalid())],
        ));
    }
    Some(test("test_null_is_not_the_same_as_omitted", stmts))
}

fn put(tests: &Tests<'_>, replace: &OperationPlan) -> Option<Stmt> {
    let scenery = scenery(tests, replace)?;
    let members = crate::schemas::replace(tests.stage.plan, tests.stage.entity);
    if members.iter().any(|member| tests.is_asked(member, Operation::Replace)) {
        return None;
    }
    let rules = tests.rules(tests.operation(Operation::Replace)?);
    let mut stmts = scenery.stmts.clone();
    let sent = tests.replacement();
    let (rows, sent) = tests.stage.body(sent, &rules, BodyOf::Own);
    stmts.extend(rows);
    let put =
        request("put", name("url"), std::iter::once(tests.sent(sent)).chain(headers(&scenery)));
    stmts.push(assign("response", put));
    stmts.push(status(name("response"), 200));
    Some(test("test_replace", stmts))
}

fn remove(tests: &Tests<'_>, delete: &OperationPlan) -> Option<Stmt> {
    let entity = tests.stage.entity;
    let scenery = scenery(tests, delete).filter(|it| entity.soft_delete || !it.held)?;
    let mut stmts = scenery.stmts.clone();
    let deleted = request("delete", name("url"), headers(&scenery));
    stmts.push(assign("response", deleted));
    stmts.push(status(name("response"), delete.status));
    let model = from("app.models", &entity.class);
    let found = name("session").attr("get").call_with([model, tests.stage.key()]).awaited();
    stmts.push(reading(vec![assign("stored", found)]));
    if entity.soft_delete {
        stmts.push(Stmt::Assert(name("stored").is_not(none())));
        let active = name("stored").attr("is_active");
        stmts.push(Stmt::Assert(crate::python::build::not(active)));
    } else {
        stmts.push(Stmt::Assert(name("stored").is(none())));
    }
    Some(test("test_delete", stmts))
}

/// What others refer to cannot be deleted.
fn used(tests: &Tests<'_>, delete: &OperationPlan) -> Option<Stmt> {
    let entity = tests.stage.entity;
    let plan = tests.stage.plan;
    let (source, reference) = entity.collections.iter().find_map(|collection| {
        let source = &plan.entities[collection.source];
        let reference = &source.references[collection.reference?];
        (reference.on_delete == OnDelete::Restrict).then_some((source, reference))
    })?;
    if entity.soft_delete {
        return None;
    }
    let scenery = scenery(tests, delete)?;
    let mut stmts = scenery.stmts.clone();
    let user = factory(&source.one, vec![kw(&reference.attribute, name("row"))]);
    stmts.push(user.stmt());
    stmts.push(assign("response", request("delete", name("url"), headers(&scenery))));
    stmts.push(status(name("response"), 409));
    Some(test("test_a_row_in_use_cannot_be_deleted", stmts))
}

/// 404 for what does not exist.
fn unknown(tests: &Tests<'_>) -> Option<Stmt> {
    let [part] = tests.stage.resource.item_parameters.as_slice() else { return None };
    if !matches!(part.ty.kind, stratapi_plan::ValueKind::Uuid) {
        return None;
    }
    let methods =
        [(Operation::Get, "get"), (Operation::Update, "patch"), (Operation::Delete, "delete")];
    let transitions = tests.stage.entity.transition_operations().map(|it| (it, "post"));
    let key = from("app.core.ids", "uuid7").call([]);
    let mut stmts: Vec<Stmt> = Vec::new();
    let mut current: Vec<Stmt> = Vec::new();
    let histories = tests.stage.entity.history_operations().map(|it| (it, "get"));
    for (operation, method) in methods.into_iter().chain(transitions).chain(histories) {
        let Some(plan) = tests.operation(operation) else { continue };
        let Some(scenery) = tests.stage.without_row(&tests.rules(plan)) else { continue };
        if scenery.stmts != current {
            stmts.extend(scenery.stmts.iter().cloned());
            current.clone_from(&scenery.stmts);
        }
        let sent = (method == "patch").then(|| tests.sent(dict([])));
        let arguments = sent.into_iter().chain(headers(&scenery));
        let url = tests.stage.url_of(&plan.path, Some(&key));
        stmts.push(assign("response", request(method, url, arguments)));
        stmts.push(status(name("response"), 404));
    }
    (!stmts.is_empty()).then(|| test("test_unknown_rows", stmts))
}

/// A row is found below its own parents only, at every level of the path.
fn elsewhere(tests: &Tests<'_>) -> Option<Stmt> {
    let get = tests.operation(Operation::Get)?;
    let stage = &tests.stage;
    let ancestors = stage.ancestors();
    if ancestors.is_empty() {
        return None;
    }
    let scenery = stage.with_row(&tests.rules(get))?;
    let mut stmts = scenery.stmts.clone();
    for (variable, parent) in ancestors {
        let entity = &stage.plan.entities[parent.entity];
        let other = PyIdent::known(format!("other_{variable}"));
        stmts.push(assign(&other, factory(&entity.one, Vec::new())));
        let found = request("get", stage.url_below(&other, parent), headers(&scenery));
        stmts.push(assign("response", found));
        stmts.push(status(name("response"), 404));
    }
    Some(test("test_no_row_below_another_parent", stmts))
}

/// The headers of the caller, and one more.
pub(super) fn with_header(scenery: &Scenery, header: &str, value: Expr) -> Argument {
    let own = dict([(text(header), value)]);
    let all = if scenery.headers.is_empty() {
        own
    } else {
        name("headers").binary(BinaryOperator::BitOr, own)
    };
    kw("headers", all)
}

/// ETag, If-Match and If-None-Match.
fn versions(tests: &Tests<'_>) -> Option<Stmt> {
    if !tests.stage.entity.optimistic_lock {
        return None;
    }
    let get = tests.operation(Operation::Get)?;
    let update = tests.operation(Operation::Update)?;
    let rules = [&get.access, &update.access, &tests.stage.resource.read];
    let scenery = tests.stage.with_row(&rules)?;
    let mut stmts = scenery.stmts.clone();
    stmts.push(assign("url", tests.item()));
    let with = |header: &str, value: Expr| with_header(&scenery, header, value);
    let etag = || name("response").attr("headers").index([text("ETag")]);
    stmts.push(assign("response", request("get", name("url"), headers(&scenery))));
    stmts.push(assign("etag", etag()));
    if tests.stage.entity.is_revalidated() {
        let cached = request("get", name("url"), [with("If-None-Match", name("etag"))]);
        stmts.push(status(cached, 304));
    }
    let stale = [tests.sent(dict([])), with("If-Match", text("\"stale\""))];
    stmts.push(status(request("patch", name("url"), stale), 412));
    let fresh = [tests.sent(dict([])), with("If-Match", name("etag"))];
    stmts.push(status(request("patch", name("url"), fresh), 200));
    Some(test("test_versions", stmts))
}
