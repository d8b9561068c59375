//! `list` and `get`.

use stratapi_plan::{Operation, ParameterPlan, PyIdent};

use super::super::history::History;
use super::super::layer::operation::Need;
use super::super::layer::{Caller, Layer};
use super::super::repository;
use super::{method, repository as own, rule, with_caller, with_parameters};
use crate::python::build::{assign, async_def, from, if_, name, none, not, or, ret};
use crate::python::{Comparator, Expr, FunctionDef, Stmt};

/// The reading methods that are needed. Without services, the query of a list that hangs below
/// nothing is the use case.
pub(super) fn methods(layer: Layer) -> Vec<FunctionDef> {
    let list = list(layer).filter(|_| !layer.is_simple() || layer.parent().is_some());
    let get = layer.has_get().then(|| get(layer));
    list.into_iter().chain(get).chain(show(layer)).chain(histories(layer)).collect()
}

/// `show`: a row with what is shown along with it.
fn show(layer: Layer) -> Option<FunctionDef> {
    layer.deep_view(Operation::Get)?;
    let row = layer.one();
    let viewer = layer.viewer(Operation::Get);
    let caller = layer.get_caller().max(viewer);
    let load = load(layer, Operation::Get);
    let function = async_def("show")
        .method()
        .doc(format!("Return one {} with what is shown along with it.", layer.entity.label));
    let function = with_parameters(function, layer.item_parameters());
    let function = with_caller(function, layer, caller).returns(layer.model());
    Some(function.body([own_row(layer)].into_iter().chain(load).chain([ret(name(row))])))
}

/// `await self._posts.load_shown(post, caller)`: what an operation shows along with its row.
pub(super) fn load(layer: Layer, operation: Operation) -> Option<Stmt> {
    let along = layer.loaded(operation)?;
    Some(own(layer).attr(along.method()).call_with(along.arguments()).awaited().stmt())
}

/// The changes of states, of whoever may know that the row exists.
fn histories(layer: Layer<'_>) -> impl Iterator<Item = FunctionDef> + '_ {
    let operations = layer.entity.history_operations();
    let offered = operations.enumerate().filter_map(move |(position, operation)| {
        Some((History::of(layer, position)?, layer.operation(operation)?))
    });
    offered.map(move |(history, plan)| {
        let found = name("self").attr(&history.plan.repository).attr("list");
        let function = async_def(&history.plan.method).method().doc(&*plan.doc);
        let function = with_parameters(function, layer.item_parameters())
            .param("query", from("app.schemas.base", "PageQuery"));
        let row = name(layer.one());
        with_caller(function, layer, layer.caller(plan))
            .returns(history.listed())
            .body([own_row(layer), ret(found.call_with([row, name("query")]).awaited())])
    })
}

fn list(layer: Layer) -> Option<FunctionDef> {
    let plan = layer.operation(Operation::List)?;
    let caller = layer.caller(plan);
    let function =
        with_parameters(method(layer, Operation::List, "list")?, layer.parent_parameters())
            .param("query", layer.schema("ListQuery"));
    let mut arguments = vec![name("query")];
    let mut body = Vec::new();
    if let Some((find, row)) = parent_row(layer, caller) {
        body.push(find);
        arguments.extend(parent_key(layer, &row));
    }
    if repository::list_caller(layer) != Caller::No {
        arguments.push(name("caller"));
    }
    body.push(ret(own(layer).attr(layer.query("list")).call_with(arguments).awaited()));
    let function = with_caller(function, layer, caller);
    Some(function.returns(layer.listed()).body(body))
}

/// The values of the child's foreign key, from the parent's row.
pub(super) fn parent_key(layer: Layer, row: &PyIdent) -> Vec<Expr> {
    let Some((_, parent)) = layer.parent() else { return Vec::new() };
    parent.entity.key.iter().map(|part| name(row).attr(&part.attribute)).collect()
}

/// `post = await self._post_service.get(post_id, caller)`, and the variable.
pub(super) fn parent_row(layer: Layer, caller: Caller) -> Option<(Stmt, PyIdent)> {
    let (plan, parent) = layer.parent()?;
    let row = if parent.one() == layer.one() { PyIdent::known("parent") } else { parent.one() };
    let mut arguments: Vec<Expr> =
        plan.chain().into_iter().map(|above| name(&above.parameter)).collect();
    if parent.get_caller() != Caller::No && caller != Caller::No {
        arguments.push(name("caller"));
    }
    let service = if parent.index == layer.index {
        name("self")
    } else {
        name("self").attr(parent.service_attribute())
    };
    let found = service.attr("get").call_with(arguments).awaited();
    Some((assign(&row, found), row))
}

fn get(layer: Layer) -> FunctionDef {
    let caller = layer.get_caller();
    let row = layer.one();
    let mut body = Vec::new();
    let mut refused = vec![name(&row).is(none())];
    let parent = parent_row(layer, caller);
    if let Some((find, above)) = &parent {
        body.push(find.clone());
        refused.extend(elsewhere(layer, &row, above));
    }
    body.push(assign(&row, found(layer, parent.as_ref().map(|(_, row)| row))));
    refused.extend(rule::holds(layer, Need::Read).map(not));
    body.push(if_(or(refused), rule::not_found(layer)));
    body.push(ret(name(&row)));
    let label = &layer.entity.label;
    let hidden =
        if caller == Caller::No { "" } else { ", unless the caller may not know that it exists" };
    let function = async_def("get").method().doc(format!("Return one {label}{hidden}."));
    let function = with_parameters(function, layer.item_parameters());
    with_caller(function, layer, caller).returns(layer.model()).body(body)
}

/// `comment.post_id != post.id`, unless the parent is part of the key.
fn elsewhere(layer: Layer, row: &PyIdent, above: &PyIdent) -> Option<Expr> {
    let (plan, _) = layer.parent()?;
    if plan.key_part.is_some() {
        return None;
    }
    let reference = &layer.entity.references[plan.reference];
    let pairs = reference.key_attributes.iter().zip(parent_key(layer, above));
    let unequal =
        pairs.map(|(own, key)| name(row).attr(own).compare(Comparator::NotEqual, key)).collect();
    Some(or(unequal))
}

/// `await self._posts.get(post_id)`
fn found(layer: Layer, above: Option<&PyIdent>) -> Expr {
    let own_parameters = &layer.resource().item_parameters;
    let repository = own(layer);
    if let ([ParameterPlan { name: parameter, key_part: None, .. }], Some(lookup)) =
        (own_parameters.as_slice(), layer.resource().lookup)
    {
        let method = PyIdent::known(format!("get_by_{}", layer.entity.fields[lookup].word));
        return repository.attr(method).call_with([name(parameter)]).awaited();
    }
    let above_key = above.map(|row| parent_key(layer, row)).unwrap_or_default();
    let above_part = layer.parent().and_then(|(plan, _)| plan.key_part);
    let key = (0..layer.entity.key.len()).filter_map(|index| {
        let own = own_parameters.iter().find(|part| part.key_part == Some(index));
        own.map(|part| name(&part.name))
            .or_else(|| above_key.first().cloned().filter(|_| above_part == Some(index)))
    });
    repository.attr(layer.query("get")).call_with(key).awaited()
}

/// `post = await self.get(post_id, caller)`
pub(super) fn own_row(layer: Layer) -> Stmt {
    let parameters = layer.item_parameters().into_iter().map(|(parameter, _)| name(parameter));
    let caller = (layer.get_caller() != Caller::No).then(|| name("caller"));
    let found = name("self").attr("get").call_with(parameters.chain(caller)).awaited();
    assign(layer.one(), found)
}
