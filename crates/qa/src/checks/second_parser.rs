//! `J0101`: a Python file that a second grammar does not accept. It is older than Python 3.12, as is
//! the oldest Python of the output, so that "cannot judge" is a finding too.

use stratapi_diagnostics::{Code, Diagnostic};

use crate::{Subject, python};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .modules
        .iter()
        .filter_map(|module| {
            let error = module.statements.as_ref().err()?;
            let path = &module.artifact.path;
            let line = python::line(&module.artifact.text, error.offset.to_usize());
            let message = format!("`{path}:{line}` is no Python 3.11: {}", error.error);
            Some(python::place(Diagnostic::error(Code::J0101, message), module.artifact, line))
        })
        .collect()
}
