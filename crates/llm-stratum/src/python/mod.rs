//! Python as text: its statements, or why it has none. The one parser of what is not our own Python;
//! what the statements mean is no concern here.

mod bounds;

use ruff_python_ast::{PythonVersion, Suite};
use ruff_python_parser::{Mode, ParseOptions};
use ruff_text_size::Ranged as _;

pub use bounds::is_shallow;

/// The oldest Python that runs the output: newer syntax is none.
const VERSION: PythonVersion = PythonVersion::PY311;

/// Why a text is no Python that can be judged, and the offset at which that shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The parser's own words.
    pub message: String,
    /// In bytes.
    pub offset: usize,
}

/// The statements of a file; nothing for one that nests deeper than Python itself allows.
pub fn parse(text: &str) -> Option<Result<Suite, Refused>> {
    is_shallow(text).then(|| {
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
