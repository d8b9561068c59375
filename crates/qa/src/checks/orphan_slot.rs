//! `J0111`: a file where slots are written that no slot of the application declares.

use stratapi_diagnostics::Code;
use stratapi_llm_stratum::SlotKind;
use stratapi_plan::Stratum;

use crate::finding::{Finding, Place};
use crate::python::Project;
use crate::result::Found;
use crate::subject::Subject;

pub(super) fn check(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let mut findings = Vec::new();
    for (path, _) in subject.actual.iter() {
        // A repair may stand wherever any other kind may.
        let is_location = SlotKind::RepairPatch.may_write(path);
        // An entity may be called so that its own files look like one.
        let is_planned = subject.planned(path).is_some();
        if is_location && !is_planned {
            findings.push(
                Finding::error(Code::J0111, "no slot of the application declares this file")
                    .at(Place::line(path, 1), "")
                    .help("declare the slot in the application, or remove the file"),
            );
        }
    }
    let declared = subject.plan.files.iter().any(|file| file.stratum == Stratum::Llm);
    if findings.is_empty() && !declared && subject.actual.is_empty() {
        return Found::skipped("there is no file");
    }
    findings.into()
}
