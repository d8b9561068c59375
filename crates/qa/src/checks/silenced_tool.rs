//! `J0604`: a comment that keeps a tool from looking, and that the compiler did not write.

use std::collections::BTreeMap;

use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::python::{self, Project};
use crate::result::Found;
use crate::subject::Subject;

/// What such a comment begins with, in lower case.
const WORDS: &[&str] = &[
    "flake8:",
    "fmt:",
    "isort:",
    "mypy:",
    "noqa",
    "nosec",
    "pragma: no",
    "pylint:",
    "pyright:",
    "ruff:",
    "type: ignore",
    "type:ignore",
    "yapf:",
];

pub(super) fn check(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let mut findings = Vec::new();
    let files = subject.actual.texts().filter(|(path, _)| python::is_python(path));
    for (path, text) in files.filter(|(path, _)| subject.is_changed(path)) {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let expected = subject.expected.get(path).map_or("", |file| file.text.as_str());
        for line in expected.lines().filter(|line| silenced(line).is_some()) {
            *known.entry(line.trim()).or_default() += 1;
        }
        for (index, line) in text.lines().enumerate() {
            let Some(comment) = silenced(line) else { continue };
            match known.get_mut(line.trim()) {
                Some(left) if *left > 0 => *left -= 1,
                _ => findings.push(finding(subject, path, index, line, comment)),
            }
        }
    }
    findings.into()
}

fn finding(subject: &Subject<'_>, path: &str, index: usize, line: &str, at: usize) -> Finding {
    let column = line[..at].chars().count() + 1;
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    let place = Place::point(path, number(index + 1), number(column));
    let message = format!("`{}` keeps a tool from looking", line[at..].trim_end());
    // A file of the project's own is its own concern, but worth knowing.
    let make = if subject.planned(path).is_some() { Finding::error } else { Finding::warning };
    make(Code::J0604, message).at(place, "").help("mend what the tool says instead")
}

/// Where in a line a comment starts that silences a tool.
fn silenced(line: &str) -> Option<usize> {
    line.match_indices('#').map(|(at, _)| at).find(|at| {
        let comment = line[at + 1..].trim_start_matches([' ', '\t', '#']).to_ascii_lowercase();
        WORDS.iter().any(|word| comment.starts_with(word))
    })
}

#[cfg(test)]
mod tests {
    use super::silenced;

    #[test]
    fn comments_that_silence_are_found_in_every_form() {
        for (line, at) in [
            ("x = 1  # noqa: E501", 7),
            ("#noqa", 0),
            ("x = 1  # a reason # type: ignore[x]", 18),
            ("# ruff: noqa", 0),
            ("##  MyPy: ignore-errors", 0),
        ] {
            assert_eq!(silenced(line), Some(at), "{line}");
        }
        assert_eq!(silenced("x = '#'  # about types"), None);
    }
}
