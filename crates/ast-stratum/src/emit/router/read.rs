//! GET: lists and single rows.

use stratapi_plan::{ListForm, Operation, OperationPlan, PagePart};

use super::super::history::History;
use super::super::layer::Layer;
use super::parts::{
    answer, call, problems, read, route, set_etag, set_header, with_caller, with_path,
    with_response, with_service,
};
use crate::python::build::{
    assign, comprehension, dict, from, http_status, if_, int, kw, name, ret, text,
};
use crate::python::{Expr, FunctionDef, Stmt};

/// `GET /posts`
pub(super) fn list(layer: Layer, plan: &OperationPlan) -> FunctionDef {
    let query = from("typing", "Annotated")
        .index([layer.schema("ListQuery"), from("fastapi", "Query").call([])]);
    let function = with_path(route(layer, plan, "get", []), layer, false).param("query", query);
    let function = with_caller(with_service(function, layer), layer, plan);
    let found = call(layer, plan, "list", false, [name("query")]);
    let classes = (layer.schema("Page"), layer.row_class(plan));
    page(function, &layer.resource().lists, classes, read(layer, plan, "row"), found)
}

/// Answers with a page of the rows that are found, in the form of the list.
fn page(
    function: FunctionDef,
    lists: &ListForm,
    (class, row_class): (Expr, Expr),
    row: Expr,
    found: Expr,
) -> FunctionDef {
    let items = Expr::ListComp(Box::new(row), vec![comprehension("row", name("rows"))]);
    let told = [PagePart::Count, PagePart::Next].into_iter().find(|it| lists.shows(*it));
    let names = match told {
        Some(part) => Expr::Tuple(vec![name("rows"), name(part.name())]),
        None => name("rows"),
    };
    let found = Stmt::Assign(names, found);
    if *lists == ListForm::Array {
        return function.returns(name("list").index([row_class])).body([found, ret(items)]);
    }
    let members = lists.members().iter().map(|(part, _)| {
        let value = match part {
            PagePart::Rows => items.clone(),
            PagePart::Count | PagePart::Next => name(part.name()),
            PagePart::Limit | PagePart::Offset | PagePart::Page => name("query").attr(part.name()),
        };
        kw(part.name(), value)
    });
    let answer = class.clone().call(members.collect::<Vec<_>>());
    function.returns(class).body([found, ret(answer)])
}

/// `GET /posts/{post_id}/status-history`
pub(super) fn history(layer: Layer, plan: &OperationPlan, position: usize) -> FunctionDef {
    let Some(history) = History::of(layer, position) else {
        stratapi_diagnostics::bug!("a history that nobody keeps")
    };
    let query = from("typing", "Annotated")
        .index([from("app.schemas.base", "PageQuery"), from("fastapi", "Query").call([])]);
    let function = with_path(route(layer, plan, "get", []), layer, true).param("query", query);
    let function = with_caller(with_service(function, layer), layer, plan);
    let read = history.schema("Read").attr("model_validate").call_with([name("row")]);
    let found = call(layer, plan, &history.plan.method, true, [name("query")]);
    let classes = (history.schema("Page"), history.schema("Read"));
    page(function, &history.lists(), classes, read, found)
}

/// The method of the service that a single read calls.
fn method(layer: Layer) -> &'static str {
    if layer.deep_view(Operation::Get).is_some() { "show" } else { "get" }
}

/// `GET /posts/{post_id}`
pub(super) fn get(layer: Layer, plan: &OperationPlan) -> FunctionDef {
    if layer.entity.is_revalidated() {
        return get_revalidated(layer, plan);
    }
    let function = with_path(route(layer, plan, "get", []), layer, true);
    let mut function = with_caller(with_service(function, layer), layer, plan);
    if layer.entity.optimistic_lock {
        function = with_response(function);
    }
    let found = assign(layer.one(), call(layer, plan, method(layer), true, []));
    let answer = ret(answer(layer, plan));
    function
        .returns(layer.answer_class(Some(plan)))
        .body([found].into_iter().chain(set_etag(layer)).chain([answer]))
}

/// The same where the ETag may spare the client the body.
fn get_revalidated(layer: Layer, plan: &OperationPlan) -> FunctionDef {
    let unchanged = dict([(text("description"), text("Not Modified"))]);
    let responses = Expr::Dict(vec![(None, problems(&plan.problems)), (Some(int(304)), unchanged)]);
    let more = [kw("response_model", layer.answer_class(Some(plan))), kw("responses", responses)];
    let function = with_path(route(layer, plan, "get", more), layer, true);
    let function = with_caller(with_service(function, layer), layer, plan);
    let function = with_response(function).param_default(
        "if_none_match",
        from("app.dependencies", "IfNoneMatch"),
        Expr::None,
    );
    let response = from("fastapi", "Response");
    let version = || name(layer.one()).attr("version");
    let current =
        from("app.core.etag", "not_modified").call_with([name("if_none_match"), version()]);
    let not_modified = response.clone().call([
        kw("status_code", http_status(304)),
        kw("headers", dict([(text("ETag"), name("entity_tag"))])),
    ]);
    let either = crate::python::build::union([layer.answer_class(Some(plan)), response]);
    function.returns(either).body([
        assign(layer.one(), call(layer, plan, method(layer), true, [])),
        assign("entity_tag", from("app.core.etag", "etag").call_with([version()])),
        if_(current, vec![ret(not_modified)]),
        set_header("ETag", name("entity_tag")),
        ret(answer(layer, plan)),
    ])
}
