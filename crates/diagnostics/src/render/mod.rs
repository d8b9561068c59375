//! Diagnostics as text for people and as data for machines. Nothing here prints.

mod human;
mod json;
mod sarif;
mod short;
mod window;

pub use human::human;
pub use json::json;
pub use sarif::sarif;
pub use short::short;

use crate::{Diagnostic, Severity, Span};

/// Diagnostics in the order of their places; those without a place come first.
pub fn sorted(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut all: Vec<&Diagnostic> = diagnostics.iter().collect();
    all.sort_by(|a, b| key(a).cmp(&key(b)));
    all
}

fn key(diagnostic: &Diagnostic) -> (Option<Span>, crate::Code, &str) {
    (diagnostic.span(), diagnostic.code, &diagnostic.message)
}

/// How many errors and warnings there are, and where to read on: one line, or nothing.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let parts: Vec<String> =
        [(count(Severity::Error), "error"), (count(Severity::Warning), "warning")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
            .collect();
    let first = sorted(diagnostics).into_iter().max_by_key(|d| d.severity == Severity::Error)?;
    let first = sorted(diagnostics).into_iter().find(|d| d.severity == first.severity)?;
    (!parts.is_empty())
        .then(|| format!("{}; `stratapi explain {}` says more", parts.join(" and "), first.code))
}

/// The word for a severity, alike in all forms.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

#[cfg(test)]
mod tests;
