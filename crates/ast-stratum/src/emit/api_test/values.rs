//! Value objects: what the database refuses is told at the member, not at the column.

use stratapi_plan::{FieldPlan, FieldSource};

use super::super::testing::code::{each, equals, test, writing};
use super::super::testing::stage::factory;
use super::Tests;
use crate::python::build::{assign, comprehension, dict, from, list, module, name, text, tuple};
use crate::python::{Expr, Stmt, WithItem};

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    let entity = tests.stage.entity;
    let required = |field: &&FieldPlan| {
        matches!(field.source, FieldSource::Value { .. }) && !field.ty.nullable
    };
    let cases: Vec<Expr> = entity
        .fields
        .iter()
        .filter(required)
        .map(|field| tuple([text(field.model_attribute.as_str()), text(field.pointer())]))
        .collect();
    if cases.is_empty() {
        return Vec::new();
    }
    // `None` is a value of columns of JSON.
    let null = from("sqlalchemy", "null").call([]);
    let cleared = dict([(name("attribute"), null)]);
    let update = from("sqlalchemy", "update")
        .call_with([from("app.models", &entity.class)])
        .attr("values")
        .call_with([cleared]);
    let session =
        writing(vec![name("session").attr("execute").call_with([update]).awaited().stmt()]);
    let refused =
        module("pytest").attr("raises").call_with([from("sqlalchemy.exc", "IntegrityError")]);
    let error = from("app.core.db_errors", "translate_integrity_error")
        .call_with([name("caught").attr("value"), from("app.models", "Base").attr("metadata")]);
    let places = Expr::ListComp(
        Box::new(name("item").attr("pointer")),
        vec![comprehension("item", name("error").attr("errors"))],
    );
    let body = vec![
        factory(&entity.one, Vec::new()).stmt(),
        each(
            tuple([name("attribute"), name("place")]),
            tuple(cases),
            vec![
                Stmt::With {
                    is_async: false,
                    items: vec![WithItem {
                        context: refused,
                        name: Some(stratapi_plan::PyIdent::known("caught")),
                    }],
                    body: vec![session],
                },
                assign("error", error),
                equals(places, list([name("place")])),
            ],
        ),
    ];
    vec![test("test_value_objects_name_the_member_at_fault", body)]
}
