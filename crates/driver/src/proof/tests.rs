//! What the outcomes of a run say of the examples.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_qa::{Ended, ToolCall, ToolOutcome, ToolRunner};

use super::{open, prove};
use crate::{Build, Config, MemoryWorld, compile};

const APPLICATION: &str = "stratapi: 1
app: {name: shop}
domain: {entities: {Note: {attributes: {body: text}}}}
behavior:
  slots:
    twice:
      kind: business_rule
      input: {number: int}
      output: int
      describe: The number, twice.
      examples: [{given: {number: 1}, expect: 2}, {given: {number: 2}, expect: 4}]
";

fn build() -> Build {
    let body = "def twice(number: int) -> int:\n    return number + number\n";
    let world = MemoryWorld::new().with("app.yaml", APPLICATION).with("slots/twice.py", body);
    compile(&world, &Config::new("app.yaml")).value.unwrap()
}

/// Answers every call with this.
struct Always(Ended, &'static str);

impl ToolRunner for Always {
    fn run(&self, call: &ToolCall) -> ToolOutcome {
        assert!(call.untrusted && call.files.len() == 3);
        ToolOutcome {
            ended: self.0.clone(),
            stdout: self.1.as_bytes().to_vec(),
            stderr: Vec::new(),
            truncated: false,
            time: Duration::ZERO,
        }
    }

    fn versions(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

fn said(ended: Ended, stdout: &'static str) -> Vec<Diagnostic> {
    let build = build();
    let open = open(&build, Path::new("/nowhere"), "test");
    assert_eq!(open.len(), 1);
    prove(&open, &Always(ended, stdout))
}

const GOOD: &str = "{\"good\": true, \"gave\": \"2\", \"type\": null}\n";

#[test]
fn what_nobody_can_ask_for_is_told() {
    for ended in [
        Ended::Refused("install bubblewrap".to_owned()),
        Ended::Missing("there is no Python".to_owned()),
        Ended::Failed("no folder".to_owned()),
    ] {
        let said = said(ended, GOOD);
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].code, Code::E0706);
        assert_eq!(said[0].help.len(), 1);
    }
}

#[test]
fn the_first_example_without_an_answer_did_not_come_to_an_end() {
    let all = concat!(
        "{\"good\": true, \"gave\": \"2\", \"type\": null}\n",
        "{\"good\": true, \"gave\": \"4\", \"type\": null}\n"
    );
    assert!(said(Ended::Exit(0), all).is_empty());
    let table = [
        (Ended::TimedOut, GOOD, "`twice` did not come to an end within 10 s"),
        (Ended::OutOfBounds("memory".to_owned()), GOOD, "`twice` asked for too much: memory"),
        (Ended::Exit(3), GOOD, "`twice` ended the process with code 3"),
        (Ended::Signal(9), GOOD, "`twice` ended the process by signal 9"),
        (Ended::Exit(0), "{\"unloadable\": \"E: x\\ny\"}\n", "`twice` can't be loaded: E: x y"),
    ];
    for (ended, stdout, expected) in table {
        let said = said(ended, stdout);
        let messages: Vec<&str> = said.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, [expected]);
        assert_eq!(said[0].code, Code::E0705);
    }
    assert_eq!(said(Ended::Exit(0), "nonsense\n").len(), 1);
}

#[test]
fn another_contract_is_another_proof() {
    let build = build();
    let hashes = |compiler: &str| -> BTreeSet<String> {
        open(&build, Path::new("/nowhere"), compiler).into_iter().map(|it| it.hash).collect()
    };
    assert_eq!(hashes("one"), hashes("one"));
    assert_ne!(hashes("one"), hashes("another"));
}
