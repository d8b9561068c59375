//! References and links that the client chooses: what they name has to exist.

use std::collections::BTreeSet;

use stratapi_plan::{LinkPlan, Operation, PyIdent, ReferencePlan};

use super::super::layer::{Layer, capitalised};
use super::{is_present, repository_of};
use crate::python::build::{
    and, arg, assign, async_def, comprehension, from, fstring, if_, kw, list, name, none, or,
    raise, ret, text,
};
use crate::python::{Comparator, Comprehension, Expr, FStringPart, FunctionDef, Stmt};
use crate::types;

/// Whether rows are written through this service.
fn writes(layer: Layer) -> bool {
    let operations =
        [Operation::Create, Operation::BulkCreate, Operation::Update, Operation::Replace];
    layer.account().is_some()
        || operations.into_iter().any(|operation| layer.operation(operation).is_some())
}

/// Whether some method of this service takes the reference from the client.
fn is_used(layer: Layer, reference: &ReferencePlan) -> bool {
    let offered = |operation| layer.operation(operation).is_some();
    let created = offered(Operation::Create) || offered(Operation::BulkCreate);
    let account = layer.account().is_some();
    is_present(&reference.create) && (created || account)
        || is_present(&reference.replace) && offered(Operation::Replace)
        || reference.update && (offered(Operation::Update) || account)
}

fn references(layer: Layer<'_>) -> impl Iterator<Item = &ReferencePlan> {
    layer.chosen_references().filter(move |reference| is_used(layer, reference))
}

fn links(layer: Layer<'_>) -> impl Iterator<Item = &LinkPlan> {
    layer.chosen_links().filter(move |_| writes(layer))
}

/// The entities that are looked up.
pub(super) fn targets(layer: Layer<'_>) -> impl Iterator<Item = Layer<'_>> {
    let referred = references(layer).map(|reference| reference.target);
    let linked = links(layer).map(|link| link.target);
    referred.chain(linked).map(move |target| layer.at(target))
}

/// `_check_category` and `_find_tags`; with rows made in bulk, `_known_categories` too.
pub(super) fn methods(layer: Layer) -> Vec<FunctionDef> {
    let checks = references(layer).map(|reference| check(layer, reference));
    let finds = links(layer).map(|link| find(layer, link));
    let mut seen = BTreeSet::new();
    let bulk = layer.operation(Operation::BulkCreate).is_some();
    let known = targets(layer).filter(|target| bulk && seen.insert(target.index));
    let known = known.map(|target| known_rows(layer, target));
    checks.chain(finds).chain(known).collect()
}

/// A key as one value: a tuple if it has several parts.
pub(super) fn key(parts: impl Iterator<Item = Expr>) -> Expr {
    let mut parts: Vec<Expr> = parts.collect();
    if parts.len() == 1 { parts.remove(0) } else { Expr::Tuple(parts) }
}

/// `dict[UUID, Tag]`
fn known_type(target: Layer) -> Expr {
    name("dict").index([target.key_type(), target.model()])
}

/// `{tag.id: tag for tag in await self._tags.get_many(tag_ids)}`
fn by_key(layer: Layer, target: Layer, keys: Expr) -> Expr {
    let one = target.one();
    let rows = repository_of(layer, target).attr("get_many").call_with([keys]).awaited();
    let found = key(target.entity.key.iter().map(|part| name(&one).attr(&part.attribute)));
    Expr::DictComp(Box::new(found), Box::new(name(&one)), vec![comprehension(&one, rows)])
}

fn known_name(target: Layer) -> PyIdent {
    PyIdent::known(format!("_known_{}", target.entity.many))
}

/// `_known_tags`: what exists, looked up at once.
fn known_rows(layer: Layer, target: Layer) -> FunctionDef {
    let keys = from("collections.abc", "Sequence").index([target.key_type()]);
    async_def(known_name(target))
        .method()
        .param("keys", keys)
        .returns(known_type(target))
        .body([ret(by_key(layer, target, name("keys")))])
}

/// Adds what is known already, for those who look for many.
fn with_known(function: FunctionDef, layer: Layer, target: Layer) -> FunctionDef {
    if layer.operation(Operation::BulkCreate).is_none() {
        return function;
    }
    function.param_default("known", known_type(target).or_none(), none())
}

/// `if known is None:` look it up.
fn unless_known(target: Layer, keys: Expr) -> Stmt {
    let found = name("self").attr(known_name(target)).call_with([keys]).awaited();
    if_(name("known").is(none()), vec![assign("known", found)])
}

fn check_name(reference: &ReferencePlan) -> PyIdent {
    PyIdent::known(format!("_check_{}", reference.word))
}

fn find_name(link: &LinkPlan) -> PyIdent {
    PyIdent::known(format!("_find_{}", link.word))
}

/// `await self._check_category(data.category_id)`
pub(super) fn checked(reference: &ReferencePlan, values: impl IntoIterator<Item = Expr>) -> Expr {
    name("self").attr(check_name(reference)).call_with(values).awaited()
}

/// `await self._find_tags(data.tag_ids)`
pub(super) fn found(link: &LinkPlan, ids: Expr) -> Expr {
    name("self").attr(find_name(link)).call_with([ids]).awaited()
}

/// `await self._find_tags(item.tag_ids, known_tags)`
pub(super) fn found_among(link: &LinkPlan, ids: Expr, known: Expr) -> Expr {
    name("self").attr(find_name(link)).call_with([ids, known]).awaited()
}

fn field_error(pointer: Expr, message: String) -> Expr {
    from("app.core.errors", "FieldError").call_with([pointer, text(message), text("reference")])
}

fn pointer(wire: &str) -> String {
    format!("/{}", wire.replace('~', "~0").replace('/', "~1"))
}

fn check(layer: Layer, reference: &ReferencePlan) -> FunctionDef {
    let target = layer.at(reference.target);
    let mut function = async_def(check_name(reference)).method();
    let mut tests = Vec::new();
    for (variable, part) in reference.key_variables.iter().zip(&target.entity.key) {
        let ty = types::model(layer.plan, &part.ty);
        let ty = if reference.nullable { ty.or_none() } else { ty };
        function = function.param(variable, ty);
        if reference.nullable {
            tests.push(name(variable).is_not(none()));
        }
    }
    let parts = reference.key_variables.iter().map(name);
    let bulk = layer.operation(Operation::BulkCreate).is_some();
    let mut body = Vec::new();
    if bulk {
        let given = key(parts);
        function = with_known(function, layer, target);
        if !tests.is_empty() {
            let absent = reference.key_variables.iter().map(|it| name(it).is(none())).collect();
            body.push(if_(or(absent), vec![Stmt::Return(None)]));
            tests.clear();
        }
        body.push(unless_known(target, list([given.clone()])));
        tests.push(given.compare(Comparator::NotIn, name("known")));
    } else {
        tests.push(
            repository_of(layer, target)
                .attr(layer.query("get"))
                .call_with(parts)
                .awaited()
                .is(none()),
        );
    }
    let label = &target.entity.label;
    let errors = reference
        .key_wires
        .iter()
        .map(|wire| field_error(text(pointer(wire)), format!("No such {label}")));
    let error = from("app.core.errors", "RuleViolationError")
        .call([arg(name("detail")), kw("errors", list(errors))]);
    let refusal =
        vec![assign("detail", text(format!("{} not found", capitalised(label)))), raise(error)];
    body.push(if_(and(tests), refusal));
    function.returns(Expr::None).body(body)
}

fn find(layer: Layer, link: &LinkPlan) -> FunctionDef {
    let target = layer.at(link.target);
    let part = &target.entity.key[0];
    let one = target.one();
    let ids = &link.ids_variable;
    let key = |row: &PyIdent| name(row).attr(&part.attribute);
    let bulk = layer.operation(Operation::BulkCreate).is_some();
    let known = if bulk { "known" } else { "found" };
    let (lookup, ordered) = if bulk {
        let distinct = name("sorted").call_with([name("set").call_with([name(ids)])]);
        let row = name("known").index([name("key")]);
        let rows = Expr::ListComp(Box::new(row), vec![comprehension("key", distinct)]);
        (unless_known(target, name(ids)), rows)
    } else {
        (assign("found", by_key(layer, target, name(ids))), list_in_order(&one, key(&one)))
    };
    let errors = Expr::ListComp(
        Box::new(field_error(
            fstring([
                FStringPart::Text(format!("{}/", pointer(&link.ids_wire))),
                FStringPart::Value(name("index"), None),
            ]),
            format!("No such {}", target.entity.label),
        )),
        vec![Comprehension {
            target: Expr::Tuple(vec![name("index"), name("key")]),
            iterable: name("enumerate").call_with([name(ids)]),
            conditions: vec![name("key").compare(Comparator::NotIn, name(known))],
        }],
    );
    let error = from("app.core.errors", "RuleViolationError")
        .call([arg(name("detail")), kw("errors", name("errors"))]);
    let detail = format!("Some {} do not exist", target.entity.label_plural);
    let sequence = from("collections.abc", "Sequence");
    let function = async_def(find_name(link))
        .method()
        .param(ids, sequence.clone().index([types::model(layer.plan, &part.ty)]));
    with_known(function, layer, target).returns(sequence.index([target.model()])).body([
        lookup,
        assign("errors", errors),
        if_(name("errors"), vec![assign("detail", text(detail)), raise(error)]),
        ret(ordered),
    ])
}

fn list_in_order(one: &PyIdent, key: Expr) -> Expr {
    let rows = name("found").attr("values").call([]);
    let by = Expr::Lambda(vec![one.clone()], Box::new(key));
    name("sorted").call([arg(rows), kw("key", by)])
}
