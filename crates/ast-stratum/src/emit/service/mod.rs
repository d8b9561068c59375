//! `app/services/post_service.py`: the use cases of one entity.

mod account;
mod create;
mod delete;
mod read;
mod reference;
mod rule;
mod update;

use stratapi_plan::{Artifact, Operation, Plan, PlannedFile, Presence, PyIdent};

use super::layer::{Caller, Layer};
use crate::python::build::{async_def, def, from, name};
use crate::python::{Expr, FunctionDef, Module, Stmt, artifact};

/// Emits the service of an entity.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let layer = Layer::of(plan, file);
    let mut methods = vec![initialiser(layer)];
    methods.extend(read::methods(layer));
    methods.extend(create::methods(layer));
    methods.extend(update::methods(layer));
    methods.extend(delete::method_of(layer));
    methods.extend(account::methods(layer));
    methods.extend(update::parts(layer));
    methods.extend(reference::methods(layer));
    let plural = &layer.entity.label_plural;
    let class = crate::python::build::class(layer.service_name())
        .doc(format!("Use cases of {plural}."))
        .body(methods.into_iter().map(FunctionDef::stmt));
    let module = Module::new(format!("{}.", super::layer::capitalised(plural)))
        .body(rule::constants(layer))
        .body([class.stmt()])
        .body(rule::functions(layer));
    artifact(file, &module)
}

fn initialiser(layer: Layer) -> FunctionDef {
    let session = || name("session");
    let mut parts: Vec<(PyIdent, Expr)> = Vec::new();
    let mut add = |attribute: PyIdent, class: Expr| {
        if !parts.iter().any(|(known, _)| *known == attribute) {
            parts.push((attribute, class));
        }
    };
    add(layer.repository_attribute(), layer.repository());
    for target in reference::targets(layer) {
        add(target.repository_attribute(), target.repository());
    }
    if let Some((_, parent)) = layer.parent().filter(|_| asks_parent(layer)) {
        if parent.index != layer.index {
            add(parent.service_attribute(), parent.service());
        }
    }
    let body = parts.into_iter().map(|(attribute, class)| {
        Stmt::Assign(name("self").attr(attribute), class.call_with([session()]))
    });
    def("__init__")
        .method()
        .param("session", from("sqlalchemy.ext.asyncio", "AsyncSession"))
        .returns(Expr::None)
        .doc("Work inside the transaction of ``session``.")
        .body(body)
}

/// Whether some operation has to find the parent first.
fn asks_parent(layer: Layer) -> bool {
    layer.parent().is_some()
}

/// `self._posts`
fn repository(layer: Layer) -> Expr {
    name("self").attr(layer.repository_attribute())
}

/// Adds the caller to a method's parameters.
fn with_caller(function: FunctionDef, layer: Layer, caller: Caller) -> FunctionDef {
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
