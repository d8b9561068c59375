//! `J0127`: a test that the compiler wrote is gone or another one, or something tampers with the run
//! of the tests.

use std::collections::BTreeMap;

use rustpython_parser::ast::{Expr, Ranged as _, Stmt};
use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::python::{self, Outline};
use crate::result::Found;
use crate::subject::Subject;

const HELP: &str =
    "leave the generated tests as they are, and write your own into files of your own";

pub(super) fn check(subject: &Subject<'_>, _: &[Outline]) -> Found {
    let mut findings = Vec::new();
    let is_test = |path: &str| path.starts_with("tests/") && python::is_python(path);
    for file in subject.expected.iter().filter(|file| is_test(&file.path)) {
        // A file that is not there is a finding of its own.
        let Some(text) = subject.actual.text(&file.path) else { continue };
        if text != file.text {
            findings.extend(differing(&file.path, &file.text, text));
        }
    }
    let own = subject
        .actual
        .texts()
        .filter(|(path, _)| subject.expected.get(path).is_none() && python::is_python(path));
    for (path, text) in own {
        findings.extend(hooks(path, text));
    }
    findings.extend(settings(subject));
    findings.into()
}

/// What a file defines, by name, as the text of its statements without their layout.
fn definitions(path: &str, text: &str) -> Option<BTreeMap<String, (String, usize)>> {
    let body = python::parse(path, text)?.ok()?;
    let mut all = BTreeMap::new();
    for (position, statement) in body.iter().enumerate() {
        let start = usize::from(statement.range().start());
        let name = match statement {
            Stmt::FunctionDef(f) => f.name.to_string(),
            Stmt::AsyncFunctionDef(f) => f.name.to_string(),
            Stmt::ClassDef(c) => c.name.to_string(),
            Stmt::Assign(a) => match a.targets.first() {
                Some(Expr::Name(name)) => name.id.to_string(),
                _ => format!("statement {position}"),
            },
            Stmt::AnnAssign(a) => match &*a.target {
                Expr::Name(name) => name.id.to_string(),
                _ => format!("statement {position}"),
            },
            // More imports and other docstrings change nothing.
            Stmt::Import(_) | Stmt::ImportFrom(_) => continue,
            Stmt::Expr(e) if matches!(&*e.value, Expr::Constant(_)) => continue,
            _ => format!("statement {position}"),
        };
        all.insert(name, (fingerprint(statement), start));
    }
    Some(all)
}

/// The statement as a tree, without the places at which its parts stand.
fn fingerprint(statement: &Stmt) -> String {
    let text = format!("{statement:?}");
    let mut out = String::with_capacity(text.len() / 2);
    let mut rest = text.as_str();
    while let Some(at) = rest.find("range: ") {
        out.push_str(&rest[..at]);
        let tail = &rest[at + "range: ".len()..];
        rest = tail.find([',', ' ', '}']).map_or("", |end| &tail[end..]);
    }
    out.push_str(rest);
    out
}

fn differing(path: &str, expected: &str, actual: &str) -> Vec<Finding> {
    let Some(one) = definitions(path, expected) else { return Vec::new() };
    let Some(other) = definitions(path, actual) else { return Vec::new() };
    let mut findings = Vec::new();
    let error = |message: String| Finding::error(Code::J0127, message).help(HELP);
    for (name, (tree, _)) in &one {
        match other.get(name) {
            None => findings
                .push(error(format!("`{name}` is not there any more")).at(Place::file(path), "")),
            Some((found, start)) if found != tree => {
                let line = crate::text::line(actual, *start);
                findings.push(
                    error(format!("`{name}` is another one")).at(Place::line(path, line), ""),
                );
            }
            Some(_) => {}
        }
    }
    for (name, (_, start)) in other.iter().filter(|(name, _)| !one.contains_key(*name)) {
        // A function or a constant of one's own harms nobody, unless pytest asks for it by name.
        if tampers(name) || name.starts_with("statement ") {
            let line = crate::text::line(actual, *start);
            let message = format!("`{name}` reaches into the run of the tests");
            findings.push(error(message).at(Place::line(path, line), ""));
        }
    }
    findings
}

/// Names that mean something to pytest wherever they stand.
fn tampers(name: &str) -> bool {
    name.starts_with("pytest_")
        || matches!(name, "pytestmark" | "collect_ignore" | "collect_ignore_glob")
}

/// Hooks of pytest in files of one's own: they reach every test.
fn hooks(path: &str, text: &str) -> Vec<Finding> {
    let is_plugin = path.rsplit('/').next() == Some("conftest.py") || text.contains("def pytest_");
    if !is_plugin {
        return Vec::new();
    }
    let Some(found) = definitions(path, text) else { return Vec::new() };
    let outcome = |name: &str| {
        matches!(
            name,
            "pytest_collection_modifyitems"
                | "pytest_deselected"
                | "pytest_ignore_collect"
                | "pytest_itemcollected"
                | "pytest_pyfunc_call"
                | "pytest_pycollect_makeitem"
                | "pytest_report_teststatus"
                | "pytest_runtest_call"
                | "pytest_runtest_makereport"
                | "pytest_runtest_protocol"
                | "pytest_runtest_setup"
                | "pytest_runtestloop"
                | "pytest_sessionfinish"
                | "collect_ignore"
                | "collect_ignore_glob"
        )
    };
    let hooks = found.iter().filter(|(name, _)| outcome(name));
    hooks
        .map(|(name, (_, start))| {
            let line = crate::text::line(text, *start);
            let message = format!("`{name}` decides about tests that it does not know");
            Finding::error(Code::J0127, message).at(Place::line(path, line), "").help(HELP)
        })
        .collect()
}

/// Settings of pytest that are other ones.
fn settings(subject: &Subject<'_>) -> Vec<Finding> {
    const FILE: &str = "pyproject.toml";
    let mut findings = Vec::new();
    let section = |text: &str| -> String {
        let lines = text.lines().skip_while(|line| !line.starts_with("[tool.pytest"));
        let mut taken =
            lines.take_while(|line| line.starts_with("[tool.pytest") || !line.starts_with('['));
        taken.by_ref().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let expected = subject.expected.get(FILE).map(|file| section(&file.text));
    let actual = subject.actual.text(FILE).map(section);
    if let (Some(expected), Some(actual)) = (expected, actual)
        && expected != actual
    {
        let finding = Finding::error(Code::J0127, "the settings of pytest are other ones");
        findings.push(finding.at(Place::file(FILE), "").help("put your own on the command line"));
    }
    for path in ["pytest.ini", "pytest.toml", ".pytest.ini", "tox.ini", "setup.cfg", "conftest.py"]
    {
        let text = subject.actual.text(path).unwrap_or_default();
        if text.contains("pytest") && subject.expected.get(path).is_none() {
            let finding =
                Finding::error(Code::J0127, "settings of pytest beside those of the project");
            findings.push(finding.at(Place::line(path, 1), "").help("remove them"));
        }
    }
    findings
}
