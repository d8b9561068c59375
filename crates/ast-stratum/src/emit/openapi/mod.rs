//! `docs/openapi.yaml`: the document that the running application publishes.

mod components;
mod operations;
mod sign_in;
mod yaml;

use serde_json::{Map, Value, json};
use stratapi_diagnostics::bug;
use stratapi_plan::{Artifact, Plan, PlannedFile};

/// The whole document; each of its parts says what FastAPI says.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let mut info = json!({"title": plan.app.title});
    if !plan.app.description.is_empty() {
        info["description"] = json!(plan.app.description);
    }
    info["version"] = json!(plan.app.version);
    let paths = paths(plan);
    let mut components = Map::new();
    components.insert("schemas".to_owned(), components::schemas(plan, &paths));
    if plan.app.auth.is_some() {
        components.insert("securitySchemes".to_owned(), sign_in::schemes(plan));
    }
    // Moved into their places: `json!` would copy them.
    let mut document = Map::new();
    document.insert("openapi".to_owned(), json!("3.1.0"));
    document.insert("info".to_owned(), info);
    document.insert("paths".to_owned(), paths);
    document.insert("components".to_owned(), Value::Object(components));
    let text = yaml::print(&Value::Object(document));
    Artifact { path: file.path.clone(), text, origins: Vec::new() }
}

fn paths(plan: &Plan) -> Value {
    let mut paths = Map::new();
    let mut add = |route: Route| {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method] = route.operation;
    };
    sign_in::routes(plan).into_iter().for_each(&mut add);
    operations::routes(plan).into_iter().for_each(&mut add);
    sign_in::health().into_iter().for_each(&mut add);
    Value::Object(paths)
}

/// An operation and where it is offered.
struct Route {
    path: String,
    method: &'static str,
    operation: Value,
}

/// A response with a JSON body.
fn answer(class: &str) -> Value {
    json!({
        "description": "Successful Response",
        "content": {"application/json": {"schema": crate::schemas::published::reference(class)}},
    })
}

/// Responses that are problems.
fn problems(codes: impl IntoIterator<Item = u16>) -> Vec<(String, Value)> {
    codes
        .into_iter()
        .map(|code| {
            let problem = crate::schemas::published::reference("Problem");
            let response = json!({
                "description": phrase(code),
                "content": {"application/problem+json": {"schema": problem}},
            });
            (code.to_string(), response)
        })
        .collect()
}

/// The phrase that Python has for a status code.
fn phrase(code: u16) -> &'static str {
    match code {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Request Entity Too Large",
        422 => "Unprocessable Entity",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        503 => "Service Unavailable",
        _ => bug!("no phrase for status code {code}"),
    }
}
