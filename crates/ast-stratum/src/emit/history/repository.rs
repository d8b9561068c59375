//! `app/repositories/order_state_change_repository.py`: a history is written and read.

use stratapi_plan::{Artifact, Plan, PlannedFile, PyIdent};

use super::super::layer::{Caller, page_by_offset};
use super::super::service::with_caller;
use super::History;
use crate::python::build::{assign, async_def, class, conditional, from, kw, name, none, ret};
use crate::python::{Argument, Expr, FunctionDef, Module, artifact};

/// The repository of one history.
pub(in crate::emit) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let history = History::of_file(plan, file);
    let methods = [record(history)].into_iter().chain(history.is_offered().then(|| list(history)));
    let class = class(PyIdent::known(format!("{}Repository", history.plan.class)))
        .base(from("app.repositories.base", "Repository").index([history.model()]))
        .doc(format!("Changes of {}.", history.of_all()))
        .body([assign("model", history.model())])
        .body(methods.map(FunctionDef::stmt));
    let module = Module::new(format!("Queries on changes of {}.", history.of_all()));
    artifact(file, &module.body([class.stmt()]))
}

/// The variable for the row.
fn row(history: History<'_>) -> PyIdent {
    let one = history.layer.one();
    let taken = matches!(one.as_str(), "transition" | "to_state");
    if taken { PyIdent::constant("row") } else { one }
}

/// `record`, which is called before the state changes.
fn record(history: History<'_>) -> FunctionDef {
    let (layer, machine) = (history.layer, history.machine);
    let one = row(history);
    let state = &layer.entity.fields[machine.field].model_attribute;
    let keys = history.plan.row.iter().zip(&layer.entity.key);
    let mut values: Vec<Argument> =
        keys.map(|(attribute, part)| kw(attribute, name(&one).attr(&part.attribute))).collect();
    values.extend([
        kw("transition", name("transition")),
        kw("from_state", name(&one).attr(state).attr("value")),
        kw("to_state", name("to_state").attr("value")),
    ]);
    let caller = history.caller();
    let account = layer.plan.account().into_iter().flat_map(|account| &account.key);
    values.extend(history.plan.caller.iter().zip(account).map(|(attribute, part)| {
        let key = name("caller").attr(&part.attribute);
        kw(attribute, if caller == Caller::Optional { known(key) } else { key })
    }));
    let create = name("self").attr(layer.query("create"));
    let create = create.call_with([history.model().call(values)]);
    let function = async_def("record")
        .method()
        .param(&one, layer.model())
        .param("transition", name("str"))
        .param("to_state", from("app.models.enums", &layer.plan.enums[machine.states].class));
    with_caller(function, layer, caller)
        .returns(none())
        .doc(format!("Keep a change of the {} that is about to be made.", history.plan.words))
        .body([create.awaited().stmt()])
}

/// `caller.id if caller else None`
fn known(key: Expr) -> Expr {
    conditional(name("caller"), key, none())
}

fn list(history: History<'_>) -> FunctionDef {
    let layer = history.layer;
    let one = row(history);
    let keys = history.plan.row.iter().zip(&layer.entity.key);
    let mine =
        keys.map(|(own, part)| history.model().attr(own).eq(name(&one).attr(&part.attribute)));
    let order = ["changed_at", "id"].map(|it| history.model().attr(it));
    let selected = name("self").attr("select").call([]).attr("where").call_with(mine);
    async_def("list")
        .method()
        .param(&one, layer.model())
        .param("query", from("app.schemas.base", "PageQuery"))
        .returns(history.listed())
        .doc(format!(
            "Return one page of the changes of {}, the first one first.",
            history.of_what()
        ))
        .body([
            assign("statement", selected.attr("order_by").call_with(order)),
            ret(page_by_offset(&history.lists())),
        ])
}
