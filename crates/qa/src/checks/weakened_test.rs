//! `J0127`: a test that the compiler wrote is gone or another one, or something tampers with the run
//! of the tests.

use std::collections::{BTreeMap, BTreeSet};

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
    let fixtures = fixtures(subject);
    for (path, text) in own {
        findings.extend(hooks(path, text, &fixtures));
    }
    findings.extend(settings(subject));
    findings.into()
}

/// Names of the fixtures that the compiler's tests ask for.
fn fixtures(subject: &Subject<'_>) -> BTreeSet<String> {
    let files = subject.expected.iter().filter(|file| file.path.ends_with("conftest.py"));
    let all = files.filter_map(|file| definitions(&file.path, &file.text));
    let of = |file: BTreeMap<String, Definition>| {
        file.into_iter().filter(|(_, it)| it.fixture).map(|(name, _)| name).collect::<Vec<_>>()
    };
    all.flat_map(of).collect()
}

/// What a file defines under a name.
#[derive(Debug, PartialEq, Eq)]
struct Definition {
    /// Its tree, without its layout.
    tree: String,
    /// Where it starts.
    start: usize,
    /// Whether it is a fixture of pytest.
    fixture: bool,
    /// Whether it is one that every test uses unasked.
    autouse: bool,
}

/// What a file defines, by name.
fn definitions(path: &str, text: &str) -> Option<BTreeMap<String, Definition>> {
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
            Stmt::Import(import) => {
                for alias in &import.names {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    add(&mut all, bound, format!("import {}", alias.name), start);
                }
                continue;
            }
            Stmt::ImportFrom(import) => {
                let module = import.module.as_ref().map_or("", |module| module.as_str());
                for alias in &import.names {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    let tree = format!("import {module}.{}", alias.name);
                    add(&mut all, bound, tree, start);
                }
                continue;
            }
            Stmt::Expr(e) if matches!(&*e.value, Expr::Constant(_)) => continue,
            _ => format!("statement {position}"),
        };
        let decorators = decorators(statement, text);
        let fixture = decorators.iter().any(|it| it.contains("fixture"));
        let autouse = decorators.iter().any(|it| it.contains("autouse"));
        all.insert(name, Definition { tree: fingerprint(statement), start, fixture, autouse });
    }
    Some(all)
}

fn add(all: &mut BTreeMap<String, Definition>, name: String, tree: String, start: usize) {
    all.insert(name, Definition { tree, start, fixture: false, autouse: false });
}

fn decorators<'t>(statement: &Stmt, text: &'t str) -> Vec<&'t str> {
    let list = match statement {
        Stmt::FunctionDef(f) => &f.decorator_list,
        Stmt::AsyncFunctionDef(f) => &f.decorator_list,
        _ => return Vec::new(),
    };
    let range = |one: &Expr| usize::from(one.range().start())..usize::from(one.range().end());
    list.iter().filter_map(|one| text.get(range(one))).collect()
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
    for (name, Definition { tree, .. }) in &one {
        match other.get(name) {
            // A name that is not imported any more is another finding where it is used.
            None if tree.starts_with("import ") => {}
            None => findings
                .push(error(format!("`{name}` is not there any more")).at(Place::file(path), "")),
            Some(found) if found.tree != *tree => {
                let line = crate::text::line(actual, found.start);
                findings.push(
                    error(format!("`{name}` is another one")).at(Place::line(path, line), ""),
                );
            }
            Some(_) => {}
        }
    }
    for (name, new) in other.iter().filter(|(name, _)| !one.contains_key(*name)) {
        // A function or a constant of one's own harms nobody, unless pytest asks for it by name or
        // runs it unasked.
        if tampers(name) || new.autouse || name.starts_with("statement ") {
            let line = crate::text::line(actual, new.start);
            let message = format!("`{name}` reaches into the run of the tests");
            findings.push(error(message).at(Place::line(path, line), ""));
        }
    }
    findings
}

/// Names that mean something to pytest wherever they stand.
fn tampers(name: &str) -> bool {
    name.starts_with("pytest_")
        || matches!(
            name,
            "pytestmark"
                | "collect_ignore"
                | "collect_ignore_glob"
                | "__test__"
                | "setup_module"
                | "setup_function"
                | "teardown_module"
                | "teardown_function"
        )
}

/// Hooks and fixtures of pytest in files of one's own: they reach every test. So does a module that
/// Python imports whenever it starts.
fn hooks(path: &str, text: &str, fixtures: &BTreeSet<String>) -> Vec<Finding> {
    let file = path.rsplit('/').next().unwrap_or(path);
    if matches!(file, "sitecustomize.py" | "usercustomize.py") {
        let message = format!("`{file}` is run whenever Python starts, also before the tests");
        let finding = Finding::error(Code::J0127, message).at(Place::line(path, 1), "");
        return vec![finding.help("remove it")];
    }
    let is_conftest = file == "conftest.py";
    if !is_conftest && !text.contains("def pytest_") {
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
                | "pytest_plugins"
                | "collect_ignore"
                | "collect_ignore_glob"
        )
    };
    let hooks = found.iter().filter(|(name, it)| {
        let takes_over = is_conftest && (it.autouse || it.fixture && fixtures.contains(*name));
        outcome(name) || takes_over
    });
    hooks
        .map(|(name, it)| {
            let line = crate::text::line(text, it.start);
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
