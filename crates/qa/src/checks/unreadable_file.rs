//! `J0106`: a file that should be text and can't be read as such.

use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::python::{self, Project};
use crate::result::Found;
use crate::subject::Subject;
use crate::tree::Content;

pub(super) fn check(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let mut findings = Vec::new();
    for (path, content) in subject.actual.iter() {
        let message = match content {
            Content::Text(_) => continue,
            Content::Binary { valid_up_to, .. } => {
                format!("it is no text in UTF-8, from byte {valid_up_to} on")
            }
            Content::Unread(reason) => format!("it was not read: {reason}"),
        };
        // Pictures and the like are nobody's concern.
        let matters = python::is_python(path) || subject.planned(path).is_some();
        if matters {
            findings.push(Finding::error(Code::J0106, message).at(Place::file(path), ""));
        }
    }
    findings.into()
}
