//! Findings as JSON. The shape is stable: `docs/errors/README.md` documents it, and a change that
//! is not an addition raises `version`.

use serde_json::{Value, json};

use super::{sorted, word};
use crate::{Diagnostic, SourceMap, Span};

/// One JSON object with all findings, indented, with a line feed at its end.
pub fn json(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let all: Vec<Value> = sorted(diagnostics).into_iter().map(|d| finding(d, sources)).collect();
    format!("{:#}\n", json!({ "version": 1, "diagnostics": all }))
}

fn finding(diagnostic: &Diagnostic, sources: &SourceMap) -> Value {
    let labels: Vec<Value> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let mut value = place(label.span, sources);
            value["primary"] = label.primary.into();
            value["message"] = label.message.as_str().into();
            value
        })
        .collect();
    let fix = diagnostic.fix.as_ref().map(|fix| {
        let mut value = place(fix.span, sources);
        value["replacement"] = fix.replacement.as_str().into();
        value
    });
    json!({
        "code": diagnostic.code.as_str(),
        "name": diagnostic.code.info().name,
        "severity": word(diagnostic.severity),
        "message": diagnostic.message,
        "labels": labels,
        "help": diagnostic.help,
        "fix": fix,
    })
}

fn place(span: Span, sources: &SourceMap) -> Value {
    json!({
        "file": sources.file(span.file).name,
        "start": point(span, span.start, sources),
        "end": point(span, span.end, sources),
    })
}

fn point(span: Span, byte: u32, sources: &SourceMap) -> Value {
    let at = sources.file(span.file).position(byte);
    json!({ "byte": byte, "line": at.line, "column": at.column })
}
