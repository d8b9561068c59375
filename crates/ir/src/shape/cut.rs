//! Recognises a shorthand that a comma of a flow mapping or list has cut in two:
//! `{write: role(editor, admin)}` reads as `write: "role(editor"` and a strange key `admin)`.

use std::collections::BTreeSet;

use stratapi_diagnostics::{Code, Diagnostic, Span};

use crate::syntax::{Entry, Node, Value};

/// Reports cut shorthands among entries, empties them and drops the strange keys. Returns the
/// positions of those that it emptied.
pub(super) fn mend(entries: &mut Vec<Entry>, findings: &mut Vec<Diagnostic>) -> BTreeSet<usize> {
    let mut cut = BTreeSet::new();
    let mut strange = BTreeSet::new();
    let mut index = 0;
    while index < entries.len() {
        let file = entries[index].value.span.file;
        let pieces = entries[index + 1..].iter().map(|entry| {
            let alone = entry.value.value == Value::Null && entry.key.span.file == file;
            (entry.key.value.as_str(), alone)
        });
        if let Some(count) = pieces_of(&entries[index].value, pieces) {
            let rest = &entries[index + 1..=index + count];
            let whole =
                joined(&entries[index].value, rest.iter().map(|entry| entry.key.value.as_str()));
            report(entries[index].value.span.to(entries[index + count].key.span), &whole, findings);
            entries[index].value.value = Value::Null;
            cut.insert(index - strange.len());
            strange.extend(index + 1..=index + count);
            index += count;
        }
        index += 1;
    }
    drop_at(entries, &strange);
    cut
}

/// The same for the items of a list.
pub(super) fn mend_list(items: &mut Vec<Node>, findings: &mut Vec<Diagnostic>) -> BTreeSet<usize> {
    let mut cut = BTreeSet::new();
    let mut strange = BTreeSet::new();
    let mut index = 0;
    while index < items.len() {
        let pieces = items[index + 1..].iter().map(|item| match item.source() {
            Some(source) => (source.text, true),
            None => ("", false),
        });
        if let Some(count) = pieces_of(&items[index], pieces) {
            let rest = items[index + 1..=index + count].iter().filter_map(Node::source);
            let whole = joined(&items[index], rest.map(|source| source.text));
            report(items[index].span.to(items[index + count].span), &whole, findings);
            items[index].value = Value::Null;
            cut.insert(index - strange.len());
            strange.extend(index + 1..=index + count);
            index += count;
        }
        index += 1;
    }
    drop_at(items, &strange);
    cut
}

fn drop_at<T>(all: &mut Vec<T>, positions: &BTreeSet<usize>) {
    let mut index = 0;
    all.retain(|_| {
        index += 1;
        !positions.contains(&(index - 1))
    });
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

fn joined<'a>(head: &Node, rest: impl Iterator<Item = &'a str>) -> String {
    let mut whole = head.source().map(|source| source.text.to_owned()).unwrap_or_default();
    for text in rest {
        whole.push_str(", ");
        whole.push_str(text);
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
