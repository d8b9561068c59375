//! One line a finding, in the form that editors and `grep` know.

use std::fmt::Write;

use super::{sorted, word};
use crate::{Diagnostic, SourceMap};

/// Each finding as `file:line:column: error[E0203]: message`; without a place, from `error` on.
pub fn short(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut out = String::new();
    for diagnostic in sorted(diagnostics) {
        if let Some(span) = diagnostic.span() {
            let at = sources.position(span);
            let _ = write!(out, "{}:{}:{}: ", sources.file(span.file).name, at.line, at.column);
        }
        let message = diagnostic.message.replace(char::is_control, " ");
        let _ = writeln!(out, "{}[{}]: {message}", word(diagnostic.severity), diagnostic.code);
    }
    out
}
