//! Rules about single attributes: what a caller is shown, and what a caller may send.

use stratapi_plan::{AttributeRulePlan, FieldPlan, Operation, Predicate, PyIdent};

use super::super::layer::access::{Known, assume, mentions_caller, mentions_row};
use super::super::layer::attribute::WRITES;
use super::super::layer::operation::Rule;
use super::super::layer::{Caller, Layer};
use super::rule;
use crate::python::build::{
    arg, assign, boolean, def, dict, from, if_, name, none, not, ret, text, tuple,
};
use crate::python::{Expr, FunctionDef, Stmt};

/// How many tests stand in one function; with more it is hard to follow.
const TESTS: usize = 7;

/// `represent`, and what is asked of those who register.
pub(super) fn methods(layer: Layer) -> Vec<FunctionDef> {
    let represent = layer.guards_reads().then(|| represent(layer));
    represent.into_iter().chain(check_registration(layer)).collect()
}

/// `represent`: a row without what the caller may not read.
fn represent(layer: Layer) -> FunctionDef {
    let row = layer.one();
    let reads = || layer.entity.guarded_reads();
    let shown = layer.schema("Read").attr("model_validate").call([arg(name(&row))]);
    let missing = || from("pydantic", "MISSING");
    let mut body = vec![assign("shown", shown)];
    let may = |(field, rule): (&FieldPlan, &AttributeRulePlan)| {
        asked(layer, &reads_name(field), &rule.stored, &name("caller"))
    };
    if reads().count() <= TESTS {
        body.extend(reads().map(|(field, rule)| {
            let left_out = Stmt::Assign(name("shown").attr(&field.attribute), missing());
            if_(not(may((field, rule))), vec![left_out])
        }));
    } else {
        let pairs = reads()
            .map(|(field, rule)| tuple([text(field.attribute.as_str()), may((field, rule))]));
        let left_out = [name("shown"), name("attribute"), missing()];
        let left_out = name("setattr").call_with(left_out).stmt();
        body.push(Stmt::For {
            is_async: false,
            target: tuple([name("attribute"), name("allowed")]),
            iterable: tuple(pairs),
            body: vec![if_(not(name("allowed")), vec![left_out])],
        });
    }
    body.push(ret(name("shown")));
    let a = &layer.entity.label;
    let function = def("represent")
        .decorate(name("staticmethod"))
        .doc(format!("Show one {a} without what the caller may not read."))
        .param(&row, layer.model());
    super::with_caller(function, layer, layer.reader()).returns(layer.schema("Read")).body(body)
}

/// `check_registration`: whoever registers is nobody yet.
fn check_registration(layer: Layer) -> Option<FunctionDef> {
    layer.account().filter(|auth| auth.open_registration)?;
    let refused: Vec<(Expr, Expr)> = layer
        .entity
        .kept_from_registration()
        .map(|field| (text(field.attribute.as_str()), boolean(false)))
        .collect();
    if refused.is_empty() {
        return None;
    }
    let function = def("check_registration")
        .decorate(name("staticmethod"))
        .doc("Refuse what people may not say of themselves.")
        .param("data", layer.schema("Create"))
        .returns(none());
    Some(function.body([required(name("data"), refused)]))
}

/// Refuses members that the caller sent in `data`, but may not write.
pub(super) fn check(layer: Layer, operation: Operation, data: Expr) -> Option<Stmt> {
    check_of(layer, operation, data, &name("caller"))
}

/// The same for a caller by another name.
pub(super) fn check_of(
    layer: Layer,
    operation: Operation,
    data: Expr,
    caller: &Expr,
) -> Option<Stmt> {
    let asked: Vec<(Expr, Expr)> = layer
        .asked_writes(operation)
        .map(|(field, rule)| {
            let function = writes_name(field, rule, operation);
            let may = asked(layer, &function, rule.for_writing(operation), caller);
            (text(field.attribute.as_str()), may)
        })
        .collect();
    (!asked.is_empty()).then(|| required(data, asked))
}

/// `require_writable(data, {"salary": _writes_salary(caller)})`
fn required(data: Expr, asked: Vec<(Expr, Expr)>) -> Stmt {
    from("app.core.writable", "require_writable").call_with([data, dict(asked)]).stmt()
}

fn reads_name(field: &FieldPlan) -> PyIdent {
    PyIdent::known(format!("_reads_{}", field.word))
}

/// `_writes_salary`, or `_sets_salary` for new rows where that is another rule.
fn writes_name(field: &FieldPlan, rule: &AttributeRulePlan, operation: Operation) -> PyIdent {
    let creates = matches!(operation, Operation::Create | Operation::BulkCreate);
    let word = if creates && rule.created != rule.stored { "sets" } else { "writes" };
    PyIdent::known(format!("_{word}_{}", field.word))
}

/// A call of a rule's function.
fn asked(layer: Layer, function: &PyIdent, predicate: &Predicate, caller: &Expr) -> Expr {
    let row = mentions_row(predicate).then(|| name(layer.one()));
    let caller = mentions_caller(predicate).then(|| caller.clone());
    name(function).call_with(row.into_iter().chain(caller))
}

/// The rules that the service asks, each with its name.
pub(super) fn rules(layer: Layer) -> Vec<Rule> {
    let mut found: Vec<Rule> = Vec::new();
    let mut add = |function: PyIdent, predicate: &Predicate, caller: Caller| {
        if !found.iter().any(|rule| rule.function == function) {
            let caller = if mentions_caller(predicate) { caller } else { Caller::No };
            let predicate = predicate.clone();
            found.push(Rule { function, predicate, caller, operations: Vec::new() });
        }
    };
    for (field, rule) in layer.entity.guarded_reads() {
        add(reads_name(field), &rule.stored, layer.reader());
    }
    for operation in WRITES {
        let own = operation == Operation::Update && layer.account().is_some();
        if layer.operation(operation).is_none() && !own {
            continue;
        }
        for (field, rule) in layer.asked_writes(operation) {
            let function = writes_name(field, rule, operation);
            let same = |other: &Operation| writes_name(field, rule, *other) == function;
            let together: Vec<Operation> = WRITES.into_iter().filter(same).collect();
            add(function, rule.for_writing(operation), layer.writer(&together));
        }
    }
    found
}

/// `_reads_salary`, `_writes_salary` and their like.
pub(super) fn functions(layer: Layer<'_>) -> impl Iterator<Item = Stmt> + '_ {
    rules(layer).into_iter().map(move |found| rule::function(layer, &known(found)))
}

/// The rule without what is sure where everybody is signed in.
fn known(rule: Rule) -> Rule {
    if rule.caller != Caller::Required {
        return rule;
    }
    Rule { predicate: assume(&rule.predicate, Known::SignedIn), ..rule }
}
