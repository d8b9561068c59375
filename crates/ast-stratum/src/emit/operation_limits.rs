//! `app/core/operation_limits.py`: how often a caller may ask for what. And `tests/limited.py`: a
//! request for each of these operations.

use stratapi_plan::{Artifact, Gate, Method, Plan, PlannedFile, RateLimit};

use super::layer::{Caller, Layer};
use crate::python::build::{annotated, assign, class, comment, dict, from, list, name, text};
use crate::python::{Expr, Module, artifact};

/// An operation that has a limit.
struct Limited {
    function: String,
    limit: RateLimit,
    method: Method,
    /// With the prefix and with converters.
    path: String,
    /// Whether it looks at who calls.
    caller: bool,
}

/// Emits the limits of all operations.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let all = limited(plan);
    let mapping = from("collections.abc", "Mapping").index([name("str"), name("str")]);
    let limits = all.iter().map(|it| (text(&*it.function), text(it.limit.to_string())));
    let mut module = Module::new("How often a caller may ask for an operation, by its name.")
        .body([annotated("OPERATION_LIMITS", mapping, Some(dict(limits)))]);
    if plan.limits_keys() {
        let keyed: Vec<Expr> =
            all.iter().filter(|it| it.caller).map(|it| text(&*it.function)).collect();
        let members = (!keyed.is_empty()).then_some(Expr::Set(keyed));
        let set = name("frozenset").index([name("str")]);
        let value = name("frozenset").call_with(members);
        module = module.body([
            comment(
                "Those that look at API keys; at the others nobody would find a wrong one out.",
            ),
            annotated("KEYED_OPERATIONS", set, Some(value)),
        ]);
    }
    artifact(file, &module)
}

/// Emits a request for each operation that has a limit.
pub(super) fn requests(plan: &Plan, file: &PlannedFile) -> Artifact {
    let rows = limited(plan).into_iter().map(|it| {
        let limit = it.limit.to_string();
        let facts = [it.function, limit, it.method.name().to_owned(), sample(&it.path)];
        name("Limited").call_with(facts.map(text))
    });
    let members = ["operation", "limit", "method", "path"];
    let class = class("Limited")
        .base(from("typing", "NamedTuple"))
        .doc("An operation with its limit, and a request that leads to it.")
        .body(members.map(|member| annotated(member, name("str"), None)));
    let module = Module::new("Operations that have a limit.")
        .body([class.stmt(), assign("LIMITED", list(rows.collect::<Vec<_>>()))]);
    artifact(file, &module)
}

/// In the order of the routers.
fn limited(plan: &Plan) -> Vec<Limited> {
    let mut all = Vec::new();
    for index in 0..plan.entities.len() {
        let layer = Layer::new(plan, index);
        all.extend(me(layer));
        let resource = layer.entity.resource.iter();
        all.extend(resource.flat_map(|resource| &resource.operations).filter_map(|operation| {
            Some(Limited {
                function: operation.function.to_string(),
                limit: operation.rate_limit?,
                method: operation.method(),
                path: format!("{}{}", plan.app.prefix, operation.path),
                caller: layer.caller(operation) != Caller::No
                    || operation.access.gate != Gate::Public,
            })
        }));
    }
    all.extend(plan.endpoints.iter().filter_map(|endpoint| {
        Some(Limited {
            function: endpoint.function.to_string(),
            limit: endpoint.rate_limit?,
            method: endpoint.method,
            path: format!("{}{}", plan.app.prefix, endpoint.path),
            caller: endpoint.gate != Gate::Public || plan.flows[endpoint.flow].caller,
        })
    }));
    all
}

/// The caller's own account.
fn me(layer: Layer) -> Vec<Limited> {
    let Some((auth, path)) = layer.account().zip(layer.plan.me_path()) else { return Vec::new() };
    let change = layer.entity.has_update.then_some(("update_me", Method::Patch));
    let routes = [Some(("get_me", Method::Get)), change];
    let routes = routes.into_iter().zip(auth.me_limits);
    let limited = routes.filter_map(|(route, limit)| {
        let (function, method) = route?;
        Some(Limited {
            function: function.to_owned(),
            limit: limit?,
            method,
            path: path.clone(),
            caller: true,
        })
    });
    limited.collect()
}

/// A path whose parameters hold something that their converters take.
fn sample(path: &str) -> String {
    let uuid = "00000000-0000-0000-0000-000000000000";
    let segments = path.split('/').map(|segment| match segment.strip_suffix('}') {
        Some(parameter) if parameter.ends_with(":uuid") => uuid,
        Some(_) => "1",
        None => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}
