//! `J0108`: an import of what is not there: a module or a name that the project does not have, or a
//! distribution that its requirements do not pin.

use std::collections::BTreeSet;

use indexmap::IndexSet;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;
use smol_str::{SmolStr, format_smolstr};
use stratapi_diagnostics::Code;

use super::requirements;
use crate::finding::Finding;
use crate::python::{self, Import, Outline, Project, builtins};
use crate::result::Found;
use crate::subject::Subject;

/// Modules of all files that are Python by their names.
type Files = IndexSet<SmolStr, FxBuildHasher>;

/// Modules whose distribution has another name. Every other one is called like its distribution.
const DISTRIBUTIONS: &[(&str, &str)] = &[
    ("OpenSSL", "pyopenssl"),
    ("PIL", "pillow"),
    ("_pytest", "pytest"),
    ("argon2", "argon2-cffi"),
    ("attr", "attrs"),
    ("bs4", "beautifulsoup4"),
    ("dateutil", "python-dateutil"),
    ("dotenv", "python-dotenv"),
    ("google", "protobuf"),
    ("importlinter", "import-linter"),
    ("jose", "python-jose"),
    ("jwt", "pyjwt"),
    ("multipart", "python-multipart"),
    ("python_multipart", "python-multipart"),
    ("pkg_resources", "setuptools"),
    ("sklearn", "scikit-learn"),
    ("yaml", "pyyaml"),
    ("zmq", "pyzmq"),
];

pub(super) fn check(subject: &Subject<'_>, project: &Project<'_>) -> Found {
    let outlines = project.outlines();
    // Nothing is known about a file that can't be read; that is a finding of its own.
    let files: Files = subject
        .actual
        .iter()
        .map(|(path, _)| path)
        .filter(|path| python::is_python(path))
        .map(python::module)
        .collect();
    let roots: BTreeSet<&str> =
        outlines.iter().filter_map(|one| one.module.split('.').next()).collect();
    let runtime = pins(subject, &requirements::FILES[..1]);
    let all = pins(subject, &requirements::FILES);
    let of_file = |outline: &Outline| -> Vec<Finding> {
        let known = if outline.path.starts_with("app/") { &runtime } else { &all };
        let problem = |import: &Import| {
            let first = import.module.split('.').next().unwrap_or_default();
            if roots.contains(first) {
                inside(project, &files, import)
            } else {
                outside(first, known)
            }
        };
        let told = |import: &Import| {
            Some(Finding::error(Code::J0108, problem(import)?).at(outline.place(import.at), ""))
        };
        outline.imports.iter().filter_map(told).collect()
    };
    outlines.par_iter().flat_map_iter(of_file).collect::<Vec<_>>().into()
}

/// What is wrong with an import of a module that the project does not have.
fn outside(first: &str, known: &BTreeSet<String>) -> Option<String> {
    // Most modules are called as their distribution is, and pins are known by their normal names.
    let is_renamed = DISTRIBUTIONS.iter().any(|(name, _)| *name == first);
    if builtins::is_stdlib(first) || (!is_renamed && known.contains(first)) {
        return None;
    }
    let name = distribution(first);
    let is_pinned = known.contains(&name);
    (!is_pinned)
        .then(|| format!("`{first}` belongs to `{name}`, which the requirements do not pin"))
}

fn pins(subject: &Subject<'_>, files: &[&str]) -> BTreeSet<String> {
    let texts = files.iter().filter_map(|path| subject.actual.text(path));
    texts.flat_map(requirements::pinned).collect()
}

fn distribution(module: &str) -> String {
    let other = DISTRIBUTIONS.iter().find(|(name, _)| *name == module);
    other.map_or_else(|| requirements::normal(module), |(_, name)| (*name).to_owned())
}

/// What is wrong with an import from the project itself.
fn inside(project: &Project<'_>, files: &Files, import: &Import) -> Option<String> {
    let module = import.module.as_str();
    if files.contains(module) && project.module(module).is_none() {
        return None;
    }
    if !project.has_module(module) {
        return Some(format!("there is no module `{module}`"));
    }
    let name = import.name.as_deref()?;
    let defines = match project.module(module) {
        Some(outline) => outline.names.contains(name) || name == "*",
        None => false,
    };
    let is_module = || {
        let full = format_smolstr!("{module}.{name}");
        project.has_module(&full) || files.contains(full.as_str())
    };
    (!defines && !is_module()).then(|| format!("`{module}` does not define `{name}`"))
}
