//! Rules that speak of other rows: the database decides them on a row as it is stored.

use stratapi_plan::Predicate;

use super::super::layer::access::{Known, any, assume, mentions_caller};
use super::super::layer::operation::Rule;
use super::super::layer::predicate::Scope;
use super::super::layer::{Caller, Layer};
use super::super::service::with_caller;
use super::list;
use crate::python::build::{async_def, boolean, if_, name, none, ret};
use crate::python::{Expr, FunctionDef, Stmt};

/// The rules of the entity that the database decides.
pub(super) fn all(layer: Layer<'_>) -> impl Iterator<Item = Rule> + '_ {
    let rules = layer.entity.resource.iter().flat_map(move |_| layer.rules());
    rules.filter(Rule::is_of_database)
}

/// `may_update` and its like.
pub(super) fn methods(layer: Layer<'_>) -> impl Iterator<Item = FunctionDef> + '_ {
    all(layer).map(move |rule| method(layer, &rule))
}

fn method(layer: Layer, rule: &Rule) -> FunctionDef {
    let row = layer.one();
    let who = if rule.caller == Caller::No { "anybody" } else { "the caller" };
    let what = rule.function.as_str().trim_start_matches("may_").replace('_', " ");
    let function = async_def(&rule.function).method().param(&row, layer.model());
    with_caller(function, layer, rule.caller)
        .returns(name("bool"))
        .doc(format!("Ask the database whether {who} may {what} ``{row}``."))
        .body(decision(layer, rule))
}

fn decision(layer: Layer, rule: &Rule) -> Vec<Stmt> {
    if list::rule(layer).is_some_and(|seen| seen == rule.predicate && mentions_caller(&seen)) {
        let seen = name("_visible_to").call_with([name("caller")]);
        return vec![ret(fulfils(layer, seen))];
    }
    let scope = list::scope(layer);
    decided(&rule.predicate, rule.caller, &scope, |left| match left {
        Predicate::True => boolean(true),
        Predicate::False => boolean(false),
        other => fulfils(layer, scope.sql(other, false)),
    })
}

/// Returns what a predicate comes to; who calls, and with which role, is looked at before any row.
pub(in crate::emit) fn decided(
    rule: &Predicate,
    caller: Caller,
    scope: &Scope<'_>,
    said: impl Fn(&Predicate) -> Expr,
) -> Vec<Stmt> {
    let mut body = Vec::new();
    if caller == Caller::Optional {
        let anonymous = said(&assume(rule, Known::Anonymous));
        body.push(if_(name("caller").is(none()), vec![ret(anonymous)]));
    }
    let mut rest = assume(rule, Known::SignedIn);
    if let Predicate::Any(items) = &rest
        && let [Predicate::Role(roles), others @ ..] = items.as_slice()
    {
        body.push(if_(scope.has_role(roles, false), vec![ret(said(&Predicate::True))]));
        rest = any(others.iter().cloned());
    }
    body.push(ret(said(&rest)));
    body
}

/// `await self.fulfils(task, …)`
fn fulfils(layer: Layer, condition: Expr) -> Expr {
    name("self").attr("fulfils").call_with([name(layer.one()), condition]).awaited()
}
