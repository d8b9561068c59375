//! What the gate builds with: one set of features for its own program, for the tests and for the
//! command, so that nothing is compiled twice.

use std::collections::BTreeSet;

use crate::{Result, process, root};

/// What stages of the gate build, as arguments of `cargo tree`; the first one builds the most.
const STAGES: [(&str, &[&str]); 3] = [
    ("the tests", &["--workspace", "--edges", "normal,build,dev"]),
    ("xtask", &["--package", "xtask", "--edges", "normal,build"]),
    ("the command", &["--workspace", "--edges", "normal,build"]),
];

/// Packages that a stage builds with other features than the tests do.
pub(crate) fn differing() -> Result<Vec<String>> {
    let [tests, others @ ..] = STAGES;
    let most = packages(tests.1)?;
    let mut found = Vec::new();
    for (stage, arguments) in others {
        let own = packages(arguments)?;
        found.extend(own.difference(&most).map(|package| format!("{package}: only for {stage}")));
    }
    Ok(found)
}

/// Every package with its version and its features.
fn packages(arguments: &[&str]) -> Result<BTreeSet<String>> {
    let mut tree = process::command(env!("CARGO"), &root());
    tree.args(["tree", "--offline", "--prefix", "none", "--format", "{p} [{f}]"]);
    let text = process::captured(tree.args(arguments))?;
    Ok(text.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::packages;

    #[test]
    fn features_that_only_the_tests_ask_for_show() {
        let one = packages(&["--package", "stratapi-diagnostics", "--edges", "normal"]).unwrap();
        let all = packages(&["--package", "stratapi-diagnostics", "--edges", "normal,build,dev"])
            .unwrap();
        let differs = one.difference(&all).any(|package| package.starts_with("serde_json "));
        assert!(differs, "{one:#?}");
    }
}
