//! The gate, in the order in which failures are cheapest.

use std::process::{Command, Stdio};

use crate::report::{self, Case, Totals};
use crate::trial::{self, Scope};
use crate::{Result, codegen, e2e, process, root, sweep, tidy};

/// Applications of the sweep that belongs to the gate.
const SWEEP: u32 = 200;

/// Runs everything; the last line counts what passed and failed.
pub(crate) fn run() -> Result {
    let mut cases = Vec::new();
    cases.push(report::case("format", || cargo(&["fmt", "--all", "--check"])));
    cases.push(report::case("lints", || {
        cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
    }));
    cases.push(report::case("generated files are up to date", || {
        codegen::run(true)?;
        Ok(None)
    }));
    cases.extend(tidy::cases());
    let tests = unit_tests(&mut cases)?;
    cases.extend(e2e::cases(&[], false)?);
    cases.extend(trial::cases(Scope::Gate)?);
    cases.extend(sweep::cases(SWEEP, 1));
    report::conclude(&cases, tests)
}

fn cargo(arguments: &[&str]) -> Result<Option<String>> {
    process::shown(process::command(env!("CARGO"), &root()).args(arguments))?;
    Ok(None)
}

/// Runs the workspace's tests and counts them by the runner's own lines.
fn unit_tests(cases: &mut Vec<Case>) -> Result<Totals> {
    let mut command: Command = process::command(env!("CARGO"), &root());
    command.args(["test", "--workspace", "--quiet", "--no-fail-fast"]).stderr(Stdio::inherit());
    let output = command.output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    let totals = count(&text);
    cases.push(report::case("cargo test", || {
        if output.status.success() && totals.passed > 0 {
            Ok(None)
        } else {
            Err(format!("ended with {}; {}", output.status, totals.line()).into())
        }
    }));
    Ok(totals)
}

/// Adds up the lines `test result: ok. 3 passed; 0 failed; 0 ignored; …`.
fn count(text: &str) -> Totals {
    let mut totals = Totals::default();
    for line in text.lines().filter(|line| line.starts_with("test result:")) {
        let number = |word: &str| -> usize {
            line.split([';', '.'])
                .filter_map(|part| part.trim().strip_suffix(word))
                .find_map(|digits| digits.trim().parse().ok())
                .unwrap_or(0)
        };
        totals.add(Totals {
            passed: number("passed"),
            failed: number("failed"),
            skipped: number("ignored"),
        });
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn results_of_several_binaries_are_added_up() {
        let text = "running 2 tests\n..\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 3 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n";
        assert_eq!(count(text).line(), "5 passed, 4 failed, 1 skipped");
    }
}
