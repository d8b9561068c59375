//! `J0105`: a project whose dependencies are not all pinned, each with the hashes of its files.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fancy_regex::Regex;
use stratapi_diagnostics::{Code, bug};

use crate::finding::{Finding, Place};
use crate::python::Project;
use crate::result::Found;
use crate::subject::Subject;

/// The files that hold pins: what runs, and what checks and tests.
pub(super) const FILES: [&str; 2] = ["requirements.txt", "requirements-dev.txt"];

/// `name[extra]==1.2.3`, with an environment marker or not.
static PIN: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^([A-Za-z0-9][A-Za-z0-9._-]*)(\[[A-Za-z0-9,._-]+\])?==[^\s;=*]+(\s*;.+)?$";
    Regex::new(pattern).unwrap_or_else(|error| bug!("pattern: {error}"))
});

pub(super) fn check(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let mut findings = Vec::new();
    for path in FILES {
        match subject.actual.text(path) {
            Some(text) => check_file(path, text, &mut findings),
            None => {
                let message = "the project pins nothing: the file is not there";
                findings.push(Finding::error(Code::J0105, message).at(Place::file(path), ""));
            }
        }
    }
    findings.into()
}

fn check_file(path: &str, text: &str, findings: &mut Vec<Finding>) {
    let before = findings.len();
    let mut pins = 0;
    for requirement in requirements(text) {
        pins += 1;
        let place = Place::line(path, requirement.line);
        if requirement.name.is_none() {
            let message = format!("`{}` is not pinned by `==`", requirement.text);
            findings.push(Finding::error(Code::J0105, message).at(place, ""));
        } else if requirement.hashes == 0 {
            let message = format!("`{}` has no hash", requirement.text);
            let help = "write the hashes of its files behind it: `--hash=sha256:…`";
            findings.push(Finding::error(Code::J0105, message).at(place, "").help(help));
        }
    }
    if pins == 0 && findings.len() == before {
        findings.push(Finding::error(Code::J0105, "it pins nothing").at(Place::file(path), ""));
    }
}

/// A requirement of a file.
struct Requirement<'a> {
    text: &'a str,
    line: u32,
    /// Its name as in the file, if it is pinned.
    name: Option<String>,
    hashes: usize,
}

fn requirements(text: &str) -> Vec<Requirement<'_>> {
    let mut found: Vec<Requirement<'_>> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let part = line.trim().trim_end_matches('\\').trim_end();
        if part.starts_with("--hash=sha256:") {
            let digits = part.trim_start_matches("--hash=sha256:");
            let whole = digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit());
            if let Some(last) = found.last_mut() {
                last.hashes += usize::from(whole);
            }
        } else if !part.is_empty() && !part.starts_with(['#', '-']) {
            // Hashes may stand in the line of the requirement as well.
            let (text, rest) = part.split_once(" --hash=").unwrap_or((part, ""));
            let text = text.trim_end();
            let name = PIN.captures(text).ok().flatten().and_then(|c| c.get(1));
            let name = name.map(|name| name.as_str().to_owned());
            let hashes = usize::from(rest.starts_with("sha256:"));
            found.push(Requirement { text, line: number, name, hashes });
        }
    }
    found
}

/// Names of the pinned distributions of a file, normalized as the index of packages does.
pub(super) fn pinned(text: &str) -> BTreeSet<String> {
    requirements(text).into_iter().filter_map(|one| one.name).map(|name| normal(&name)).collect()
}

/// `Typing.Extensions` and `typing_extensions` are one: `typing-extensions`.
pub(super) fn normal(name: &str) -> String {
    name.to_ascii_lowercase().replace(['_', '.'], "-")
}
