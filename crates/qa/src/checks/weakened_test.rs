//! `J0127`: a test that the compiler wrote is gone or another one, or something tampers with the run
//! of the tests.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::comparable::ComparableStmt;
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;
use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::python::{self, Project};
use crate::result::Found;
use crate::subject::Subject;

const HELP: &str =
    "leave the generated tests as they are, and write your own into files of your own";

pub(super) fn check(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let mut findings = Vec::new();
    let is_test = |path: &str| path.starts_with("tests/") && python::is_python(path);
    // A file that is not there is a finding of its own.
    for (file, text) in subject.differing().filter(|(file, _)| is_test(&file.path)) {
        findings.extend(differing(&file.path, &file.text, text));
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
    let mut all = BTreeSet::new();
    for file in files {
        if let Some(Ok(body)) = python::parse(&file.text) {
            let found = definitions(&body).into_iter().filter(|(_, it)| it.is_fixture(&file.text));
            all.extend(found.map(|(name, _)| name));
        }
    }
    all
}

/// What a file defines under a name.
#[derive(Debug, Clone, Copy)]
enum Definition<'t> {
    /// By this statement.
    Own(&'t Stmt),
    /// What another module defines: its path, the name there, and the statement.
    Imported(&'t str, &'t str, &'t Stmt),
}

impl Definition<'_> {
    /// The line of the statement, without its decorators.
    fn line(&self, text: &str) -> u32 {
        let start = match self.statement() {
            Stmt::FunctionDef(f) => f.name.range.start(),
            Stmt::ClassDef(c) => c.name.range.start(),
            other => other.range().start(),
        };
        crate::text::line(text, start.to_usize())
    }

    fn statement(&self) -> &Stmt {
        match self {
            Self::Own(statement) | Self::Imported(_, _, statement) => statement,
        }
    }

    /// Whether it means the same: as trees, since layout is everybody's own affair.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Own(one), Self::Own(other)) => {
                ComparableStmt::from(*one) == ComparableStmt::from(*other)
            }
            (Self::Imported(module, name, _), Self::Imported(from, other, _)) => {
                (module, name) == (from, other)
            }
            _ => false,
        }
    }

    /// Whether it is a fixture of pytest.
    fn is_fixture(&self, text: &str) -> bool {
        self.is_decorated(text, "fixture")
    }

    /// Whether it is one that every test uses unasked.
    fn is_autouse(&self, text: &str) -> bool {
        self.is_decorated(text, "autouse")
    }

    fn is_decorated(&self, text: &str, with: &str) -> bool {
        let Self::Own(Stmt::FunctionDef(function)) = self else { return false };
        let mut decorators = function.decorator_list.iter();
        decorators
            .any(|one| text.get(one.range().to_std_range()).is_some_and(|it| it.contains(with)))
    }
}

/// What a file defines, by name.
fn definitions(body: &[Stmt]) -> BTreeMap<String, Definition<'_>> {
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
            Stmt::Import(import) => {
                for alias in &import.names {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    all.insert(bound, Definition::Imported(&alias.name, "", statement));
                }
                continue;
            }
            Stmt::ImportFrom(import) => {
                let module = import.module.as_ref().map_or("", |module| module.as_str());
                for alias in &import.names {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    all.insert(bound, Definition::Imported(module, &alias.name, statement));
                }
                continue;
            }
            // Other docstrings change nothing.
            Stmt::Expr(e) if e.value.is_literal_expr() => continue,
            _ => format!("statement {position}"),
        };
        all.insert(name, Definition::Own(statement));
    }
    all
}

fn differing(path: &str, expected: &str, actual: &str) -> Vec<Finding> {
    let (Some(Ok(one)), Some(Ok(other))) = (python::parse(expected), python::parse(actual)) else {
        return Vec::new();
    };
    let (one, other) = (definitions(&one), definitions(&other));
    let mut findings = Vec::new();
    let error = |message: String| Finding::error(Code::J0127, message).help(HELP);
    for (name, known) in &one {
        match other.get(name) {
            // A name that is not imported any more is another finding where it is used.
            None if matches!(known, Definition::Imported(..)) => {}
            None => findings
                .push(error(format!("`{name}` is not there any more")).at(Place::file(path), "")),
            Some(found) if !found.is_like(known) => {
                let line = found.line(actual);
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
        if tampers(name) || new.is_autouse(actual) || name.starts_with("statement ") {
            let message = format!("`{name}` reaches into the run of the tests");
            findings.push(error(message).at(Place::line(path, new.line(actual)), ""));
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
                | "pytest_plugins"
                | "collect_ignore"
                | "collect_ignore_glob"
        )
    };
    let hooks = found.iter().filter(|(name, it)| {
        let takes_over =
            is_conftest && (it.is_autouse(text) || it.is_fixture(text) && fixtures.contains(*name));
        outcome(name) || takes_over
    });
    hooks
        .map(|(name, it)| {
            let line = it.line(text);
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
