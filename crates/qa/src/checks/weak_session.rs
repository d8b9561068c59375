//! `J0506`: sign-in, tokens or registration let through what they must not, or secrets are kept or
//! shown as they are.

use stratapi_diagnostics::Code;

use crate::finding::{About, Finding, Place};
use crate::judge::Bench;
use crate::result::{Found, Grade};
use crate::served;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    let Some(auth) = bench.subject.plan.app.auth.as_ref() else { return Found::default() };
    let served = match served::finished(bench, Code::J0506) {
        Ok(served) => served,
        Err(skipped) => return skipped,
    };
    if !served.tried {
        return Found::skipped("no account can be made alone");
    }
    let mut found = Found::default();
    let span = bench.subject.plan.entities[auth.user].span;
    for wrong in &served.weak {
        let finding = Finding::error(Code::J0506, wrong.clone())
            .at(Place::file("app/services/auth_service.py"), "")
            .made_from(span)
            .about(About::App);
        found.findings.push(finding);
    }
    let grade = if served.weak.is_empty() { Grade::Met } else { Grade::Broken };
    found.fact(About::App, grade);
    found
}
