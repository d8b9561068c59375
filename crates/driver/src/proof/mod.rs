//! Proves what fills the slots by their examples: a program asks the function for each of them. It
//! is run by whoever calls, who alone decides about sandboxes.

mod remembered;

use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use stratapi_diagnostics::{Code, Diagnostic, bug};
use stratapi_plan::{SlotExamplePlan, SlotPlan};
use stratapi_qa::{Ended, Limits, ToolCall, ToolOutcome, ToolRunner, WORK};

use crate::Build;

/// Asks for the examples.
const HARNESS: &str = include_str!("harness.py");
/// How long all examples of a slot may take together.
const TIME: Duration = Duration::from_secs(10);
/// Memory that they may take.
const MEMORY: u64 = 512 << 20;

/// A slot whose examples are to be asked for.
pub struct Proof<'a> {
    slot: &'a SlotPlan,
    body: &'a str,
    examples: String,
    hash: String,
}

/// What the function did for an example.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Answer {
    /// It could not be called at all.
    Unloadable {
        unloadable: String,
    },
    Raised {
        raised: String,
    },
    Returned {
        good: bool,
        gave: String,
        r#type: Option<String>,
    },
}

/// The slots of a build that have not been proved in this folder as they are, by this compiler.
///
/// # Panics
/// If the tree has no file of a slot, which is a bug.
pub fn open<'a>(build: &'a Build, target: &Path, compiler: &str) -> Vec<Proof<'a>> {
    let known = remembered::load(target);
    let all = all(build, compiler);
    all.filter(|proof| !known.contains(&proof.hash)).collect()
}

fn all<'a>(build: &'a Build, compiler: &str) -> impl Iterator<Item = Proof<'a>> {
    build.plan.slots.iter().map(move |slot| {
        let Some(file) = build.tree.get(&slot.path()) else { bug!("no file of a slot") };
        let examples = stratapi_ast_stratum::slot_examples(&build.plan, slot);
        let mut hasher = blake3::Hasher::new();
        for part in [compiler, HARNESS, slot.name.as_str(), &file.text, &examples] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let hash = hasher.finalize().to_hex().to_string();
        Proof { slot, body: &file.text, examples, hash }
    })
}

/// Remembers in a written folder that all slots of the build are proved. Where that is not possible,
/// the next build proves them again.
pub fn remember(build: &Build, target: &Path, compiler: &str) {
    if !build.plan.slots.is_empty() {
        remembered::store(target, &all(build, compiler).map(|proof| proof.hash).collect());
    }
}

/// Asks for the examples of slots; what is told says that one of them fails, or why nobody knows.
pub fn prove(open: &[Proof<'_>], runner: &dyn ToolRunner) -> Vec<Diagnostic> {
    open.iter().flat_map(|proof| proof.judge(&runner.run(&proof.call()))).collect()
}

impl Proof<'_> {
    fn call(&self) -> ToolCall {
        let harness = format!("{WORK}/slot_harness.py");
        let mut call = ToolCall::new("python", &["-I", "-B", &harness, self.slot.name.as_str()]);
        WORK.clone_into(&mut call.folder);
        let files = [
            ("slot_harness.py", HARNESS),
            ("slot_examples.py", self.examples.as_str()),
            ("slot_body.py", self.body),
        ];
        call.files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        call.limits = Limits {
            time: TIME,
            memory: MEMORY,
            processes: 16,
            file: 1 << 20,
            disk: 1 << 20,
            output: 1 << 20,
        };
        call
    }

    /// What an outcome says of the examples.
    fn judge(&self, outcome: &ToolOutcome) -> Vec<Diagnostic> {
        let why = match &outcome.ended {
            Ended::Missing(why) | Ended::Refused(why) | Ended::Failed(why) => {
                return vec![self.unproved(why)];
            }
            Ended::TimedOut => format!("did not come to an end within {} s", TIME.as_secs()),
            Ended::OutOfBounds(what) => format!("asked for too much: {}", line(what)),
            Ended::Signal(signal) => format!("ended the process by signal {signal}"),
            Ended::Exit(code) => format!("ended the process with code {code}"),
        };
        let text = String::from_utf8_lossy(&outcome.stdout);
        let mut answers = text.lines().map_while(|line| serde_json::from_str(line).ok());
        let mut findings = Vec::new();
        for example in &self.slot.examples {
            match answers.next() {
                Some(Answer::Unloadable { unloadable }) => {
                    let what = format!("can't be loaded: {}", line(&unloadable));
                    return vec![self.failed(example, &what)];
                }
                Some(Answer::Raised { raised }) => {
                    findings.push(self.failed(example, &format!("raised {}", line(&raised))));
                }
                Some(Answer::Returned { good: true, .. }) => {}
                Some(Answer::Returned { gave, r#type, .. }) => {
                    let ty = r#type.map(|ty| format!(", which is of type `{ty}`"));
                    let what = format!("gave {}{}", line(&gave), ty.unwrap_or_default());
                    findings.push(self.failed(example, &what));
                }
                None => {
                    findings.push(self.failed(example, &why));
                    break;
                }
            }
        }
        findings
    }

    fn failed(&self, example: &SlotExamplePlan, what: &str) -> Diagnostic {
        let file = stratapi_llm_stratum::file_name(self.slot);
        Diagnostic::error(Code::E0705, format!("`{}` {what}", self.slot.name))
            .at(example.span, format!("the function {what}"))
            .help(format!("correct `{file}`, or the example"))
    }

    fn unproved(&self, why: &str) -> Diagnostic {
        let message = format!("the examples of the slot `{}` can't be asked for", self.slot.name);
        Diagnostic::error(Code::E0706, message).at(self.slot.span, "nobody has proved it").help(why)
    }
}

/// A text on one line.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests;
