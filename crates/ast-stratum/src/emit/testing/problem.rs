//! What tests ask of answers to requests that fail, as far as the form of errors tells it.

use stratapi_plan::{EntityPlan, Plan, ProblemPart};

use super::code::{contains, equals, json, place};
use crate::python::build::{comprehension, int, name, text};
use crate::python::{Expr, FStringPart, Stmt};

/// `response.json()["code"]`
fn told(response: Expr, plan: &Plan, part: ProblemPart) -> Option<Expr> {
    let form = &plan.app.problem;
    let wire = form.wire(part)?;
    let inside = form.one.iter().map(String::as_str).chain([wire]);
    Some(inside.fold(json(response), |found, member| found.index([text(member)])))
}

/// `assert response.json()["code"] == "conflict"`
pub(in crate::emit) fn coded(response: Expr, plan: &Plan, code: Expr) -> Option<Stmt> {
    Some(equals(told(response, plan, ProblemPart::Code)?, code))
}

/// Whether problems tell which values are wrong.
pub(in crate::emit) fn tells_places(plan: &Plan) -> bool {
    [ProblemPart::List, ProblemPart::Keyed].into_iter().any(|part| plan.app.problem.shows(part))
}

/// A place in the body, `/post/author_id`, as problems tell it: where texts go by the names of members,
/// `author_id`.
pub(in crate::emit) fn as_told(plan: &Plan, entity: &EntityPlan, pointer: &str) -> String {
    if !plan.app.problem.shows(ProblemPart::Keyed) {
        return pointer.to_owned();
    }
    let row = format!("{}/", place(entity));
    let inside = pointer.strip_prefix(&row).unwrap_or_else(|| pointer.trim_start_matches('/'));
    inside.replace('/', ".")
}

/// `assert response.json()["errors"][0]["pointer"] == place`, or `assert place in response.json()["errors"]`
pub(in crate::emit) fn blames(response: Expr, plan: &Plan, place: Expr) -> Option<Stmt> {
    if let Some(listed) = told(response.clone(), plan, ProblemPart::List) {
        return Some(equals(first(listed), place));
    }
    Some(contains(place, told(response, plan, ProblemPart::Keyed)?))
}

/// The same of a member whose name is the value of a variable, or of what is inside of it.
pub(in crate::emit) fn blames_inside(
    response: Expr,
    plan: &Plan,
    entity: &EntityPlan,
    member: &'static str,
) -> Option<Stmt> {
    if let Some(listed) = told(response.clone(), plan, ProblemPart::List) {
        let before = format!("{}/", place(entity));
        let parts = [FStringPart::Text(before), FStringPart::Value(name(member), None)];
        let place = crate::python::build::fstring(parts);
        return Some(Stmt::Assert(first(listed).attr("startswith").call_with([place])));
    }
    let keyed = told(response, plan, ProblemPart::Keyed)?;
    let starts = name("place").attr("startswith").call_with([name(member)]);
    let found = Expr::Generator(Box::new(starts), vec![comprehension("place", keyed)]);
    Some(Stmt::Assert(name("any").call_with([found])))
}

/// `….[0]["pointer"]`
fn first(listed: Expr) -> Expr {
    listed.index([int(0)]).index([text("pointer")])
}
