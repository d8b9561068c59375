//! `tests/unit/test_slots.py`: what each slot returns is what its examples say. And the same examples
//! for whoever asks a slot before it is part of the project.

use stratapi_plan::{Artifact, Plan, PlannedFile, PyIdent, SlotPlan, ValueType};

use super::testing::code::equals;
use crate::python::build::{annotated, def, dict, from, kw, list, module, name, none, text, tuple};
use crate::python::{Expr, FunctionDef, Module, ParameterKind, Stmt, artifact};
use crate::types;

/// Emits a test a slot.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let tests = plan.slots.iter().map(|slot| {
        let stmt = test(plan, slot).stmt();
        Stmt::Origin(slot.span, Box::new(stmt))
    });
    let body = tests.collect();
    artifact(file, &Module { doc: None, body, extra_imports: Vec::new() })
}

/// A module with the examples of a slot as `EXAMPLES`: pairs of what is given, by name, and what is
/// expected.
pub fn examples(plan: &Plan, slot: &SlotPlan) -> String {
    let all = slot.examples.iter().map(|example| {
        let given = slot.inputs.iter().zip(&example.given);
        let given = given.map(|(input, value)| {
            (text(input.name.as_str()), constant(plan, &input.ty, value.as_deref()))
        });
        tuple([dict(given), constant(plan, &slot.output, example.expect.as_deref())])
    });
    let any = from("typing", "Any");
    let pair = name("tuple").index([name("dict").index([name("str"), any.clone()]), any]);
    let value = list(all.collect::<Vec<_>>());
    let module = Module::new("Examples of a slot.").body([annotated(
        "EXAMPLES",
        name("list").index([pair]),
        Some(value),
    )]);
    crate::python::print(&module)
}

fn constant(plan: &Plan, ty: &ValueType, value: Option<&str>) -> Expr {
    value.map_or_else(none, |text| types::literal(plan, ty, text))
}

/// `def test_shipping_cost(weight_grams: int, goods: Decimal, expect: Decimal) -> None:`
fn test(plan: &Plan, slot: &SlotPlan) -> FunctionDef {
    let names: Vec<PyIdent> = slot.inputs.iter().map(|input| parameter(&input.name)).collect();
    let rows = slot.examples.iter().map(|example| {
        let given = slot.inputs.iter().zip(&example.given);
        let given = given.map(|(input, value)| constant(plan, &input.ty, value.as_deref()));
        row(given.collect(), constant(plan, &slot.output, example.expect.as_deref()))
    });
    let rows = list(rows.collect::<Vec<_>>());
    let titles = row(names.iter().map(|it| text(it.as_str())).collect(), text("expect"));
    let parametrize = module("pytest").attr("mark").attr("parametrize");
    let mut function = def(PyIdent::known(format!("test_{}", slot.name)))
        .decorate(parametrize.call_with([titles, rows]));
    let kind = if slot.by_name() { ParameterKind::KeywordOnly } else { ParameterKind::Plain };
    let mut typed = |parameter: &PyIdent, ty: &ValueType| {
        let ty = types::model(plan, ty);
        function = function.clone().parameter(kind, parameter, Some(ty), None);
    };
    for (parameter, input) in names.iter().zip(&slot.inputs) {
        typed(parameter, &input.ty);
    }
    typed(&PyIdent::constant("expect"), &slot.output);
    let given = slot.inputs.iter().zip(&names).map(|(input, it)| kw(&input.name, name(it)));
    let called = from(slot.module.clone(), &slot.name).call(given);
    function.returns(none()).body([equals(called, name("expect"))])
}

/// One value stands alone.
fn row(given: Vec<Expr>, expect: Expr) -> Expr {
    if given.is_empty() {
        return expect;
    }
    tuple(given.into_iter().chain([expect]))
}

/// A parameter of a test; some names mean something to pytest, or to the test.
fn parameter(input: &PyIdent) -> PyIdent {
    match input.as_str() {
        "expect" | "request" => PyIdent::known(format!("{input}_")),
        _ => input.clone(),
    }
}
