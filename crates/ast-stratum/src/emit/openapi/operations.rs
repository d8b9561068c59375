//! Operations of the resources.

use stratapi_plan::{
    EntityPlan, Gate, ListForm, Operation, OperationPlan, Pagination, Plan, PyIdent, ResourcePlan,
    ValueKind, ValueType, without_converters,
};

use super::super::layer::types::is_text;
use super::super::layer::{Caller, Layer};
use super::{Route, answer, answer_with, components, problems, sign_in};
use crate::json::{Json, Members, json};
use crate::python::documented;
use crate::schemas::published::{reference, title};

const IF_MATCH: &str = "The ETag the client read; the request fails with 412 if it is out of date.";
const IF_NONE_MATCH: &str = "The ETag the client has; 304 if still current.";

/// Those of one entity, in the order of its router.
pub(super) fn routes(plan: &Plan, entity: usize) -> Vec<Route> {
    let layer = Layer::new(plan, entity);
    let mut routes = sign_in::me(layer);
    let resource = layer.entity.resource.iter();
    let operations = resource.flat_map(|resource| &resource.operations);
    routes.extend(operations.map(|operation| route(layer, operation)));
    routes
}

fn route(layer: Layer, plan: &OperationPlan) -> Route {
    let resource = layer.resource();
    let mut operation = json!({
        "tags": [&resource.tag],
        "summary": title(plan.function.as_str()),
        "description": documented(&plan.doc),
        "operationId": &plan.function,
    });
    let signed_in = layer.route_caller(plan) != Caller::No || plan.access.gate != Gate::Public;
    if signed_in && layer.plan.app.auth.is_some() {
        operation["security"] = sign_in::security(layer.plan);
    }
    let parameters = parameters(layer, plan, resource);
    if !parameters.is_empty() {
        operation["parameters"] = Json::Array(parameters);
    }
    if let Some(body) = body_class(layer.entity, plan.operation) {
        let schema = reference(body.as_str());
        operation["requestBody"] =
            json!({"required": true, "content": {"application/json": {"schema": schema}}});
    }
    operation["responses"] = responses(layer, plan);
    Route {
        path: format!("{}{}", layer.plan.app.prefix, without_converters(&plan.path)),
        method: plan.method().word(),
        operation,
    }
}

/// The class of the body of an operation.
fn body_class(entity: &EntityPlan, operation: Operation) -> Option<PyIdent> {
    match operation {
        Operation::Create => Some(entity.body_class("Create")),
        Operation::BulkCreate => Some(PyIdent::known(format!("{}BulkCreate", entity.stem))),
        Operation::Update => Some(entity.body_class("Update")),
        Operation::Replace => Some(entity.body_class("Replace")),
        Operation::List
        | Operation::Get
        | Operation::Delete
        | Operation::Transition(_)
        | Operation::History(_) => None,
    }
}

fn responses(layer: Layer, plan: &OperationPlan) -> Json {
    let stem = &layer.entity.stem;
    let response = match plan.operation {
        Operation::List => page_answer(
            &layer.resource().lists,
            &format!("{stem}Page"),
            layer.entity.row_class(plan).as_str(),
            plan,
        ),
        Operation::BulkCreate => answer(&format!("{stem}BulkResult")),
        Operation::Create
        | Operation::Get
        | Operation::Update
        | Operation::Replace
        | Operation::Transition(_) => {
            answer(layer.entity.answer_class(layer.entity.row_class(plan)).as_str())
        }
        Operation::Delete => json!({"description": "Successful Response"}),
        Operation::History(position) => {
            let history = layer.entity.machines[position].history.as_ref();
            let class = history.map_or(stem, |history| &history.class);
            let lists = layer.plan.app.lists.of(Pagination::Offset);
            page_answer(&lists, &format!("{class}Page"), &format!("{class}Read"), plan)
        }
    };
    let mut responses = Members::default();
    responses.insert(plan.status.to_string(), response);
    let invalid = layer.plan.app.invalid_status;
    responses
        .extend(problems(layer.plan, [invalid].into_iter().chain(plan.problems.iter().copied())));
    if plan.operation == Operation::Get && layer.entity.is_revalidated() {
        responses.insert("304".to_owned(), json!({"description": "Not Modified"}));
    }
    Json::Object(responses)
}

/// The answer of a list: a page, or the rows alone.
fn page_answer(lists: &ListForm, page: &str, row: &str, plan: &OperationPlan) -> Json {
    if *lists != ListForm::Array {
        return answer(page);
    }
    let title = title(&format!("response_{}", plan.function));
    answer_with(json!({"type": "array", "items": reference(row), "title": title}))
}

fn parameters(layer: Layer, plan: &OperationPlan, resource: &ResourcePlan) -> Vec<Json> {
    let on_row =
        !matches!(plan.operation, Operation::List | Operation::Create | Operation::BulkCreate);
    let mut parameters = Vec::new();
    let parents = layer.parents().into_iter();
    parameters
        .extend(parents.map(|parent| path_parameter(layer.plan, &parent.parameter, &parent.ty)));
    if on_row {
        let own = resource.item_parameters.iter();
        parameters.extend(own.map(|part| path_parameter(layer.plan, &part.name, &part.ty)));
    }
    if plan.operation == Operation::List {
        parameters.extend(query(layer, resource));
    }
    if matches!(plan.operation, Operation::History(_)) {
        parameters.extend(page(Pagination::Offset, (20, 100)));
    }
    if layer.entity.optimistic_lock {
        match plan.operation {
            Operation::Get if layer.entity.is_revalidated() => {
                parameters.push(header("If-None-Match", IF_NONE_MATCH));
            }
            Operation::Update
            | Operation::Replace
            | Operation::Delete
            | Operation::Transition(_) => {
                parameters.push(header("If-Match", IF_MATCH));
            }
            _ => {}
        }
    }
    parameters
}

pub(super) fn path_parameter(plan: &Plan, name: &PyIdent, ty: &ValueType) -> Json {
    let mut schema = match ty.kind {
        _ if is_text(ty) => json!({"type": "string", "pattern": r"^[^\x00]*$"}),
        ValueKind::Int { min: 0.., .. } => {
            json!({"type": "integer", "minimum": 0, "exclusiveMaximum": 1_u64 << 63})
        }
        _ => crate::types::input_schema(plan, ty),
    };
    if !components::is_component(ty) {
        schema["title"] = json!(title(name.as_str()));
    }
    json!({"name": name, "in": "path", "required": true, "schema": schema})
}

/// A header that may be absent.
pub(super) fn header(name: &str, description: &str) -> Json {
    json!({
        "name": name,
        "in": "header",
        "required": false,
        "schema": {"type": "string", "description": description, "title": name},
        "description": description,
    })
}

/// `If-Match`
pub(super) fn if_match() -> Json {
    header("If-Match", IF_MATCH)
}

fn parameter(name: &str, schema: Json) -> Json {
    json!({"name": name, "in": "query", "required": false, "schema": schema})
}

/// What every list takes: `limit`, 20 and at most 100 by default, and where a page starts.
fn page(pagination: Pagination, (size, largest): (u32, u32)) -> Vec<Json> {
    let limit = json!({
        "type": "integer",
        "minimum": 1,
        "maximum": largest,
        "default": size,
        "title": "Limit",
    });
    let start = match pagination {
        Pagination::Offset => parameter(
            "offset",
            json!({
                "type": "integer",
                "minimum": 0,
                "maximum": 1_000_000,
                "default": 0,
                "title": "Offset",
            }),
        ),
        Pagination::Page => parameter(
            "page",
            json!({
                "type": "integer",
                "minimum": 1,
                "maximum": 10_000,
                "default": 1,
                "title": "Page",
            }),
        ),
        Pagination::Cursor => parameter(
            "cursor",
            json!({
                "type": "string",
                "minLength": 1,
                "maxLength": 1024,
                "pattern": "^[A-Za-z0-9_-]+$",
                "title": "Cursor",
            }),
        ),
    };
    vec![parameter("limit", limit), start]
}

fn query(layer: Layer, resource: &ResourcePlan) -> Vec<Json> {
    let sizes = (resource.page_size, resource.max_page_size);
    let mut parameters = page(resource.pagination, sizes);
    let filters = resource.filters.iter();
    parameters.extend(
        filters.map(|filter| parameter(&filter.wire, components::filter(layer.plan, filter))),
    );
    if !resource.search.is_empty() {
        let text = json!({
            "type": "string",
            "minLength": 1,
            "maxLength": 100,
            "pattern": r"^[^\x00]*$",
            "title": "Q",
        });
        parameters.push(parameter("q", text));
    }
    let (position, descending) = resource.default_sort;
    let wire = &resource.sorts[position].wire;
    let mut sort = reference(&format!("{}Sort", layer.entity.stem));
    sort["default"] = if descending { json!(format!("-{wire}")) } else { json!(wire) };
    parameters.push(parameter("sort", sort));
    parameters
}
