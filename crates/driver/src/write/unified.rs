//! Prints changes as a unified diff.

use std::fmt::Write as _;
use std::path::Path;

use similar::TextDiff;
use stratapi_plan::ArtifactTree;

use super::Changes;

/// All changes in ascending order of their paths.
pub(super) fn print(tree: &ArtifactTree, target: &Path, changes: &Changes) -> String {
    let mut paths: Vec<&String> =
        changes.created.iter().chain(&changes.replaced).chain(&changes.removed).collect();
    paths.sort_unstable();
    let mut text = String::new();
    for path in paths {
        let old = std::fs::read(target.join(path)).ok();
        let new = tree.get(path).map(|artifact| artifact.text.as_str());
        match old.map(String::from_utf8) {
            Some(Err(_)) => {
                // Writing to a String can't fail.
                let _ = writeln!(text, "Binary file {path} differs");
            }
            Some(Ok(old)) => text.push_str(&one(path, Some(&old), new)),
            None => text.push_str(&one(path, None, new)),
        }
    }
    text
}

fn one(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let name = |side: &str, text: Option<&str>| match text {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    let (old_name, new_name) = (name("a", old), name("b", new));
    TextDiff::from_lines(old.unwrap_or(""), new.unwrap_or(""))
        .unified_diff()
        .header(&old_name, &new_name)
        .to_string()
}
