//! Calls of the tools that read a project's configuration: they get the one that the compiler makes,
//! from their work folder, since the project's own may have been changed to please them.

use crate::judge::Bench;
use crate::result::Found;
use crate::tool::{ToolCall, WORK};

/// The file with the configuration.
const FILE: &str = "pyproject.toml";

pub(super) enum Configured {
    Call(Box<ToolCall>),
    /// There is no configuration for it.
    Without(Found),
}

/// A call of a tool: the file's path comes behind the arguments, then the rest.
pub(super) fn call(
    bench: &Bench<'_>,
    program: &str,
    arguments: &[&str],
    rest: &[&str],
) -> Configured {
    let Some(file) = bench.subject.expected.get(FILE) else {
        return Configured::Without(Found::skipped(format!("the project has no `{FILE}`")));
    };
    let mut call = ToolCall::new(program, arguments);
    call.arguments.push(format!("{WORK}/{FILE}"));
    call.arguments.extend(rest.iter().map(|&text| text.to_owned()));
    call.files.insert(FILE.to_owned(), file.text.clone());
    call.limits.output = 16 << 20;
    Configured::Call(Box::new(call))
}

/// A tool's message as the start of one of ours: in one line, lower case, without a full stop.
pub(super) fn sentence(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    let mut letters = line.chars();
    match (letters.next(), letters.clone().next()) {
        // A name or an abbreviation stays as it is.
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn messages_of_tools_become_ours() {
        assert_eq!(super::sentence("Missing docstring."), "missing docstring");
        assert_eq!(super::sentence("SQL injection\nmore"), "SQL injection");
        assert_eq!(super::sentence(""), "");
    }
}
