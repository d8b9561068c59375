//! `J0103`: the name `get_all`. The operation is called `list`, everywhere.

use stratapi_diagnostics::{Code, Diagnostic};

use crate::{Subject, python};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for artifact in subject.tree.iter().filter(|artifact| artifact.path.starts_with("app/")) {
        for (offset, _) in artifact.text.match_indices("def get_all(") {
            let line = python::line(&artifact.text, offset);
            let message = format!("`{}:{line}` defines `get_all`", artifact.path);
            found.push(python::place(Diagnostic::error(Code::J0103, message), artifact, line));
        }
    }
    found
}
