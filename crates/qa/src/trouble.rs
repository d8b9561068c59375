//! What stands between a check and the answer of a program: how it ended instead.

use serde::de::DeserializeOwned;
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::result::Found;
use crate::tool::{Ended, ToolCall, ToolOutcome};

/// What a check comes to where a program did not end by itself. `None` if it did: its code and what
/// it printed say the rest.
pub(crate) fn of(code: Code, call: &ToolCall, outcome: &ToolOutcome) -> Option<Found> {
    let program = &call.program;
    let (message, help) = match &outcome.ended {
        Ended::Exit(_) if outcome.truncated => {
            let most = call.limits.output >> 20;
            (format!("`{program}` printed more than {most} MiB"), PRINTS)
        }
        Ended::Exit(_) => return None,
        Ended::Missing(reason) | Ended::Refused(reason) => return Some(Found::skipped(reason)),
        Ended::TimedOut => {
            let seconds = call.limits.time.as_secs();
            (format!("`{program}` had not ended after {seconds} seconds"), HANGS)
        }
        Ended::OutOfBounds(what) => (format!("`{program}` took {what}"), TAKES),
        Ended::Signal(number) => (format!("`{program}` was ended by signal {number}"), TAKES),
        Ended::Failed(reason) => (format!("`{program}` could not be run: {reason}"), STARTS),
    };
    Some(vec![Finding::error(code, message).help(help)].into())
}

/// The answer of a script of ours, which stands behind a line that the script was told.
///
/// # Errors
/// If there is none: what the check comes to then.
pub(crate) fn answer<T: DeserializeOwned>(
    code: Code,
    call: &ToolCall,
    outcome: &ToolOutcome,
    mark: &str,
) -> Result<T, Found> {
    if let Some(found) = of(code, call, outcome) {
        return Err(found);
    }
    let text = String::from_utf8_lossy(&outcome.stdout);
    let answer = text.rsplit_once(&format!("\n{mark}\n")).map(|(_, answer)| answer);
    answer.and_then(|answer| serde_json::from_str(answer).ok()).ok_or_else(|| {
        let message = format!("the run ended without an answer: {}", last_line(&outcome.stderr));
        vec![Finding::error(code, message).help(TAKES)].into()
    })
}

const HANGS: &str = "something in the project waits or loops when it is loaded: run it by hand";
const PRINTS: &str = "something in the project prints when it is loaded: run it by hand";
const TAKES: &str = "run it by hand to see what it does";
const STARTS: &str = "an environment that is broken is made anew by `stratapi dev`";

/// The first line that says something.
pub(crate) fn first_line(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let line =
        text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it said nothing");
    line.chars().take(300).collect()
}

/// The last line that says something: of a traceback, the error.
pub(crate) fn last_line(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let mut lines = text.lines().rev().map(str::trim);
    lines.find(|line| !line.is_empty()).unwrap_or("it said nothing").chars().take(300).collect()
}
