//! Integers: the databases hold every value that the schema takes, and the schema ends there.

use stratapi_plan::{FieldPlan, Operation, ValueKind};

use super::super::layer::operation::mentions;
use super::super::testing::code::{each, equals, request, status, test};
use super::Tests;
use super::rows::{headers, scenery};
use crate::python::build::{assign, dict, int, name, text, tuple};
use crate::python::{Expr, Stmt};
use crate::schemas::Member;

pub(super) fn tests(tests: &Tests<'_>) -> Option<Stmt> {
    let update = tests.operation(Operation::Update)?;
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    let mut seen: Vec<(i64, i64)> = Vec::new();
    for member in &tests.update {
        let Some(bounds) = bounds(tests, member).filter(|bounds| !seen.contains(bounds)) else {
            continue;
        };
        seen.push(bounds);
        let (min, max) = (i128::from(bounds.0), i128::from(bounds.1));
        let case = |value: i128| tuple([text(member.wire), int(value)]);
        inside.extend([case(min), case(max)]);
        outside.extend([case(min - 1), case(max + 1)]);
    }
    if inside.is_empty() {
        return None;
    }
    let scenery = scenery(tests, update)?;
    let sent = tests.sent(dict([(name("member"), name("value"))]));
    let patch = request("patch", name("url"), std::iter::once(sent).chain(headers(&scenery)));
    let cases = |cases: Vec<Expr>, code: u16, more: Option<Stmt>| {
        let mut stmts = vec![assign("response", patch.clone()), status(name("response"), code)];
        stmts.extend(more);
        each(tuple([name("member"), name("value")]), tuple(cases), stmts)
    };
    let shown = tests.row("response").index([name("member")]);
    let mut stmts = scenery.stmts.clone();
    stmts.push(cases(inside, 200, Some(equals(shown, name("value")))));
    stmts.push(cases(outside, tests.invalid(), None));
    Some(test("test_integers_reach_their_bounds", stmts))
}

/// The bounds of an integer that nothing else has a say in.
fn bounds(tests: &Tests<'_>, member: &Member<'_>) -> Option<(i64, i64)> {
    let (plan, entity) = (tests.stage.plan, tests.stage.entity);
    let own = |field: &&FieldPlan| field.wire == member.wire;
    let field = entity.fields.iter().find(own)?;
    let ValueKind::Int { min, max, .. } = field.ty.kind else { return None };
    let checked = plan.table(entity).checks.iter().filter_map(|check| check.tree.as_ref());
    let checked = checked
        .into_iter()
        .any(|tree| mentions(tree, &|attribute| *attribute == field.model_attribute));
    let free = !checked
        && !field.ty.list
        && !field.distinct
        && !tests.is_held(member)
        && !tests.is_asked(member, Operation::Update)
        && tests.is_shown(member, Operation::Update);
    free.then_some((min, max))
}
