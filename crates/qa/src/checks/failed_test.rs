//! `J0610`: a test that the compiler wrote does not pass on the code of the project. `J0611`: a
//! request finds the application breaking the contract that it publishes.

use std::collections::BTreeMap;

use stratapi_diagnostics::Code;

use crate::finding::{About, Finding, Place};
use crate::judge::Bench;
use crate::result::{Found, Grade};
use crate::suite::{self, Suite};

pub(super) fn own(bench: &Bench<'_>) -> Found {
    check(bench, Suite::Own, Code::J0610)
}

pub(super) fn contract(bench: &Bench<'_>) -> Found {
    check(bench, Suite::Contract, Code::J0611)
}

fn check(bench: &Bench<'_>, suite: Suite, code: Code) -> Found {
    let subject = bench.subject;
    let expected = suite.expected(subject);
    let mut found = Found::default();
    if expected.is_empty() {
        return Found::skipped("there are no tests");
    }
    let ran = match suite::run(bench, suite, code) {
        Ok(ran) => ran,
        Err(found) => return found,
    };
    let mut grades: BTreeMap<About, Grade> = BTreeMap::new();
    let mut note = |about: About, grade: Grade| {
        let known = grades.entry(about).or_insert(grade);
        *known = (*known).max(grade);
    };
    if !ran.is_complete() {
        let message = format!("the tests did not come to their end: they left with {}", ran.code);
        let finding = Finding::error(code, message).help(format!("they said:\n{}", ran.said));
        found.findings.push(finding.at(Place::file("tests/conftest.py"), "").about(About::App));
        note(About::App, Grade::Broken);
    }
    let results = ran.by_function();
    for (name, line) in &expected {
        let (path, _) = name.split_once("::").unwrap_or((name, ""));
        let about = subject.about(path);
        let outcome = results.get(name).map(|(outcome, said)| (*outcome, *said));
        if let Some(("passed", _)) = outcome {
            note(about, Grade::Met);
            continue;
        }
        note(about.clone(), Grade::Broken);
        let (message, said) = match outcome {
            Some((outcome, said)) => (format!("`{name}` {outcome}"), said),
            None => (format!("`{name}` did not run"), ""),
        };
        let said: Vec<&str> = said.lines().rev().take(20).collect();
        let said: Vec<&str> = said.into_iter().rev().collect();
        let mut finding = Finding::error(code, message).about(about);
        finding = finding.at(Place::line(path, *line), "");
        finding.origin = subject.entity_of(path).map(|index| subject.plan.entities[index].span);
        found.findings.push(if said.is_empty() {
            finding
        } else {
            finding.help(format!("it said:\n{}", said.join("\n")))
        });
    }
    grades.into_iter().for_each(|(about, grade)| found.fact(about, grade));
    found
}
