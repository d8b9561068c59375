//! YAML of a JSON value. Every text is quoted as in JSON, so that no reader, of whichever version
//! of YAML, takes `17:30:00`, `2026-01-31`, `no` or `1e3` for something else.

use std::fmt::Write as _;

use crate::json::Json;
use crate::python::spaces;

/// The document.
pub(super) fn print(value: &Json) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

/// A part that stands deeper: every line is indented.
pub(super) fn print_at(value: &Json, indent: usize) -> String {
    let mut out = String::with_capacity(2 << 10);
    block(value, indent, &mut out);
    out
}

/// The line of a key whose value follows below it.
pub(super) fn push_key(out: &mut String, indent: usize, name: &str) {
    spaces(out, indent);
    key(name, out);
    out.push_str(":\n");
}

/// A key and, below it, a value that [`print_at`] has printed.
pub(super) fn push_printed(out: &mut String, indent: usize, name: &str, printed: &str) {
    push_key(out, indent, name);
    out.push_str(printed);
}

fn block(value: &Json, indent: usize, out: &mut String) {
    spaces(out, indent);
    first_beside(value, indent, out);
}

/// A block whose first line has its indentation already.
fn first_beside(value: &Json, indent: usize, out: &mut String) {
    match value {
        Json::Object(members) => {
            for (position, (name, member)) in members.iter().enumerate() {
                if position > 0 {
                    spaces(out, indent);
                }
                key(name, out);
                out.push(':');
                below(member, indent + 2, out);
            }
        }
        Json::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    spaces(out, indent);
                }
                out.push('-');
                item_of(item, indent + 2, out);
            }
        }
        other => {
            scalar(other, out);
            out.push('\n');
        }
    }
}

/// What stands behind a key.
fn below(value: &Json, indent: usize, out: &mut String) {
    if is_block(value) {
        out.push('\n');
        block(value, indent, out);
    } else {
        out.push(' ');
        scalar(value, out);
        out.push('\n');
    }
}

/// What stands behind the dash of a list: its first line stands beside the dash.
fn item_of(value: &Json, indent: usize, out: &mut String) {
    out.push(' ');
    if is_block(value) {
        first_beside(value, indent, out);
    } else {
        scalar(value, out);
        out.push('\n');
    }
}

fn is_block(value: &Json) -> bool {
    match value {
        Json::Object(members) => !members.is_empty(),
        Json::Array(items) => !items.is_empty(),
        _ => false,
    }
}

fn scalar(value: &Json, out: &mut String) {
    match value {
        Json::Text(text) => quoted(text, out),
        Json::Object(_) => out.push_str("{}"),
        Json::Array(_) => out.push_str("[]"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Null => out.push_str("null"),
        Json::Number(number) => out.push_str(&number.to_string()),
    }
}

/// A key: plain where it is a word or a path.
fn key(name: &str, out: &mut String) {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let word = name.strip_prefix(['$', '/']).unwrap_or(name);
    let plain = word.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-/{}".contains(&byte));
    if plain && (word.len() > 5 || !WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))) {
        out.push_str(name);
    } else {
        quoted(name, out);
    }
}

/// A text between double quotes.
fn quoted(text: &str, out: &mut String) {
    out.push('"');
    // Looks at every byte, which is faster than to stop at the first that needs an escape.
    let special = |byte: u8| byte.wrapping_sub(b' ') > b'~' - b' ' || matches!(byte, b'"' | b'\\');
    if text.bytes().fold(false, |found, byte| found | special(byte)) {
        text.chars().for_each(|letter| escaped(letter, out));
    } else {
        out.push_str(text);
    }
    out.push('"');
}

fn escaped(letter: char, out: &mut String) {
    match letter {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        _ if is_plain(letter) => out.push(letter),
        _ => {
            let written = write!(out, "\\U{:08x}", u32::from(letter));
            debug_assert!(written.is_ok(), "writing to a String succeeds");
        }
    }
}

/// Letters that every reader of YAML takes as they are.
fn is_plain(letter: char) -> bool {
    let code = u32::from(letter);
    let separator = matches!(code, 0x2028 | 0x2029 | 0xfeff | 0xfffe | 0xffff);
    !letter.is_control() && !separator && code != 0xad
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::print;

    #[test]
    fn every_value_comes_back() {
        let value = json!({
            "paths": {"/posts/{post_id}": {"get": {"200": {}, "no": [], "list": [1, [2], {"a": 1, "b": [3]}]}}},
            "texts": ["17:30:00", "2026-01-31", "no", "1e3", "", " # x: y", "a\n\"b\\", "\u{85}\u{2028}\u{0}é😀"],
            "numbers": [1, 0.5, -3, true, null],
            "$ref": "#/components/schemas/A",
        });
        let text = print(&(&value).into());
        let read: Value =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(read, value);
    }
}
