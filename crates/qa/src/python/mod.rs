//! Reading Python: the tree of a file, and what the checks ask about it.

mod awaits;
mod bindings;
pub(crate) mod builtins;
mod names;
mod outline;
mod project;
mod routes;
pub(crate) mod scope;
mod source;
mod types;
pub(crate) mod walk;

pub(crate) use stratapi_llm_stratum::python::{Refused, parse};

pub(crate) use awaits::Target;
pub(crate) use names::Names;
pub(crate) use outline::{Import, Outline, module};
pub(crate) use project::Project;
pub(crate) use routes::Route;
pub(crate) use source::{Call, Function, Source, is_bool, keyword, last_name, string};

/// Whether a file is Python.
pub(crate) fn is_python(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    matches!(ending, Some("py" | "pyi"))
}
