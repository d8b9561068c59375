//! Writes that an entity's invariants look at: the repository holds them to these, whoever writes.

use stratapi_plan::{PyIdent, Step, WriteRulePlan, Writes};

use super::super::layer::Layer;
use super::super::layer::condition;
use super::super::table_args::invariant;
use crate::python::build::{
    arg, assign, async_def, def, dict, from, if_, kw, list, name, none, or, raise, text,
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
        let named = named(layer, rule);
        let mut body: Vec<Stmt> =
            rule.paths.iter().map(|path| read(layer, &name(&row), path, &named)).collect();
        body.push(refusal(layer, rule, named));
        async_def(required(rule)).method().param(&row, layer.model()).returns(none()).body(body)
    })
}

/// A variable for each related row.
fn named<'a>(layer: Layer, rule: &'a WriteRulePlan) -> Vec<(&'a [Step], Expr)> {
    let mut taken = vec![layer.one()];
    let all = rule.paths.iter().map(|path| {
        let mut word = words(layer, path);
        while taken.iter().any(|name| name.as_str() == word) {
            word.push_str("_row");
        }
        let variable = PyIdent::known(word);
        taken.push(variable.clone());
        (path.as_slice(), name(variable))
    });
    all.collect()
}

/// `post`; for a path of several steps `post_author`.
fn words(layer: Layer, path: &[Step]) -> String {
    let reference = |step: &Step| &layer.plan.entities[step.entity].references[step.reference];
    match path {
        [step] => reference(step).variable.as_str().to_owned(),
        _ => path.iter().map(|step| &*reference(step).word).collect::<Vec<_>>().join("_"),
    }
}

/// `post = await self.hold(Post, comment.post_id)`
fn read(layer: Layer, row: &Expr, path: &[Step], named: &[(&[Step], Expr)]) -> Stmt {
    let of = |path: &[Step]| named.iter().find(|(known, _)| *known == path);
    let variable = of(path).map_or_else(|| row.clone(), |(_, row)| row.clone());
    let Some((step, before)) = path.split_last() else {
        stratapi_diagnostics::bug!("a related row without a path");
    };
    let reference = &layer.plan.entities[step.entity].references[step.reference];
    let target = layer.at(reference.target);
    let from_row = of(before).map_or_else(|| row.clone(), |(_, row)| row.clone());
    let keys: Vec<Expr> =
        reference.key_attributes.iter().map(|key| from_row.clone().attr(key)).collect();
    let mut absent = Vec::new();
    if before.iter().any(|step| step.nullable) {
        absent.push(from_row.is(none()));
    }
    if reference.nullable {
        absent.push(keys[0].clone().is(none()));
    }
    let key = match <[Expr; 1]>::try_from(keys) {
        Ok([key]) => key,
        Err(keys) => {
            let parts = target.entity.key.iter().map(|part| text(part.attribute.as_str()));
            dict(parts.zip(keys))
        }
    };
    let held = name("self").attr("hold").call_with([target.model(), key]).awaited();
    let value = if absent.is_empty() {
        held
    } else {
        let test = Box::new(or(absent));
        Expr::Conditional { test, then: Box::new(none()), otherwise: Box::new(held) }
    };
    Stmt::Assign(variable, value)
}

/// The functions that look at a row alone.
pub(super) fn functions(layer: Layer<'_>) -> impl Iterator<Item = Stmt> + '_ {
    layer.entity.write_rules.iter().filter(|rule| rule.paths.is_empty()).map(move |rule| {
        let function = def(required(rule)).param(layer.one(), layer.model()).returns(none());
        function.body([refusal(layer, rule, Vec::new())]).stmt()
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

/// `if not …: raise InvariantError(…)`
fn refusal(layer: Layer, rule: &WriteRulePlan, named: Vec<(&[Step], Expr)>) -> Stmt {
    let row = name(layer.one());
    let broken = condition::print_loaded(layer.plan, &row, &rule.condition, true, named);
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
