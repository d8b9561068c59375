//! `J0105`: a project whose dependencies are not all pinned.

use fancy_regex::Regex;
use stratapi_diagnostics::{Code, Diagnostic, bug};

use crate::Subject;

const PATH: &str = "requirements.txt";
/// `name[extra]==1.2.3`, with an environment marker or not.
const PIN: &str = r"^[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9,._-]+\])?==[^\s;=*]+(\s*;.+)?$";

pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(artifact) = subject.tree.get(PATH) else {
        return vec![Diagnostic::error(Code::J0105, format!("there is no `{PATH}`"))];
    };
    let pin = Regex::new(PIN).unwrap_or_else(|error| bug!("pattern: {error}"));
    let mut pins = 0;
    let mut found = Vec::new();
    for line in artifact.text.lines() {
        let requirement = line.trim().trim_end_matches('\\').trim_end();
        if requirement.is_empty() || requirement.starts_with(['#', '-']) {
            continue;
        }
        pins += 1;
        if !pin.is_match(requirement).unwrap_or(false) {
            let message = format!("`{PATH}` does not pin `{requirement}`");
            found.push(Diagnostic::error(Code::J0105, message));
        }
    }
    if pins == 0 {
        found.push(Diagnostic::error(Code::J0105, format!("`{PATH}` pins nothing")));
    }
    found
}
