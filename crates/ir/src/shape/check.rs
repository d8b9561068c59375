//! Holds a tree against its shape. What does not fit is reported and emptied, so that whoever
//! reads the tree afterwards needs no second opinion.

use stratapi_diagnostics::{Code, Diagnostic};

use super::{Key, Kind, Need, Shape, cut};
use crate::ENOUGH;
use crate::suggest::advice;
use crate::syntax::{Entry, Node, Value};

/// Checks a node; `label` names it in messages (`title`). With enough findings it stops, and the
/// rest of the tree must not be read.
pub(crate) fn check(node: &mut Node, kind: &Kind, label: &str, findings: &mut Vec<Diagnostic>) {
    if findings.len() >= ENOUGH {
        return;
    }
    match kind {
        Kind::Either(kinds) => match choose(node, kinds) {
            Some(kind) => check(node, kind, label, findings),
            None => misfit(node, kind, label, findings),
        },
        _ if !fits_type(node, kind) => misfit(node, kind, label, findings),
        Kind::Shape(shape) => check_shape(node, shape, findings),
        Kind::Map(what, inner) => check_map(node, what, inner, findings),
        Kind::List(inner) => check_list(node, inner, label, findings),
        Kind::Choice(what, words) => check_choice(node, what, words, findings),
        Kind::Int(min, max) => check_range(node, *min, *max, label, findings),
        _ => {}
    }
}

/// Whether the type of a value is right, without a look inside.
fn fits_type(node: &Node, kind: &Kind) -> bool {
    match (kind, &node.value) {
        (Kind::Any | Kind::Version, _)
        | (Kind::Text | Kind::Shorthand(_) | Kind::Choice(..), Value::Text(_))
        | (Kind::Bool, Value::Bool(_))
        | (Kind::False, Value::Bool(false))
        | (Kind::Int(..), Value::Int(_))
        | (Kind::Number, Value::Int(_) | Value::Float(_))
        | (Kind::List(_), Value::Seq(_) | Value::Null)
        | (Kind::Map(..) | Kind::Shape(_), Value::Map(_) | Value::Null) => true,
        (Kind::Either(kinds), _) => kinds.iter().any(|kind| fits_type(node, kind)),
        _ => false,
    }
}

/// The alternative that was meant: of those whose type is right, the first one whose required
/// keys are there; the last one needs no proof.
fn choose<'k>(node: &Node, kinds: &'k [Kind]) -> Option<&'k Kind> {
    let mut fitting = kinds.iter().filter(|kind| fits_type(node, kind)).peekable();
    while let Some(kind) = fitting.next() {
        let Kind::Shape(shape) = kind else { return Some(kind) };
        let has = |key: &Key| node.get(key.name).is_some_and(|value| fits_type(value, &key.kind));
        if fitting.peek().is_none()
            || shape.keys.iter().filter(|key| key.need == Need::Required).all(has)
        {
            return Some(kind);
        }
    }
    None
}

fn misfit(node: &mut Node, kind: &Kind, label: &str, findings: &mut Vec<Diagnostic>) {
    let found = node.value.kind();
    let mut finding = Diagnostic::error(
        Code::E0201,
        format!("`{label}` needs {}, but this is {found}", kind.expected()),
    )
    .at(node.span, format!("{found} is not expected here"));
    let is_scalar = matches!(node.value, Value::Int(_) | Value::Float(_) | Value::Bool(_));
    if is_scalar && accepts_text(kind) {
        finding = finding.help("put it in quotes to make it text");
    } else if matches!(kind, Kind::List(_)) {
        finding = finding.help("write a list: `[one, two]`, or a line with `- ` for each item");
    } else {
        finding = finding.help(format!("write {}", kind.expected()));
    }
    findings.push(finding);
    node.value = Value::Null;
}

fn accepts_text(kind: &Kind) -> bool {
    match kind {
        Kind::Text | Kind::Shorthand(_) | Kind::Choice(..) => true,
        Kind::Either(kinds) => kinds.iter().any(accepts_text),
        _ => false,
    }
}

fn check_shape(node: &mut Node, shape: &'static Shape, findings: &mut Vec<Diagnostic>) {
    let span = node.span;
    let Value::Map(entries) = &mut node.value else {
        missing(shape, &[], span, findings);
        return;
    };
    let cut = cut::mend(entries, findings);
    missing(shape, entries, span, findings);
    let mut index = 0;
    entries.retain_mut(|entry| {
        if findings.len() >= ENOUGH {
            return true;
        }
        if let Some(key) = shape.key(&entry.key.value) {
            if !cut.contains(&index) {
                check_key(entry, key, findings);
            }
            index += 1;
            true
        } else {
            unknown(entry, shape, findings);
            index += 1;
            false
        }
    });
}

fn check_key(entry: &mut Entry, key: &'static Key, findings: &mut Vec<Diagnostic>) {
    place(entry);
    // `key:` with nothing behind it is the same as no key, unless it must be there.
    if entry.value.value == Value::Null && key.need != Need::Required {
        return;
    }
    if key.need == Need::Later && !is_empty(&entry.value) {
        findings.push(
            Diagnostic::error(
                Code::E0311,
                format!("`{}` belongs to the language, but it is not built yet", key.name),
            )
            .at(entry.key.span, "this version of the compiler can't build it")
            .help(format!("leave `{}` out until a later version", key.name)),
        );
    }
    check(&mut entry.value, &key.kind, key.name, findings);
}

/// Gives an absent value the place of its key, so that there is something to underline.
fn place(entry: &mut Entry) {
    if entry.value.value == Value::Null {
        entry.value.span = entry.key.span;
    }
}

/// Whether a value says nothing, so that leaving it out would mean the same.
fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null | Value::Bool(false) => true,
        Value::Seq(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        _ => false,
    }
}

fn unknown(entry: &Entry, shape: &'static Shape, findings: &mut Vec<Diagnostic>) {
    let name = &entry.key.value;
    let known = shape.keys.iter().map(|key| key.name);
    findings.push(
        Diagnostic::error(Code::E0203, format!("unknown key `{name}` in {}", shape.name))
            .at(entry.key.span, "no such key")
            .help(advice(name, known)),
    );
}

fn missing(
    shape: &'static Shape,
    entries: &[Entry],
    span: stratapi_diagnostics::Span,
    findings: &mut Vec<Diagnostic>,
) {
    for key in shape.keys.iter().filter(|key| key.need == Need::Required) {
        if entries.iter().all(|entry| entry.key.value != key.name) {
            // A whole block underlined tells nobody where to look; its first key does.
            let place = entries.first().map_or(span, |entry| entry.key.span);
            findings.push(
                Diagnostic::error(
                    Code::E0202,
                    format!("{} needs the key `{}`", shape.name, key.name),
                )
                .at(place, format!("`{}` is missing here", key.name))
                .help(format!("add `{}`: {}", key.name, key.doc)),
            );
        }
    }
}

fn check_map(
    node: &mut Node,
    what: &'static str,
    inner: &'static Kind,
    findings: &mut Vec<Diagnostic>,
) {
    let Value::Map(entries) = &mut node.value else { return };
    let cut = cut::mend(entries, findings);
    for (index, entry) in entries.iter_mut().enumerate() {
        if cut.contains(&index) {
            continue;
        }
        place(entry);
        let label = if entry.key.value.len() > 80 { what } else { entry.key.value.as_str() };
        check(&mut entry.value, inner, label, findings);
    }
}

fn check_list(node: &mut Node, inner: &'static Kind, label: &str, findings: &mut Vec<Diagnostic>) {
    let Value::Seq(items) = &mut node.value else { return };
    let cut = cut::mend_list(items, findings);
    for (index, item) in items.iter_mut().enumerate() {
        if !cut.contains(&index) {
            check(item, inner, label, findings);
        }
    }
}

fn check_choice(
    node: &mut Node,
    what: &str,
    words: &'static [&'static str],
    findings: &mut Vec<Diagnostic>,
) {
    let Some(source) = node.source() else { return };
    if words.contains(&source.text) {
        return;
    }
    findings.push(
        Diagnostic::error(Code::E0205, format!("unknown {what} `{}`", source.text))
            .at(node.span, format!("not a known {what}"))
            .help(advice(source.text, words.iter().copied())),
    );
    node.value = Value::Null;
}

fn check_range(node: &mut Node, min: i64, max: i64, label: &str, findings: &mut Vec<Diagnostic>) {
    let Value::Int(digits) = &node.value else { return };
    if digits.parse::<i64>().is_ok_and(|number| (min..=max).contains(&number)) {
        return;
    }
    findings.push(
        Diagnostic::error(Code::E0303, format!("`{label}` must be from {min} to {max}"))
            .at(node.span, "out of range")
            .help(format!("choose a whole number from {min} to {max}")),
    );
    node.value = Value::Null;
}
