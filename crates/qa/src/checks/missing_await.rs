//! `J0113`: a call of a coroutine function whose value is used as if it were no coroutine.

use rayon::prelude::*;
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::{Project, Target};
use crate::result::Found;
use crate::subject::Subject;

pub(super) fn check(_: &Subject<'_>, project: &Project<'_>) -> Found {
    let calls = project
        .outlines()
        .par_iter()
        .flat_map_iter(|outline| outline.unawaited.iter().map(move |call| (outline, call)));
    let findings: Vec<Finding> = calls
        .filter(|(_, call)| project.is_awaitable(&call.target))
        .map(|(outline, call)| {
            let name = match &call.target {
                Target::Function(name) => name.rsplit('.').next().unwrap_or(name),
                Target::Method { method, .. } => method,
            };
            Finding::error(Code::J0113, format!("the coroutine of `{name}` is not awaited"))
                .at(outline.place(call.at), "this only makes the coroutine")
                .help("write `await` before the call")
        })
        .collect();
    findings.into()
}
