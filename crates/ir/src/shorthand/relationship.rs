//! Relationships: `many_to_one Category? (inverse=children, on_delete=set_null)`, and the mapping
//! that says the same.

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::cursor::{Cursor, Step};
use crate::model::Spanned;
use crate::read::Source;
use crate::shape::Kind;
use crate::shape::tables::{RELATIONS, RELATIONSHIP};
use crate::suggest::advice;
use crate::syntax::Node;

/// A relationship as declared, in either form.
#[derive(Debug)]
pub(crate) struct RelationshipText {
    pub(crate) kind: Spanned<String>,
    pub(crate) target: Spanned<String>,
    pub(crate) nullable: Option<Span>,
    pub(crate) description: String,
    /// Options with a value, by their key in the mapping form.
    pub(crate) options: Vec<(&'static str, Spanned<String>)>,
    /// Options without a value.
    pub(crate) flags: Vec<(&'static str, Span)>,
    pub(crate) span: Span,
}

impl RelationshipText {
    /// The value of an option.
    pub(crate) fn option(&self, name: &str) -> Option<&Spanned<String>> {
        self.options.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Where a flag is set.
    pub(crate) fn flag(&self, name: &str) -> Option<Span> {
        self.flags.iter().find(|(known, _)| *known == name).map(|(_, span)| *span)
    }
}

const GRAMMAR: &str = "a relationship is written `KIND Target? (OPTION, …)`, \
                       as in `many_to_one User (inverse=posts, on_delete=cascade)`";
const FLAGS: &[&str] = &["immutable", "readonly", "primary"];
const OPTIONS: &[&str] = &["inverse", "on_delete", "set", "through", "near", "far"];

/// Reads a relationship; nothing if it is beyond reading, which was reported.
pub(crate) fn relationship(
    node: &Node,
    findings: &mut Vec<Diagnostic>,
) -> Option<RelationshipText> {
    let Some(source) = node.source() else { return long(node) };
    let mut cursor = Cursor::new(source, Code::E0110);
    match short(&mut cursor, source, findings) {
        Ok(found) => Some(found),
        Err(finding) => {
            findings.push(if finding.help.is_empty() { finding.help(GRAMMAR) } else { *finding });
            None
        }
    }
}

fn long(node: &Node) -> Option<RelationshipText> {
    let text = |key| node.text(key).map(|source| source.owned());
    let place = |key: &'static str| node.get(key).map(|value| (key, value.span));
    Some(RelationshipText {
        kind: text("type")?,
        target: text("target")?,
        nullable: (node.bool("nullable") == Some(true)).then_some(node.span),
        description: node.string("description"),
        options: OPTIONS.iter().filter_map(|key| Some((*key, text(key)?))).collect(),
        flags: FLAGS
            .iter()
            .filter(|key| node.bool(key) == Some(true))
            .filter_map(|key| place(key))
            .collect(),
        span: node.span,
    })
}

fn short(
    cursor: &mut Cursor<'_>,
    source: Source<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Step<RelationshipText> {
    let kind = cursor.name("a kind of relationship")?;
    if !RELATIONS.contains(&kind.value.as_str()) {
        let message = format!("unknown kind of relationship `{}`", kind.value);
        return Err(Box::new(
            Diagnostic::error(Code::E0205, message)
                .at(kind.span, "not a kind of relationship")
                .help(advice(&kind.value, RELATIONS.iter().copied())),
        ));
    }
    let target = cursor.name("the entity at the other end")?;
    cursor.skip_space();
    let start = cursor.offset();
    let nullable = cursor.eat("?").then(|| cursor.span_from(start));
    let mut found = RelationshipText {
        kind,
        target,
        nullable,
        description: String::new(),
        options: Vec::new(),
        flags: Vec::new(),
        span: source.span,
    };
    if cursor.eat("(") {
        while !cursor.eat(")") {
            option(cursor, &mut found, findings)?;
            if !cursor.eat(",") {
                cursor.expect(")")?;
                break;
            }
        }
    }
    if cursor.at_end() { Ok(found) } else { Err(cursor.unexpected("`(` or the end")) }
}

fn option(
    cursor: &mut Cursor<'_>,
    found: &mut RelationshipText,
    findings: &mut Vec<Diagnostic>,
) -> Step<()> {
    let name = cursor.name("an option")?;
    if let Some(flag) = FLAGS.iter().find(|known| **known == name.value) {
        found.flags.push((flag, name.span));
        return Ok(());
    }
    let known = OPTIONS.iter().find(|known| **known == name.value);
    let value = if cursor.eat("=") { Some(cursor.name("a value")?) } else { None };
    match (known, value) {
        (Some(key), Some(value)) => push(found, key, value, &name, findings),
        (Some(key), None) => findings.push(
            Diagnostic::error(Code::E0110, format!("`{key}` needs a value"))
                .at(name.span, "no value")
                .help(format!("write `{key}=…`")),
        ),
        (None, _) => findings.push(
            Diagnostic::error(Code::E0110, format!("unknown option `{}`", name.value))
                .at(name.span, "not an option of a relationship")
                .help(advice(&name.value, OPTIONS.iter().chain(FLAGS).copied())),
        ),
    }
    Ok(())
}

fn push(
    found: &mut RelationshipText,
    key: &'static str,
    value: Spanned<String>,
    name: &Spanned<String>,
    findings: &mut Vec<Diagnostic>,
) {
    if let Some(first) = found.option(key) {
        findings.push(
            Diagnostic::error(Code::E0206, format!("`{key}` is given twice"))
                .at(name.span, "given here again")
                .also(first.span, "first given here")
                .help("leave one of them out"),
        );
        return;
    }
    // The words that an option takes stand in the table of the mapping form.
    if let Some(Kind::Choice(what, words)) = RELATIONSHIP.key(key).map(|key| &key.kind)
        && !words.contains(&value.value.as_str())
    {
        findings.push(
            Diagnostic::error(Code::E0205, format!("unknown {what} `{}`", value.value))
                .at(value.span, format!("not a known {what}"))
                .help(advice(&value.value, words.iter().copied())),
        );
        return;
    }
    found.options.push((key, value));
}
