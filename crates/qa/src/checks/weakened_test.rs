//! `J0127`: a test that the compiler wrote is gone or another one, or something tampers with the run
//! of the tests.

use std::collections::BTreeMap;

use ruff_python_ast::comparable::ComparableStmt;
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;
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

/// What a file defines, by name.
fn definitions(body: &[Stmt]) -> BTreeMap<String, &Stmt> {
    let mut all = BTreeMap::new();
    for (position, statement) in body.iter().enumerate() {
        let name = match statement {
            Stmt::FunctionDef(f) => f.name.to_string(),
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
            Stmt::Expr(e) if e.value.is_literal_expr() => continue,
            _ => format!("statement {position}"),
        };
        all.insert(name, statement);
    }
    all
}

/// The line of a statement, without its decorators.
fn line(text: &str, statement: &Stmt) -> u32 {
    let start = match statement {
        Stmt::FunctionDef(f) => f.name.range.start(),
        Stmt::ClassDef(c) => c.name.range.start(),
        other => other.range().start(),
    };
    crate::text::line(text, start.to_usize())
}

fn differing(path: &str, expected: &str, actual: &str) -> Vec<Finding> {
    let (Some(Ok(one)), Some(Ok(other))) = (python::parse(expected), python::parse(actual)) else {
        return Vec::new();
    };
    let (one, other) = (definitions(&one), definitions(&other));
    let mut findings = Vec::new();
    let error = |message: String| Finding::error(Code::J0127, message).help(HELP);
    for (name, &tree) in &one {
        match other.get(name) {
            None => findings
                .push(error(format!("`{name}` is not there any more")).at(Place::file(path), "")),
            // As trees: layout is everybody's own affair.
            Some(&found) if ComparableStmt::from(found) != ComparableStmt::from(tree) => {
                let line = line(actual, found);
                findings.push(
                    error(format!("`{name}` is another one")).at(Place::line(path, line), ""),
                );
            }
            Some(_) => {}
        }
    }
    for (name, &statement) in other.iter().filter(|(name, _)| !one.contains_key(*name)) {
        // A function or a constant of one's own harms nobody, unless pytest asks for it by name.
        if tampers(name) || name.starts_with("statement ") {
            let line = line(actual, statement);
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
    let Some(Ok(body)) = python::parse(text) else { return Vec::new() };
    let found = definitions(&body);
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
        .map(|(name, statement)| {
            let line = line(text, statement);
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
