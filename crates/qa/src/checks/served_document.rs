//! `J0401`: the running application publishes another document than the model asks for.
//! `J0126`: the document that is written in the project is another one.

use std::collections::BTreeMap;

use serde_json::Value;
use stratapi_diagnostics::{Code, Span};
use stratapi_plan::Artifact;

use crate::contract::{self, Difference};
use crate::finding::{About, Finding, Place};
use crate::judge::Bench;
use crate::python::Project;
use crate::result::{Found, Grade};
use crate::served;
use crate::subject::{FlowRoute, Subject};

/// Where the document stands in the project.
const WRITTEN: &str = "docs/openapi.yaml";
/// Names of methods in a document.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

pub(super) fn served(bench: &Bench<'_>) -> Found {
    let subject = bench.subject;
    let Some(expected) = expected(subject) else { return Found::skipped("there is no document") };
    let served = match served::run(bench, Code::J0401) {
        Ok(served) if served.stage == "done" => served,
        _ => return Found::skipped("the application does not start"),
    };
    let Some(actual) = served.document else {
        let message = "the application publishes no document";
        let mut found = Found::default();
        let finding = Finding::error(Code::J0401, message).at(Place::file("app/main.py"), "");
        found.broken(About::App, finding.help("leave `openapi_url` as it is"));
        return found;
    };
    compared(subject, &expected, &actual, Code::J0401)
}

pub(super) fn written(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let Some(text) = subject.actual.text(WRITTEN) else { return Found::skipped("it is not there") };
    let Some(expected) = subject.expected.get(WRITTEN) else {
        return Found::skipped("there is no document");
    };
    if !subject.differing().any(|(file, _)| file.path == expected.path) {
        return Found::default();
    }
    let Some(expected) = expected_of(expected) else {
        return Found::skipped("there is no document");
    };
    match serde_yaml::from_str::<Value>(text) {
        Ok(actual) => compared(subject, &expected, &actual, Code::J0126),
        Err(error) => {
            let line = error.location().map_or(1, |at| u32::try_from(at.line()).unwrap_or(1));
            let mut found = Found::default();
            let finding = Finding::error(Code::J0126, format!("the document is no YAML: {error}"));
            found.broken(About::App, finding.at(Place::line(WRITTEN, line), ""));
            found
        }
    }
}

fn expected(subject: &Subject<'_>) -> Option<Value> {
    expected_of(subject.expected.get(WRITTEN)?)
}

fn expected_of(written: &Artifact) -> Option<Value> {
    serde_yaml::from_str(&written.text).ok()
}

/// One finding a difference, and a fact for each endpoint and each entity.
fn compared(subject: &Subject<'_>, expected: &Value, actual: &Value, code: Code) -> Found {
    let mut found = Found::default();
    let mut grades: BTreeMap<About, Grade> = subject
        .endpoints()
        .map(|endpoint| endpoint.about())
        .chain(subject.flow_routes().map(|route| route.about()))
        .chain((0..subject.plan.entities.len()).map(|index| subject.about_entity(index)))
        .chain([About::App])
        .map(|about| (about, Grade::Met))
        .collect();
    for difference in contract::compare(expected, actual) {
        let (about, origin, path) = place(subject, &difference);
        let grade = if difference.is_text { Grade::Relaxed } else { Grade::Broken };
        let known = grades.entry(about.clone()).or_insert(grade);
        *known = (*known).max(grade);
        let message = format!("{}: {}", difference.pointer(), difference.sentence());
        let finding = if difference.is_text {
            Finding::warning(code, message)
        } else {
            Finding::error(code, message)
        };
        let place = Place::file(if code == Code::J0126 { WRITTEN } else { &path });
        let mut finding = finding.at(place, "").about(about);
        finding.origin = origin;
        found.findings.push(finding);
    }
    grades.into_iter().for_each(|(about, grade)| found.fact(about, grade));
    found
}

/// What a difference is about, where in the IR that is, and the file that says it.
fn place(subject: &Subject<'_>, difference: &Difference) -> (About, Option<Span>, String) {
    let names: Vec<&str> = difference.path.iter().map(String::as_str).collect();
    let app = || (About::App, None, "app/main.py".to_owned());
    match names.as_slice() {
        ["paths", path, rest @ ..] => {
            let method = rest.first().filter(|name| METHODS.contains(name));
            let is_it = |name: &str| {
                let (verb, route) = name.split_once(' ').unwrap_or_default();
                route == *path && method.is_none_or(|method| verb.eq_ignore_ascii_case(method))
            };
            if let Some(route) = subject.flow_routes().find(|one| is_it(&one.name)) {
                let file = FlowRoute::FILE.to_owned();
                return (route.about(), Some(route.endpoint.span), file);
            }
            let Some(endpoint) = subject.endpoints().find(|one| is_it(&one.name)) else {
                return app();
            };
            let entity = &subject.plan.entities[endpoint.entity];
            let file = format!("app/routers/{}.py", entity.router_module);
            (endpoint.about(), Some(entity.span), file)
        }
        ["components", "schemas", schema, rest @ ..] => {
            let entities = subject.plan.entities.iter().enumerate();
            let own = entities.filter(|(_, entity)| schema.starts_with(entity.stem.as_str()));
            // `OrderItemCreate` starts with `Order` as well.
            let Some((index, entity)) = own.max_by_key(|(_, entity)| entity.stem.as_str().len())
            else {
                return app();
            };
            let member = match rest {
                ["properties", member, ..] => Some(*member),
                _ => None,
            };
            let field = entity.fields.iter().find(|field| Some(field.wire.as_str()) == member);
            let span = field.map_or(entity.span, |field| field.span);
            let file = format!("app/schemas/{}.py", entity.module);
            (subject.about_entity(index), Some(span), file)
        }
        _ => app(),
    }
}
