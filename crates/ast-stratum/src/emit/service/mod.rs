//! `app/services/post_service.py`: the use cases of one entity.

mod account;
mod attribute;
mod create;
mod delete;
mod read;
mod reference;
mod rule;
pub(super) mod transition;
mod update;

use stratapi_plan::{Artifact, Operation, Plan, PlannedFile, Presence, PyIdent};

use super::history::History;
use super::layer::{Caller, Layer};
use crate::python::build::{async_def, def, from, name};
use crate::python::{Expr, FunctionDef, Module, Stmt, artifact};

/// Emits the service of an entity.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let layer = Layer::of(plan, file);
    let methods = initialiser(layer).into_iter().chain(use_cases(layer));
    let plural = &layer.entity.label_plural;
    let class = crate::python::build::class(layer.service_name())
        .doc(format!("Use cases of {plural}."))
        .body(methods.map(FunctionDef::stmt));
    let module = Module::new(format!("{}.", super::layer::capitalised(plural)))
        .body(constants(layer))
        .body([class.stmt()])
        .body(rules(layer));
    artifact(file, &module)
}

/// Numbers that the rules compare with.
pub(super) fn constants(layer: Layer) -> Vec<Stmt> {
    rule::constants(layer)
}

/// The rules on one row.
pub(super) fn rules(layer: Layer<'_>) -> impl Iterator<Item = Stmt> + '_ {
    rule::functions(layer).chain(attribute::functions(layer)).chain(transition::guards(layer))
}

/// The use cases, and the methods that they share.
pub(super) fn use_cases(layer: Layer) -> Vec<FunctionDef> {
    let mut methods = read::methods(layer);
    methods.extend(create::methods(layer));
    methods.extend(update::methods(layer));
    methods.extend(delete::method_of(layer));
    methods.extend(transition::methods(layer));
    methods.extend(account::methods(layer));
    methods.extend(attribute::methods(layer));
    methods.extend(update::parts(layer));
    methods.extend(reference::methods(layer));
    methods.extend(rule::methods(layer));
    methods
}

/// `__init__`, unless it would only do what the repository's base does.
pub(super) fn initialiser(layer: Layer) -> Option<FunctionDef> {
    let session = || name("session");
    let mut parts: Vec<(PyIdent, Expr)> = Vec::new();
    let mut add = |attribute: PyIdent, class: Expr| {
        if !parts.iter().any(|(known, _)| *known == attribute) {
            parts.push((attribute, class));
        }
    };
    if !layer.is_simple() {
        add(layer.repository_attribute(), layer.repository());
    }
    let is_other = |target: &Layer| !layer.is_simple() || target.index != layer.index;
    for target in reference::targets(layer).filter(is_other) {
        add(target.repository_attribute(), target.repository());
    }
    for history in History::all(layer).filter(|history| history.is_served()) {
        add(history.plan.repository.clone(), history.repository());
    }
    if let Some((_, parent)) = layer.parent().filter(|_| asks_parent(layer))
        && parent.index != layer.index
    {
        add(parent.service_attribute(), parent.service());
    }
    if parts.is_empty() {
        return None;
    }
    let base = name("super").call([]).attr("__init__").call_with([session()]).stmt();
    let body = parts.into_iter().map(|(attribute, class)| {
        Stmt::Assign(name("self").attr(attribute), class.call_with([session()]))
    });
    let body = layer.is_simple().then_some(base).into_iter().chain(body);
    let function = def("__init__")
        .method()
        .param("session", from("sqlalchemy.ext.asyncio", "AsyncSession"))
        .returns(Expr::None)
        .doc("Work inside the transaction of ``session``.")
        .body(body);
    Some(function)
}

/// Whether some operation has to find the parent first.
fn asks_parent(layer: Layer) -> bool {
    layer.parent().is_some()
}

/// `self._posts`, or `self` where the use cases are the repository's own.
fn repository(layer: Layer) -> Expr {
    if layer.is_simple() { name("self") } else { name("self").attr(layer.repository_attribute()) }
}

/// The repository of another entity, or of this one.
fn repository_of(layer: Layer, target: Layer) -> Expr {
    if target.index == layer.index {
        repository(layer)
    } else {
        name("self").attr(target.repository_attribute())
    }
}

/// A call of a query: `self._posts.create`.
fn query(layer: Layer, plain: &'static str) -> Expr {
    repository(layer).attr(layer.query(plain))
}

/// Adds the caller to the parameters of a method or a function.
pub(super) fn with_caller(function: FunctionDef, layer: Layer, caller: Caller) -> FunctionDef {
    match caller {
        Caller::No => function,
        Caller::Optional => function.param("caller", layer.user().or_none()),
        Caller::Required => function.param("caller", layer.user()),
    }
}

/// Adds path parameters to a method.
fn with_parameters(
    function: FunctionDef,
    parameters: impl IntoIterator<Item = (PyIdent, Expr)>,
) -> FunctionDef {
    parameters.into_iter().fold(function, |function, (name, ty)| function.param(name, ty))
}

/// Adds the header that a client sends with the version it knows.
fn with_if_match(function: FunctionDef, layer: Layer) -> FunctionDef {
    if layer.entity.optimistic_lock {
        function.param("if_match", name("str").or_none())
    } else {
        function
    }
}

/// An asynchronous method with the documentation of an operation.
fn method(layer: Layer, operation: Operation, function: &'static str) -> Option<FunctionDef> {
    let plan = layer.operation(operation)?;
    Some(async_def(function).method().doc(&*plan.doc))
}

/// `data.title`
fn given(attribute: &PyIdent) -> Expr {
    name("data").attr(attribute)
}

fn is_present(presence: &Presence) -> bool {
    *presence != Presence::Absent
}
