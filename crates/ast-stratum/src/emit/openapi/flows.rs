//! Operations of the endpoints that start flows.

use stratapi_plan::{
    EndpointPlan, FlowPlan, FlowSegmentPlan, Gate, PartPlan, Place, Plan, without_converters,
};

use super::super::dependencies::{DESCRIPTION, LONGEST, PATTERN};
use super::super::flows::{JOB_READ, TAG, stands_last};
use super::super::layer::attribute::endpoint_takes_caller;
use super::{Route, answer, operations, problems, sign_in};
use crate::json::{Json, Members, json};
use crate::python::documented;
use crate::schemas::published::{self, reference, title};

/// In the order of their router.
pub(super) fn routes(plan: &Plan) -> Vec<Route> {
    plan.endpoints.iter().map(|endpoint| route(plan, endpoint)).collect()
}

fn route(plan: &Plan, endpoint: &EndpointPlan) -> Route {
    let flow = &plan.flows[endpoint.flow];
    let mut operation = json!({
        "tags": [TAG],
        "summary": title(endpoint.function.as_str()),
        "description": documented(&endpoint.doc),
        "operationId": &endpoint.function,
    });
    if endpoint.gate != Gate::Public || endpoint_takes_caller(plan, endpoint) {
        operation["security"] = sign_in::security(plan);
    }
    let mut parameters: Vec<Json> = inputs(plan, flow).collect();
    parameters.extend(endpoint.idempotent.then(idempotency_key));
    if !parameters.is_empty() {
        operation["parameters"] = Json::Array(parameters);
    }
    if let Some(body) = &flow.body {
        let schema = reference(body.class.as_str());
        operation["requestBody"] =
            json!({"required": true, "content": {"application/json": {"schema": schema}}});
    }
    let response = match flow.returns {
        _ if flow.payload.is_some() => answer(JOB_READ),
        Some(entity) => answer(plan.entities[entity].whole_answer_class().as_str()),
        None => json!({"description": "Successful Response"}),
    };
    let mut responses = Members::default();
    responses.insert(endpoint.status.to_string(), response);
    responses.extend(problems(
        plan,
        [plan.app.invalid_status].into_iter().chain(endpoint.problems.iter().copied()),
    ));
    operation["responses"] = Json::Object(responses);
    let path = format!("{}{}", plan.app.prefix, without_converters(&endpoint.path));
    Route { path, method: endpoint.method.word(), operation }
}

/// The parameters of the path, then those of the query, then the headers.
fn inputs<'a>(plan: &'a Plan, flow: &'a FlowPlan) -> impl Iterator<Item = Json> + 'a {
    let as_declared = move |part: &PartPlan, place: &str| {
        parameter(plan, part, place, crate::types::input_schema(plan, &part.ty))
    };
    let path = flow.segments().map(move |segment| match segment {
        FlowSegmentPlan::Row(key) => operations::path_parameter(plan, &key.name, &key.ty),
        FlowSegmentPlan::Value(_, value) => as_declared(&value.part, "path"),
    });
    let query = flow.values_in(&Place::Query).map(move |(_, part)| as_declared(part, "query"));
    let mut headers: Vec<_> = flow.headers().map(|(_, _, part)| part).collect();
    headers.sort_by_key(|part| stands_last(plan, part));
    path.chain(query).chain(headers.into_iter().map(move |part| {
        let schema = crate::types::header_schema(plan, &part.ty);
        parameter(plan, part, "header", schema)
    }))
}

fn parameter(plan: &Plan, part: &PartPlan, place: &str, schema: Json) -> Json {
    let mut made = json!({
        "name": &part.wire,
        "in": place,
        "required": !part.is_optional(),
        "schema": published::parameter(plan, part, schema),
    });
    if !part.description.is_empty() {
        made["description"] = json!(&part.description);
    }
    made
}

/// `Idempotency-Key`
fn idempotency_key() -> Json {
    let mut header = operations::header("Idempotency-Key", DESCRIPTION);
    header["schema"]["minLength"] = json!(1);
    header["schema"]["maxLength"] = json!(LONGEST);
    header["schema"]["pattern"] = json!(PATTERN);
    header
}
