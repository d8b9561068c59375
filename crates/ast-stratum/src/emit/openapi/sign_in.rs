//! Sign-in, the caller's own account, and the probes: routes whose shape is fixed.

use stratapi_plan::{AuthPlan, Plan};

use super::super::layer::Layer;
use super::super::router::{limited_me, tag};
use super::operations::if_match;
use super::{Route, answer, problems};
use crate::json::{Json, Members, json, members};
use crate::python::documented;
use crate::schemas::published::{reference, title};

/// How requests say who calls.
pub(super) fn schemes(plan: &Plan) -> Json {
    let (prefix, auth) = (&plan.app.prefix, plan.app.auth.as_ref());
    let tokens = match auth.filter(|auth| !auth.is_bearer()) {
        Some(auth) => json!({"type": "http", "scheme": auth.scheme.to_lowercase()}),
        None => json!({
            "type": "oauth2",
            "flows": {
                "password": {
                    "scopes": {},
                    "tokenUrl": format!("{prefix}/auth/token"),
                    "refreshUrl": format!("{prefix}/auth/refresh"),
                },
            },
        }),
    };
    let mut schemes = json!({scheme(plan): tokens});
    if let Some(header) = auth.and_then(|auth| auth.api_key_header.as_ref()) {
        schemes["APIKeyHeader"] = json!({"type": "apiKey", "in": "header", "name": header});
    }
    schemes
}

/// What the document calls the scheme of access tokens.
fn scheme(plan: &Plan) -> &str {
    let own = plan.app.auth.as_ref().filter(|auth| !auth.is_bearer());
    own.map_or("OAuth2PasswordBearer", |auth| auth.scheme.as_str())
}

/// What a route with a caller asks for.
pub(super) fn security(plan: &Plan) -> Json {
    let mut security = vec![json!({scheme(plan): []})];
    if plan.app.auth.as_ref().is_some_and(|auth| auth.api_key_header.is_some()) {
        security.push(json!({"APIKeyHeader": []}));
    }
    Json::Array(security)
}

/// `/auth/…`
pub(super) fn routes(plan: &Plan) -> Vec<Route> {
    let Some(auth) = &plan.app.auth else { return Vec::new() };
    let user = Layer::new(plan, auth.user);
    let mut routes = Vec::new();
    if auth.open_registration {
        let kept = user.role_in_create() || user.entity.kept_from_registration().next().is_some();
        let refused = if kept { vec![403, 409] } else { vec![409] };
        let body = ("application/json", user.entity.body_class("Create").to_string());
        let made = ("201", answer(user.entity.whole_answer_class().as_str()));
        routes.push(route(
            plan,
            "register",
            "register",
            "Create an account.",
            &body,
            made,
            refused,
        ));
    }
    let json = ("application/json", "RefreshRequest".to_owned());
    let form = ("application/x-www-form-urlencoded", "PasswordGrant".to_owned());
    let pair = || ("200", answer("TokenPair"));
    let nothing = ("204", json!({"description": "Successful Response"}));
    let sign_in = "Exchange a login (as `username`) and a password for tokens.";
    let refresh = "Exchange a refresh token for new tokens; it cannot be used again.";
    let revoke = "Revoke a refresh token and everything derived from it.";
    routes.push(route(plan, "token", "sign_in", sign_in, &form, pair(), Vec::new()));
    routes.push(route(plan, "refresh", "refresh", refresh, &json, pair(), Vec::new()));
    routes.push(route(plan, "revoke", "sign_out", revoke, &json, nothing, Vec::new()));
    routes
}

fn route(
    plan: &Plan,
    end: &str,
    function: &str,
    doc: &str,
    body: &(&'static str, String),
    (code, response): (&'static str, Json),
    more: Vec<u16>,
) -> Route {
    let mut responses = Members::default();
    responses.insert(code.to_owned(), response);
    responses.extend(problems(plan, [400, plan.app.invalid_status, 429].into_iter().chain(more)));
    let operation = json!({
        "tags": ["auth"],
        "summary": title(function),
        "description": doc,
        "operationId": function,
        "requestBody": {"required": true, "content": {body.0: {"schema": reference(&body.1)}}},
        "responses": responses,
    });
    Route { path: format!("{}/auth/{end}", plan.app.prefix), method: "post", operation }
}

/// `/users/me`
pub(super) fn me(layer: Layer) -> Vec<Route> {
    let Some(path) = layer.plan.me_path().filter(|_| layer.account().is_some()) else {
        return Vec::new();
    };
    let own = tag(layer);
    let read = || answer(layer.entity.whole_answer_class().as_str());
    let label = &layer.entity.label;
    let operation = |function: &str, doc: String, codes: Vec<u16>| {
        let mut responses = Members::default();
        responses.insert("200".to_owned(), read());
        let invalid = layer.plan.app.invalid_status;
        responses.extend(problems(layer.plan, [invalid].into_iter().chain(codes)));
        json!({
            "tags": [&own],
            "summary": title(function),
            "description": documented(&doc),
            "operationId": function,
            "security": security(layer.plan),
            "responses": responses,
        })
    };
    let get = operation(
        "get_me",
        format!("Return the caller's own {label}."),
        [401].into_iter().chain(limited_me(layer, 0)).collect(),
    );
    let mut routes = vec![Route { path: path.clone(), method: "get", operation: get }];
    if layer.entity.has_update {
        let mut codes = vec![400, 401, 409];
        if layer.refuses_me() {
            codes.push(403);
        }
        if layer.entity.optimistic_lock {
            codes.push(412);
        }
        codes.extend(limited_me(layer, 1));
        let doc = format!("Change the caller's own {label}.");
        let mut change = operation("update_me", doc, codes);
        let schema = reference(layer.entity.body_class("Update").as_str());
        change["requestBody"] =
            json!({"required": true, "content": {"application/json": {"schema": schema}}});
        if layer.entity.optimistic_lock {
            change["parameters"] = json!([if_match()]);
        }
        routes.push(Route { path, method: "patch", operation: change });
    }
    routes
}

/// The probes.
pub(super) fn health(plan: &Plan) -> [Route; 2] {
    let ready = "Tell whether the service can do its work: the database answers and is migrated.";
    [("health", "Tell that the process is alive.", Vec::new()), ("ready", ready, vec![503])].map(
        |(function, doc, codes)| {
            let mut responses = Members::default();
            responses.insert("200".to_owned(), answer("Health"));
            responses.extend(problems(plan, codes));
            let operation = json!({
                "tags": ["health"],
                "summary": title(function),
                "description": doc,
                "operationId": function,
                "responses": responses,
            });
            Route { path: format!("/health/{function}"), method: "get", operation }
        },
    )
}

/// Component schemas of fixed shape.
pub(super) fn schemas(plan: &Plan) -> Members {
    let mut all = super::problem::schemas(&plan.app.problem);
    all.extend(fixed());
    all.extend(plan.app.auth.iter().flat_map(tokens));
    all
}

fn string(name: &str) -> Json {
    json!({"type": "string", "title": title(name)})
}

fn fixed() -> Members {
    members!({
        "Health": {
            "title": "Health",
            "description": "The state of the service.",
            "type": "object",
            "properties": {
                "status": {"type": "string", "const": "ok", "title": "Status", "default": "ok"},
            },
        },
    })
}

fn tokens(auth: &AuthPlan) -> Members {
    let bounded = |name: &str, max: u32, pattern: &str| {
        let mut schema = string(name);
        schema["minLength"] = json!(1);
        schema["maxLength"] = json!(max);
        schema["pattern"] = json!(pattern);
        schema
    };
    let constant = |name: &str, value: &str| json!({"type": "string", "const": value, "title": title(name), "default": value});
    let text = r"^[^\x00]*$";
    let line = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f\s][^\x00-\x1f\x7f]*$";
    let mut password = bounded("password", 1024, text);
    password["format"] = json!("password");
    let grant = concat!(
        "An OAuth 2.0 password grant (RFC 6749, section 4.3); unknown parameters are ignored.\n\n",
        "FastAPI's OAuth2PasswordRequestForm accepts U+0000, which PostgreSQL refuses.",
    );
    members!({
        "TokenPair": {
            "title": "TokenPair",
            "description": "An OAuth 2.0 token response (RFC 6749, section 5.1).",
            "type": "object",
            "properties": {
                "access_token": string("access_token"),
                "refresh_token": string("refresh_token"),
                "token_type": constant("token_type", &auth.scheme.to_lowercase()),
                "expires_in": {"type": "integer", "title": "Expires In"},
            },
            "required": ["access_token", "refresh_token", "expires_in"],
        },
        "PasswordGrant": {
            "title": "PasswordGrant",
            "description": grant,
            "type": "object",
            "properties": {
                "grant_type": constant("grant_type", "password"),
                "username": bounded("username", 1024, text),
                "password": password,
            },
            "required": ["username", "password"],
        },
        "RefreshRequest": {
            "title": "RefreshRequest",
            "description": "A refresh token to exchange or to revoke.",
            "type": "object",
            "properties": {"refresh_token": bounded("refresh_token", 128, line)},
            "required": ["refresh_token"],
            "additionalProperties": false,
        },
    })
}
