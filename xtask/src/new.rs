//! Skeletons of new parts: each is a file of its own and one line in its registry.

use std::path::{Path, PathBuf};

use crate::{Result, root};

/// What is written for a part.
struct Skeleton {
    /// The new file, relative to the root.
    file: PathBuf,
    /// Its text.
    text: String,
    /// Lines that are inserted in order: the registry's file, the line, and the prefix of the
    /// lines among which it is sorted.
    lines: Vec<(&'static str, String, &'static str)>,
}

/// Writes the skeleton of a part of this kind.
pub(crate) fn run(kind: &str, name: &str) -> Result {
    for path in write(&root(), kind, name)? {
        println!("{}", path.display());
    }
    Ok(())
}

fn write(root: &Path, kind: &str, name: &str) -> Result<Vec<PathBuf>> {
    let skeleton = skeleton(kind, name)?;
    let target = root.join(&skeleton.file);
    if target.exists() {
        return Err(format!("{} exists already", skeleton.file.display()).into());
    }
    let mut changed = vec![skeleton.file.clone()];
    let mut registries = Vec::new();
    for (registry, line, prefix) in &skeleton.lines {
        let old = match registries
            .iter()
            .find(|(path, _): &&(PathBuf, String)| path == Path::new(registry))
        {
            Some((_, text)) => text.clone(),
            None => std::fs::read_to_string(root.join(registry))?,
        };
        let new = insert(&old, line, prefix)
            .ok_or_else(|| format!("{registry}: no line starts with `{prefix}`"))?;
        registries.retain(|(path, _)| path != Path::new(registry));
        registries.push((PathBuf::from(registry), new));
    }
    std::fs::create_dir_all(target.parent().unwrap_or(root))?;
    std::fs::write(target, skeleton.text)?;
    for (path, text) in registries {
        std::fs::write(root.join(&path), text)?;
        changed.push(path);
    }
    Ok(changed)
}

/// Inserts a line among those that start with `prefix`, before the first that is greater.
fn insert(text: &str, line: &str, prefix: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let among = |candidate: &str| candidate.starts_with(prefix);
    let last = lines.iter().rposition(|candidate| among(candidate))?;
    let place = lines
        .iter()
        .position(|candidate| among(candidate) && *candidate > line)
        .unwrap_or(last + 1);
    let mut out: Vec<&str> = lines[..place].to_vec();
    out.push(line);
    out.extend(&lines[place..]);
    Some(out.join("\n") + "\n")
}

fn skeleton(kind: &str, name: &str) -> Result<Skeleton> {
    match kind {
        "check" => Ok(check(&identifier(name)?)),
        "emitter" => Ok(emitter(&identifier(name)?)),
        "template" => Ok(template(name)),
        "code" => code(name),
        "case" => Ok(case(&identifier(name)?)),
        _ => Err(format!("unknown kind `{kind}`: check, emitter, template, code or case").into()),
    }
}

fn identifier(name: &str) -> Result<String> {
    let text = name.replace('-', "_");
    let good = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if good { Ok(text) } else { Err(format!("`{name}` is not in kebab case").into()) }
}

/// The code is one to be replaced: `cargo xtask new code` writes the next one with its page.
fn check(name: &str) -> Skeleton {
    let words = name.replace('_', " ");
    Skeleton {
        file: format!("crates/qa/src/checks/{name}.rs").into(),
        text: format!(
            "//! `J0199`: {words}.\n\nuse stratapi_diagnostics::Code;\n\nuse crate::finding::Finding;\n\
             use crate::python::Source;\nuse crate::subject::Subject;\n\n\
             pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {{\n    \
             let found = source.functions.iter().filter(|function| function.name == \"{name}\");\n    \
             found\n        .map(|function| {{\n            \
             let place = source.name_place(function.statement, function.name);\n            \
             Finding::error(Code::J0199, \"{words}\").at(place, \"\")\n        }})\n        .collect()\n}}\n"
        ),
        lines: vec![
            ("crates/qa/src/checks/mod.rs", format!("mod {name};"), "mod "),
            (
                "crates/qa/src/checks/mod.rs",
                format!("    check(Code::J0199, Structural, &[Run::Source({name}::check)]),"),
                "    check(",
            ),
        ],
    }
}

fn emitter(name: &str) -> Skeleton {
    let words = name.replace('_', " ");
    Skeleton {
        file: format!("crates/ast-stratum/src/emit/{name}.rs").into(),
        text: format!(
            "//! The {words}.\n\nuse stratapi_plan::{{Artifact, Plan, PlannedFile}};\n\n\
             use crate::python::{{Module, artifact}};\n\n\
             /// Prints the {words}.\n\
             pub(super) fn emit(_plan: &Plan, file: &PlannedFile) -> Artifact {{\n    \
             artifact(file, &Module::new(\"The {words}.\"))\n}}\n"
        ),
        lines: vec![
            ("crates/ast-stratum/src/emit/mod.rs", format!("mod {name};"), "mod "),
            (
                "crates/ast-stratum/src/emit/mod.rs",
                format!("    (\"{name}\", {name}::emit),"),
                "    (\"",
            ),
        ],
    }
}

fn template(path: &str) -> Skeleton {
    Skeleton {
        file: format!("templates/{path}.j2").into(),
        text: String::from("{# One paragraph: what this file is for. #}\n"),
        lines: vec![(
            "crates/plan/src/files.rs",
            format!("    (\"{path}\", Phase::Core, When::Always),"),
            "    (\"",
        )],
    }
}

fn code(name: &str) -> Result<Skeleton> {
    let good = name.len() == 5
        && name.starts_with(['E', 'J', 'W'])
        && name[1..].bytes().all(|b| b.is_ascii_digit());
    if !good {
        return Err(format!("`{name}` is not a code such as E0313").into());
    }
    Ok(Skeleton {
        file: format!("docs/errors/{name}.md").into(),
        text: format!(
            "# {name}: a summary in one line\n\nWhat is wrong.\n\n## Why\n\nWhy it is refused.\n\n## Failing\n\n\
             ```yaml failing\nstratapi: 1\n```\n\n## Mended\n\n```yaml mended\nstratapi: 1\n```\n"
        ),
        lines: vec![(
            "crates/diagnostics/src/code.rs",
            format!("    {name} \"its-name\""),
            if name.starts_with('E') {
                "    E"
            } else if name.starts_with('J') {
                "    J"
            } else {
                "    W"
            },
        )],
    })
}

fn case(name: &str) -> Skeleton {
    Skeleton {
        file: format!("golden/{name}/app.yaml").into(),
        text: format!(
            "# What this case is for.\nstratapi: 1\n\napp:\n  name: {name}\n\ndomain:\n  entities:\n    \
             Thing:\n      attributes:\n        name: string\n"
        ),
        lines: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::root;

    /// Copies the registries into a folder of their own and adds one part of each kind there.
    #[test]
    fn every_kind_adds_its_file_and_its_line() -> crate::Result {
        let copy = tempfile::tempdir()?;
        let registries = [
            "crates/qa/src/checks/mod.rs",
            "crates/ast-stratum/src/emit/mod.rs",
            "crates/plan/src/files.rs",
            "crates/diagnostics/src/code.rs",
        ];
        for registry in registries {
            let target = copy.path().join(registry);
            std::fs::create_dir_all(target.parent().ok_or("no parent")?)?;
            std::fs::copy(root().join(registry), target)?;
        }
        let parts = [
            (
                "check",
                "bare-except",
                "crates/qa/src/checks/mod.rs",
                "    check(Code::J0199, Structural, &[Run::Source(bare_except::check)]),",
            ),
            (
                "emitter",
                "models_extra",
                "crates/ast-stratum/src/emit/mod.rs",
                "(\"models_extra\", models_extra::emit),",
            ),
            (
                "template",
                "app/core/zone.py",
                "crates/plan/src/files.rs",
                "(\"app/core/zone.py\", Phase::Core, When::Always),",
            ),
            ("code", "E0999", "crates/diagnostics/src/code.rs", "    E0999 \"its-name\""),
        ];
        for (kind, name, registry, line) in parts {
            let written = write(copy.path(), kind, name)?;
            assert!(copy.path().join(&written[0]).is_file(), "{kind}");
            let text = std::fs::read_to_string(copy.path().join(registry))?;
            assert!(text.contains(line), "{kind}: {text}");
            assert!(write(copy.path(), kind, name).is_err(), "{kind} twice");
        }
        assert!(write(copy.path(), "case", "Not Kebab").is_err());
        Ok(())
    }
}
