//! What tests find in the history of a state.

use super::super::history::History;
use super::code::equals;
use crate::python::build::{assign, from, list, name, none, not, text, tuple};
use crate::python::{Comprehension, Expr, Stmt};

/// A change that must have been kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::emit) struct Kept {
    /// Name of the transition.
    pub transition: String,
    /// The state before.
    pub from: String,
    /// The state after.
    pub to: String,
}

/// Statements in a session that nothing, or exactly this, was kept, by whoever calls.
pub(in crate::emit) fn kept(
    history: History<'_>,
    mut expected: Vec<Kept>,
    known: bool,
) -> Vec<Stmt> {
    let statement = from("sqlalchemy", "select").call_with([history.model()]);
    let found = name("session").attr("scalars").call_with([statement]).awaited();
    let found = found.attr("all").call([]);
    if expected.is_empty() {
        return vec![Stmt::Assert(not(found))];
    }
    expected.sort();
    let account = history.layer.plan.account().into_iter().flat_map(|account| &account.key);
    let callers: Vec<_> = history.plan.caller.iter().zip(account).collect();
    let change = |attribute: &str| name("change").attr(stratapi_plan::PyIdent::known(attribute));
    let read = ["transition", "from_state", "to_state"].map(change).into_iter();
    let read = read.chain(callers.iter().map(|(attribute, _)| change(attribute.as_str())));
    let each =
        Comprehension { target: name("change"), iterable: name("changes"), conditions: Vec::new() };
    let all = Expr::ListComp(Box::new(tuple(read)), vec![each]);
    let all = if expected.len() > 1 { name("sorted").call_with([all]) } else { all };
    let expected = expected.iter().map(|kept| {
        let told = [&kept.transition, &kept.from, &kept.to].map(text).into_iter();
        let who = callers
            .iter()
            .map(|(_, part)| if known { name("caller").attr(&part.attribute) } else { none() });
        tuple(told.chain(who))
    });
    vec![assign("changes", found), equals(all, list(expected))]
}
