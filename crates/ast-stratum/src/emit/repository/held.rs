//! Writes that an entity's invariants look at: the repository holds them to these, whoever writes.

use stratapi_plan::{PyIdent, Step, WriteRulePlan, Writes};

use super::super::layer::Layer;
use super::super::layer::condition::{self, Side};
use super::super::table_args::invariant;
use crate::python::build::{
    arg, assign, async_def, def, from, if_, kw, list, name, none, raise, text,
};
use crate::python::{Expr, FunctionDef, Stmt};

/// The rules that look at some kind of write.
pub(super) fn rules<'a>(
    layer: Layer<'a>,
    when: impl Fn(Writes) -> bool + 'a,
) -> impl Iterator<Item = &'a WriteRulePlan> {
    layer.entity.write_rules.iter().filter(move |rule| when(rule.when))
}

/// `update` and `delete`, as far as a rule looks at them. `create` has more reasons to be there.
pub(super) fn writes(layer: Layer) -> Vec<FunctionDef> {
    let mut methods = Vec::new();
    let updates = held(layer, |when| when.update);
    if !updates.is_empty() {
        let doc =
            "Send the changes of ``entity`` to the database now, if its invariants allow them.";
        let mut body = vec![plain(layer, "update")];
        body.extend(updates);
        methods.push(method(layer, "update").doc(doc).body(body));
    }
    let deletions = held(layer, |when| when.delete);
    if !deletions.is_empty() {
        let mut body = vec![name("self").attr("lock").call_with([name("entity")]).awaited().stmt()];
        body.extend(deletions);
        body.push(plain(layer, "delete"));
        let doc = "Delete ``entity`` now, unless its invariants keep it.";
        methods.push(method(layer, "delete").doc(doc).body(body));
    }
    methods
}

fn method(layer: Layer, write: &'static str) -> FunctionDef {
    async_def(layer.query(write)).method().param("entity", layer.model()).returns(none())
}

/// `await super().update(entity)`
fn plain(layer: Layer, write: &'static str) -> Stmt {
    let base = name("super").call([]).attr(layer.query(write));
    base.call_with([name("entity")]).awaited().stmt()
}

/// `await self._require_open_cart(entity)`, for each rule.
pub(super) fn held(layer: Layer, when: impl Fn(Writes) -> bool) -> Vec<Stmt> {
    let each = rules(layer, when).map(|rule| {
        let method = required(rule);
        if rule.paths.is_empty() {
            name(method).call_with([name("entity")]).stmt()
        } else {
            name("self").attr(method).call_with([name("entity")]).awaited().stmt()
        }
    });
    each.collect()
}

fn required(rule: &WriteRulePlan) -> PyIdent {
    PyIdent::known(format!("_require_{}", rule.name))
}

/// The methods that look at related rows, too.
pub(super) fn methods(layer: Layer<'_>) -> impl Iterator<Item = FunctionDef> + '_ {
    layer.entity.write_rules.iter().filter(|rule| !rule.paths.is_empty()).map(move |rule| {
        let row = layer.one();
        let mut body = read(&name(&row), &rule.paths, &[]);
        body.push(refusal(layer, rule));
        async_def(required(rule)).method().param(&row, layer.model()).returns(none()).body(body)
    })
}

/// The functions that look at a row alone.
pub(super) fn functions(layer: Layer<'_>) -> impl Iterator<Item = Stmt> + '_ {
    layer.entity.write_rules.iter().filter(|rule| rule.paths.is_empty()).map(move |rule| {
        let function = def(required(rule)).param(layer.one(), layer.model()).returns(none());
        function.body([refusal(layer, rule)]).stmt()
    })
}

/// Numbers that the rules compare with.
pub(super) fn constants(layer: Layer) -> Vec<Stmt> {
    let mut found = Vec::new();
    for rule in &layer.entity.write_rules {
        condition::constants(layer.plan, &rule.condition, &mut found);
    }
    found.into_iter().map(|(constant, value)| assign(constant, value)).collect()
}

/// Reads the related rows, and keeps others from changing them: `row` is at the end of `before`.
fn read(row: &Expr, paths: &[Vec<Step>], before: &[Step]) -> Vec<Stmt> {
    let next = paths.iter().filter_map(|path| match path.split_last() {
        Some((step, rest)) if rest == before => Some((path, step)),
        _ => None,
    });
    let mut body = Vec::new();
    for (path, step) in next {
        let names = list([text(step.attribute.as_str())]);
        let session = name("self").attr("session");
        body.push(session.attr("refresh").call_with([row.clone(), names]).awaited().stmt());
        let related = row.clone().attr(&step.attribute);
        let lock = name("self").attr("lock");
        let locked = lock.call([arg(related.clone()), kw("shared", Expr::Bool(true))]).awaited();
        let mut each = vec![locked.stmt()];
        each.extend(read(&related, paths, path));
        if step.nullable {
            body.push(if_(related.is_not(none()), each));
        } else {
            body.extend(each);
        }
    }
    body
}

/// `if not …: raise InvariantError(…)`
fn refusal(layer: Layer, rule: &WriteRulePlan) -> Stmt {
    let row = name(layer.one());
    let broken = condition::print(layer.plan, &row, Side::Python, &rule.condition, true);
    let error = from("app.core.errors", "InvariantError");
    let pointers = rule.pointers(layer.entity);
    let pointers = (!pointers.is_empty()).then(|| kw("pointers", list(pointers.iter().map(text))));
    let said = invariant(&rule.name, &rule.message, rule.status);
    if_(
        broken,
        vec![
            assign("invariant", said),
            raise(error.call(std::iter::once(arg(name("invariant"))).chain(pointers))),
        ],
    )
}
