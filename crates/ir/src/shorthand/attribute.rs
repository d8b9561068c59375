//! Attributes: `TYPE[(ARGS)][[]][?] [= DEFAULT] [FLAG…]`, and the mapping that says the same.

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::RawValue;
use super::cursor::{Cursor, Step};
use super::raw::{Raw, number};
use crate::model::Spanned;
use crate::read::Source;
use crate::shape::Need;
use crate::shape::tables::ATTRIBUTE;
use crate::suggest::{advice, closest};
use crate::syntax::Node;

/// An attribute as declared, in either form.
#[derive(Debug)]
pub(crate) struct Declared {
    pub(crate) ty: Spanned<String>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) list: Option<Span>,
    pub(crate) nullable: Option<Span>,
    pub(crate) default: Option<Raw>,
    pub(crate) flags: Vec<(Flag, Span)>,
    pub(crate) description: String,
    pub(crate) example: Option<Raw>,
    /// The rules of who may read and write it, as written.
    pub(crate) readable_by: Option<Spanned<String>>,
    pub(crate) writable_by: Option<Spanned<String>>,
    pub(crate) span: Span,
}

/// An argument of a type.
#[derive(Debug, Clone)]
pub(crate) struct Argument {
    pub(crate) sort: Sort,
    /// The whole argument.
    pub(crate) span: Span,
    /// Its value.
    pub(crate) value: Raw,
}

/// How an argument says what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sort {
    /// By its place among those without a name.
    Position(usize),
    /// The lower end of a range.
    RangeMin,
    /// The upper end of a range.
    RangeMax,
    /// By name.
    Named(String),
}

/// A flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flag {
    Unique,
    Index,
    Immutable,
    Readonly,
    Writeonly,
    Primary,
    Deprecated,
}

/// The flags by name.
pub(crate) const FLAGS: &[(&str, Flag)] = &[
    ("unique", Flag::Unique),
    ("index", Flag::Index),
    ("immutable", Flag::Immutable),
    ("readonly", Flag::Readonly),
    ("writeonly", Flag::Writeonly),
    ("primary", Flag::Primary),
    ("deprecated", Flag::Deprecated),
];

/// Keys of the mapping form that are no arguments of the type.
const OWN: &[&str] = &[
    "type",
    "description",
    "example",
    "list",
    "nullable",
    "default",
    "readable_by",
    "writable_by",
];

const GRAMMAR: &str =
    "an attribute is written `TYPE(ARGUMENTS)[]? = DEFAULT FLAG …`, as in `string(1..80)? unique`";

/// Reads an attribute; nothing if it is beyond reading, which was reported.
pub(crate) fn attribute(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Declared> {
    if let Some(source) = node.source() {
        return short(source, node.span, findings);
    }
    let mut declared = short(node.text("type")?, node.span, findings)?;
    declared.description = node.string("description");
    declared.example = node.get("example").map(Raw::of);
    declared.readable_by = node.text("readable_by").map(|rule| rule.owned());
    declared.writable_by = node.text("writable_by").map(|rule| rule.owned());
    if let Some(default) = node.entries().iter().find(|entry| entry.key.value == "default") {
        twice(declared.default.as_ref().map(|raw| raw.span), default.key.span, findings);
        declared.default = Some(Raw::of(&default.value));
    }
    for entry in node.entries() {
        let on = node.bool(&entry.key.value) == Some(true);
        let name = entry.key.value.as_str();
        let flag = FLAGS.iter().find(|(known, _)| *known == name).map(|(_, flag)| *flag);
        match (name, flag) {
            ("list", _) if on => declared.list = Some(entry.key.span),
            ("nullable", _) if on => declared.nullable = Some(entry.key.span),
            (_, Some(flag)) if on => declared.flags.push((flag, entry.key.span)),
            (_, Some(_)) => {}
            _ if OWN.contains(&name) || is_later(name) => {}
            _ => declared.arguments.extend(entry.filled().map(|value| Argument {
                sort: Sort::Named(name.to_owned()),
                span: entry.key.span.to(value.span),
                value: Raw::of(value),
            })),
        }
    }
    Some(declared)
}

/// Whether a key was reported as not built yet.
fn is_later(name: &str) -> bool {
    ATTRIBUTE.key(name).is_some_and(|key| key.need == Need::Later)
}

fn twice(first: Option<Span>, second: Span, findings: &mut Vec<Diagnostic>) {
    if let Some(first) = first {
        findings.push(
            Diagnostic::error(Code::E0206, "the default is given twice")
                .at(second, "given here again")
                .also(first, "first given here")
                .help("leave one of them out"),
        );
    }
}

fn short(source: Source<'_>, span: Span, findings: &mut Vec<Diagnostic>) -> Option<Declared> {
    let mut cursor = Cursor::new(source, Code::E0109);
    match read(&mut cursor, span) {
        Ok(declared) => Some(flags(&mut cursor, declared, findings)),
        Err(finding) => {
            findings.push(advised(*finding));
            None
        }
    }
}

fn advised(finding: Diagnostic) -> Diagnostic {
    if finding.help.is_empty() { finding.help(GRAMMAR) } else { finding }
}

fn read(cursor: &mut Cursor<'_>, span: Span) -> Step<Declared> {
    let ty = cursor.name("a type")?;
    let mut arguments = Vec::new();
    if cursor.eat("(") {
        arguments = read_arguments(cursor)?;
    }
    if cursor.rest().trim_start().starts_with("from ") {
        cursor.eat("from");
        let start = cursor.offset();
        let name = cursor.name("the attribute that it is made from")?;
        arguments.push(Argument {
            sort: Sort::Named("from".to_owned()),
            span: cursor.span_from(start),
            value: Raw { span: name.span, value: RawValue::Word(name.value) },
        });
    }
    let list = mark(cursor, "[]");
    let nullable = mark(cursor, "?");
    let default = if cursor.eat("=") { Some(Raw::read(cursor)?) } else { None };
    Ok(Declared {
        ty,
        arguments,
        list,
        nullable,
        default,
        flags: Vec::new(),
        description: String::new(),
        example: None,
        readable_by: None,
        writable_by: None,
        span,
    })
}

fn mark(cursor: &mut Cursor<'_>, token: &str) -> Option<Span> {
    cursor.skip_space();
    let start = cursor.offset();
    cursor.eat(token).then(|| cursor.span_from(start))
}

fn read_arguments(cursor: &mut Cursor<'_>) -> Step<Vec<Argument>> {
    let mut arguments = Vec::new();
    let mut position = 0;
    while !cursor.eat(")") {
        read_argument(cursor, &mut position, &mut arguments)?;
        if !cursor.eat(",") {
            cursor.expect(")")?;
            break;
        }
    }
    Ok(arguments)
}

fn read_argument(
    cursor: &mut Cursor<'_>,
    position: &mut usize,
    arguments: &mut Vec<Argument>,
) -> Step<()> {
    cursor.skip_space();
    let start = cursor.offset();
    let word = cursor.run(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.'));
    if let Some((min, max)) = word.split_once("..") {
        let ends = [(min, Sort::RangeMin, start), (max, Sort::RangeMax, start + min.len() + 2)];
        for (text, sort, at) in ends.into_iter().filter(|(text, _, _)| !text.is_empty()) {
            let span = cursor.part(at, at + text.len());
            let value = number(text).unwrap_or_else(|| RawValue::Word(text.to_owned()));
            arguments.push(Argument { sort, span, value: Raw { span, value } });
        }
        return Ok(());
    }
    if !word.is_empty() && cursor.eat("=") {
        let value = Raw::read(cursor)?;
        let span = cursor.span_from(start);
        arguments.push(Argument { sort: Sort::Named(word.to_owned()), span, value });
        return Ok(());
    }
    if word.is_empty() {
        return Err(cursor.unexpected("an argument"));
    }
    let span = cursor.span_from(start);
    let value = number(word).unwrap_or_else(|| RawValue::Word(word.to_owned()));
    arguments.push(Argument { sort: Sort::Position(*position), span, value: Raw { span, value } });
    *position += 1;
    Ok(())
}

fn flags(
    cursor: &mut Cursor<'_>,
    mut declared: Declared,
    findings: &mut Vec<Diagnostic>,
) -> Declared {
    // More flags than there are mean that one is set twice: that is reported once.
    while declared.flags.len() <= FLAGS.len() && !cursor.at_end() {
        let word = match cursor.name("a flag or the end") {
            Ok(word) => word,
            Err(finding) => {
                findings.push(advised(*finding));
                return declared;
            }
        };
        match FLAGS.iter().find(|(name, _)| *name == word.value) {
            Some((_, flag)) => declared.flags.push((*flag, word.span)),
            None => {
                if let Some(start) = unquoted(&declared, &word) {
                    findings.push(several_words(start, &word, cursor));
                    return declared;
                }
                findings.push(unknown_flag(&word));
            }
        }
    }
    declared
}

/// The first word of a default that goes on in another one, which is like no flag.
fn unquoted<'a>(declared: &'a Declared, word: &Spanned<String>) -> Option<&'a str> {
    let Some(Raw { value: RawValue::Word(start), .. }) = &declared.default else { return None };
    let names = FLAGS.iter().map(|(name, _)| *name);
    let known = closest(&word.value, names).is_some() || ATTRIBUTE.key(&word.value).is_some();
    (declared.flags.is_empty() && !known).then_some(start)
}

/// The words up to the next flag belong together.
fn several_words(start: &str, word: &Spanned<String>, cursor: &mut Cursor<'_>) -> Diagnostic {
    let mut default = format!("{start} {}", word.value);
    while !cursor.at_end()
        && let Ok(next) = cursor.name("a flag or the end")
        && FLAGS.iter().all(|(name, _)| *name != next.value)
    {
        default.push(' ');
        default.push_str(&next.value);
    }
    Diagnostic::error(Code::E0109, "a default of several words stands in quotes")
        .at(word.span, "neither a flag nor a part of the default")
        .help(format!("write it as `= '{default}'`"))
}

fn unknown_flag(word: &Spanned<String>) -> Diagnostic {
    let finding = Diagnostic::error(Code::E0109, format!("unknown flag `{}`", word.value))
        .at(word.span, "not a flag");
    if ATTRIBUTE.key(&word.value).is_some() {
        return finding.help(format!("write the attribute as a mapping to say `{}`", word.value));
    }
    finding.help(advice(&word.value, FLAGS.iter().map(|(name, _)| *name)))
}
