//! Recognises a shorthand that a comma of a flow mapping or list has cut in two:
//! `{write: role(editor, admin)}` reads as `write: "role(editor"` and a strange key `admin)`.

use std::collections::BTreeSet;

use stratapi_diagnostics::{Code, Diagnostic, Span};

use crate::syntax::{Entry, Node, Value};

/// Reports cut shorthands among entries, empties them and drops the strange keys. Returns the
/// positions of those that it emptied.
pub(super) fn mend(entries: &mut Vec<Entry>, findings: &mut Vec<Diagnostic>) -> BTreeSet<usize> {
    let mut cut = BTreeSet::new();
    let mut index = 0;
    while index < entries.len() {
        let pieces = entries[index + 1..]
            .iter()
            .map(|entry| (entry.key.value.as_str(), entry.value.value == Value::Null));
        let Some(count) = pieces_of(&entries[index].value, pieces) else {
            index += 1;
            continue;
        };
        let end = entries[index + count].key.span;
        let texts = entries[index + 1..=index + count].iter().map(|entry| entry.key.value.clone());
        let whole = joined(&entries[index].value, texts);
        report(entries[index].value.span.to(end), &whole, findings);
        entries[index].value.value = Value::Null;
        entries.drain(index + 1..=index + count);
        cut.insert(index);
        index += 1;
    }
    cut
}

/// Reports cut shorthands among the items of a list, empties them and drops the rest of them.
pub(super) fn mend_list(items: &mut Vec<Node>, findings: &mut Vec<Diagnostic>) {
    let mut index = 0;
    while index < items.len() {
        let pieces = items[index + 1..].iter().map(|item| match item.source() {
            Some(source) => (source.text, true),
            None => ("", false),
        });
        let Some(count) = pieces_of(&items[index], pieces) else {
            index += 1;
            continue;
        };
        let texts = items[index + 1..=index + count]
            .iter()
            .filter_map(|item| item.source().map(|source| source.text.to_owned()));
        let whole = joined(&items[index], texts);
        report(items[index].span.to(items[index + count].span), &whole, findings);
        items[index].value = Value::Null;
        items.drain(index + 1..=index + count);
        index += 1;
    }
}

/// How many of the following pieces close the brackets that a text leaves open.
fn pieces_of<'a>(head: &Node, pieces: impl Iterator<Item = (&'a str, bool)>) -> Option<usize> {
    let mut depth = open(head.source()?.text);
    if depth <= 0 {
        return None;
    }
    for (index, (text, alone)) in pieces.enumerate().take(32) {
        if !alone {
            return None;
        }
        depth += open(text);
        if depth <= 0 {
            return Some(index + 1);
        }
    }
    None
}

/// Opening minus closing brackets.
fn open(text: &str) -> i32 {
    text.bytes().fold(0, |depth, byte| match byte {
        b'(' | b'[' => depth + 1,
        b')' | b']' => depth - 1,
        _ => depth,
    })
}

fn joined(head: &Node, rest: impl Iterator<Item = String>) -> String {
    let mut whole = head.source().map(|source| source.text.to_owned()).unwrap_or_default();
    for text in rest {
        whole.push_str(", ");
        whole.push_str(&text);
    }
    whole
}

fn report(span: Span, whole: &str, findings: &mut Vec<Diagnostic>) {
    let quoted = format!("\"{}\"", whole.replace('\\', "\\\\").replace('"', "\\\""));
    findings.push(
        Diagnostic::error(Code::E0207, format!("a comma cuts the shorthand `{whole}` in two"))
            .at(span, "inside `{…}` and `[…]` a comma begins the next entry")
            .help(format!("put it in quotes: `{quoted}`, or write it on a line of its own"))
            .fix(span, quoted),
    );
}
