//! The page that says what each class of mistakes is caught by: `docs/trial.md`. The classes and
//! their checks are those of the source; how many projects a class was tried in is what the trial
//! found out when it was run last.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use stratapi_qa::Level;
use stratapi_tests::mutations;

use crate::Result;

const HEAD: &str = "\
# The judge on trial

Each class of mistakes is made in golden projects, one mistake at a time, and must be seen by the layer and the check named
here: the cheapest that can. `cargo xtask trial --write` tries them and writes this page; the last
column says in how many projects each was made and seen when that was done last. Those of the layers `structural` and `regressions` are tried in all of them by
`cargo test -p stratapi-tests --test mutations`, too.

| class | layer | check | projects |
|---|---|---|---|
";

/// Writes the page: with these numbers of projects, and those that it has for other classes.
pub(super) fn write(tried: &BTreeMap<&str, usize>) -> Result {
    let path = crate::root().join("docs/trial.md");
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    let known = numbers(&old);
    let mut text = HEAD.to_owned();
    for class in mutations::all() {
        let number = tried.get(class.id).copied().or_else(|| known.get(class.id).copied());
        let number = number.map_or_else(|| "not yet".to_owned(), |number| number.to_string());
        let (layer, code) = (class.layer.name(), class.code);
        let check = format!("[{code}](errors/{code}.md)");
        let _ = writeln!(text, "| {} | {layer} | {check} | {number} |", class.id);
    }
    std::fs::write(path, text)?;
    Ok(())
}

fn numbers(page: &str) -> BTreeMap<&str, usize> {
    page.lines().filter_map(number).collect()
}

fn number(line: &str) -> Option<(&str, usize)> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    match cells.as_slice() {
        ["", id, _, _, number, ""] => Some((*id, number.parse().ok()?)),
        _ => None,
    }
}

/// Whether a class is tried without running programs.
pub(super) fn is_in_process(class: &mutations::Mutation) -> bool {
    Level::Structural.layers().contains(&class.layer)
}
