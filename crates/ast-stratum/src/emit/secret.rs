//! Texts that a linter takes for secrets, hosts or paths, although they are the words of a model.

use stratapi_plan::PyIdent;

use crate::python::Stmt;

/// What makes a name sound like a secret to ruff (S105).
const WORDS: &[&str] = &[
    "pasword",
    "password",
    "passwor",
    "paswor",
    "passwd",
    "paswd",
    "pwd",
    "token",
    "secret",
    "secrete",
    "pass",
    "passphrase",
];

/// Adds the `noqa` that an assignment `NAME = "value"` needs.
pub(super) fn excused(stmt: Stmt, name: &PyIdent, value: &str) -> Stmt {
    let name = name.as_str().to_ascii_lowercase();
    let sounds = name.split('_').any(|word| WORDS.contains(&word));
    if sounds && !value.is_empty() {
        return Stmt::Trailing(Box::new(stmt), "noqa: S105".to_owned());
    }
    stmt
}
