//! Callers whom the rules refuse.

use stratapi_plan::{Gate, Operation, OperationPlan};

use super::super::testing::body::BodyOf;
use super::super::testing::code::{equals, request, status, test};
use super::super::testing::scene::{Stranger, holds, newcomer, passes};
use super::super::testing::stage::factory;
use super::Tests;
use crate::python::Stmt;
use crate::python::build::{assign, dict, kw, list, name};

/// Operations on one row, with their methods.
const ON_ROWS: &[(Operation, &str)] = &[
    (Operation::Get, "get"),
    (Operation::Update, "patch"),
    (Operation::Replace, "put"),
    (Operation::Delete, "delete"),
];

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    if tests.stage.plan.app.auth.is_none() {
        return Vec::new();
    }
    [anonymous(tests), strangers(tests), hidden(tests)].into_iter().flatten().collect()
}

/// A change of nothing.
fn sent(tests: &Tests<'_>, operation: Operation) -> Option<crate::python::Argument> {
    (operation == Operation::Update).then(|| tests.sent(dict([])))
}

/// Who is signed in is looked at before the body.
fn empty(tests: &Tests<'_>, operation: Operation) -> Option<crate::python::Argument> {
    let written = [Operation::Create, Operation::Update, Operation::Replace];
    written.contains(&operation).then(|| tests.sent(dict([])))
}

/// A row that somebody else made, below a parent that somebody else made.
fn foreign(tests: &Tests<'_>) -> Vec<Stmt> {
    let stage = &tests.stage;
    let mut stmts = Vec::new();
    let mut own = Vec::new();
    if let Some(nested) = &stage.resource.parent {
        stmts.extend(stage.strange_parents());
        own.push(kw(&stage.entity.references[nested.reference].attribute, name("parent")));
    }
    stmts.push(assign("row", factory(&stage.entity.one, own)));
    stmts
}

fn offered<'a>(tests: &'a Tests<'_>) -> impl Iterator<Item = (&'a OperationPlan, &'static str)> {
    let transitions = tests.stage.entity.transition_operations().map(|it| (it, "post"));
    let histories = tests.stage.entity.history_operations().map(|it| (it, "get"));
    let all = ON_ROWS.iter().copied().chain(transitions).chain(histories);
    all.filter_map(|(operation, method)| Some((tests.operation(operation)?, method)))
}

/// Nobody is signed in.
fn anonymous(tests: &Tests<'_>) -> Option<Stmt> {
    let gated = |plan: &OperationPlan| plan.access.gate != Gate::Public;
    let mut requests = Vec::new();
    for (plan, method) in offered(tests).filter(|(plan, _)| gated(plan)) {
        let arguments = empty(tests, plan.operation);
        requests.push(status(request(method, tests.url(plan), arguments), 401));
    }
    if tests.operation(Operation::List).is_some_and(gated) {
        requests.push(status(request("get", tests.collection(), []), 401));
    }
    if tests.operation(Operation::Create).is_some_and(gated) {
        let arguments = empty(tests, Operation::Create);
        requests.push(status(request("post", tests.collection(), arguments), 401));
    }
    if requests.is_empty() {
        return None;
    }
    let mut stmts = foreign(tests);
    stmts.extend(requests);
    Some(test("test_nobody_is_signed_in", stmts))
}

/// What a caller gets who owns nothing.
fn refusal(tests: &Tests<'_>, plan: &OperationPlan, caller: Stranger) -> Option<u16> {
    if !passes(&plan.access.gate, caller) {
        return Some(403);
    }
    let entity = tests.stage.entity;
    let resource = tests.stage.resource;
    for (_, nested) in tests.stage.ancestors() {
        let parent = &tests.stage.plan.entities[nested.entity];
        let readable = passes(&nested.read.gate, caller)
            && holds(tests.stage.plan, parent, nested.read.row.as_ref(), caller)?;
        if !readable {
            return Some(404);
        }
    }
    if holds(tests.stage.plan, entity, plan.access.row.as_ref(), caller)? {
        return None;
    }
    let readable = passes(&resource.read.gate, caller)
        && holds(tests.stage.plan, entity, resource.read.row.as_ref(), caller)?;
    Some(if readable { 403 } else { 404 })
}

/// Somebody is signed in who has nothing to do with the row.
fn strangers(tests: &Tests<'_>) -> Option<Stmt> {
    let caller = newcomer(tests.stage.plan);
    let mut requests = Vec::new();
    for (plan, method) in offered(tests) {
        let Some(code) = refusal(tests, plan, caller) else { continue };
        let mut arguments: Vec<_> = sent(tests, plan.operation).into_iter().collect();
        if plan.operation == Operation::Replace {
            let (rows, whole) =
                tests.stage.body(tests.replacement(), &[&plan.access], BodyOf::Foreign);
            requests.extend(rows);
            arguments.push(tests.sent(whole));
        }
        arguments.push(kw("headers", name("headers")));
        requests.push(status(request(method, tests.url(plan), arguments), code));
    }
    if requests.is_empty() {
        return None;
    }
    let mut stmts = foreign(tests);
    stmts.extend(tests.stage.caller(None, Vec::new()));
    stmts.extend(requests);
    Some(test("test_strangers_are_refused", stmts))
}

/// Lists leave out what the caller may not see.
fn hidden(tests: &Tests<'_>) -> Option<Stmt> {
    let plan = tests.operation(Operation::List)?;
    let caller = newcomer(tests.stage.plan);
    let entity = tests.stage.entity;
    let is_account =
        tests.stage.plan.app.auth.as_ref().is_some_and(|auth| {
            std::ptr::eq(entity, &raw const tests.stage.plan.entities[auth.user])
        });
    let gate = passes(&plan.access.gate, caller);
    if is_account || tests.stage.resource.parent.is_some() {
        return None;
    }
    let mut stmts = foreign(tests);
    if !gate {
        stmts.pop();
        stmts.extend(tests.stage.caller(None, Vec::new()));
        let refused = request("get", tests.collection(), [kw("headers", name("headers"))]);
        stmts.push(status(refused, 403));
        return Some(test("test_the_list_is_not_for_everybody", stmts));
    }
    if holds(tests.stage.plan, entity, plan.access.row.as_ref(), caller)? {
        return None;
    }
    stmts.extend(tests.stage.caller(None, Vec::new()));
    let listed = request("get", tests.collection(), [kw("headers", name("headers"))]);
    stmts.push(assign("response", listed));
    let items = super::super::testing::code::items(name("response"), tests.lists());
    stmts.push(equals(items, list([])));
    Some(test("test_lists_leave_out_what_is_hidden", stmts))
}
