//! The orders of a list: a column and a direction for each member of the sort enum.

use stratapi_plan::SortPlan;

use super::super::layer::Layer;
use super::super::layer::types::cursor_type;
use crate::python::build::{annotated, arg, from, kw, name, tuple};
use crate::python::{Argument, Expr, Stmt};

/// `_ORDERS`, by member of the sort enum.
pub(super) fn orders(layer: Layer) -> [Stmt; 1] {
    let by_cursor = layer.by_cursor();
    let mut entries = Vec::new();
    for sort in &layer.resource().sorts {
        for descending in [false, true] {
            let member = member(layer, sort, descending);
            let order = if by_cursor {
                keyset(layer, sort, member.clone(), descending)
            } else {
                column(layer, sort, descending)
            };
            entries.push((Some(member), order));
        }
    }
    let order = if by_cursor {
        from("app.core.cursor", "Keyset")
    } else {
        from("sqlalchemy", "UnaryExpression").index([from("typing", "Any")])
    };
    let annotation = name("dict").index([layer.schema("Sort"), order]);
    [annotated("_ORDERS", annotation, Some(Expr::Dict(entries)))]
}

fn member(layer: Layer, sort: &SortPlan, descending: bool) -> Expr {
    let member = if descending {
        stratapi_plan::PyIdent::known(format!("{}_DESC", sort.member))
    } else {
        sort.member.clone()
    };
    layer.schema("Sort").attr(member)
}

/// `Post.published_at.desc().nulls_last()`
fn column(layer: Layer, sort: &SortPlan, descending: bool) -> Expr {
    let direction = if descending { "desc" } else { "asc" };
    let ordered = layer.column(&sort.attribute).attr(direction).call([]);
    if sort.ty.nullable { ordered.attr("nulls_last").call([]) } else { ordered }
}

fn keyset(layer: Layer, sort: &SortPlan, member: Expr, descending: bool) -> Expr {
    let key = tuple(layer.entity.key.iter().map(|part| layer.column(&part.attribute)));
    let parts = [name("str"), cursor_type(layer.plan, &sort.ty)]
        .into_iter()
        .chain(layer.entity.key.iter().map(|part| cursor_type(layer.plan, &part.ty)));
    let place = name("tuple").index(parts);
    let mut arguments: Vec<Argument> = vec![
        arg(member),
        arg(layer.column(&sort.attribute)),
        arg(key),
        arg(from("pydantic", "TypeAdapter").call_with([place])),
    ];
    if descending {
        arguments.push(kw("descending", Expr::Bool(true)));
    }
    from("app.core.cursor", "Keyset").call(arguments)
}
