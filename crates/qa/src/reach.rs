//! What a change of some files reaches: layers that it can't reach need not run again.
//!
//! | a change in | reaches |
//! |---|---|
//! | documentation, containers, continuous integration | files alone |
//! | `tests/` | files, tests and tools |
//! | `app/`, where models and migrations import it | everything |
//! | `app/`, elsewhere | everything but the database |
//! | anything else | everything |

use std::collections::{BTreeMap, BTreeSet};

use smol_str::{SmolStr, format_smolstr};

use crate::layer::Layer;
use crate::python::{self, Outline};
use crate::subject::Subject;

/// Folders that nothing reads which runs.
const INERT_FOLDERS: &[&str] = &[".github/", "docker/"];
/// Files that nothing reads which runs.
const INERT_FILES: &[&str] = &[
    ".dockerignore",
    ".editorconfig",
    ".env.example",
    ".gitignore",
    "Dockerfile",
    "LICENSE",
    "docker-compose.yml",
];
/// Files that containers are made by.
const OF_CONTAINERS: &[&str] = &[".dockerignore", "Dockerfile", "docker-compose.yml"];
/// Words by which a file imports what it does not name in an import.
const DYNAMIC: &[&str] = &["importlib", "__import__", "pkgutil", "exec(", "runpy", "entry_points"];

/// What may be affected by a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// Only checks that read files.
    Files,
    /// These, and what runs tests and tools.
    Tests,
    /// Everything that imports the application.
    Application,
    /// Everything.
    All,
}

/// `composes` says that the project's own containers serve it.
fn reach(path: &str, composes: bool) -> Reach {
    let is_note =
        path.rsplit_once('.').is_some_and(|(_, kind)| kind == "md") && !path.starts_with("app/");
    let is_inert = is_note
        || INERT_FILES.contains(&path)
        || INERT_FOLDERS.iter().any(|folder| path.starts_with(folder));
    let is_of_containers = path.starts_with("docker/") || OF_CONTAINERS.contains(&path);
    match path {
        _ if composes && is_of_containers => Reach::Application,
        _ if is_inert => Reach::Files,
        // The tests of the contract read the document.
        _ if path.starts_with("docs/") || path.starts_with("tests/") => Reach::Tests,
        _ if path.starts_with("app/") && python::is_python(path) => Reach::Application,
        _ => Reach::All,
    }
}

/// Layers whose programs need not run, since nothing that they depend on has changed.
pub(crate) fn unreached(
    subject: &Subject<'_>,
    outlines: &[Outline],
    composes: bool,
) -> BTreeSet<Layer> {
    let reach = |path: &str| reach(path, composes);
    let Some(changed) = subject.changed() else { return BTreeSet::new() };
    let mut layers = BTreeSet::from([Layer::Database, Layer::Contract, Layer::Smoke, Layer::Tools]);
    let most = changed.iter().map(|path| reach(path)).max().unwrap_or(Reach::Files);
    if most >= Reach::Tests {
        layers.remove(&Layer::Tools);
    }
    if most >= Reach::Application {
        layers.remove(&Layer::Contract);
        layers.remove(&Layer::Smoke);
    }
    let is_reached = || {
        let migrated = migrated(subject, outlines);
        changed
            .iter()
            .filter(|path| reach(path) == Reach::Application)
            .any(|path| migrated.as_ref().is_none_or(|all| all.contains(&python::module(path))))
    };
    if most == Reach::All || (most == Reach::Application && is_reached()) {
        layers.remove(&Layer::Database);
    }
    layers
}

/// Every module that models and migrations come to by their imports; `None` if that can't be told.
fn migrated(subject: &Subject<'_>, outlines: &[Outline]) -> Option<BTreeSet<SmolStr>> {
    let by_module: BTreeMap<&str, &Outline> =
        outlines.iter().map(|outline| (outline.module.as_str(), outline)).collect();
    let is_root = |path: &str| path.starts_with("migrations/") || path.starts_with("app/models/");
    let mut open: Vec<SmolStr> = subject
        .actual
        .iter()
        .map(|(path, _)| path)
        .filter(|path| is_root(path) && python::is_python(path))
        .map(python::module)
        .collect();
    // A model that is gone is a change of the models, too.
    open.extend(
        subject.changed()?.iter().filter(|path| is_root(path)).map(|it| python::module(it)),
    );
    let mut known = BTreeSet::new();
    while let Some(module) = open.pop() {
        if known.contains(&module) {
            continue;
        }
        // Whoever imports a module runs the packages around it.
        open.extend(module.rsplit_once('.').map(|(package, _)| SmolStr::new(package)));
        if let Some(outline) = by_module.get(module.as_str()) {
            let text = subject.actual.text(&outline.path)?;
            if DYNAMIC.iter().any(|word| text.contains(word)) {
                return None;
            }
            for import in &outline.imports {
                open.extend(
                    import.name.iter().map(|name| format_smolstr!("{}.{name}", import.module)),
                );
                open.push(import.module.clone());
            }
        }
        known.insert(module);
    }
    // A file that can't be read may import anything.
    let unread = subject.actual.iter().any(|(path, _)| {
        let module = python::module(path);
        python::is_python(path) && known.contains(&module) && !by_module.contains_key(&*module)
    });
    (!unread).then_some(known)
}

#[cfg(test)]
mod tests {
    use super::{Reach, reach};

    #[test]
    fn what_is_unknown_reaches_everything() {
        for (path, expected) in [
            ("README.md", Reach::Files),
            ("docs/erd.md", Reach::Files),
            (".github/workflows/ci.yml", Reach::Files),
            ("docs/openapi.yaml", Reach::Tests),
            ("tests/api/test_posts.py", Reach::Tests),
            ("app/routers/posts.py", Reach::Application),
            ("app/page.html", Reach::All),
            ("app/README.md", Reach::All),
            ("migrations/env.py", Reach::All),
            ("requirements.txt", Reach::All),
            ("pyproject.toml", Reach::All),
            ("sqlalchemy/__init__.py", Reach::All),
            ("sitecustomize.py", Reach::All),
            ("anything", Reach::All),
        ] {
            assert_eq!(reach(path, false), expected, "{path}");
        }
        assert_eq!(reach("Dockerfile", true), Reach::Application);
        assert_eq!(reach("README.md", true), Reach::Files);
    }
}
