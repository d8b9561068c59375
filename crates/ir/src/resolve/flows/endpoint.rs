//! Endpoints: the routes that start flows.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::{not_yet, places, snake};
use crate::model::{
    Access, ApiModelIr, AttributeType, BehaviorModelIr, Endpoint, EntityId, Flow, FlowId,
    FlowInput, InputKind, Method, Operation, Place, Resource, Segment, Spanned,
};
use crate::names;
use crate::read::Source;
use crate::resolve::{Context, access, rate_limits};
use crate::syntax::{Entry, Node};

/// Resolves the endpoints. Without flows, which were given up, nothing is known of them.
pub(in crate::resolve) fn endpoints(
    section: Option<&Node>,
    behavior: &BehaviorModelIr,
    api: &ApiModelIr,
    context: &mut Context,
) -> Vec<Endpoint> {
    let declared = section.and_then(|section| section.get("endpoints"));
    let entries = declared.map_or(&[][..], Node::entries);
    let mut taken =
        if entries.is_empty() { BTreeMap::new() } else { routes(behavior, api, context) };
    let mut endpoints: Vec<Endpoint> = Vec::new();
    for entry in entries {
        let found = endpoint(entry, &behavior.flows, api, context);
        if let Some(found) = &found {
            agree(found, &endpoints, &behavior.flows, context);
            let path = (found.method, written(&found.route, "{}"));
            let covered = taken.iter().find(|(known, route)| route.covers(known, &path));
            let covered = covered.map(|(_, route)| route.named.clone());
            let own = Route { named: entry.key.clone(), texts: has_values(found, &behavior.flows) };
            let name = format!("{} {}", found.method.name(), written(&found.route, "{…}"));
            if let Some(first) = taken.insert(path, own) {
                context.report(super::super::same_name("routes", &name, &first.named, &entry.key));
            } else if let Some(first) = covered {
                let message = format!("requests for `{name}` come to `{}`", first.value);
                let finding = Diagnostic::error(Code::E0302, message).at(entry.key.span, "");
                let finding = finding.also(first.span, "takes any word there");
                context.report(finding.help(
                    "choose another word, or declare it first if the other one is an endpoint",
                ));
            }
        }
        endpoints.extend(found);
    }
    unstarted(&behavior.flows, &endpoints, entries, context);
    endpoints
}

/// Reports an endpoint that takes the inputs of its flow from elsewhere than one before it.
fn agree(found: &Endpoint, before: &[Endpoint], flows: &[Flow], context: &mut Context) {
    let Some(other) = before.iter().find(|it| it.flow == found.flow) else { return };
    let (own, other) = ((&*found.places, found.name.span), (&*other.places, other.name.span));
    places::same(&flows[found.flow.index()], own, other, context);
}

/// A route that is there, by its method and its path.
struct Route {
    named: Spanned<String>,
    /// Whether any word can be a key or a value in it.
    texts: bool,
}

impl Route {
    /// Whether requests for another path would come to this route: a word of it is taken for a key or a
    /// value.
    fn covers(&self, own: &(Method, String), other: &(Method, String)) -> bool {
        let parts = own.1.split('/').zip(other.1.split('/'));
        self.texts
            && own.0 == other.0
            && own.1.matches('/').count() == other.1.matches('/').count()
            && parts.into_iter().all(|(part, word)| part == word || part == "{}")
    }
}

/// Whether keys of the rows of a resource are texts where they stand in a path.
fn has_texts(resource: &Resource, context: &Context) -> bool {
    let number = |ty: &AttributeType| {
        matches!(ty, AttributeType::Int(_) | AttributeType::BigInt(_) | AttributeType::Uuid)
    };
    let mut attributes = context.draft(resource.entity).entity.attributes.iter();
    resource.lookup.is_some() || attributes.any(|it| it.flags.primary && !number(&it.ty))
}

/// Whether values stand in the path of an endpoint.
fn has_values(endpoint: &Endpoint, flows: &[Flow]) -> bool {
    let inputs = flows[endpoint.flow.index()].inputs.iter().zip(&endpoint.places);
    let mut values = inputs.filter(|(input, _)| matches!(input.kind, InputKind::Value(_)));
    values.any(|(_, place)| *place == Place::Path)
}

/// Warns of flows that nobody starts.
fn unstarted(flows: &[Flow], endpoints: &[Endpoint], entries: &[Entry], context: &mut Context) {
    let named = entries.iter().filter_map(|entry| entry.value.text("flow"));
    let named: BTreeSet<&str> = named.map(|source| source.text).collect();
    let mut started: BTreeSet<usize> =
        endpoints.iter().map(|endpoint| endpoint.flow.index()).collect();
    let scheduled = flows.iter().enumerate().filter(|(_, flow)| flow.schedule.is_some());
    started.extend(scheduled.map(|(index, _)| index));
    for flow in flows {
        super::calls_of(&flow.steps, &mut |call| {
            started.insert(call.flow.index());
        });
    }
    for (index, flow) in flows.iter().enumerate() {
        if started.contains(&index) || named.contains(flow.name.value.as_str()) {
            continue;
        }
        let message = format!("nobody starts the flow `{}`", flow.name.value);
        context.report(
            Diagnostic::warning(Code::W0004, message)
                .at(flow.name.span, "no endpoint, no other flow and no schedule")
                .help("add it to `api.endpoints`, give it a `schedule`, or take it out"),
        );
    }
}

/// The routes of resources.
fn routes(
    behavior: &BehaviorModelIr,
    api: &ApiModelIr,
    context: &Context,
) -> BTreeMap<(Method, String), Route> {
    let mut taken = BTreeMap::new();
    let resources: Resources<'_> = api.resources.iter().map(|it| (it.entity, it)).collect();
    for resource in &api.resources {
        let entity = &context.draft(resource.entity).entity;
        let named = Spanned { value: entity.name.value.clone(), span: resource.span };
        let texts = has_texts(resource, context);
        let collection = collection(resource.entity, &resources);
        for (operation, method, end) in [
            (Operation::List, Method::Get, ""),
            (Operation::Get, Method::Get, "/{}"),
            (Operation::Create, Method::Post, ""),
            (Operation::BulkCreate, Method::Post, "/bulk"),
            (Operation::Replace, Method::Put, "/{}"),
            (Operation::Update, Method::Patch, "/{}"),
            (Operation::Delete, Method::Delete, "/{}"),
        ] {
            if resource.operations.contains(&operation) {
                let route = Route { named: named.clone(), texts };
                taken.insert((method, format!("{collection}{end}")), route);
            }
        }
    }
    for machine in behavior.machines.iter().filter(|it| resources.contains_key(&it.entity)) {
        let collection = collection(machine.entity, &resources);
        if machine.history {
            let entity = &context.draft(machine.entity).entity;
            let attribute = &entity.attributes[machine.attribute.index()].name;
            let path = format!("{collection}/{{}}/{}", names::history_segment(&attribute.value));
            taken.insert((Method::Get, path), Route { named: attribute.clone(), texts: false });
        }
        for transition in &machine.transitions {
            if let Some(segment) = &transition.segment {
                let path = format!("{collection}/{{}}/{segment}");
                let route = Route { named: transition.name.clone(), texts: false };
                taken.insert((Method::Post, path), route);
            }
        }
    }
    taken
}

/// The resources by what they are of.
type Resources<'a> = BTreeMap<EntityId, &'a Resource>;

/// `/posts/{}/comments`
fn collection(entity: EntityId, resources: &Resources<'_>) -> String {
    let mut path = String::new();
    let mut at = Some(entity);
    // A circle of parents was reported.
    for _ in 0..resources.len() {
        let Some(resource) = at.and_then(|at| resources.get(&at)) else { break };
        let parent = resource.under.as_ref().map(|under| under.parent);
        path = match parent {
            Some(_) => format!("/{{}}/{}{path}", resource.path),
            None => format!("/{}{path}", resource.path),
        };
        at = parent;
    }
    path
}

fn written(route: &[Segment], input: &str) -> String {
    let parts = route.iter().map(|segment| match segment {
        Segment::Word(word) => format!("/{word}"),
        Segment::Input(_) => format!("/{input}"),
    });
    parts.collect()
}

/// Whether a path is not one that the project has itself.
fn free(route: &[Segment], source: Source<'_>, api: &ApiModelIr, context: &mut Context) -> bool {
    let Some(Segment::Word(first)) = route.first() else { return true };
    let own = ["docs", "health", "metrics", "redoc"].contains(&first.as_str());
    if !(own && api.prefix.is_empty() || first == "auth" && context.secured) {
        return true;
    }
    let message = format!("the paths below `/{first}` belong to the project itself");
    wrong(source.span, message, "begin the path with another word", context);
    false
}

fn endpoint(
    entry: &Entry,
    flows: &[Flow],
    api: &ApiModelIr,
    context: &mut Context,
) -> Option<Endpoint> {
    let node = &entry.value;
    let good = snake(Source::key(&entry.key), "an endpoint", context);
    let rule = match node.text("access") {
        Some(source) => {
            access::of_caller(source, context).and_then(|rule| plain(rule, source, context))
        }
        None if context.secured => Some(Access::Authenticated),
        None => Some(Access::Public),
    };
    let name = node.text("flow")?;
    let Some(index) = flows.iter().position(|flow| flow.name.value == name.text) else {
        // Flows that were given up were reported.
        if context.findings.iter().all(|finding| !finding.is_error()) || !flows.is_empty() {
            let known: Vec<String> = flows.iter().map(|flow| flow.name.value.clone()).collect();
            context.unknown("flow", name.text, name.span, &known);
        }
        return None;
    };
    let flow = &flows[index];
    let route = node.text("route").and_then(|source| {
        let (method, route) = route(source, flow, context)?;
        let good = free(&route, source, api, context) && fits(method, node, flow, source, context);
        let places = places::places(method, (&route, source.span), node, flow, context)?;
        good.then_some((method, route, places))
    });
    let status = status(node, flow, entry.key.span, context);
    let limit = node.text("rate_limit");
    let limit = limit.and_then(|source| rate_limits::limit(source, Code::E0319, context));
    if flow.caller && rule == Some(Access::Public) {
        let message = format!("`{}` speaks of the caller, whom nobody knows here", flow.name.value);
        let span = node.text("access").map_or(entry.key.span, |source| source.span);
        let finding = Diagnostic::error(Code::E0319, message).at(span, "`public`");
        context.report(finding.help("write `authenticated` or `role(…)`"));
        return None;
    }
    let ((method, route, places), status, access) = (route?, status?, rule?);
    good.then(|| Endpoint {
        name: entry.key.clone(),
        method,
        route,
        flow: FlowId::at(index),
        access,
        status,
        idempotent: node.bool("idempotent").unwrap_or(false),
        rate_limit: limit,
        places,
    })
}

/// A rule that no row is needed for.
fn plain(rule: Access, source: Source<'_>, context: &mut Context) -> Option<Access> {
    match rule {
        Access::Public | Access::Authenticated | Access::Role(_) => Some(rule),
        _ => {
            let help = "write `public`, `authenticated` or `role(…)`";
            not_yet(source.span, "rules of endpoints that join others", help, context);
            None
        }
    }
}

fn status(node: &Node, flow: &Flow, place: Span, context: &mut Context) -> Option<u16> {
    let Some(found) = node.get("status") else {
        return Some(match flow.returns {
            _ if flow.background => 202,
            Some(_) => 200,
            None => 204,
        });
    };
    let number = node.number("status")?;
    let known: &[u32] = match flow.returns {
        _ if flow.background => &[202],
        Some(_) => &[200, 201, 202],
        None => &[204],
    };
    if known.contains(&number) {
        return u16::try_from(number).ok();
    }
    let (what, help) = if flow.background {
        ("is done after the answer", "write 202, or leave it out")
    } else if flow.returns.is_some() {
        ("returns a row", "write 200 (the default), 201 or 202")
    } else {
        ("returns nothing", "write 204, or leave it out")
    };
    let message = format!("`{}` {what}, so {number} would be wrong", flow.name.value);
    let span = if found.span.start == found.span.end { place } else { found.span };
    context.report(Diagnostic::error(Code::E0319, message).at(span, "").help(help));
    None
}

/// `POST /orders/{order_id}/cancel`
fn route(source: Source<'_>, flow: &Flow, context: &mut Context) -> Option<(Method, Vec<Segment>)> {
    let Some((method, path)) = source.text.split_once(' ') else {
        let help = "write such as `POST /orders/{order_id}/cancel`";
        wrong(source.span, "this is no route", help, context);
        return None;
    };
    let path = source.suffix(source.text.len() - path.len());
    let span = source.between(0, method.len()).span;
    let Some(method) = Method::ALL.into_iter().find(|it| it.name() == method) else {
        let help = "write `GET`, `POST`, `PUT`, `PATCH` or `DELETE`";
        wrong(span, format!("`{method}` is no method"), help, context);
        return None;
    };
    let Some(rest) = path.text.strip_prefix('/').filter(|rest| !rest.is_empty()) else {
        let help = "begin the path with `/`: `POST /orders/{order_id}/cancel`";
        wrong(path.span, "this can't be a path", help, context);
        return None;
    };
    let mut at = 1;
    let mut all = Vec::new();
    let mut seen: IndexMap<usize, Span> = IndexMap::new();
    for part in rest.split('/') {
        let place = path.between(at, at + part.len());
        at += part.len() + 1;
        let found = segment(place, flow, context);
        if let Some(Segment::Input(input)) = &found
            && seen.insert(*input, place.span).is_some()
        {
            let message = format!("`{part}` stands twice in the path");
            wrong(place.span, message, "leave one of them out", context);
        }
        all.push(found);
    }
    let mut good = true;
    for (position, input) in flow.inputs.iter().enumerate() {
        if matches!(input.kind, InputKind::Row(_)) && !seen.contains_key(&position) {
            let name = &input.name.value;
            let message = format!("the path says nothing of `{name}`");
            let finding = Diagnostic::error(Code::E0319, message)
                .at(path.span, "")
                .also(input.name.span, "an input that is a row");
            context.report(finding.help(format!("add `{{{name}_id}}` to it")));
            good = false;
        }
    }
    if matches!(all.first(), Some(Some(Segment::Input(_)))) {
        wrong(path.span, "a path begins with a word", "write such as `/orders/…`", context);
        return None;
    }
    let all = all.into_iter().collect::<Option<Vec<_>>>()?;
    good.then_some((method, all))
}

/// Whether a request by this method can do what the endpoint asks for; else that is reported.
fn fits(
    method: Method,
    node: &Node,
    flow: &Flow,
    source: Source<'_>,
    context: &mut Context,
) -> bool {
    if method == Method::Get && flow.writes {
        let message = format!("a `GET` changes nothing, and `{}` does", flow.name.value);
        let finding = Diagnostic::error(Code::E0319, message).at(source.span, "");
        context.report(finding.also(flow.name.span, "the flow").help("write `POST`"));
        return false;
    }
    if node.bool("idempotent") != Some(true) || method.has_body() {
        return true;
    }
    let (message, help) = if method == Method::Get {
        ("a `GET` takes no key: it changes nothing", "leave `idempotent` out")
    } else {
        (
            "a `DELETE` takes no key: what is deleted can't be deleted again",
            "leave `idempotent` out, or write `POST`",
        )
    };
    wrong(source.span, message, help, context);
    false
}

fn segment(part: Source<'_>, flow: &Flow, context: &mut Context) -> Option<Segment> {
    let text = part.text;
    if let Some(inner) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        return parameter(inner, part.span, flow, context);
    }
    let word = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.ends_with('-');
    if word {
        return Some(Segment::Word(text.to_owned()));
    }
    let help = "write lower case letters, digits and `-`, or `{order_id}`";
    wrong(part.span, "this can't be a segment of a path", help, context);
    None
}

fn parameter(inner: &str, span: Span, flow: &Flow, context: &mut Context) -> Option<Segment> {
    let row = |input: &FlowInput| matches!(input.kind, InputKind::Row(_));
    let named = |input: &FlowInput| inner.strip_suffix("_id") == Some(&input.name.value);
    let found = flow.inputs.iter().position(|input| row(input) && named(input));
    if let Some(position) = found {
        let InputKind::Row(entity) = flow.inputs[position].kind else { return None };
        let entity = &context.draft(entity).entity;
        let parts = entity.attributes.iter().filter(|it| it.flags.primary).count();
        let references = entity.relationships.iter().filter(|it| it.primary).count();
        if parts > 1 || references > 0 {
            let what = "rows with keys of several parts, or of others, in the paths of endpoints";
            not_yet(span, what, "give the entity a key of its own", context);
            return None;
        }
        return Some(Segment::Input(position));
    }
    let value = |input: &FlowInput| !row(input) && input.name.value == inner;
    if let Some(position) = flow.inputs.iter().position(value) {
        let fits = places::in_path(&flow.inputs[position], span, context);
        return fits.then_some(Segment::Input(position));
    }
    let known = flow.inputs.iter().map(|input| match input.kind {
        InputKind::Row(_) => format!("{}_id", input.name.value),
        InputKind::Value(_) => input.name.value.clone(),
    });
    context.unknown("input in the path:", inner, span, &known.collect::<Vec<_>>());
    None
}

pub(super) fn wrong(
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
    context: &mut Context,
) {
    context.report(Diagnostic::error(Code::E0319, message).at(span, "").help(help));
}
