//! `J0201`: a known mistake, by its pattern. `J0202`: a file of patterns that is malformed.
//! `J0203`: a pattern that was given up on, so that nothing is known about a file.

use rayon::prelude::*;
use stratapi_diagnostics::Code;
use stratapi_plan::{Operation, Subject as Of};

use crate::finding::{Finding, Place};
use crate::python::Project;
use crate::regressions::{self, Action, Kind, OWN, Pattern, Proof, Search, Together};
use crate::result::Found;
use crate::subject::Subject;

pub(super) fn check(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let mut findings = Vec::new();
    let own = own_patterns(subject, &mut findings);
    let patterns: Vec<&Pattern> = regressions::shipped().iter().chain(&own).collect();
    for pattern in &patterns {
        if let Kind::MustExist(path) = &pattern.kind
            && subject.actual.get(path).is_none()
        {
            findings.push(found(pattern, Place::file(path.as_str())));
        }
    }
    let together = Together::new(patterns.into_iter());
    let texts: Vec<(&str, &str)> = subject.actual.texts().collect();
    let hits = texts.into_par_iter().filter(|(path, _)| *path != OWN);
    findings.par_extend(hits.flat_map_iter(|(path, text)| {
        let asked = together.of_file(path, text);
        let asked = asked.filter(move |(one, _)| !is_declared(subject, one, path));
        asked.flat_map(move |(one, by)| search(one, by, path, text))
    }));
    findings.into()
}

/// The pattern that finds creations which are not answered by 201.
const CREATED: &str = "REG-014";

/// Whether the application itself says what a pattern would take for a mistake in this file.
fn is_declared(subject: &Subject<'_>, pattern: &Pattern, path: &str) -> bool {
    if pattern.id != CREATED {
        return false;
    }
    let Some(Of::Entity(entity)) = subject.planned(path).map(|file| file.subject) else {
        return false;
    };
    let resource = subject.plan.entities[entity].resource.as_ref();
    let mut operations = resource.into_iter().flat_map(|resource| &resource.operations);
    operations.any(|plan| {
        matches!(plan.operation, Operation::Create | Operation::BulkCreate) && plan.status == 200
    })
}

fn own_patterns(subject: &Subject<'_>, findings: &mut Vec<Finding>) -> Vec<Pattern> {
    let Some(text) = subject.actual.text(OWN) else { return Vec::new() };
    let taken: Vec<&str> = regressions::shipped().iter().map(|one| one.id.as_str()).collect();
    let (patterns, troubles) = regressions::read(text, &taken, Proof::Now);
    findings.extend(troubles.into_iter().map(|trouble| {
        Finding::error(Code::J0202, trouble.message).at(Place::line(OWN, trouble.line), "")
    }));
    patterns
}

fn search(pattern: &Pattern, search: &Search, path: &str, text: &str) -> Vec<Finding> {
    match search.find(text) {
        Ok(hits) => {
            let place = |hit: std::ops::Range<usize>| Place::bytes(path, hit.start, hit.end);
            hits.into_iter().map(|hit| found(pattern, place(hit))).collect()
        }
        Err(_) => {
            let message = format!("`{}` tries too many ways in this file", pattern.id);
            let help = "write the pattern so that each text can be matched in one way only";
            vec![Finding::error(Code::J0203, message).at(Place::line(path, 1), "").help(help)]
        }
    }
}

fn found(pattern: &Pattern, place: Place) -> Finding {
    let message = format!("{}: {}", pattern.id, pattern.description);
    let finding = match pattern.action {
        Action::Block => Finding::error(Code::J0201, message),
        Action::Warn => Finding::warning(Code::J0201, message),
    };
    let finding = finding.at(place, pattern.gravity.word());
    pattern.help.iter().fold(finding, |finding, help| finding.help(help.as_str()))
}
