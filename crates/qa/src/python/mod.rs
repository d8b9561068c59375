//! Reading Python by a grammar that is not the one it was printed with.

mod awaits;
mod bindings;
pub(crate) mod bounds;
pub(crate) mod builtins;
mod outline;
mod project;
mod routes;
pub(crate) mod scope;
mod source;
mod types;
pub(crate) mod walk;

use rustpython_parser::ast::Suite;
use rustpython_parser::{Parse as _, ParseError};

pub(crate) use awaits::Target;
pub(crate) use outline::{Import, Outline, module};
pub(crate) use project::Project;
pub(crate) use routes::Route;
pub(crate) use source::{Function, Inside, Source, is_bool, keyword, last_name, string};

/// Whether a file is Python.
pub(crate) fn is_python(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    matches!(ending, Some("py" | "pyi"))
}

/// The statements of a file; nothing for one that nests deeper than Python itself allows.
pub(crate) fn parse(path: &str, text: &str) -> Option<Result<Suite, ParseError>> {
    bounds::is_shallow(text).then(|| Suite::parse(text, path))
}
