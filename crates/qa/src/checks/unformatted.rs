//! `J0602`: a file that `ruff format` would change.

use stratapi_diagnostics::Code;

use super::configured::{self, Configured};
use crate::finding::{Finding, Place};
use crate::judge::Bench;
use crate::result::Found;
use crate::tool::Ended;
use crate::trouble;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    let arguments =
        ["format", "--diff", "--no-cache", "--no-respect-gitignore", "--quiet", "--config"];
    let call = match configured::call(bench, "ruff", &arguments, &["."]) {
        Configured::Call(call) => call,
        Configured::Without(found) => return found,
    };
    let outcome = bench.run(&call);
    if let Some(found) = trouble::of(Code::J0602, &call, &outcome) {
        return found;
    }
    let findings = findings(&String::from_utf8_lossy(&outcome.stdout));
    // It leaves with 1 where it would change something, and with 2 where it could not look.
    let expected = if findings.is_empty() { Ended::Exit(0) } else { Ended::Exit(1) };
    if outcome.ended == expected {
        return findings.into();
    }
    let said = trouble::first_line(&outcome.stderr);
    let mut all = findings;
    all.push(Finding::error(Code::J0602, format!("`ruff format` gave no answer: {said}")));
    all.into()
}

/// One for each file of a unified diff, at its first change.
fn findings(diff: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut path = None;
    let mut left = 0;
    for line in diff.lines() {
        // The lines of a change may begin like a header.
        if left > 0 {
            left -= usize::from(!line.starts_with(['+', '\\']));
        } else if let Some(name) = line.strip_prefix("--- ") {
            path = Some(name.to_owned());
        } else if let Some((start, count)) = line.strip_prefix("@@ -").and_then(hunk) {
            left = count;
            if let Some(path) = path.take() {
                let message = "the formatter would change this file";
                let place = Place::line(path, start);
                let help = "`ruff format` does so";
                findings.push(Finding::error(Code::J0602, message).at(place, "near").help(help));
            }
        }
    }
    findings
}

/// `1,4 +1,7 @@`: the first line, and how many.
fn hunk(text: &str) -> Option<(u32, usize)> {
    let (range, _) = text.split_once(' ')?;
    let (start, count) = range.split_once(',').unwrap_or((range, "1"));
    Some((start.parse().ok()?, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::findings;

    #[test]
    fn files_of_a_diff_are_told_by_their_first_change() {
        let diff = "--- app/a.py\n+++ app/a.py\n@@ -3,2 +3,3 @@\n a\n--- b\n+c\n+d\n@@ -9 +9 @@\n-e\n+f\n\
                    --- app/b.py\n+++ app/b.py\n@@ -1 +1 @@\n-e\n+f\n";
        let places: Vec<_> = findings(diff).into_iter().filter_map(|it| it.place).collect();
        let paths: Vec<_> = places.iter().map(|place| place.path.as_str()).collect();
        assert_eq!(paths, ["app/a.py", "app/b.py"]);
    }
}
