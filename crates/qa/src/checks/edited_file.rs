//! `J0124`: a file that the compiler makes and that differs from what it would make now. That is no
//! mistake by itself: whether the file still does what the model says is for the other checks.

use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::python::Project;
use crate::result::Found;
use crate::subject::Subject;

pub(super) fn check(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let mut findings = Vec::new();
    for (file, text) in subject.differing() {
        let first = text.lines().zip(file.text.lines()).take_while(|(a, b)| a == b).count();
        let line = u32::try_from(first + 1).unwrap_or(u32::MAX);
        let message = match subject.actual.is_untouched(&file.path) {
            Some(true) => "the file is older: a build would change it",
            _ => "the file was edited: the compiler would make another one",
        };
        let place = Place::line(&*file.path, line);
        findings.push(Finding::note(Code::J0124, message).at(place, "the first difference"));
    }
    findings.into()
}
