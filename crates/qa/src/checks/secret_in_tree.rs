//! `J0112`: a secret in a file: a key in a form that everybody knows, a private key, or a text of
//! random characters under a name of a secret.

use std::sync::LazyLock;

use fancy_regex::Regex;
use rayon::prelude::*;
use ruff_python_ast::{Expr, Stmt};
use stratapi_diagnostics::{Code, Severity, bug};

use super::secret_names::is_secret_name;
use crate::finding::{Finding, Place};
use crate::python::{Project, Source, string};
use crate::result::Found;
use crate::subject::Subject;

/// Keys by their form. Each begins with letters that nothing else begins with.
static KEYS: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r"\bAKIA[0-9A-Z]{16}\b",
        r"\bAIza[0-9A-Za-z_-]{35}",
        r"\bgh[pousr]_[A-Za-z0-9]{36,}",
        r"\bgithub_pat_[A-Za-z0-9_]{22,}",
        r"\bglpat-[A-Za-z0-9_-]{20,}",
        r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
        r"\b[rs]k_live_[A-Za-z0-9]{16,}",
        r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}",
        r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
        r"\bnpm_[A-Za-z0-9]{36}\b",
        r"\bhf_[A-Za-z0-9]{34}\b",
        r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
        r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    ];
    Regex::new(&forms.join("|")).unwrap_or_else(|error| bug!("pattern: {error}"))
});

/// `NAME=value` in a file of settings.
static SETTING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(?:export )?([A-Za-z][A-Za-z0-9_]*)[ \t]*[=:][ \t]*(\S.*?)[ \t]*$")
        .unwrap_or_else(|error| bug!("pattern: {error}"))
});

/// Shortest text that may be random.
const SHORTEST: usize = 16;
/// Least entropy of a random text, in bits for each character.
const ENTROPY: f64 = 3.6;

/// Random texts under names of secrets, in Python.
pub(super) fn in_python(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut look = |name: &str, value: &Expr| {
        if string(value).is_some_and(is_random) && is_secret_name(name) {
            found.push(named(name, Severity::Error).at(source.place(value), "looks like a secret"));
        }
    };
    for inside in &source.statements {
        match inside.node {
            Stmt::Assign(s) => s.targets.iter().for_each(|target| look(name_of(target), &s.value)),
            Stmt::AnnAssign(s) => {
                s.value.iter().for_each(|value| look(name_of(&s.target), value));
            }
            _ => {}
        }
    }
    for inside in &source.expressions {
        match inside.node {
            Expr::Call(call) => {
                for keyword in &call.arguments.keywords {
                    look(keyword.arg.as_ref().map_or("", |arg| arg.as_str()), &keyword.value);
                }
            }
            Expr::Dict(dict) => {
                for item in &dict.items {
                    look(item.key.as_ref().and_then(string).unwrap_or_default(), &item.value);
                }
            }
            _ => {}
        }
    }
    found
}

/// Keys of known forms anywhere, and values in files of settings.
pub(super) fn in_files(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let ignored = subject.actual.text(".gitignore").is_some_and(|text| {
        text.lines().any(|line| matches!(line.trim(), ".env" | "/.env" | ".env*" | "*.env"))
    });
    let texts: Vec<(&str, &str)> = subject.actual.texts().collect();
    let found = texts.into_par_iter().flat_map_iter(|(path, text)| in_file(path, text, ignored));
    found.collect::<Vec<_>>().into()
}

/// `ignored` says that files of real settings stay in the folder.
fn in_file(path: &str, text: &str, ignored: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for hit in KEYS.find_iter(text).flatten() {
        let place = Place::bytes(path, hit.start(), hit.end());
        let finding = Finding::error(Code::J0112, "a secret stands in the project");
        findings.push(finding.at(place, "a key of a known form").help(HELP));
    }
    match settings(path) {
        // The folder may have one, but nobody else may get it.
        Some(true) => {
            let severity = if ignored { Severity::Warning } else { Severity::Error };
            set(path, text, severity, &|value| !is_placeholder(value), &mut findings);
        }
        Some(false) => set(path, text, Severity::Error, &is_random, &mut findings),
        None => {}
    }
    findings
}

const HELP: &str = "take it back at its issuer, remove it here, and give it by the environment";

/// Whether a file is one of settings, and if so, whether it is meant for real ones.
fn settings(path: &str) -> Option<bool> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_example = ["example", "sample", "template", "dist"].contains(&ending);
    match name {
        _ if is_example => name.starts_with(".env").then_some(false),
        ".env" => Some(true),
        _ if name.starts_with(".env.") || ending == "env" => Some(true),
        "Dockerfile" => Some(false),
        _ if name.starts_with("docker-compose") || name.starts_with("compose.") => Some(false),
        _ => ["ini", "cfg", "conf"].contains(&ending).then_some(false),
    }
}

fn set(
    path: &str,
    text: &str,
    severity: Severity,
    is_secret: &dyn Fn(&str) -> bool,
    findings: &mut Vec<Finding>,
) {
    for hit in SETTING.captures_iter(text).flatten() {
        let (Some(name), Some(value)) = (hit.get(1), hit.get(2)) else { continue };
        let plain = value.as_str().trim_matches(['"', '\'']);
        if is_secret_name(name.as_str()) && is_secret(plain) {
            let place = Place::bytes(path, value.start(), value.end());
            findings.push(named(name.as_str(), severity).at(place, "looks like a secret"));
        }
    }
}

fn named(name: &str, severity: Severity) -> Finding {
    let mut finding =
        Finding::error(Code::J0112, format!("the value of `{name}` stands in a file"));
    finding.severity = severity;
    finding.help(HELP)
}

fn name_of(target: &Expr) -> &str {
    match target {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        Expr::Subscript(e) => string(&e.slice).unwrap_or_default(),
        _ => "",
    }
}

/// Whether a text stands for a value, and is none.
fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let marked = value.starts_with(['$', '<', '{', '*', '#']);
    let words = ["change", "example", "your", "placeholder", "xxx", "todo", "dummy", "insert"];
    value.is_empty() || marked || words.iter().any(|word| lower.contains(word))
}

/// Whether a text looks as if its characters had been drawn by lot.
fn is_random(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "+/=_-.~".contains(c);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    text.len() >= SHORTEST
        && text.chars().all(allowed)
        && digits >= 2
        && letters >= 2
        && !is_placeholder(text)
        && entropy(text) >= ENTROPY
}

/// Shannon's entropy, in bits for each byte.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let total: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let share = |count: &u32| f64::from(*count) / total;
    -counts.iter().filter(|count| **count > 0).map(share).map(|p| p * p.log2()).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::{is_placeholder, is_random};

    #[test]
    fn random_texts_are_told_from_words() {
        assert!(is_random("9f8aKx72LqPz01TbVw44"));
        assert!(is_random("3f2b8c1e9a7d4605b1c8e2f7a9d30456"));
        for text in
            ["correct-horse-battery-staple", "aaaaaaaaaaaaaaaa1111", "a b c 1 2 3 4 5 6 7 8 9"]
        {
            assert!(!is_random(text), "{text}");
        }
        assert!(is_placeholder("${SECRET_KEY}") && is_placeholder("change-me"));
    }
}
