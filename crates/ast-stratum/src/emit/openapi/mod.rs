//! `docs/openapi.yaml`: the document that the running application publishes.

mod components;
mod flows;
mod operations;
mod problem;
mod sign_in;
mod yaml;

use indexmap::IndexMap;
use rayon::prelude::*;
use stratapi_diagnostics::bug;
use stratapi_plan::{Artifact, Plan, PlannedFile};

use crate::json::{Json, json};

/// The whole document; each of its parts says what FastAPI says. Entities are printed side by side,
/// so that the tree of a large document never exists as a whole.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let of_entities: Vec<(Vec<Printed>, Vec<Component>)> = (0..plan.entities.len())
        .into_par_iter()
        .map(|index| (print(operations::routes(plan, index)), components::of_entity(plan, index)))
        .collect();
    let mut operations = print(sign_in::routes(plan));
    let mut schemas = components::shared(plan);
    for (routes, components) in of_entities {
        operations.extend(routes);
        schemas.extend(components);
    }
    operations.extend(print(flows::routes(plan)));
    operations.extend(print(sign_in::health(plan)));
    let schemas = components::reachable(&operations, schemas);
    let mut text = yaml::print(&head(plan));
    let parts = operations.iter().map(|operation| &operation.part);
    let parts = parts.chain(schemas.iter().map(|schema| &schema.part));
    // Room for the keys as well.
    text.reserve(parts.map(|part| part.text.len() + 64).sum());
    text.push_str("paths:\n");
    push_paths(&mut text, operations);
    text.push_str("components:\n  schemas:\n");
    for schema in schemas {
        yaml::push_printed(&mut text, 4, &schema.name, &schema.part.text);
    }
    if plan.app.auth.is_some() {
        let sign_in = Part::of(&sign_in::schemes(plan), 4);
        yaml::push_printed(&mut text, 2, "securitySchemes", &sign_in.text);
    }
    Artifact { path: file.path.clone(), text, origins: Vec::new() }
}

/// What stands before the paths.
fn head(plan: &Plan) -> Json {
    let mut info = json!({"title": &plan.app.title});
    if !plan.app.description.is_empty() {
        info["description"] = json!(&plan.app.description);
    }
    info["version"] = json!(&plan.app.version);
    json!({"openapi": "3.1.0", "info": info})
}

/// Every path once, with its operations, in the order in which paths come first.
fn push_paths(text: &mut String, operations: Vec<Printed>) {
    let mut paths: IndexMap<String, Vec<(&str, Part)>> = IndexMap::new();
    for Printed { path, method, part } in operations {
        paths.entry(path).or_default().push((method, part));
    }
    for (path, operations) in paths {
        yaml::push_key(text, 2, &path);
        for (method, part) in operations {
            yaml::push_printed(text, 4, method, &part.text);
        }
    }
}

/// An operation and where it is offered.
struct Route {
    path: String,
    method: &'static str,
    operation: Json,
}

/// A [`Route`], printed.
struct Printed {
    path: String,
    method: &'static str,
    part: Part,
}

fn print(routes: impl IntoIterator<Item = Route>) -> Vec<Printed> {
    let printed =
        |Route { path, method, operation }| Printed { path, method, part: Part::of(&operation, 6) };
    routes.into_iter().map(printed).collect()
}

/// A named schema, printed.
struct Component {
    name: String,
    part: Part,
}

/// A part of the document as it is printed in its place.
struct Part {
    text: String,
    /// Names of the components that it refers to.
    refers: Vec<String>,
}

impl Part {
    /// Prints a value that is neither empty nor a scalar.
    fn of(value: &Json, indent: usize) -> Self {
        let mut refers = Vec::new();
        components::references(value, &mut refers);
        Self { text: yaml::print_at(value, indent), refers }
    }
}

/// A response with a JSON body.
fn answer(class: &str) -> Json {
    answer_with(crate::schemas::published::reference(class))
}

/// A response with a JSON body of this schema.
fn answer_with(schema: Json) -> Json {
    json!({
        "description": "Successful Response",
        "content": {"application/json": {"schema": schema}},
    })
}

/// Responses that are problems.
fn problems(plan: &Plan, codes: impl IntoIterator<Item = u16>) -> Vec<(String, Json)> {
    codes
        .into_iter()
        .map(|code| {
            let problem = crate::schemas::published::reference("Problem");
            let mut response = json!({"description": phrase(code)});
            if code == 429 {
                response["headers"] = limit_headers();
            }
            let media_type = plan.app.problem.media_type.as_str();
            response["content"] = json!({media_type: {"schema": problem}});
            (code.to_string(), response)
        })
        .collect()
}

/// What comes with the answer to one request too many.
fn limit_headers() -> Json {
    json!({
        "Retry-After": {
            "description": "Seconds until another request may be answered.",
            "schema": {"type": "integer", "minimum": 1},
        },
        "RateLimit": {
            "description": "What is left of the limit (r), and the seconds until there is more (t).",
            "schema": {"type": "string"},
        },
        "RateLimit-Policy": {
            "description": "The limit: requests (q) in a window of seconds (w).",
            "schema": {"type": "string"},
        },
    })
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
