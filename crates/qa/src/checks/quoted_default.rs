//! `J0104`: a literal that is given to the database as SQL: `server_default=sa.text("draft")` is a
//! column name there. SQL functions, numbers and keywords belong into `text`, literals do not.

use fancy_regex::Regex;
use stratapi_diagnostics::{Code, Diagnostic, bug};

use crate::{Subject, python};

/// A call of `text` as a server default whose argument is none of: a call, a number, a keyword of
/// SQL, text in SQL's own quotes.
const PATTERN: &str = r#"server_default\s*=\s*(?:sa\.)?text\(\s*(["'])(?![-+]?\d|(?i:CURRENT_(?:DATE|TIME|TIMESTAMP)|NULL|TRUE|FALSE)\b|')(?:(?!\1)[^(\n])*\1"#;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let pattern = Regex::new(PATTERN).unwrap_or_else(|error| bug!("pattern: {error}"));
    let mut found = Vec::new();
    for artifact in subject.tree.iter().filter(|artifact| python::is_python(artifact)) {
        for hit in pattern.find_iter(&artifact.text) {
            let (line, message) = match hit {
                Ok(hit) => {
                    let line = python::line(&artifact.text, hit.start());
                    (line, format!("`{}:{line}` gives a literal as SQL", artifact.path))
                }
                // A search that gave up has not shown that there is nothing.
                Err(error) => (1, format!("`{}` can't be searched: {error}", artifact.path)),
            };
            found.push(python::place(Diagnostic::error(Code::J0104, message), artifact, line));
        }
    }
    found
}
