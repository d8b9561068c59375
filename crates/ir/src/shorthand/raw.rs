//! Literals before their type is known.

use indexmap::IndexMap;
use stratapi_diagnostics::Span;

use super::cursor::{Cursor, Step};
use crate::syntax::{Node, Value};

/// A literal with its place.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) span: Span,
    pub(crate) value: RawValue,
}

/// A literal before its type is known.
#[derive(Debug, Clone)]
pub(crate) enum RawValue {
    Null,
    Bool(bool),
    /// Canonical decimal text.
    Int(String),
    /// As written.
    Number(String),
    /// Text in quotes, or a text of the document.
    Text(String),
    /// A bare word of a shorthand: text, a member of an enum, or a function with its `()`.
    Word(String),
    List(Vec<Raw>),
    Map(Vec<(String, Raw)>),
}

impl Raw {
    /// A value of the document as a literal.
    pub(crate) fn of(node: &Node) -> Self {
        let value = match &node.value {
            Value::Null => RawValue::Null,
            Value::Bool(value) => RawValue::Bool(*value),
            Value::Int(digits) => RawValue::Int(canonical(digits)),
            Value::Float(text) => RawValue::Number(text.clone()),
            Value::Text(text) => RawValue::Text(text.value.clone()),
            Value::Seq(items) => RawValue::List(items.iter().map(Self::of).collect()),
            Value::Map(entries) => RawValue::Map(
                entries.iter().map(|e| (e.key.value.clone(), Self::of(&e.value))).collect(),
            ),
        };
        Self { span: node.span, value }
    }

    /// A literal of a shorthand.
    pub(crate) fn read(cursor: &mut Cursor<'_>) -> Step<Self> {
        cursor.skip_space();
        let start = cursor.offset();
        let value = match cursor.rest().chars().next() {
            Some('[') => list(cursor)?,
            Some('{') => map(cursor)?,
            Some(quote @ ('\'' | '"')) => RawValue::Text(quoted(cursor, quote)?),
            _ => bare(cursor)?,
        };
        Ok(Self { span: cursor.span_from(start), value })
    }

    /// What this is, as messages call it.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            RawValue::Null => "null",
            RawValue::Bool(_) => "a truth value",
            RawValue::Int(_) => "a whole number",
            RawValue::Number(_) => "a number",
            RawValue::Text(_) | RawValue::Word(_) => "text",
            RawValue::List(_) => "a list",
            RawValue::Map(_) => "a mapping",
        }
    }
}

/// A whole number without leading zeros, `+` and `_`.
pub(crate) fn canonical(digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits.strip_prefix('+').unwrap_or(digits)),
    };
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => format!("{sign}{rest}"),
    }
}

/// Whether the text is a decimal number, and whether it is a whole one.
pub(crate) fn number(text: &str) -> Option<RawValue> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if digits(unsigned) {
        return Some(RawValue::Int(canonical(text)));
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let good = match mantissa.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(mantissa),
    } && exponent.is_none_or(|e| digits(e.strip_prefix(['-', '+']).unwrap_or(e)));
    good.then(|| RawValue::Number(text.strip_prefix('+').unwrap_or(text).to_owned()))
}

fn list(cursor: &mut Cursor<'_>) -> Step<RawValue> {
    cursor.expect("[")?;
    cursor.enter()?;
    let mut items = Vec::new();
    while !cursor.eat("]") {
        items.push(Raw::read(cursor)?);
        if !cursor.eat(",") {
            cursor.expect("]")?;
            break;
        }
    }
    cursor.leave();
    Ok(RawValue::List(items))
}

fn map(cursor: &mut Cursor<'_>) -> Step<RawValue> {
    cursor.expect("{")?;
    cursor.enter()?;
    let mut entries: IndexMap<String, Raw> = IndexMap::new();
    while !cursor.eat("}") {
        cursor.skip_space();
        let key = match cursor.rest().chars().next() {
            Some(quote @ ('\'' | '"')) => quoted(cursor, quote)?,
            _ => cursor.run(|c| c.is_alphanumeric() || c == '_' || c == '-').to_owned(),
        };
        cursor.expect(":")?;
        let value = Raw::read(cursor)?;
        entries.insert(key, value);
        if !cursor.eat(",") {
            cursor.expect("}")?;
            break;
        }
    }
    cursor.leave();
    Ok(RawValue::Map(entries.into_iter().collect()))
}

/// Text in quotes. A backslash stands for itself, so that patterns need no doubling; a doubled
/// quote is a quote.
fn quoted(cursor: &mut Cursor<'_>, quote: char) -> Step<String> {
    cursor.bump();
    let mut text = String::new();
    loop {
        match cursor.bump() {
            None => return Err(cursor.unexpected(&format!("the closing {quote}"))),
            Some(c) if c == quote => {
                if !cursor.rest().starts_with(quote) {
                    return Ok(text);
                }
                cursor.bump();
                text.push(quote);
            }
            Some(c) => text.push(c),
        }
    }
}

fn bare(cursor: &mut Cursor<'_>) -> Step<RawValue> {
    let word = cursor.run(|c| {
        !c.is_whitespace()
            && !matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | ',' | '=' | '\'' | '"')
    });
    if word.is_empty() {
        return Err(cursor.unexpected("a value"));
    }
    if cursor.rest().starts_with('(') {
        cursor.expect("(")?;
        cursor.expect(")")?;
        return Ok(RawValue::Word(format!("{word}()")));
    }
    Ok(match word {
        "null" | "None" | "~" => RawValue::Null,
        "true" | "True" => RawValue::Bool(true),
        "false" | "False" => RawValue::Bool(false),
        _ => number(word).unwrap_or_else(|| RawValue::Word(word.to_owned())),
    })
}
