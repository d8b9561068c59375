//! Puts rendered Python into its canonical layout: imports in order, lines no longer than they may be.

use ruff_formatter::LineWidth;
use ruff_python_ast::{PySourceType, PythonVersion};
use ruff_python_formatter::{PyFormatOptions, format_module_source};
use stratapi_diagnostics::bug;

/// The text as the linter and the formatter of the generated project leave it.
pub(crate) fn settled(path: &str, text: &str) -> String {
    let width = LineWidth::try_from(100).unwrap_or_default();
    let options = PyFormatOptions::from_source_type(PySourceType::Python)
        .with_target_version(PythonVersion::PY311)
        .with_line_width(width);
    match format_module_source(&sorted(text), options) {
        Ok(printed) => printed.into_code(),
        Err(error) => bug!("template {path} gives no Python: {error}\n{text}"),
    }
}

/// Sorts each run of one-line `from app… import …` statements, and the names in them.
fn sorted(text: &str) -> String {
    let mut out = Vec::new();
    let mut run: Vec<(&str, String)> = Vec::new();
    for line in text.lines().chain(std::iter::once("")) {
        if let Some((module, names)) = own_import(line) {
            match run.iter_mut().find(|(known, _)| *known == module) {
                Some((_, known)) => {
                    known.push_str(", ");
                    known.push_str(names);
                }
                None => run.push((module, names.to_owned())),
            }
            continue;
        }
        run.sort_by(|(a, _), (b, _)| natord::compare(a, b));
        out.extend(run.drain(..).map(|(module, names)| statement(module, &names)));
        out.push(line.to_owned());
    }
    out.pop();
    out.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

fn own_import(line: &str) -> Option<(&str, &str)> {
    let (module, names) = line.strip_prefix("from ")?.split_once(" import ")?;
    let own = module == "app" || module.starts_with("app.");
    (own && !names.contains(['(', '#'])).then_some((module, names))
}

fn statement(module: &str, names: &str) -> String {
    let mut names: Vec<_> = names.split(", ").collect();
    names.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| natord::compare_ignore_case(a, b)));
    names.dedup();
    format!("from {module} import {}", names.join(", "))
}

/// Constants before classes before functions.
fn rank(name: &str) -> u8 {
    let lower = name.bytes().any(|b| b.is_ascii_lowercase());
    let head = name.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
    match (head, lower) {
        (_, false) if name.len() > 1 => 0,
        (true, _) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_sorted_merged_and_broken() {
        let text = "\
from sqlalchemy import b, a

from app.models.user import User, utc, MAX
from app.core.x10 import Z
from app.core.x9 import AVeryLongNameThatTakesMostOfTheLine, AnotherNameThatTakesTheRestOfTheLine
from app.models.user import Account
x = 1
";
        insta::assert_snapshot!(settled("x.py", text), @r"
        from sqlalchemy import b, a

        from app.core.x9 import AnotherNameThatTakesTheRestOfTheLine, AVeryLongNameThatTakesMostOfTheLine
        from app.core.x10 import Z
        from app.models.user import MAX, Account, User, utc

        x = 1
        ");
    }
}
