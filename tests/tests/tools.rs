//! The judge and the programs that it asks: what they say, and what becomes of it where they don't
//! answer. Most tests bring answers of their own; the last ones ask the real programs.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use stratapi_driver::{FileWorld, MemoryWorld};
use stratapi_qa::{
    CheckResult, Ended, Layer, Outcome, Subject, ToolCall, ToolOutcome, ToolRunner, Tree,
};
use stratapi_sandbox::{Permission, Sandbox, Settings, Stage, WayName};
use stratapi_tests::judged::{Compiled, environment, written};

/// Answers calls as a test says, and all others as if all were well.
struct Answers(Answer);

/// What a program says to a call; nothing for the usual.
type Answer = fn(&ToolCall) -> Option<ToolOutcome>;

fn outcome(ended: Ended, stdout: &str) -> ToolOutcome {
    ToolOutcome {
        ended,
        stdout: stdout.as_bytes().to_vec(),
        stderr: b"Traceback\nOSError: trouble\n".to_vec(),
        truncated: false,
        time: Duration::ZERO,
    }
}

/// The answer of a run of the project's tests in which they ended so; nothing for other calls.
fn tested(call: &ToolCall, ended: fn(&str) -> &'static str) -> Option<ToolOutcome> {
    let asked: serde_json::Value = serde_json::from_slice(&call.input).ok()?;
    let wanted: Vec<&str> =
        asked["arguments"].as_array()?.iter().filter_map(|one| one.as_str()).collect();
    let mut results = Vec::new();
    for (path, text) in asked["files"].as_object()? {
        if !wanted.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        for line in text.as_str()?.lines() {
            let line = line.strip_prefix("async ").unwrap_or(line);
            let Some(rest) = line.strip_prefix("def test_") else { continue };
            let id = format!("{path}::test_{}", rest.split('(').next()?);
            match ended(&id) {
                "" => {}
                outcome => results.push(serde_json::json!([id, outcome, "it said so"])),
            }
        }
    }
    results.push(serde_json::json!(["", "finished", "0"]));
    let answer = serde_json::json!({"code": 0, "said": "", "results": results});
    let text = format!("noise\n{}\n{answer}\n", asked["mark"].as_str()?);
    Some(outcome(Ended::Exit(0), &text))
}

impl ToolRunner for Answers {
    fn run(&self, call: &ToolCall) -> ToolOutcome {
        if let Some(answer) = tested(call, |_| "passed") {
            return (self.0)(call).unwrap_or(answer);
        }
        let usual = match (call.program.as_str(), call.input.is_empty()) {
            ("python", true) => "usable\n",
            ("python", false) => "done\n",
            ("ruff", _) if call.arguments[0] == "check" => "[]",
            _ => "",
        };
        (self.0)(call).unwrap_or_else(|| outcome(Ended::Exit(0), usual))
    }

    fn versions(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

fn smallest() -> Compiled {
    Compiled::of(&FileWorld::new(stratapi_tests::golden("smallest")))
}

fn results(
    compiled: &Compiled,
    actual: &Tree,
    runner: Option<&dyn ToolRunner>,
) -> Vec<CheckResult> {
    judged(compiled, actual, &[Layer::Structural, Layer::Tools], runner)
}

fn judged(
    compiled: &Compiled,
    actual: &Tree,
    layers: &[Layer],
    runner: Option<&dyn ToolRunner>,
) -> Vec<CheckResult> {
    let subject = Subject::new(&compiled.build.plan, &compiled.build.tree, actual);
    stratapi_qa::judge(&subject, layers, runner, &stratapi_qa::Silent).results
}

/// What is found and what is skipped, one line each.
fn said(results: &[CheckResult]) -> Vec<String> {
    let mut lines = Vec::new();
    for result in results {
        for finding in &result.findings {
            let place = finding.place.as_ref();
            let place =
                place.map_or_else(String::new, |place| format!(" {} {:?}", place.path, place.at));
            lines.push(format!("{}{place}: {}", finding.code, finding.message));
        }
        if let Outcome::Skipped(reason) = &result.outcome {
            lines.push(format!("{} skipped: {reason}", result.code));
        }
    }
    lines
}

/// What the judge says about the files that the compiler makes, with these answers.
fn answered(answers: fn(&ToolCall) -> Option<ToolOutcome>) -> Vec<String> {
    let compiled = smallest();
    let actual = Tree::from(&compiled.build.tree);
    said(&results(&compiled, &actual, Some(&Answers(answers))))
}

#[test]
fn nothing_is_found_where_all_is_well() {
    assert_eq!(answered(|_| None), [""; 0]);
}

#[test]
fn without_a_runner_what_needs_one_is_skipped_by_name() {
    let compiled = smallest();
    let results = results(&compiled, &Tree::from(&compiled.build.tree), None);
    let why = "nothing here runs programs";
    let expected = ["J0128", "J0601", "J0602", "J0603", "J0610", "J0611", "J0701"];
    let expected = expected.map(|code| format!("{code} skipped: {why}"));
    assert_eq!(said(&results), expected);
}

#[test]
fn a_python_that_does_not_run_the_project_is_told() {
    let told = |answers| answered(answers).into_iter().find(|line| line.starts_with("J0701"));
    let of_python = "J0701: no Python here runs the project: ";
    let cases: [(Answer, &str); 6] = [
        (|_| Some(outcome(Ended::Missing("there is no `x`".into()), "")), "there is no `x`"),
        (|_| Some(outcome(Ended::Refused("no sandbox".into()), "")), "no sandbox"),
        (|_| Some(outcome(Ended::Exit(1), "")), "OSError: trouble"),
        (|_| Some(outcome(Ended::Exit(0), "\u{fffd}")), "it does not do what it is told"),
        (|_| Some(outcome(Ended::TimedOut, "")), "it does not end"),
        (|_| Some(outcome(Ended::Signal(11), "")), "it is ended by signal 11"),
    ];
    for (answers, reason) in cases {
        assert_eq!(told(answers), Some(format!("{of_python}{reason}")));
    }
}

#[test]
fn tests_that_fail_or_do_not_run_are_told() {
    let found = answered(|call| {
        tested(call, |id| match id {
            "tests/api/test_health.py::test_probes_and_metrics" => "failed",
            "tests/unit/test_cli.py::test_it_prints_the_document" => "skipped",
            id if id.starts_with("tests/contract/") => "",
            _ => "passed",
        })
    });
    let starts = [
        "J0610 tests/api/test_health.py Line(10): `tests/api/test_health.py::test_probes_and_metrics` failed",
        "J0611 tests/contract/test_openapi.py",
    ];
    for start in starts {
        assert!(found.iter().any(|line| line.starts_with(start)), "{start}: {found:#?}");
    }
    assert!(found.iter().all(|line| line.starts_with("J061")), "{found:#?}");
}

#[test]
fn tests_that_end_before_their_end_are_told() {
    let found = answered(|call| {
        let whole = tested(call, |_| "passed")?;
        let text = String::from_utf8(whole.stdout).ok()?.replace("finished", "ended");
        Some(outcome(Ended::Exit(0), &text))
    });
    let start = "J0610 tests/conftest.py File: the tests did not come to their end";
    assert!(found.iter().any(|line| line.starts_with(start)), "{found:#?}");
}

#[test]
fn python_itself_compiles_every_file() {
    let found = answered(|call| {
        assert!(call.untrusted);
        // Whatever else is asked is no list of paths.
        let paths: Vec<String> = serde_json::from_slice(&call.input).ok()?;
        assert!(paths.iter().any(|path| path == "app/main.py"));
        Some(outcome(Ended::Exit(0), "[\"app/main.py\", 3, 5, \"no\"]\ndone\n"))
    });
    assert_eq!(found, ["J0128 app/main.py Point(3, 5): Python does not compile this: no"]);
    let found = answered(|call| {
        let is_list = call.input.starts_with(b"[");
        is_list.then(|| outcome(Ended::Exit(0), "something else\n"))
    });
    let expected = "J0128: Python ended before it had compiled all files: OSError: trouble";
    assert_eq!(found, [expected]);
}

#[test]
fn what_the_tools_say_is_told_at_its_place() {
    let found = answered(|call| {
        let tool = call.program == "ruff" || call.program == "mypy";
        assert!(!tool || call.files["pyproject.toml"].contains("select = [\"ALL\"]"));
        match (call.program.as_str(), call.arguments[0].as_str()) {
            ("ruff", "check") => Some(outcome(
                Ended::Exit(1),
                r#"[{"code": "F401", "filename": "/project/app/main.py",
                     "location": {"row": 2, "column": 8}, "message": "Unused import."}]"#,
            )),
            ("ruff", _) => Some(outcome(
                Ended::Exit(1),
                "--- app/main.py\n+++ app/main.py\n@@ -4,1 +4,1 @@\n-a\n+b\n",
            )),
            ("mypy", _) => Some(outcome(
                Ended::Exit(1),
                r#"{"file": "app/main.py", "line": 3, "column": 0, "message": "Bad type",
                    "hint": null, "code": "arg-type", "severity": "error"}"#
                    .replace('\n', "")
                    .as_str(),
            )),
            _ => None,
        }
    });
    assert_eq!(
        found,
        [
            "J0601 app/main.py Point(2, 8): unused import (F401)",
            "J0602 app/main.py Line(4): the formatter would change this file",
            "J0603 app/main.py Point(3, 1): bad type (arg-type)",
        ]
    );
}

/// A tool that hangs, prints without end, dies, or gives no answer: never a success.
#[test]
fn a_tool_that_does_not_answer_is_no_success() {
    fn of_tools(call: &ToolCall, ended: Ended, truncated: bool) -> Option<ToolOutcome> {
        (call.program != "python").then(|| ToolOutcome { truncated, ..outcome(ended, "?") })
    }
    let cases: [(Answer, &str); 5] = [
        (|call| of_tools(call, Ended::TimedOut, false), "had not ended after"),
        (|call| of_tools(call, Ended::Exit(0), true), "printed more than"),
        (|call| of_tools(call, Ended::Signal(9), false), "was ended by signal 9"),
        (|call| of_tools(call, Ended::Exit(2), false), "gave no answer"),
        (|call| of_tools(call, Ended::OutOfBounds("too much".into()), false), "took too much"),
    ];
    for (answers, part) in cases {
        let found = answered(answers);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|line| line.contains(part)), "{part}: {found:?}");
    }
    let missing = answered(|call| of_tools(call, Ended::Missing("not there".into()), false));
    assert!(missing.iter().all(|line| line.ends_with("skipped: not there")), "{missing:?}");
}

#[test]
fn a_comment_that_silences_a_tool_is_told() {
    let compiled = Compiled::of(
        &MemoryWorld::new().with("app.yaml", include_str!("../../examples/blog.yaml")),
    );
    let mut actual = Tree::from(&compiled.build.tree);
    let quiet = |actual: &Tree| {
        let results = results(&compiled, actual, None);
        said(&results).into_iter().filter(|line| line.starts_with("J0604")).collect::<Vec<_>>()
    };
    assert_eq!(quiet(&actual), [""; 0]);
    let text = actual.text("app/main.py").unwrap().replacen('\n', "  # noqa: D400\n", 1);
    let column = text.find("# noqa").unwrap() + 1;
    actual.insert_text("app/main.py", text);
    actual.insert_text("app/own.py", "x = 1  # type: ignore\n");
    assert_eq!(
        quiet(&actual),
        [
            format!(
                "J0604 app/main.py Point(1, {column}): `# noqa: D400` keeps a tool from looking"
            ),
            "J0604 app/own.py Point(1, 8): `# type: ignore` keeps a tool from looking".to_owned(),
        ]
    );
}

/// A module that is missing there would be read anew for every project.
#[test]
fn the_cache_of_libraries_has_what_projects_import() {
    let known = include_str!("../../crates/qa/src/mypy/imports.py");
    let known: Vec<&str> = known.lines().filter_map(|line| line.strip_prefix("import ")).collect();
    let own = ["__future__", "app", "migrations", "tests"];
    for name in stratapi_tests::golden_cases() {
        let world = FileWorld::new(stratapi_tests::golden(&name));
        for (path, text) in Compiled::of(&world).files() {
            if Path::new(&path).extension().is_none_or(|ending| ending != "py") {
                continue;
            }
            for line in text.lines() {
                let import = line.strip_prefix("from ").or_else(|| line.strip_prefix("import "));
                let Some(module) = import.and_then(|rest| rest.split(' ').next()) else { continue };
                let top = module.split('.').next().unwrap_or(module);
                assert!(own.contains(&top) || known.contains(&module), "{name}: {path}: {module}");
            }
        }
    }
}

fn sandbox(project: &Path, environment: &Path, way: Option<WayName>) -> Sandbox {
    Sandbox::new(Settings {
        project: project.to_owned(),
        python: Ok(environment.join("bin/python")),
        permission: Permission::Confined,
        stage: Stage { path: env!("CARGO_BIN_EXE_stage").into(), arguments: Vec::new() },
        way,
        programs: Vec::new(),
        answers: None,
    })
}

/// No way of keeping programs in bounds keeps migrations from running.
#[test]
fn migrations_are_run_in_each_way() {
    let Some(environment) = environment() else {
        eprintln!("not tested: `cargo xtask e2e` has made no environment yet");
        return;
    };
    let compiled = smallest();
    let folder = tempfile::TempDir::new().unwrap();
    let actual = written(&compiled.files(), folder.path());
    for way in [WayName::Bubblewrap, WayName::Landlock] {
        let sandbox = sandbox(folder.path(), &environment, Some(way));
        if let Err(reason) = sandbox.way() {
            eprintln!("not tested: {reason}");
            continue;
        }
        let results = judged(&compiled, &actual, &[Layer::Database], Some(&sandbox));
        // A cluster of PostgreSQL can't be started everywhere; SQLite is always there.
        let said = said(&results);
        assert!(said.iter().all(|line| line.starts_with("J0302 skipped")), "{way:?}: {said:#?}");
    }
}

/// Real programs in a real sandbox: they find what somebody did, and nothing in what is made.
#[test]
fn real_programs_find_what_was_done_and_nothing_else() {
    let Some(environment) = environment() else {
        eprintln!("not tested: `cargo xtask e2e` has made no environment yet");
        return;
    };
    let compiled = smallest();
    let mut files = compiled.files();
    // The configuration in the project is made to please; the one of the judge is not.
    files.insert("pyproject.toml".to_owned(), "[tool.ruff.lint]\nselect = []\n".to_owned());
    files.insert(".gitignore".to_owned(), "app/\n".to_owned());
    let bad = "\"\"\"Bad.\"\"\"\nimport os\nx: int = ''\nreturn\n";
    files.insert("app/bad.py".to_owned(), bad.to_owned());
    let folder = tempfile::TempDir::new().unwrap();
    let actual = written(&files, folder.path());
    let sandbox = sandbox(folder.path(), &environment, None);
    if let Err(reason) = sandbox.way() {
        eprintln!("not tested: {reason}");
        return;
    }
    let mut found = said(&results(&compiled, &actual, Some(&sandbox)));
    found.retain(|line| line.starts_with("J0128") || line.starts_with("J06"));
    for code in ["J0128", "J0601", "J0602", "J0603"] {
        let start = format!("{code} app/bad.py");
        assert!(found.iter().any(|found| found.starts_with(&start)), "{code}: {found:#?}");
    }
    // What needs a network of its own can't be asked under landlock.
    found.retain(|line| !line.starts_with("J0611 skipped: landlock"));
    assert!(found.iter().all(|line| line.contains(" app/bad.py ")), "{found:#?}");
}
