//! The project's own tests, as the compiler wrote them: what is expected to run, and what came of it.

use std::collections::BTreeMap;
use std::time::Duration;

use ruff_python_ast::Stmt;
use serde::Deserialize;
use serde_json::json;
use stratapi_diagnostics::Code;

use crate::judge::Bench;
use crate::python;
use crate::result::Found;
use crate::subject::Subject;
use crate::tool::{Limits, ToolCall};
use crate::trouble;

/// The program that runs the tests.
const SCRIPT: &str = include_str!("run_tests.py");
/// How long all tests may take.
const TIME: Duration = Duration::from_mins(15);

/// Tests that are run together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suite {
    /// Those of units and of the API.
    Own,
    /// Those that hold the application against its published document.
    Contract,
}

/// How one test ended, at one stage.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct TestResult(pub(crate) String, pub(crate) String, pub(crate) String);

/// What came of a suite.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Ran {
    /// The exit code of the runner of the tests.
    pub(crate) code: i32,
    /// The end of what it said.
    pub(crate) said: String,
    /// One line for each test, and one at the end.
    pub(crate) results: Vec<TestResult>,
}

impl Suite {
    fn holds(self, path: &str) -> bool {
        let of_contract = path.starts_with("tests/contract/");
        path.starts_with("tests/") && of_contract == (self == Self::Contract)
    }

    fn arguments(self) -> Vec<&'static str> {
        match self {
            Self::Own => vec!["tests/unit", "tests/api"],
            Self::Contract => vec!["tests/contract"],
        }
    }

    /// Functions that must pass, as `tests/api/test_posts.py::test_create`, with their lines.
    pub(crate) fn expected(self, subject: &Subject<'_>) -> BTreeMap<String, u32> {
        let files = subject.expected.iter().filter(|file| self.holds(&file.path));
        let mut all = BTreeMap::new();
        for file in files {
            for (name, line) in tests(&file.path, &file.text) {
                all.insert(format!("{}::{name}", file.path), line);
            }
        }
        all
    }
}

/// Functions of a file that pytest collects, with their lines.
fn tests(path: &str, text: &str) -> Vec<(String, u32)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if !name.starts_with("test_") {
        return Vec::new();
    }
    let Some(Ok(body)) = python::parse(text) else { return Vec::new() };
    let function = |statement: &Stmt| {
        let Stmt::FunctionDef(f) = statement else { return None };
        let name = f.name.as_str();
        let line = crate::text::line(text, f.name.range.start().to_usize());
        name.starts_with("test_").then(|| (name.to_owned(), line))
    };
    body.iter().filter_map(function).collect()
}

/// Runs the tests, once for all checks.
///
/// # Errors
/// If there is no answer: what the check `code` comes to then.
pub(crate) fn run(bench: &Bench<'_>, suite: Suite, code: Code) -> Result<Ran, Found> {
    let subject = bench.subject;
    // Their settings and all that they import from each other, too.
    let wanted = |path: &str| path.starts_with("tests/") || path == "pyproject.toml";
    let files: BTreeMap<&str, &str> = subject
        .expected
        .iter()
        .filter(|file| wanted(&file.path))
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect();
    let mark = bench.mark();
    let environment: BTreeMap<&str, &str> = match suite {
        Suite::Own => BTreeMap::new(),
        Suite::Contract => BTreeMap::from([("CONTRACT_EXAMPLES", "1")]),
    };
    let asked = json!({
        "mark": mark,
        "files": files,
        "arguments": suite.arguments(),
        "environment": environment,
    });
    let mut call = ToolCall::new("python", &["-I", "-c", SCRIPT]);
    call.input = asked.to_string().into_bytes();
    call.limits = Limits { time: TIME, output: 64 << 20, ..Limits::default() };
    call.loopback = suite == Suite::Contract;
    trouble::answer(code, &call, &bench.run(&call), &mark)
}

impl Ran {
    /// Whether the run came to its end by itself.
    pub(crate) fn is_complete(&self) -> bool {
        self.results.iter().any(|result| result.1 == "finished")
    }

    /// How each function ended, by its name without the parameters: the worst of its results.
    pub(crate) fn by_function(&self) -> BTreeMap<String, (&str, &str)> {
        let mut all: BTreeMap<String, (&str, &str)> = BTreeMap::new();
        for TestResult(id, outcome, said) in self.results.iter().filter(|one| !one.0.is_empty()) {
            let function = id.split('[').next().unwrap_or(id).to_owned();
            let known = all.entry(function).or_insert((outcome, said));
            if known.0 == "passed" {
                *known = (outcome, said);
            }
        }
        all
    }
}
