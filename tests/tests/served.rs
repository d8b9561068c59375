//! The judge and an application that is served: what is told where it does not come up, hangs, prints
//! without end, or answers with what is no text. Answers of the script are brought by the tests.

use std::collections::BTreeMap;
use std::time::Duration;

use stratapi_driver::FileWorld;
use stratapi_qa::{Ended, Layer, Subject, ToolCall, ToolOutcome, ToolRunner, Tree};
use stratapi_tests::judged::Compiled;

/// Answers as a script would that was told the line behind which it answers.
struct Script(fn(&str) -> ToolOutcome);

impl ToolRunner for Script {
    fn run(&self, call: &ToolCall) -> ToolOutcome {
        let asked: serde_json::Value = serde_json::from_slice(&call.input).unwrap();
        (self.0)(asked["mark"].as_str().unwrap())
    }

    fn versions(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    fn secret(&self) -> String {
        "drawn".to_owned()
    }
}

fn outcome(ended: Ended, stdout: Vec<u8>) -> ToolOutcome {
    let stderr = b"Traceback\nOSError: trouble \xff\n".to_vec();
    ToolOutcome { ended, stdout, stderr, truncated: false, time: Duration::ZERO }
}

fn answer(mark: &str, answer: &str) -> ToolOutcome {
    outcome(Ended::Exit(0), format!("noise\n{mark}\n{answer}").into_bytes())
}

/// What the check of the start says.
fn said(script: fn(&str) -> ToolOutcome) -> String {
    let compiled = Compiled::of(&FileWorld::new(stratapi_tests::golden("smallest")));
    let actual = Tree::from(&compiled.build.tree);
    let subject = Subject::new(&compiled.build.plan, &compiled.build.tree, &actual);
    let runner = Script(script);
    let layers = [Layer::Smoke];
    let verdict = stratapi_qa::judge(&subject, &layers, Some(&runner), &stratapi_qa::Silent);
    let start = verdict.results.iter().find(|result| result.code.to_string() == "J0501").unwrap();
    assert_ne!(start.outcome, stratapi_qa::Outcome::Passed);
    start.findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>().join("; ")
}

#[test]
fn an_application_that_does_not_come_up_is_told_with_what_it_said() {
    let taken = |mark: &str| {
        answer(
            mark,
            r#"{"stage": "start", "log": "INFO\n[Errno 98] bind: address already in use\n"}"#,
        )
    };
    let text = said(taken);
    assert!(text.contains("does not start") && text.contains("already in use"), "{text}");
    let hangs = |mark: &str| {
        answer(mark, r#"{"stage": "start", "hangs": true, "log": "waiting for the moon\n"}"#)
    };
    let text = said(hangs);
    assert!(text.contains("never answers") && text.contains("for the moon"), "{text}");
}

#[test]
fn a_run_without_an_answer_is_named_and_no_success() {
    type Outcome = fn(&str) -> ToolOutcome;
    let cases: [(Outcome, &str); 5] = [
        (|_| outcome(Ended::TimedOut, Vec::new()), "had not ended after"),
        (|mark| ToolOutcome { truncated: true, ..answer(mark, "{}") }, "printed more than"),
        (|_| outcome(Ended::Exit(0), vec![0xff; 64]), "ended without an answer: OSError: trouble"),
        // A line that anybody could have printed is not the one that was drawn.
        (|_| answer("--- answer  ---", r#"{"stage": "done", "log": ""}"#), "without an answer"),
        (|_| outcome(Ended::Failed("no such file".into()), Vec::new()), "could not be run"),
    ];
    for (script, part) in cases {
        let text = said(script);
        assert!(text.contains(part), "{part}: {text}");
    }
}
