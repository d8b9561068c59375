//! `J0502`: an operation of the running application does not do what the model says. `J0503`: it
//! lets through whom the model keeps out. `J0504`: a list does not show the rows that it must.
//! `J0505`: a write does what no write may do.

use std::collections::BTreeMap;

use stratapi_diagnostics::{Code, Span};

use crate::finding::{About, Finding, Place};
use crate::judge::Bench;
use crate::result::{Found, Grade};
use crate::served::{self, Answer, Purpose, Step, Walk};
use crate::subject::FlowRoute;

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
    let targets = targets(bench, &walk);
    let of = |target: &Target| match purpose {
        Purpose::Refuses => target.rule.clone(),
        _ => target.about.clone(),
    };
    // Not every endpoint has something that a list offers or a write must refuse.
    let all = matches!(purpose, Purpose::Works | Purpose::Refuses);
    let known = targets.iter().filter(|_| all);
    let mut grades: BTreeMap<About, Grade> =
        known.map(|target| (of(target), Grade::Unknown)).collect();
    let mut found = Found::default();
    let taken = walk.steps.iter().zip(&served.steps);
    for (step, answer) in taken.filter(|(step, _)| step.purpose == purpose) {
        let target = &targets[step.endpoint];
        let about = of(target);
        let Some(status) = answer.status else { continue };
        let problem = problem(step, answer, status);
        let grade = if problem.is_some() { Grade::Broken } else { Grade::Met };
        let known = grades.entry(about.clone()).or_insert(grade);
        *known = if *known == Grade::Broken { Grade::Broken } else { grade };
        if let Some(problem) = problem {
            let finding = Finding::error(code, format!("`{}` {problem}", target.name))
                .at(Place::file(&target.file), "")
                .made_from(step.span.unwrap_or(target.span))
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

/// What a step asks.
struct Target {
    name: String,
    about: About,
    rule: About,
    /// The file that answers.
    file: String,
    span: Span,
}

/// The endpoints of the walk, and behind them the routes of flows.
fn targets(bench: &Bench<'_>, walk: &Walk<'_>) -> Vec<Target> {
    let entities = &bench.subject.plan.entities;
    let endpoints = walk.endpoints.iter().map(|endpoint| Target {
        name: endpoint.name.clone(),
        about: endpoint.about(),
        rule: endpoint.rule(),
        file: format!("app/routers/{}.py", entities[endpoint.entity].router_module),
        span: entities[endpoint.entity].span,
    });
    let flows = walk.flows.iter().map(|route| Target {
        name: route.name.clone(),
        about: route.about(),
        rule: route.rule(),
        file: FlowRoute::FILE.to_owned(),
        span: route.endpoint.span,
    });
    endpoints.chain(flows).collect()
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
