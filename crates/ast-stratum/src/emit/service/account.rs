//! What only the service of accounts has: registration, and the caller's own account.

use stratapi_plan::{Operation, Presence, PythonDefault};

use super::super::layer::{Caller, Layer};
use super::{attribute, create, given, query, update, with_if_match};
use crate::python::build::{arg, assign, async_def, from, if_, kw, list, name, raise, ret, text};
use crate::python::{FunctionDef, Stmt};
use crate::types;

/// `register`, `update_me` and `_apply`.
pub(super) fn methods(layer: Layer) -> Vec<FunctionDef> {
    if layer.account().is_none() {
        return Vec::new();
    }
    let mut methods = vec![register(layer)];
    if layer.entity.has_update {
        methods.push(update_me(layer));
        methods.push(update::apply(layer));
    }
    methods
}

fn register(layer: Layer) -> FunctionDef {
    let row = layer.one();
    let label = &layer.entity.label;
    let mut body = Vec::new();
    body.extend(role_is_default(layer));
    if repeats_create(layer) {
        body.push(ret(name("self").attr("create").call_with([name("data")]).awaited()));
    } else {
        body.extend(create::checks(layer));
        body.push(assign(
            &row,
            create::construction(layer, Caller::No, None, false, create::Links::Sought),
        ));
        body.push(query(layer, "create").call_with([name(&row)]).awaited().stmt());
        body.push(ret(name(&row)));
    }
    async_def("register")
        .method()
        .param("data", layer.schema("Create"))
        .returns(layer.model())
        .doc(format!("Create one {label} for whoever asks."))
        .body(body)
}

/// Whether `create` does the same, unconditionally.
fn repeats_create(layer: Layer) -> bool {
    !layer.role_in_create()
        && layer.parent().is_none()
        && layer
            .operation(Operation::Create)
            .is_some_and(|plan| layer.rule(plan).is_none() && layer.caller(plan) == Caller::No)
}

fn role_error(layer: Layer) -> Vec<Stmt> {
    let wire = layer.role_field().map(|field| field.wire.clone()).unwrap_or_default();
    let error = from("app.core.errors", "FieldError").call_with([
        text(format!("/{wire}")),
        text("Only others may change it"),
        text("role"),
    ]);
    vec![
        assign("detail", text("You may not choose your role")),
        raise(
            from("app.core.errors", "PermissionDeniedError")
                .call([arg(name("detail")), kw("errors", list([error]))]),
        ),
    ]
}

/// Refuses any role but the first that accounts get.
fn role_is_default(layer: Layer) -> Option<Stmt> {
    let field = layer.role_field()?;
    let Presence::Optional(PythonDefault::Literal(literal)) = &field.create else {
        return None;
    };
    let default = types::literal(layer.plan, &field.ty, literal);
    Some(if_(given(&field.attribute).is_not(default), role_error(layer)))
}

fn update_me(layer: Layer) -> FunctionDef {
    let row = layer.one();
    let function = async_def("update_me")
        .method()
        .param(&row, layer.model())
        .param("data", layer.schema("Update"));
    let mut body = Vec::new();
    if let Some(chosen) = update::role_is_kept(layer) {
        body.push(if_(chosen, role_error(layer)));
    }
    body.extend(update::check_version(layer, &row));
    body.extend(attribute::check_of(layer, Operation::Update, name("data"), &name(&row)));
    let applied = name("self").attr("_apply").call_with([name(&row), name("data")]);
    body.push(applied.awaited().stmt());
    body.push(ret(name(&row)));
    with_if_match(function, layer)
        .returns(layer.model())
        .doc(format!("Change the caller's own {}.", layer.entity.label))
        .body(body)
}
