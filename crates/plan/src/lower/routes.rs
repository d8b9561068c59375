//! Routes must differ, and must leave those of sign-in, health and documentation alone.

use std::collections::BTreeMap;

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::draft::Context;
use super::value;
use crate::{EntityPlan, ResourcePlan, ValueKind};

/// Collections that the project has itself; the flag says whether it stands below the prefix.
const OWN: &[(&str, bool)] = &[
    ("/auth", true),
    ("/docs", false),
    ("/health", false),
    ("/metrics", false),
    ("/openapi.json", false),
    ("/redoc", false),
];

/// Reports routes that collide.
pub(super) fn check(context: &mut Context<'_>, entities: &[EntityPlan]) {
    let ir = context.ir;
    let prefix = ir.api.prefix.trim_end_matches('/');
    let mut taken: BTreeMap<String, Option<Span>> = BTreeMap::new();
    for (path, below) in OWN {
        if *below && ir.security.is_none() {
            continue;
        }
        taken.insert(if *below { format!("{prefix}{path}") } else { (*path).to_owned() }, None);
    }
    for resource in &ir.api.resources {
        let Some(plan) = &entities[resource.entity.index()].resource else { continue };
        enum_values(context, resource.span, plan);
        let path = format!("{prefix}{}", plan.collection_path);
        if let Some(first) = taken.insert(anonymous(&path), Some(resource.span)) {
            let found =
                Diagnostic::error(Code::E0403, format!("two resources get the path `{path}`"))
                    .at(resource.span, "this gets it")
                    .help("give this another `path`");
            context.diagnostics.push(match first {
                Some(first) => found.also(first, "this gets it too"),
                None => Diagnostic::error(
                    Code::E0403,
                    format!("the path `{path}` belongs to the project itself"),
                )
                .at(resource.span, "sign-in, health, metrics or the documentation answers there")
                .help("give this another `path`"),
            });
        }
    }
}

/// Reports values of enums that would stand in a path, where they lead elsewhere or nowhere.
fn enum_values(context: &mut Context<'_>, span: Span, plan: &ResourcePlan) {
    for parameter in &plan.item_parameters {
        let ValueKind::Enum(index) = parameter.ty.kind else { continue };
        for value in value::enum_values(context.ir, index) {
            let word = parameter.reserved.contains(&value);
            let segment = !value.contains('/') && value.contains(|letter| letter != '.');
            if !word && segment {
                continue;
            }
            let message = format!("no path can lead to a row whose key is `{value}`");
            let why = if word {
                "another route of this has that name"
            } else {
                "keys stand in its paths"
            };
            context.diagnostics.push(
                Diagnostic::error(Code::E0403, message)
                    .at(span, why)
                    .help("rename the value, or let another attribute be the key"),
            );
        }
    }
}

/// A path without the names of its parameters.
fn anonymous(path: &str) -> String {
    let segments = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    segments.collect::<Vec<_>>().join("/")
}
