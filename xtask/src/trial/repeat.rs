//! The full judge on one project, again and again: it says the same each time, and leaves nothing
//! running.

use std::collections::BTreeSet;
use std::path::Path;

use stratapi_qa::{CheckResult, Layer, Subject, ToolRunner, Tree};

use super::Project;
use crate::Result;

/// Judges a project so often; says how often it did.
pub(super) fn run(
    project: &Project,
    folder: &Path,
    runner: &dyn ToolRunner,
    times: u32,
) -> Result<Option<String>> {
    let before = processes(folder)?;
    let mut first: Option<String> = None;
    for time in 1..=times {
        let said = said(project, runner);
        if said.contains("Failed") || said.contains("Skipped") {
            return Err(format!("run {time}:\n{said}").into());
        }
        match &first {
            None => first = Some(said),
            Some(known) if *known != said => {
                return Err(format!("run {time} differs:\n{known}\n---\n{said}").into());
            }
            Some(_) => {}
        }
        let left: Vec<String> = processes(folder)?.difference(&before).cloned().collect();
        if !left.is_empty() {
            return Err(format!("run {time} leaves:\n{}", left.join("\n")).into());
        }
        println!("  run {time} of {times}: the same, nothing left");
    }
    Ok(None)
}

/// All that every check of every layer comes to, without the times.
fn said(project: &Project, runner: &dyn ToolRunner) -> String {
    let mut actual = Tree::default();
    for (path, text) in &project.files {
        actual.insert_text(path.as_str(), text.as_str());
    }
    let build = &project.compiled.build;
    let subject = Subject::new(&build.plan, &build.tree, &actual);
    let verdict = stratapi_qa::judge(&subject, &Layer::ALL, Some(runner), &stratapi_qa::Silent);
    let line = |result: &CheckResult| format!("{result:?}\n");
    verdict.results.iter().map(line).collect()
}

/// Processes that have to do with a project or with what the judge runs on it: their command lines.
fn processes(folder: &Path) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir("/proc")? {
        let path = entry?.path();
        // A process may end while it is looked at.
        let Ok(command) = std::fs::read(path.join("cmdline")) else { continue };
        let here = std::fs::read_link(path.join("cwd")).is_ok_and(|cwd| cwd.starts_with(folder));
        if here {
            let command = String::from_utf8_lossy(&command).replace('\0', " ");
            found.insert(format!("{}: {command}", path.display()));
        }
    }
    Ok(found)
}
