//! TOML to a tree, by the spanned tree of the `toml` crate.

use std::ops::Range;

use ::toml::Spanned as TomlSpanned;
use ::toml::de::{DeTable, DeValue, Error};
use stratapi_diagnostics::{Code, Diagnostic};

use super::reading::{Document, MAX_DEPTH, MAX_TOML_BYTES, Reading};
use super::{Entry, Node, Text, Value, decode, scalar};
use crate::model::Spanned;

/// Reads one document. `None` if it is broken; the reasons are in `reading`.
pub(super) fn read(document: Document<'_>, reading: &mut Reading) -> Option<Node> {
    if document.text.len() > MAX_TOML_BYTES {
        reading.push(
            Diagnostic::error(Code::E0105, "the TOML document is too large")
                .at(document.character(0), format!("the limit is {MAX_TOML_BYTES} bytes"))
                .help("split it with `include`, or write it as YAML"),
        );
        return None;
    }
    if let Some(at) = first_too_deep(document.text) {
        reading.too_deep(document.character(at));
        return None;
    }
    // Recovery is no option: the crate copies the whole document into each of its errors.
    match DeTable::parse(document.text) {
        Ok(table) => {
            let whole = 0..document.text.trim_end().len();
            convert_table(document, whole, table.get_ref(), reading)
        }
        Err(error) => {
            reading.push(explain(document, &error));
            None
        }
    }
}

const DUPLICATE: &str = "duplicate key";

fn explain(document: Document<'_>, error: &Error) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let mut span = document.span(range.start, range.end);
    if span.start == span.end {
        span = document.character(range.start);
    }
    if error.message() == DUPLICATE {
        let name = document.text.get(range.clone()).unwrap_or_default();
        let mut reading = Reading::new();
        let key = Spanned { value: name.trim_matches(['"', '\'']).to_owned(), span };
        let first = same_header(document.text, range.start)
            .or_else(|| same_key(document.text, &key.value, range.start));
        reading.duplicate(&key, first.map_or(span, |r| document.span(r.start, r.end)));
        return reading.found.remove(0);
    }
    Diagnostic::error(Code::E0101, error.message()).at(span, "")
}

/// The first line that reads like the `[table]` line at this place.
fn same_header(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let header = text[start..].lines().next()?.trim();
    let mut before = 0;
    for line in text[..start].split_inclusive('\n') {
        if header.starts_with('[') && line.trim() == header {
            return Some(before..before + line.trim_end().len());
        }
        before += line.len();
    }
    None
}

/// The first of two equal keys: in the same line, or in the lines before it, which are correct.
fn same_key(text: &str, name: &str, at: usize) -> Option<Range<usize>> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    if let Some(found) = text[start..at].find(name) {
        return Some(start + found..start + found + name.len());
    }
    let before = DeTable::parse(&text[..start]).ok()?;
    last_key(before.get_ref(), name)
}

/// The last key of this name.
fn last_key(table: &DeTable<'_>, name: &str) -> Option<Range<usize>> {
    let mut best: Option<Range<usize>> = None;
    for (key, value) in table {
        let inner = match value.get_ref() {
            DeValue::Table(table) => last_key(table, name),
            _ => None,
        };
        let own = (key.get_ref() == name).then(|| key.span());
        for found in [own, inner].into_iter().flatten() {
            if best.as_ref().is_none_or(|best| best.start < found.start) {
                best = Some(found);
            }
        }
    }
    best
}

fn convert_table(
    document: Document<'_>,
    range: Range<usize>,
    table: &DeTable<'_>,
    reading: &mut Reading,
) -> Option<Node> {
    let mut pairs: Vec<_> = table.iter().collect();
    // The crate keeps keys in their alphabetic order; ours is that of declaration.
    pairs.sort_by_key(|(key, _)| key.span().start);
    let mut entries = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        let span = document.span(key.span().start, key.span().end);
        let name = Spanned { value: key.get_ref().clone().into_owned(), span };
        entries.push(Entry { key: name, value: convert(document, value, reading)? });
    }
    let span = document.span(range.start, range.end);
    reading.count(span).then_some(Node { span, value: Value::Map(entries) })
}

fn convert(
    document: Document<'_>,
    value: &TomlSpanned<DeValue<'_>>,
    reading: &mut Reading,
) -> Option<Node> {
    let range = value.span();
    let mut span = document.span(range.start, range.end);
    let written = document.text.get(range.clone()).unwrap_or_default();
    let value = match value.get_ref() {
        DeValue::Table(table) => return convert_table(document, range, table, reading),
        DeValue::Array(items) => {
            let items: Option<Vec<Node>> =
                items.iter().map(|item| convert(document, item, reading)).collect();
            Value::Seq(items?)
        }
        DeValue::String(text) => {
            if let Some(c) = text.chars().find(|c| decode::is_forbidden(*c)) {
                reading.push(decode::forbidden(c).at(span, "an escape in this text makes it"));
            }
            let inner = written.get(1..written.len().saturating_sub(1));
            let verbatim = inner == Some(&**text);
            if verbatim {
                span = document.span(range.start + 1, range.end - 1);
            }
            Value::Text(Text { value: text.clone().into_owned(), verbatim })
        }
        DeValue::Integer(number) => {
            let digits = number.as_str();
            let decimal = match number.radix() {
                10 => Some(digits.trim_start_matches('+').to_owned()),
                radix => scalar::based(digits, radix),
            };
            let Some(decimal) = decimal else {
                reading
                    .push(Diagnostic::error(Code::E0101, "the number is too large").at(span, ""));
                return None;
            };
            Value::Int(decimal)
        }
        DeValue::Float(number) => Value::Float(match number.as_str().trim_start_matches('+') {
            "inf" => ".inf".to_owned(),
            "-inf" => "-.inf".to_owned(),
            "nan" | "-nan" => ".nan".to_owned(),
            number => number.to_owned(),
        }),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(_) => Value::Text(Text { value: written.to_owned(), verbatim: true }),
    };
    reading.count(span).then_some(Node { span, value })
}

/// Where nesting passes the limit. The crate bounds brackets and dots each by itself, but their
/// product would still be deep enough to exhaust the stack when the tree is dropped.
fn first_too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let (mut depth, mut dots, mut at) = (0, 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'#' => at += length_until(&bytes[at..], b'\n'),
            b'"' | b'\'' => {
                at = string_end(bytes, at);
                continue;
            }
            b'.' => dots += 1,
            b'[' | b'{' => {
                open.push(dots + 1);
                depth += dots + 1;
                dots = 0;
            }
            b']' | b'}' => {
                depth -= open.pop().unwrap_or(0);
                dots = 0;
            }
            b',' | b'\n' => dots = 0,
            _ => {}
        }
        if depth + dots > MAX_DEPTH {
            return Some(at);
        }
        at += 1;
    }
    None
}

fn length_until(bytes: &[u8], end: u8) -> usize {
    bytes.iter().position(|b| *b == end).unwrap_or(bytes.len())
}

/// Byte behind a string that starts here; one of a single line ends with its line at the latest.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let long = bytes[start..].starts_with(&[quote; 3]);
    let mut at = start + if long { 3 } else { 1 };
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if !long => return at,
            byte if byte == quote && !long => return at + 1,
            byte if byte == quote && bytes[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}
