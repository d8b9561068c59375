//! Has the examples of slots asked for, by the machine's Python in a sandbox.

use std::path::{Path, PathBuf};

use stratapi_driver::Build;
use stratapi_driver::diagnostics::{Checked, Code, Diagnostic};
use stratapi_driver::proof;

use crate::dev::python;
use crate::runner;
use crate::terminal::Terminal;

/// How slots are proved.
pub(crate) struct Proving<'a> {
    /// The folder of the project, where what was proved is remembered.
    pub(crate) out: &'a dyn Fn(&Build) -> PathBuf,
    /// The Python that somebody named, or its environment.
    pub(crate) python: Option<&'a Path>,
    /// Whether code may run that nothing keeps in bounds.
    pub(crate) unconfined: bool,
}

/// The build, if every example of its slots holds. What was proved before is not asked for again.
pub(crate) fn proved(build: Build, how: &Proving<'_>, terminal: Terminal) -> Checked<Build> {
    let open = proof::open(&build, &(how.out)(&build), &crate::commands::build::compiler());
    if open.is_empty() {
        return Checked::ok(build);
    }
    let findings = match ask(&open, how, terminal) {
        Ok(findings) => findings,
        Err(finding) => vec![*finding],
    };
    if findings.is_empty() {
        let noun = if open.len() == 1 { "slot" } else { "slots" };
        terminal.say("Proved", &format!("{} {noun}, by all examples", open.len()));
    }
    drop(open);
    Checked::new(build, findings)
}

fn ask(
    open: &[proof::Proof<'_>],
    how: &Proving<'_>,
    terminal: Terminal,
) -> Result<Vec<Diagnostic>, Box<Diagnostic>> {
    let named = how.python.map(runner::executable);
    let python = python::find(named.as_deref())?;
    // Nothing of the project is seen by what fills a slot.
    let empty = tempfile::tempdir().map_err(|error| {
        Diagnostic::error(Code::E0902, format!("cannot make a folder for the examples: {error}"))
    })?;
    let sandbox = runner::sandbox(empty.path(), Ok(python.path), how.unconfined, terminal);
    Ok(proof::prove(open, &sandbox))
}
