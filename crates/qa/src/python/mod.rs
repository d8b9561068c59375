//! Reading Python: the tree of a file, and what the checks ask about it.

mod awaits;
mod bindings;
pub(crate) mod bounds;
pub(crate) mod builtins;
mod names;
mod outline;
mod project;
mod routes;
pub(crate) mod scope;
mod source;
mod types;
pub(crate) mod walk;

use ruff_python_ast::{PythonVersion, Suite};
use ruff_python_parser::{Mode, ParseOptions};
use ruff_text_size::Ranged as _;

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

/// The oldest Python that runs the output: newer syntax is none.
const VERSION: PythonVersion = PythonVersion::PY311;

/// Why a text is no Python that can be judged, and the offset at which that shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) message: String,
    pub(crate) offset: usize,
}

/// The statements of a file; nothing for one that nests deeper than Python itself allows.
pub(crate) fn parse(text: &str) -> Option<Result<Suite, Refused>> {
    bounds::is_shallow(text).then(|| {
        let options = ParseOptions::from(Mode::Module).with_target_version(VERSION);
        let Some(parsed) = ruff_python_parser::parse_unchecked(text, options).try_into_module()
        else {
            return Err(Refused { message: "no module".to_owned(), offset: 0 });
        };
        let refused = |message: String, at: ruff_text_size::TextRange| {
            Err(Refused { message, offset: at.start().to_usize() })
        };
        if let Some(error) = parsed.errors().first() {
            return refused(error.error.to_string(), error.location);
        }
        if let Some(error) = parsed.unsupported_syntax_errors().first() {
            return refused(error.to_string(), error.range());
        }
        Ok(parsed.into_suite())
    })
}
