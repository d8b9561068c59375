//! Literals against types, those of enums and roles included.

use stratapi_diagnostics::Span;

use super::Context;
use crate::model::{AttributeType, Bounds, EnumId, Literal};
use crate::shorthand::{Raw, RawValue};
use crate::suggest::advice;
use crate::types;

/// What is wrong with a literal.
pub(super) struct Problem {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// The literal of a type, or what is wrong with it.
pub(super) fn literal(
    ty: &AttributeType,
    list: bool,
    raw: &Raw,
    context: &Context,
) -> Result<Literal, Problem> {
    if !list {
        return single(ty, raw, context);
    }
    let RawValue::List(items) = &raw.value else {
        return Err(Problem {
            span: raw.span,
            message: format!("a list is needed, but this is {}", raw.kind()),
            help: Some("write `[]`, or the elements in brackets".to_owned()),
        });
    };
    items.iter().map(|item| single(ty, item, context)).collect::<Result<_, _>>().map(Literal::List)
}

fn single(ty: &AttributeType, raw: &Raw, context: &Context) -> Result<Literal, Problem> {
    match ty {
        AttributeType::Enum(id) => member(*id, raw, context),
        AttributeType::Role => {
            let known: Vec<&str> = context.roles.keys().map(String::as_str).collect();
            one_of(raw, &known, "role")
        }
        AttributeType::Value(_) => Err(plain(raw, "a value object has no default".to_owned())),
        _ => match types::of(ty) {
            Some(def) => (def.literal)(ty, raw).map_err(|message| plain(raw, message)),
            None => Err(plain(raw, "this type has no literals".to_owned())),
        },
    }
}

fn plain(raw: &Raw, message: String) -> Problem {
    Problem { span: raw.span, message, help: None }
}

fn member(id: EnumId, raw: &Raw, context: &Context) -> Result<Literal, Problem> {
    let found = &context.enums[id.index()];
    let known: Vec<&str> = found.members.iter().map(|member| member.value.value.as_str()).collect();
    one_of(raw, &known, &format!("value of `{}`", found.name.value))
}

fn one_of(raw: &Raw, known: &[&str], what: &str) -> Result<Literal, Problem> {
    let (RawValue::Text(text) | RawValue::Word(text)) = &raw.value else {
        let message = format!("a {what} is needed, but this is {}", raw.kind());
        return Err(Problem {
            span: raw.span,
            message,
            help: Some(advice("", known.iter().copied())),
        });
    };
    if known.contains(&text.as_str()) {
        return Ok(Literal::Text(text.clone()));
    }
    Err(Problem {
        span: raw.span,
        message: format!("`{text}` is no {what}"),
        help: Some(advice(text, known.iter().copied())),
    })
}

/// The type without its bounds: what a value is compared with need not be one that fits.
pub(super) fn unbounded(ty: &AttributeType) -> AttributeType {
    match ty {
        AttributeType::String { .. } | AttributeType::Text { .. } | AttributeType::Slug { .. } => {
            AttributeType::Text { length: Bounds::default() }
        }
        AttributeType::Int(_) => AttributeType::Int(Bounds::default()),
        AttributeType::BigInt(_) => AttributeType::BigInt(Bounds::default()),
        AttributeType::Float(_) => AttributeType::Float(Bounds::default()),
        AttributeType::Decimal { precision, scale, .. } => AttributeType::Decimal {
            precision: *precision,
            scale: *scale,
            bounds: Bounds::default(),
        },
        other => other.clone(),
    }
}
