//! Histories of states: what was done stands there, and nothing of what was refused.

use stratapi_plan::{Operation, PagePart, PyIdent, StartPlan};

use super::super::history::History;
use super::super::layer::Layer;
use super::super::layer::operation::speaks_of;
use super::super::testing::code::{equals, json, reading, request, rows_of, status, test};
use super::super::testing::history::{Kept, kept};
use super::super::testing::stage::Scenery;
use super::rows;
use super::transitions::Case;
use crate::python::build::{assign, int, name, none, text};
use crate::python::{Expr, Stmt};

/// Tests of what one transition leaves.
pub(super) fn tests(case: &Case<'_, '_>) -> Vec<Stmt> {
    let stage = &case.tests.stage;
    let layer = Layer::new(stage.plan, stage.index);
    let Some(history) = History::of_transition(layer, case.transition) else { return Vec::new() };
    [done(case, history), refused(case, history)].into_iter().flatten().collect()
}

fn done(case: &Case<'_, '_>, history: History<'_>) -> Option<Stmt> {
    let (start, (scenery, row)) =
        case.starts(true).find_map(|start| Some((start, case.row(start)?)))?;
    let known = !scenery.headers.is_empty();
    let expected = change(case, start);
    let mut stmts = asked(case, &scenery, row);
    stmts.push(status(name("response"), 200));
    stmts.push(reading(kept(history, vec![expected.clone()], known)));
    stmts.extend(shown(case, history, &scenery, &expected));
    Some(test(case.title("test_history_of"), stmts))
}

/// The row, and the request for the transition.
fn asked(case: &Case<'_, '_>, scenery: &Scenery, row: Expr) -> Vec<Stmt> {
    let mut stmts = scenery.stmts.clone();
    stmts.extend(scenery.made(row));
    stmts.push(assign("response", case.post(scenery)));
    stmts
}

fn change(case: &Case<'_, '_>, start: &StartPlan) -> Kept {
    let members = &case.tests.stage.plan.enums[case.machine.states].members;
    let value = |state: usize| members[state].value.clone();
    Kept {
        transition: case.transition.name.clone(),
        from: value(start.state),
        to: value(case.transition.to),
    }
}

/// What clients read, unless the row may be out of sight in its new state.
fn shown(
    case: &Case<'_, '_>,
    history: History<'_>,
    scenery: &Scenery,
    expected: &Kept,
) -> Vec<Stmt> {
    let Some(plan) = case.tests.operation(Operation::History(case.transition.machine)) else {
        return Vec::new();
    };
    let fields = &history.layer.entity.fields;
    let set = case.transition.set.iter().map(|(field, _)| *field).chain([case.machine.field]);
    let changed: Vec<&PyIdent> = set.map(|field| &fields[field].model_attribute).collect();
    let rule = plan.access.row.as_ref();
    if rule.is_some_and(|rule| changed.iter().any(|attribute| speaks_of(rule, attribute))) {
        return Vec::new();
    }
    let listed = request("get", case.tests.url(plan), rows::headers(scenery));
    let mut stmts = vec![
        assign("response", listed),
        status(name("response"), 200),
        assign("page", json(name("response"))),
    ];
    let lists = history.lists();
    if let Some(total) = lists.wire(PagePart::Count) {
        stmts.push(equals(name("page").index([text(total)]), int(1)));
    }
    let item = rows_of(name("page"), &lists).index([int(0)]);
    for member in &history.plan.members {
        let place = item.clone().index([text(&*member.wire)]);
        let expected = match member.name.as_str() {
            "transition" => &expected.transition,
            "from_state" => &expected.from,
            "to_state" => &expected.to,
            _ if member.ty.nullable => {
                let nobody = scenery.headers.is_empty();
                let who = if nobody { place.is(none()) } else { place.is_not(none()) };
                stmts.push(Stmt::Assert(who));
                continue;
            }
            _ => continue,
        };
        stmts.push(equals(place, text(expected)));
    }
    stmts
}

/// A row in another state stays as it is.
fn refused(case: &Case<'_, '_>, history: History<'_>) -> Option<Stmt> {
    let (scenery, row) = case.starts(false).find_map(|start| case.row(start))?;
    let mut stmts = asked(case, &scenery, row);
    stmts.push(status(name("response"), 409));
    stmts.push(reading(kept(history, Vec::new(), false)));
    Some(test(case.title("test_history_without_refused"), stmts))
}
