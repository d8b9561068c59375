//! `J0107`: a file that the compiler makes, and that is not there.

use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::python::Project;
use crate::result::Found;
use crate::subject::Subject;

pub(super) fn check(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let missing = subject.expected.iter().filter(|file| subject.actual.get(&file.path).is_none());
    let findings: Vec<Finding> = missing
        .map(|file| {
            Finding::error(Code::J0107, "a file of the application is not there")
                .at(Place::file(&*file.path), "")
                .help("`stratapi build` writes it again")
        })
        .collect();
    findings.into()
}
