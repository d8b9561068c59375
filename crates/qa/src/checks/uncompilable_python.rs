//! `J0128`: a file that Python itself does not compile: it is stricter than any parser.

use serde::Deserialize;
use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::judge::Bench;
use crate::python;
use crate::result::Found;
use crate::tool::ToolCall;
use crate::trouble;

/// Compiles the files that are named on the standard input, and says `done` at the end, so that
/// what dies on the way is no success.
const SCRIPT: &str = "import json, sys, warnings
warnings.simplefilter('ignore')
for path in json.load(sys.stdin):
    try:
        with open(path, 'rb') as file:
            compile(file.read(), path, 'exec', dont_inherit=True)
    except SyntaxError as error:
        print(json.dumps([path, error.lineno or 1, error.offset or 1, error.msg]))
    except (OSError, ValueError, MemoryError, RecursionError) as error:
        print(json.dumps([path, 1, 1, str(error) or type(error).__name__]))
print('done')";

#[derive(Deserialize)]
struct Row(String, u32, u32, String);

pub(super) fn check(bench: &Bench<'_>) -> Found {
    let subject = bench.subject;
    let paths: Vec<&str> = subject
        .actual
        .texts()
        .map(|(path, _)| path)
        .filter(|path| python::is_python(path) && subject.is_changed(path))
        .collect();
    let mut call = ToolCall::new("python", &["-I", "-c", SCRIPT]);
    call.input = serde_json::to_vec(&paths).unwrap_or_default();
    let outcome = bench.run(&call);
    if let Some(found) = trouble::of(Code::J0128, &call, &outcome) {
        return found;
    }
    let text = String::from_utf8_lossy(&outcome.stdout);
    let mut findings = Vec::new();
    let mut done = false;
    for line in text.lines() {
        match serde_json::from_str(line) {
            Ok(Row(path, line, column, message)) => {
                let message = format!("Python does not compile this: {message}");
                let place = Place::point(path, line, column);
                findings.push(Finding::error(Code::J0128, message).at(place, ""));
            }
            Err(_) => done = line == "done",
        }
    }
    if !done {
        let said = trouble::last_line(&outcome.stderr);
        let message = format!("Python ended before it had compiled all files: {said}");
        findings.push(Finding::error(Code::J0128, message));
    }
    findings.into()
}
