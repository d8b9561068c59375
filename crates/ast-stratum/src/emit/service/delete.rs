//! `delete`.

use stratapi_plan::Operation;

use super::super::layer::Layer;
use super::super::layer::operation::Need;
use super::{method, query, read, rule, update, with_caller, with_if_match, with_parameters};
use crate::python::build::name;
use crate::python::{Expr, FunctionDef, Stmt};

/// Deletes the row, or hides it where deletion is soft.
pub(super) fn method_of(layer: Layer) -> Option<FunctionDef> {
    let plan = layer.operation(Operation::Delete)?;
    let caller = layer.caller(plan);
    let row = layer.one();
    let function =
        with_parameters(method(layer, Operation::Delete, "delete")?, layer.item_parameters());
    let function = with_if_match(with_caller(function, layer, caller), layer);
    let mut body = vec![read::own_row(layer)];
    body.extend(rule::check(layer, Need::Operation(Operation::Delete), caller, "delete"));
    body.extend(update::check_version(layer, &row));
    let done = if layer.entity.soft_delete {
        body.push(Stmt::Assign(name(&row).attr("is_active"), Expr::Bool(false)));
        "update"
    } else {
        "delete"
    };
    body.push(query(layer, done).call_with([name(&row)]).awaited().stmt());
    Some(function.returns(Expr::None).body(body))
}
