//! Who is calling, and what that opens.

use std::collections::BTreeSet;

use stratapi_plan::{AuthPlan, Gate, Plan, PyIdent};

use super::super::layer::Layer;
use super::super::layer::attribute::endpoint_takes_caller;
use super::super::layer::predicate::Scope;
use super::parts::{dependency, depends};
use crate::python::build::{
    and, annotated, assign, async_def, conditional, from, if_, name, none, raise, ret, text,
};
use crate::python::{Expr, FunctionDef, Stmt};

/// The dependency behind a gate, for a route that does not need the caller itself.
pub(in crate::emit) fn gate(layer: Layer, gate: &Gate) -> Option<Expr> {
    match gate {
        Gate::Public => None,
        Gate::Authenticated => Some(from("app.dependencies", "get_current_user")),
        Gate::Roles(roles) => Some(from("app.dependencies", role_function(layer.plan, roles))),
    }
}

fn role_words(plan: &Plan, roles: &[usize], separator: &str, case: fn(&str) -> String) -> String {
    let members = plan.app.auth.iter().flat_map(|auth| &auth.roles);
    let named = members.filter(|role| roles.contains(&role.index));
    named.map(|role| case(role.member.as_str())).collect::<Vec<_>>().join(separator)
}

/// `require_editor_or_admin`
fn role_function(plan: &Plan, roles: &[usize]) -> PyIdent {
    let words = role_words(plan, roles, "_or_", str::to_lowercase);
    PyIdent::known(format!("require_{words}"))
}

/// `EditorOrAdminDep`
pub(in crate::emit) fn role_alias(layer: Layer, roles: &[usize]) -> PyIdent {
    let pascal = |member: &str| heck::ToUpperCamelCase::to_upper_camel_case(member);
    let words = role_words(layer.plan, roles, "Or", pascal);
    PyIdent::known(format!("{words}Dep"))
}

/// The sets of roles that gates ask for, in order; with whether a route takes that caller.
fn role_gates(plan: &Plan) -> BTreeSet<(Vec<usize>, bool)> {
    let mut gates: BTreeSet<(Vec<usize>, bool)> = BTreeSet::new();
    for (index, _) in plan.resources() {
        let layer = Layer::new(plan, index);
        for operation in &layer.resource().operations {
            if let Gate::Roles(roles) = &operation.access.gate {
                let taken = layer.route_caller(operation) != super::super::layer::Caller::No;
                gates.insert((roles.clone(), taken));
            }
        }
    }
    for endpoint in &plan.endpoints {
        if let Gate::Roles(roles) = &endpoint.gate {
            gates.insert((roles.clone(), endpoint_takes_caller(plan, endpoint)));
        }
    }
    gates
}

/// `get_current_user`, `require_admin` and the types that routers declare.
pub(super) fn callers(plan: &Plan) -> Vec<Stmt> {
    let Some(auth) = &plan.app.auth else { return Vec::new() };
    let user = Layer::new(plan, auth.user);
    let optional = from("typing", "Annotated")
        .index([user.model().or_none(), depends(name("get_optional_user"), [])]);
    let sent = (!auth.is_bearer()).then(|| sent_token(auth).stmt());
    let mut body: Vec<Stmt> = sent.into_iter().collect();
    body.extend([
        optional_user(auth, user).stmt(),
        assign("OptionalUserDep", optional),
        current_user(user).stmt(),
        assign("CurrentUserDep", dependency(user.model(), "get_current_user")),
    ]);
    let gates = role_gates(plan);
    let sets: BTreeSet<&Vec<usize>> = gates.iter().map(|(roles, _)| roles).collect();
    for roles in sets {
        body.push(require(plan, user, roles).stmt());
        if gates.contains(&(roles.clone(), true)) {
            let function = name(role_function(plan, roles));
            let annotated =
                from("typing", "Annotated").index([user.model(), depends(function, [])]);
            body.push(assign(role_alias(user, roles), annotated));
        }
    }
    body
}

/// `_token`: what stands behind the scheme in `Authorization`.
fn sent_token(auth: &AuthPlan) -> FunctionDef {
    let credentials = from("fastapi.security", "HTTPAuthorizationCredentials").or_none();
    let sent =
        from("typing", "Annotated").index([credentials, depends(name("_authorization"), [])]);
    let scheme = name("sent").attr("scheme").attr("lower").call([]);
    let fits = and(vec![name("sent"), scheme.eq(text(auth.scheme.to_lowercase()))]);
    async_def("_token").param("sent", sent).returns(name("str").or_none()).body([ret(conditional(
        fits,
        name("sent").attr("credentials"),
        none(),
    ))])
}

fn optional_user(auth: &AuthPlan, user: Layer) -> FunctionDef {
    let sent = |scheme: &'static str| {
        from("typing", "Annotated").index([name("str").or_none(), depends(name(scheme), [])])
    };
    let claims = from("app.core.security", "decode_access_token")
        .call_with([name("token"), name("settings")]);
    let known = name("auth").attr("authenticate").call_with([claims.attr("user_id")]).awaited();
    let mut function = async_def("get_optional_user")
        .param("token", sent(if auth.is_bearer() { "_bearer" } else { "_token" }));
    let mut body = vec![if_(name("token").is_not(none()), vec![ret(known)])];
    if auth.api_key_header.is_some() {
        function = function.param("api_key", sent("_api_key"));
        let keyed = name("auth").attr("authenticate_key").call_with([name("api_key")]).awaited();
        body.push(if_(name("api_key").is_not(none()), vec![ret(keyed)]));
    }
    body.push(ret(none()));
    function
        .param("settings", name("SettingsDep"))
        .param("auth", name("AuthServiceDep"))
        .returns(user.model().or_none())
        .doc("Return the caller, or None when nothing says who they are.")
        .body(body)
}

fn current_user(user: Layer) -> FunctionDef {
    let refused = raise(from("app.core.errors", "AuthenticationError"));
    async_def("get_current_user")
        .param("user", name("OptionalUserDep"))
        .returns(user.model())
        .doc("Return the caller or fail.")
        .body([if_(name("user").is(none()), vec![refused]), ret(name("user"))])
}

fn require(plan: &Plan, user: Layer, roles: &[usize]) -> FunctionDef {
    let scope = Scope { plan, entity: user.entity, row: name("user"), caller: name("user") };
    let members: Vec<&str> = plan
        .app
        .auth
        .iter()
        .flat_map(|auth| &auth.roles)
        .filter(|role| roles.contains(&role.index))
        .map(|role| role.value.as_str())
        .collect();
    let words = members.join(" or ");
    let denied = from("app.core.errors", "PermissionDeniedError").call_with([name("detail")]);
    async_def(role_function(plan, roles))
        .param("user", name("CurrentUserDep"))
        .returns(user.model())
        .doc("Return the caller if they have the role.")
        .body([
            if_(
                scope.has_role(roles, true),
                vec![assign("detail", text(format!("This takes the role {words}"))), raise(denied)],
            ),
            ret(name("user")),
        ])
}

/// Brakes and headers of the routes of sign-in.
pub(super) fn limits(plan: &Plan) -> Vec<Stmt> {
    if plan.app.auth.is_none() {
        return Vec::new();
    }
    let request = || from("fastapi", "Request");
    let limiter = || from("app.core.rate_limit", "RateLimiter");
    let state = name("request").attr("app").attr("state").attr("auth_limiter");
    let get = async_def("get_auth_limiter")
        .param("request", request())
        .returns(limiter())
        .doc("Return the limiter of the routes of sign-in.")
        .body([annotated("limiter", limiter(), Some(state)), ret(name("limiter"))]);
    let address = from("app.core.rate_limit", "address_of").call_with([name("request")]);
    let hit = name("limiter").attr("hit").call_with([address]).awaited();
    let limit = async_def("limit_auth_attempts")
        .param("request", request())
        .param("limiter", dependency(limiter(), "get_auth_limiter"))
        .returns(none())
        .doc("Slow down password guessing.")
        .body([hit.stmt()]);
    let header = name("response").attr("headers").index([text("Cache-Control")]);
    let forbid = async_def("forbid_caching")
        .param("response", from("fastapi", "Response"))
        .returns(none())
        .doc("Keep tokens out of every cache (RFC 6749, section 5.1).")
        .body([Stmt::Assign(header, text("no-store"))]);
    vec![get.stmt(), limit.stmt(), forbid.stmt()]
}
