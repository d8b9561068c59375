//! Documents as YAML: whatever is not plain stands in double quotes, and what can't be seen is escaped.

use std::fmt::Write;

use serde_json::Value;

/// The document.
pub(super) fn yaml(document: &Value) -> String {
    let mut out = String::new();
    block(document, 0, &mut out);
    out
}

/// The members of a mapping or the items of a list, one a line.
fn block(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let _ = write!(out, "{indent}{}:", scalar(key));
                nested(member, depth, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                let _ = write!(out, "{indent}-");
                nested(item, depth, out);
            }
        }
        _ => {}
    }
}

fn nested(value: &Value, depth: usize, out: &mut String) {
    let empty = matches!(value, Value::Object(members) if members.is_empty())
        || matches!(value, Value::Array(items) if items.is_empty());
    match value {
        Value::Object(_) | Value::Array(_) if !empty => {
            out.push('\n');
            block(value, depth + 1, out);
        }
        Value::String(text) => {
            let _ = writeln!(out, " {}", scalar(text));
        }
        other => {
            let _ = writeln!(out, " {other}");
        }
    }
}

/// A text, in quotes unless it is plain.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_ ()?.=-<>*/".contains(c))
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    if plain {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            ' '..='~' => out.push(c),
            other => {
                let _ = write!(out, "\\U{:08X}", u32::from(other));
            }
        }
    }
    out.push('"');
    out
}

/// Words that YAML takes for other values.
const WORDS: &[&str] = &["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
