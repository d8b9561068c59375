//! Prints a tree of values as YAML that every reader of YAML 1.1 and 1.2 takes alike: what is not
//! plainly a word stands in double quotes, as in JSON.

use std::fmt::Write;

use crate::model::Literal;

/// A document.
pub(super) fn print(root: &Literal) -> String {
    let mut out = String::new();
    block(root, 0, &mut out);
    out
}

fn block(value: &Literal, depth: usize, out: &mut String) {
    match value {
        Literal::Map(entries) if !entries.is_empty() => {
            for (key, inner) in entries {
                out.push_str(&"  ".repeat(depth));
                text(key, out);
                out.push(':');
                behind(inner, depth, out);
            }
        }
        Literal::List(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&"  ".repeat(depth));
                out.push_str("- ");
                flow(item, out);
                out.push('\n');
            }
        }
        other => {
            flow(other, out);
            out.push('\n');
        }
    }
}

/// A value behind `key:`, on the same line where it is short.
fn behind(value: &Literal, depth: usize, out: &mut String) {
    let opens = match value {
        Literal::Map(entries) => !entries.is_empty(),
        Literal::List(items) => {
            items.iter().any(|item| matches!(item, Literal::Map(_) | Literal::List(_)))
        }
        _ => false,
    };
    if opens {
        out.push('\n');
        block(value, depth + 1, out);
    } else {
        out.push(' ');
        flow(value, out);
        out.push('\n');
    }
}

fn flow(value: &Literal, out: &mut String) {
    match value {
        Literal::Null => out.push_str("null"),
        Literal::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Literal::Int(digits) | Literal::Number(digits) => out.push_str(digits),
        Literal::Text(value) => text(value, out),
        Literal::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                flow(item, out);
            }
            out.push(']');
        }
        Literal::Map(entries) => {
            out.push('{');
            for (index, (key, item)) in entries.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                text(key, out);
                out.push_str(": ");
                flow(item, out);
            }
            out.push('}');
        }
    }
}

fn text(value: &str, out: &mut String) {
    const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let plain = value.starts_with(|c: char| c.is_ascii_alphabetic())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !WORDS.contains(&value.to_lowercase().as_str());
    if plain {
        out.push_str(value);
        return;
    }
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control()
                || crate::names::is_hidden(c)
                || matches!(c, '\u{2028}' | '\u{2029}') =>
            {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
