//! The rules on one row: predicates as functions, and what happens where they do not hold.

use stratapi_plan::{Operation, Predicate, PyIdent};

use super::super::layer::access::{Known, assume, mentions_row};
use super::super::layer::operation::{Need, Rule};
use super::super::layer::predicate::{self, Scope};
use super::super::layer::{Caller, Layer};
use super::{attribute, repository, transition};
use crate::python::build::{assign, async_def, def, from, if_, name, none, not, raise, ret, text};
use crate::python::{Expr, FunctionDef, Stmt};

/// `_may_update` and its like.
pub(super) fn functions(layer: Layer<'_>) -> impl Iterator<Item = Stmt> + '_ {
    let rules = if layer.entity.resource.is_some() { layer.rules() } else { Vec::new() };
    let own: Vec<Rule> = rules.into_iter().filter(|rule| !rule.is_of_database()).collect();
    let demands: Vec<Stmt> =
        own.iter().filter_map(|rule| Some(demand(layer, rule)?.stmt())).collect();
    own.into_iter().map(move |rule| function(layer, &rule)).chain(demands)
}

/// `_require_update` and its like, where the database is asked.
pub(super) fn methods(layer: Layer) -> Vec<FunctionDef> {
    let rules = if layer.entity.resource.is_some() { layer.rules() } else { Vec::new() };
    let rules = rules.iter().filter(|rule| rule.is_of_database());
    rules.filter_map(|rule| demand(layer, rule)).collect()
}

/// Numbers that the rules compare with.
pub(super) fn constants(layer: Layer) -> Vec<Stmt> {
    let rules = if layer.entity.resource.is_some() { layer.rules() } else { Vec::new() };
    let guards: Vec<Predicate> = transition::conditions(layer).collect();
    let of_attributes = attribute::rules(layer);
    let rules = rules.iter().filter(|rule| !rule.is_of_database()).chain(&of_attributes);
    let rules = rules.map(|rule| &rule.predicate).chain(&guards);
    predicate::constants(layer.plan, rules)
}

pub(super) fn function(layer: Layer, rule: &Rule) -> Stmt {
    let row = layer.one();
    let scope =
        Scope { plan: layer.plan, entity: layer.entity, row: name(&row), caller: name("caller") };
    let mut function = def(&rule.function);
    if mentions_row(&rule.predicate) {
        function = function.param(&row, layer.model());
    }
    let function = super::with_caller(function, layer, rule.caller);
    function.returns(name("bool")).body(decision(rule, &scope)).stmt()
}

/// What a rule returns; a caller who may be unknown is decided on first.
fn decision(rule: &Rule, scope: &Scope) -> Vec<Stmt> {
    let allowed = assume(&rule.predicate, Known::SignedIn);
    let mut body = Vec::new();
    if rule.caller == Caller::Optional {
        let anonymous = assume(&rule.predicate, Known::Anonymous);
        match (&anonymous, &allowed) {
            (Predicate::False, Predicate::True) => {
                return vec![ret(name("caller").is_not(none()))];
            }
            (Predicate::True, Predicate::False) => return vec![ret(name("caller").is(none()))],
            _ => body
                .push(if_(name("caller").is(none()), vec![ret(scope.python(&anonymous, false))])),
        }
    }
    body.push(ret(scope.python(&allowed, false)));
    body
}

/// `_may_update(post, caller)`, if somebody needs a rule.
pub(super) fn holds(layer: Layer, need: Need) -> Option<Expr> {
    let rule = layer.rule_of(need)?;
    let row = mentions_row(&rule.predicate).then(|| name(layer.one()));
    let caller = (rule.caller != Caller::No).then(|| name("caller"));
    let arguments = row.into_iter().chain(caller);
    Some(if rule.is_of_database() {
        repository(layer).attr(&rule.function).call_with(arguments).awaited()
    } else {
        name(&rule.function).call_with(arguments)
    })
}

/// Refuses an operation on a row that the caller may know, but not change.
pub(super) fn check(layer: Layer, need: Need, caller: Caller, verb: &str) -> Vec<Stmt> {
    let Some(holds) = holds(layer, need) else { return Vec::new() };
    let detail = format!("You may not {verb} this {}", layer.entity.label);
    let denied = from("app.core.errors", "PermissionDeniedError").call_with([name("detail")]);
    let mut refusal = Vec::new();
    if caller == Caller::Optional {
        let unknown = raise(from("app.core.errors", "AuthenticationError"));
        refusal.push(if_(name("caller").is(none()), vec![unknown]));
    }
    refusal.push(assign("detail", text(detail)));
    refusal.push(raise(denied));
    vec![if_(not(holds), refusal)]
}

/// The operations that ask for a rule before and after the change.
fn asks_twice(layer: Layer<'_>, rule: &Rule) -> impl Iterator<Item = Caller> {
    let plans = [Operation::Update, Operation::Replace].into_iter();
    let plans = plans.filter(|operation| rule.operations.contains(&Need::Operation(*operation)));
    let plans = plans.filter_map(move |operation| layer.operation(operation));
    plans.filter(move |plan| layer.rule_after(plan).is_some()).map(move |plan| layer.caller(plan))
}

/// Whom the function takes: whoever is not signed in is told so.
fn told(layer: Layer, rule: &Rule) -> Caller {
    let optional = asks_twice(layer, rule).any(|caller| caller == Caller::Optional);
    if optional { Caller::Optional } else { rule.caller }
}

fn demand_name(rule: &Rule) -> PyIdent {
    let name = rule.function.as_str().trim_start_matches('_');
    PyIdent::known(format!("_{}", name.replacen("may_", "require_", 1)))
}

/// `_require_write(team, caller)`
pub(super) fn demanded(layer: Layer, operation: Operation) -> Option<Stmt> {
    let rule = layer.rule_of(Need::Operation(operation))?;
    let mut arguments = vec![name(layer.one())];
    if told(layer, &rule) != Caller::No {
        arguments.push(name("caller"));
    }
    Some(if rule.is_of_database() {
        name("self").attr(demand_name(&rule)).call_with(arguments).awaited().stmt()
    } else {
        name(demand_name(&rule)).call_with(arguments).stmt()
    })
}

/// The function that refuses a change, for those that ask before and after it.
fn demand(layer: Layer, rule: &Rule) -> Option<FunctionDef> {
    asks_twice(layer, rule).next()?;
    let operations = [Operation::Update, Operation::Replace].map(Need::Operation);
    let need = operations.into_iter().find(|need| rule.operations.contains(need))?;
    let told = told(layer, rule);
    let function = if rule.is_of_database() {
        async_def(demand_name(rule)).method()
    } else {
        def(demand_name(rule))
    };
    let function = super::with_caller(function.param(layer.one(), layer.model()), layer, told);
    Some(function.returns(none()).body(check(layer, need, told, "change")))
}

/// `raise NotFoundError("Post not found")`
pub(super) fn not_found(layer: Layer) -> Vec<Stmt> {
    vec![
        assign("detail", text(format!("{} not found", layer.label()))),
        raise(from("app.core.errors", "NotFoundError").call_with([name("detail")])),
    ]
}
