//! `J0118`: a secret with a default: who forgets to set it runs with one that everybody knows.

use std::sync::LazyLock;

use fancy_regex::Regex;
use ruff_python_ast::{Expr, Stmt};
use stratapi_diagnostics::{Code, bug};

use super::secret_names::is_secret_name;
use crate::finding::{Finding, Place};
use crate::python::{Project, Source, keyword, last_name, string};
use crate::result::Found;
use crate::subject::Subject;

/// `${SECRET_KEY:-changeme}` in files of containers.
static FALLBACK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\$\{([A-Z][A-Z0-9_]*):?-([^}\s]+)\}").unwrap_or_else(|e| bug!("pattern: {e}"))
});

/// Settings and look-ups in the environment.
pub(super) fn in_python(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    if source.path.starts_with("tests/") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for inside in &source.statements {
        let (target, value) = match inside.node {
            Stmt::AnnAssign(s) => (&*s.target, s.value.as_deref()),
            Stmt::Assign(s) if s.targets.len() == 1 => (&s.targets[0], Some(&*s.value)),
            _ => continue,
        };
        let Expr::Name(name) = target else { continue };
        // What a function computes is no default, and neither is a description of a token's kind.
        let is_set = inside.function.is_none() && value.and_then(secret_text).is_some_and(is_value);
        if is_set && is_secret_name(name.id.as_str()) {
            found.push(
                finding(name.id.as_str()).at(source.place(inside.node), "known to everybody"),
            );
        }
    }
    for call in &source.calls {
        if !matches!(call.name.as_deref(), Some("os.getenv" | "os.environ.get")) {
            continue;
        }
        let call = call.node;
        let key = call.arguments.args.first().and_then(string).filter(|key| is_secret_name(key));
        let default = call.arguments.args.get(1).or_else(|| keyword(call, "default"));
        if let Some(key) = key
            && default.and_then(string).is_some_and(is_value)
        {
            found.push(finding(key).at(source.place(call), "known to everybody"));
        }
    }
    found
}

/// Files of containers.
pub(super) fn in_settings(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let mut findings = Vec::new();
    for (path, text) in subject.actual.texts() {
        if !has_ending(path, &["yml", "yaml", "sh"]) || path.starts_with("docs/") {
            continue;
        }
        for hit in FALLBACK.captures_iter(text).flatten() {
            let (Some(whole), Some(name)) = (hit.get(0), hit.get(1)) else { continue };
            if is_secret_name(name.as_str()) {
                let place = Place::bytes(path, whole.start(), whole.end());
                findings.push(finding(name.as_str()).at(place, "known to everybody"));
            }
        }
    }
    findings.into()
}

fn finding(name: &str) -> Finding {
    Finding::error(Code::J0118, format!("the secret `{name}` has a default"))
        .help("leave it empty, and refuse to start in production without it")
}

/// `"text"`, `SecretStr("text")`, `Field(default="text")`.
fn secret_text(value: &Expr) -> Option<&str> {
    match value {
        Expr::Call(call) if last_name(&call.func) == "SecretStr" => {
            call.arguments.args.first().and_then(string)
        }
        Expr::Call(call) if last_name(&call.func) == "Field" => {
            keyword(call, "default").or_else(|| call.arguments.args.first()).and_then(secret_text)
        }
        other => string(other),
    }
}

/// Whether a default is a value at all, and not a word that says what the value is for.
fn is_value(text: &str) -> bool {
    let is_word = text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'/');
    text.len() >= 8 || (!text.is_empty() && !is_word)
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}
