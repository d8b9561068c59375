//! Mistakes that the judge must see, as changes to a good project. A class is one row: its id, the
//! cheapest layer that sees it, the check that says so, and how to make it.

mod attributes;
mod behaviour;
mod database;
mod flows;
mod jobs;
mod regressions;
mod seeds;
mod served;
mod shape;
mod structural;
mod tampered;
mod views;

use std::collections::BTreeMap;

use stratapi_diagnostics::Code;
use stratapi_qa::Layer;

/// The files of a project, by their paths.
pub type Files = BTreeMap<String, String>;

/// A class of mistakes.
#[derive(Clone, Copy)]
pub struct Mutation {
    /// Its name.
    pub id: &'static str,
    /// The cheapest layer that sees it.
    pub layer: Layer,
    /// The code of the finding.
    pub code: Code,
    /// What the message of the finding contains; may be empty.
    pub says: &'static str,
    /// In how many golden projects it can be made at the least.
    pub least: usize,
    /// Makes it and says in which file; `None` where the project has nothing to make it of.
    pub make: fn(&mut Files) -> Option<String>,
}

/// Every class, those of the cheapest layer first.
pub fn all() -> Vec<Mutation> {
    let classes = structural::ALL.iter().chain(tampered::ALL).chain(regressions::ALL);
    let run = database::ALL.iter().chain(served::ALL).chain(behaviour::ALL);
    let run = run.chain(flows::ALL).chain(jobs::ALL).chain(attributes::ALL).chain(views::ALL);
    let run = run.chain(shape::ALL).chain(seeds::ALL);
    classes.chain(run).copied().collect()
}

/// Projects in which a class must be possible, unless its row says otherwise.
const PROJECTS: usize = 5;

const fn row(
    id: &'static str,
    layer: Layer,
    code: Code,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    Mutation { id, layer, code, says, least: PROJECTS, make }
}

/// Replaces the first text of the first file below a folder that has it.
fn replace(files: &mut Files, below: &str, old: &str, new: &str) -> Option<String> {
    let fits =
        |(path, text): &(&String, &mut String)| path.starts_with(below) && text.contains(old);
    let (path, text) = files.iter_mut().find(fits)?;
    *text = text.replacen(old, new, 1);
    Some(path.clone())
}

/// Replaces a text of a file together with what stands behind it up to an end.
fn replace_span(
    files: &mut Files,
    below: &str,
    (start, end): (&str, &str),
    new: &str,
) -> Option<String> {
    for (path, text) in files.iter_mut().filter(|(path, _)| path.starts_with(below)) {
        let Some(from) = text.find(start) else { continue };
        let Some(length) = text[from..].find(end) else { continue };
        text.replace_range(from..from + length + end.len(), new);
        return Some(path.clone());
    }
    None
}

/// Adds to the end of a file, which may be a new one.
#[expect(clippy::unnecessary_wraps, reason = "as the others that make mistakes")]
fn append(files: &mut Files, path: &str, text: &str) -> Option<String> {
    files.entry(path.to_owned()).or_default().push_str(text);
    Some(path.to_owned())
}

/// Removes a file.
fn remove(files: &mut Files, path: &str) -> Option<String> {
    files.remove(path).map(|_| path.to_owned())
}

/// The first file below a folder that contains a text.
fn first<'f>(files: &'f mut Files, below: &str, text: &str) -> Option<(String, &'f mut String)> {
    let found = files
        .iter_mut()
        .find(|(path, content)| path.starts_with(below) && content.contains(text))?;
    Some((found.0.clone(), found.1))
}

/// The first file below a folder of which something is true.
fn path_of(files: &Files, below: &str, is: impl Fn(&str, &str) -> bool) -> Option<String> {
    let fits = |(path, text): &(&String, &String)| path.starts_with(below) && is(path, text);
    Some(files.iter().find(fits)?.0.clone())
}

/// White space at the start of a line.
fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// Changes the first line below a folder that can be changed.
fn line(files: &mut Files, below: &str, change: impl Fn(&str) -> Option<String>) -> Option<String> {
    for (path, text) in files.iter_mut().filter(|(path, _)| path.starts_with(below)) {
        let found = text.lines().find_map(|line| Some((line.to_owned(), change(line)?)));
        if let Some((old, new)) = found {
            *text = text.replacen(&old, &new, 1);
            return Some(path.clone());
        }
    }
    None
}
