//! Findings as SARIF 2.1.0, the form in which code hosts show them beside the source.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{sorted, word};
use crate::{Code, Diagnostic, Label, SourceMap, Span};

/// A SARIF log with one run, indented, with a line feed at its end.
pub fn sarif(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let sorted = sorted(diagnostics);
    let mut codes: Vec<Code> = sorted.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let results: Vec<Value> = sorted.iter().map(|d| result(d, &codes, sources)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "stratapi",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    let info = code.info();
    json!({
        "id": code.as_str(),
        "name": info.name,
        "shortDescription": {"text": info.summary()},
        "help": {"text": info.page, "markdown": info.page},
    })
}

fn result(diagnostic: &Diagnostic, codes: &[Code], sources: &SourceMap) -> Value {
    let first = diagnostic.labels.iter().position(|label| label.primary);
    let others = diagnostic.labels.iter().enumerate().filter(|(index, _)| Some(*index) != first);
    let related: Vec<Value> = others
        .enumerate()
        .map(|(id, (_, label))| {
            let mut place = location(label, sources);
            place["id"] = id.into();
            place
        })
        .collect();
    let mut value = json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": codes.iter().position(|code| *code == diagnostic.code),
        "level": word(diagnostic.severity),
        "message": {"text": message(diagnostic)},
        "locations": first.map_or_else(Vec::new, |at| vec![location(&diagnostic.labels[at], sources)]),
    });
    if !related.is_empty() {
        value["relatedLocations"] = related.into();
    }
    if let Some(fix) = &diagnostic.fix {
        value["fixes"] = json!([{
            "description": {"text": diagnostic.help.first().map_or("mend it", |help| help)},
            "artifactChanges": [{
                "artifactLocation": artifact(fix.span, sources),
                "replacements": [{
                    "deletedRegion": region(fix.span, sources),
                    "insertedContent": {"text": fix.replacement},
                }],
            }],
        }]);
    }
    value
}

fn message(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.message.clone();
    for help in &diagnostic.help {
        let _ = write!(text, "\n{help}");
    }
    text
}

fn location(label: &Label, sources: &SourceMap) -> Value {
    let mut value = json!({"physicalLocation": {
        "artifactLocation": artifact(label.span, sources),
        "region": region(label.span, sources),
    }});
    if !label.message.is_empty() {
        value["message"] = json!({"text": label.message});
    }
    value
}

fn artifact(span: Span, sources: &SourceMap) -> Value {
    let mut uri = String::new();
    for byte in sources.file(span.file).name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    json!({ "uri": uri })
}

fn region(span: Span, sources: &SourceMap) -> Value {
    let file = sources.file(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}
