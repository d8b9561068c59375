//! `J0110`: a route that lets through whom the application keeps out.

use std::collections::{BTreeMap, BTreeSet};

use stratapi_diagnostics::Code;
use stratapi_plan::{AuthPlan, Gate, Predicate};

use crate::finding::{About, Finding, Place};
use crate::python::{Outline, Project, Route};
use crate::result::{Found, Grade};
use crate::subject::{FlowRoute, Subject};

/// The function that lets through nobody who is not signed in.
const SIGNED_IN: &str = "app.dependencies.get_current_user";
/// The function that tells who calls, if anybody does.
const ANYBODY: &str = "app.dependencies.get_optional_user";
/// Files whose routes are for everybody.
const PUBLIC: [&str; 2] = ["app/routers/auth.py", "app/routers/health.py"];

pub(super) fn check(subject: &Subject<'_>, project: &Project<'_>) -> Found {
    let Some(auth) = &subject.plan.app.auth else {
        // Without sign-in there is no rule that could be missing, but routes can be.
        return endpoints(subject, project, None);
    };
    let mut found = endpoints(subject, project, Some(auth));
    strangers(subject, project, &mut found);
    gates(project, &mut found);
    found
}

/// The routes of the model.
fn endpoints(subject: &Subject<'_>, project: &Project<'_>, auth: Option<&AuthPlan>) -> Found {
    let by_path: BTreeMap<&str, &Outline> =
        project.outlines().iter().map(|outline| (outline.path.as_str(), outline)).collect();
    let mut found = Found::default();
    found.fact(About::App, Grade::Met);
    for endpoint in planned(subject) {
        let path = &endpoint.path;
        let outline = by_path.get(path.as_str());
        if outline.is_none() && subject.actual.get(path).is_some() {
            // The file can't be read; that is a finding of its own.
            found.fact(endpoint.about, Grade::Unknown);
            found.fact(endpoint.rule, Grade::Unknown);
            continue;
        }
        let function = endpoint.function;
        let route =
            outline.and_then(|one| one.routing.routes.iter().find(|it| it.function == function));
        let Some(route) = route else {
            let message = format!("no route for `{}`", endpoint.name);
            let finding = Finding::error(Code::J0110, message).at(Place::file(path), "");
            found.broken(endpoint.about, finding);
            found.fact(endpoint.rule, Grade::Broken);
            continue;
        };
        match auth.and_then(|auth| problem(project, auth, &endpoint, route)) {
            None => found.fact(endpoint.rule, Grade::Met),
            Some(message) => {
                let label = format!("`{}`", endpoint.name);
                let finding = Finding::error(Code::J0110, message)
                    .at(route.place.clone(), label)
                    .help("give it the dependency that its access rule asks for");
                found.broken(endpoint.rule, finding);
            }
        }
        found.fact(endpoint.about, Grade::Met);
    }
    found
}

/// A route as it should be.
struct Planned<'a> {
    /// `POST /api/v1/orders/{order_id}/pay`
    name: String,
    about: About,
    rule: About,
    /// The file that it stands in.
    path: String,
    function: &'a str,
    gate: &'a Gate,
    /// What is left to decide with the row.
    row: Option<&'a Predicate>,
    /// Whether the answer shows more to one caller than to another.
    shows: bool,
}

/// The routes of resources and of flows.
fn planned<'a>(subject: &Subject<'a>) -> Vec<Planned<'a>> {
    let plan = subject.plan;
    let operations = subject.endpoints().map(|endpoint| Planned {
        about: endpoint.about(),
        rule: endpoint.rule(),
        path: format!("app/routers/{}.py", plan.entities[endpoint.entity].router_module),
        function: endpoint.operation.function.as_str(),
        gate: &endpoint.operation.access.gate,
        row: endpoint.operation.access.row.as_ref(),
        shows: plan.answers_by_caller(&plan.entities[endpoint.entity], endpoint.operation),
        name: endpoint.name,
    });
    let flows = subject.flow_routes().map(|route| Planned {
        about: route.about(),
        rule: route.rule(),
        path: FlowRoute::FILE.to_owned(),
        function: route.endpoint.function.as_str(),
        gate: &route.endpoint.gate,
        row: None,
        shows: plan.flows[route.endpoint.flow].is_shown_by_caller(&plan.entities),
        name: route.name,
    });
    operations.chain(flows).collect()
}

/// What the access rule asks for and the route does not have.
fn problem(
    project: &Project<'_>,
    auth: &AuthPlan,
    endpoint: &Planned<'_>,
    route: &Route,
) -> Option<String> {
    let passed = project.dependencies(&route.depends);
    let signed_in = passed.contains(SIGNED_IN);
    match endpoint.gate {
        Gate::Public => {}
        Gate::Authenticated if signed_in => {}
        Gate::Authenticated => return Some("callers who are not signed in get through".to_owned()),
        Gate::Roles(roles) => {
            let allowed: BTreeSet<&str> =
                roles.iter().map(|role| auth.roles[*role].member.as_str()).collect();
            let narrow = passed.iter().filter_map(|name| project.dependency(name)).any(|one| {
                one.allows.as_ref().is_some_and(|members| {
                    members.iter().all(|member| allowed.contains(member.as_str()))
                })
            });
            if !signed_in || !narrow {
                let names: Vec<&str> = allowed.into_iter().collect();
                return Some(format!(
                    "callers without the role {} get through",
                    names.join(" or ")
                ));
            }
        }
    }
    let asks = endpoint.shows || endpoint.row.is_some_and(speaks_of_caller);
    let told = signed_in || passed.contains(ANYBODY);
    (asks && !told).then(|| "its rule depends on who calls, and nobody tells it".to_owned())
}

fn speaks_of_caller(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::True | Predicate::False => false,
        Predicate::Row(row) => row.speaks_of_caller(),
        Predicate::SignedIn | Predicate::Role(_) | Predicate::IsSelf | Predicate::Owner(_) => true,
        Predicate::All(items) | Predicate::Any(items) => items.iter().any(speaks_of_caller),
        Predicate::Not(item) => speaks_of_caller(item),
    }
}

/// Routes that are not in the model: nothing says that they are for everybody.
fn strangers(subject: &Subject<'_>, project: &Project<'_>, found: &mut Found) {
    let known: BTreeSet<(String, &str)> =
        planned(subject).into_iter().map(|route| (route.path, route.function)).collect();
    let outlines = project.outlines().iter();
    for outline in outlines.filter(|outline| !PUBLIC.contains(&outline.path.as_str())) {
        for route in &outline.routing.routes {
            let is_known = known.contains(&(outline.path.clone(), route.function.as_str()));
            if is_known || project.dependencies(&route.depends).contains(SIGNED_IN) {
                continue;
            }
            let message = format!("`{}` has no access rule", route.function);
            found.findings.push(
                Finding::error(Code::J0110, message)
                    .at(route.place.clone(), "everybody gets through")
                    .help("give it `CurrentUserDep`, or a dependency that asks for a role"),
            );
        }
    }
}

/// The functions that refuse must be able to.
fn gates(project: &Project<'_>, found: &mut Found) {
    let refuses = project.dependency(SIGNED_IN).is_some_and(|gate| gate.raises);
    let read = project.outlines().iter().any(|it| it.path == "app/dependencies.py");
    if read && !refuses {
        let message = "`get_current_user` refuses nobody";
        let place = Place::file("app/dependencies.py");
        found.findings.push(Finding::error(Code::J0110, message).at(place, ""));
    }
}
