//! `J0502`: an operation of the running application does not do what the model says. `J0503`: it
//! lets through whom the model keeps out. `J0504`: a list does not show the rows that it must.
//! `J0505`: a write does what no write may do.

use std::collections::BTreeMap;

use stratapi_diagnostics::Code;

use crate::finding::{About, Finding, Place};
use crate::judge::Bench;
use crate::result::{Found, Grade};
use crate::served::{self, Answer, Purpose, Step, Walk};
use crate::subject::Endpoint;

pub(super) fn works(bench: &Bench<'_>) -> Found {
    check(bench, Purpose::Works, Code::J0502)
}

pub(super) fn refuses(bench: &Bench<'_>) -> Found {
    check(bench, Purpose::Refuses, Code::J0503)
}

pub(super) fn lists(bench: &Bench<'_>) -> Found {
    check(bench, Purpose::Lists, Code::J0504)
}

pub(super) fn guards(bench: &Bench<'_>) -> Found {
    check(bench, Purpose::Guards, Code::J0505)
}

fn check(bench: &Bench<'_>, purpose: Purpose, code: Code) -> Found {
    let served = match served::finished(bench, code) {
        Ok(served) => served,
        Err(skipped) => return skipped,
    };
    let walk = Walk::of(bench.subject);
    let of = |endpoint: &Endpoint<'_>| match purpose {
        Purpose::Refuses => endpoint.rule(),
        _ => endpoint.about(),
    };
    // Not every endpoint has something that a list offers or a write must refuse.
    let all = matches!(purpose, Purpose::Works | Purpose::Refuses);
    let known = walk.endpoints.iter().filter(|_| all);
    let mut grades: BTreeMap<About, Grade> =
        known.map(|endpoint| (of(endpoint), Grade::Unknown)).collect();
    let mut found = Found::default();
    let taken = walk.steps.iter().zip(&served.steps);
    for (step, answer) in taken.filter(|(step, _)| step.purpose == purpose) {
        let endpoint = &walk.endpoints[step.endpoint];
        let about = of(endpoint);
        let Some(status) = answer.status else { continue };
        let problem = problem(step, answer, status);
        let grade = if problem.is_some() { Grade::Broken } else { Grade::Met };
        let known = grades.entry(about.clone()).or_insert(grade);
        *known = if *known == Grade::Broken { Grade::Broken } else { grade };
        if let Some(problem) = problem {
            let entity = &bench.subject.plan.entities[endpoint.entity];
            let path = format!("app/routers/{}.py", entity.router_module);
            let finding = Finding::error(code, format!("`{}` {problem}", endpoint.name))
                .at(Place::file(path), "")
                .made_from(step.span.unwrap_or(entity.span))
                .about(about);
            found.findings.push(if answer.text.is_empty() {
                finding
            } else {
                finding.help(format!("it answered: {}", answer.text))
            });
        }
    }
    grades.into_iter().for_each(|(about, grade)| found.fact(about, grade));
    found
}

fn problem(step: &Step, answer: &Answer, status: u16) -> Option<String> {
    let who = match step.actor.as_str() {
        "nobody" => "somebody who is not signed in".to_owned(),
        "main" => "whom the rule allows".to_owned(),
        actor => format!("the account `{actor}`"),
    };
    let what = if step.what.is_empty() { String::new() } else { format!(", {}", step.what) };
    if status == 0 {
        return Some(format!("gives {who} no answer{what}"));
    }
    if !step.expect.contains(&status) {
        let wanted: Vec<String> = step.expect.iter().map(u16::to_string).collect();
        return Some(format!("answers {who} with {status}, not {}{what}", wanted.join(" or ")));
    }
    answer.wrong.as_ref().map(|wrong| format!("answers {who} wrongly{what}: {wrong}"))
}
