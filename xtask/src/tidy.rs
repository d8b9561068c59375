//! The house rules that no lint of the compiler knows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::layers::LAYERS;
use crate::report::{self, Case, Totals};
use crate::{Result, features, process, root};

/// Longest source file, in lines.
const MAX_LINES: usize = 600;

/// Checks every rule and prints each violation.
pub(crate) fn run() -> Result {
    report::conclude(&cases(), Totals::default())
}

/// One case a rule.
pub(crate) fn cases() -> Vec<Case> {
    vec![
        report::case("house: files have a header and a bounded size", || verdict(&headers()?)),
        report::case("house: crates import downwards only", || verdict(&imports()?)),
        report::case("house: crates know only what they may", || verdict(&knowledge()?)),
        report::case("house: no stub, no leftover, no machine path, no registry host", || {
            verdict(&leftovers()?)
        }),
        report::case("house: each invariant of ARCHITECTURE.md names a test that exists", || {
            verdict(&invariants()?)
        }),
        report::case("house: links of the documents lead somewhere", || verdict(&links()?)),
        report::case("house: the gate builds everything with one set of features", || {
            verdict(&features::differing()?)
        }),
    ]
}

fn verdict(violations: &[String]) -> Result<Option<String>> {
    if violations.is_empty() { Ok(None) } else { Err(violations.join("\n").into()) }
}

/// Files that git tracks or would track, relative to the root.
fn tracked(pattern: &str) -> Result<Vec<PathBuf>> {
    let text = process::captured(process::command("git", &root()).args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "--",
        pattern,
    ]))?;
    Ok(text.lines().map(PathBuf::from).filter(|path| root().join(path).is_file()).collect())
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(root().join(path))
        .map_err(|e| format!("{}: {e}", path.display()).into())
}

fn headers() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in tracked("*.rs")? {
        let text = read(&path)?;
        if !text.starts_with("//!") && !text.starts_with("#!") {
            found.push(format!("{}: line 1 is not //!", path.display()));
        }
        let lines = text.lines().count();
        if lines > MAX_LINES {
            found.push(format!("{}: {lines} lines, more than {MAX_LINES}", path.display()));
        }
    }
    Ok(found)
}

fn imports() -> Result<Vec<String>> {
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()?;
    let allowed: BTreeMap<String, &[&str]> =
        LAYERS.iter().map(|layer| (format!("stratapi-{}", layer.name), layer.may_import)).collect();
    let mut found = Vec::new();
    for package in &metadata.packages {
        let Some(may) = allowed.get(package.name.as_str()) else { continue };
        for dependency in &package.dependencies {
            let normal = dependency.kind == cargo_metadata::DependencyKind::Normal;
            if let Some(name) = dependency.name.strip_prefix("stratapi-")
                && normal
                && !may.contains(&name)
            {
                found.push(format!("{} must not depend on {}", package.name, dependency.name));
            }
        }
    }
    Ok(found)
}

fn knowledge() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for layer in LAYERS {
        for path in tracked(&format!("crates/{}/src/*.rs", layer.name))? {
            for (number, line) in read(&path)?.lines().enumerate() {
                let code = line.split("//").next().unwrap_or(line);
                for word in layer.never.iter().filter(|word| code.contains(**word)) {
                    found.push(format!("{}:{}: `{word}`", path.display(), number + 1));
                }
            }
        }
    }
    Ok(found)
}

/// Texts that must not stand in the repository; split, so that this file has none of them.
const FORBIDDEN: &[(&str, &str)] = &[
    ("to", "do!("),
    ("unimple", "mented!("),
    ("#[igno", "re"),
    ("FIX", "ME"),
    ("/wo", "rk/"),
    ("/fa", "rm/"),
    ("pypi", ".org"),
    ("pythonhos", "ted"),
    ("npm", "js."),
    ("crates", ".io"),
    ("debian", ".org"),
];

fn leftovers() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in tracked("*")? {
        if path.ends_with("Cargo.lock") || path.starts_with("golden") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else { continue };
        for (number, line) in text.lines().enumerate() {
            for (head, tail) in FORBIDDEN {
                if line.contains(&format!("{head}{tail}")) {
                    found.push(format!("{}:{}: `{head}{tail}`", path.display(), number + 1));
                }
            }
        }
    }
    Ok(found)
}

/// Each invariant is a line `- **I1** … (test: `name`)`.
fn invariants() -> Result<Vec<String>> {
    let text = read(Path::new("ARCHITECTURE.md"))?;
    let mut sources = String::new();
    for path in tracked("*.rs")? {
        sources.push_str(&read(&path)?);
    }
    let named: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("- **I"))
        .map(|line| {
            line.rsplit_once("test: `").and_then(|(_, rest)| rest.split('`').next()).unwrap_or("")
        })
        .collect();
    if named.len() < 8 {
        return Ok(vec![format!("ARCHITECTURE.md names {} invariants only", named.len())]);
    }
    let missing = named.iter().filter(|name| {
        !sources.contains(&format!("fn {name}(")) && !sources.contains(&format!("\"{name}\""))
    });
    Ok(missing
        .map(|name| format!("ARCHITECTURE.md names the test `{name}`, which does not exist"))
        .collect())
}

fn links() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in tracked("*.md")? {
        if path.starts_with("golden") || path.starts_with("templates") {
            continue;
        }
        let folder = root().join(path.parent().unwrap_or(Path::new("")));
        for target in read(&path)?.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or("");
            let local =
                !file.is_empty() && !file.contains("://") && !file.contains(char::is_whitespace);
            if local && !folder.join(file).exists() {
                found.push(format!("{}: nothing at {file}", path.display()));
            }
        }
    }
    Ok(found)
}
