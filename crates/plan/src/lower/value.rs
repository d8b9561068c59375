//! Types and defaults of attributes: what Python, the schemas and the database make of them.

use serde_json::{Map, Value};
use stratapi_ir::model::{ApplicationIr, Attribute, AttributeType, Bounds, DefaultValue, Literal};

use crate::{ColumnType, PythonDefault, ServerDefault, ValueKind, ValueType};

const INT: (i64, i64) = (-2_147_483_648, 2_147_483_647);
const TEXT_MAX: u32 = 100_000;
const SLUG_MAX: u32 = 200;
/// Length of a column that holds a password's hash.
pub(super) const HASH_LENGTH: u32 = 255;

/// The type of one element; a slug's source is the position of the attribute, not of its field.
pub(super) fn scalar_type(ir: &ApplicationIr, attribute: &Attribute) -> ValueType {
    let kind = kind(ir, &attribute.ty);
    ValueType { kind, list: attribute.list, nullable: attribute.nullable }
}

/// The type of one element without lists and nulls.
pub(super) fn kind(ir: &ApplicationIr, ty: &AttributeType) -> ValueKind {
    match ty {
        AttributeType::String { length, pattern } => ValueKind::Line {
            min: length.min.unwrap_or(0),
            max: length.max.unwrap_or(255),
            pattern: pattern.clone(),
            reserved: Vec::new(),
        },
        AttributeType::Text { length } => {
            ValueKind::Text { min: length.min.unwrap_or(0), max: length.max.unwrap_or(TEXT_MAX) }
        }
        AttributeType::Int(bounds) => int(*bounds, INT, false),
        AttributeType::BigInt(bounds) => int(*bounds, (i64::MIN, i64::MAX), true),
        AttributeType::Float(bounds) => {
            ValueKind::Float { min: bounds.min.clone(), max: bounds.max.clone() }
        }
        AttributeType::Decimal { precision, scale, bounds } => ValueKind::Decimal {
            precision: *precision,
            scale: *scale,
            min: bounds.min.clone(),
            max: bounds.max.clone(),
        },
        AttributeType::Bool => ValueKind::Bool,
        AttributeType::Date => ValueKind::Date,
        AttributeType::Time => ValueKind::Time,
        AttributeType::DateTime => ValueKind::DateTime,
        AttributeType::Duration => ValueKind::Duration,
        AttributeType::Uuid => ValueKind::Uuid,
        // A value object never comes here by itself: its parts do.
        AttributeType::Json | AttributeType::Value(_) => ValueKind::Json,
        AttributeType::Bytes { max } => ValueKind::Bytes { max: *max },
        AttributeType::Email => ValueKind::Email,
        AttributeType::Url => ValueKind::Url,
        AttributeType::Slug { from } => {
            ValueKind::Slug { max: SLUG_MAX, from: from.index(), reserved: Vec::new() }
        }
        AttributeType::Password { length } => {
            ValueKind::Password { min: length.min.unwrap_or(8), max: length.max.unwrap_or(128) }
        }
        AttributeType::Ip => ValueKind::Ip,
        AttributeType::Role => ValueKind::Enum(ir.domain.enums.len()),
        AttributeType::Enum(id) => ValueKind::Enum(id.index()),
    }
}

fn int(bounds: Bounds<i64>, range: (i64, i64), big: bool) -> ValueKind {
    let min = bounds.min.unwrap_or(range.0).max(range.0);
    let max = bounds.max.unwrap_or(range.1).min(range.1);
    ValueKind::Int { min, max, big }
}

/// The values of an enum; the roles are the one behind the declared ones.
pub(super) fn enum_values(ir: &ApplicationIr, index: usize) -> Vec<&str> {
    match ir.domain.enums.get(index) {
        Some(declared) => {
            declared.members.iter().map(|member| member.value.value.as_str()).collect()
        }
        None => ir
            .security
            .iter()
            .flat_map(|security| &security.roles)
            .map(|role| role.name.value.as_str())
            .collect(),
    }
}

/// The column of a type. Lists are JSON.
pub(super) fn column_type(ty: &ValueType) -> ColumnType {
    if ty.list {
        return ColumnType::Json;
    }
    match &ty.kind {
        ValueKind::Line { max, .. } | ValueKind::Slug { max, .. } => ColumnType::String(*max),
        ValueKind::Text { .. } => ColumnType::Text,
        ValueKind::Int { big: false, .. } => ColumnType::Integer,
        ValueKind::Int { big: true, .. } => ColumnType::BigInteger,
        ValueKind::Float { .. } => ColumnType::Double,
        ValueKind::Decimal { precision, scale, .. } => ColumnType::Decimal(*precision, *scale),
        ValueKind::Bool => ColumnType::Boolean,
        ValueKind::Date => ColumnType::Date,
        ValueKind::Time => ColumnType::Time,
        ValueKind::DateTime => ColumnType::DateTime,
        ValueKind::Duration => ColumnType::Duration,
        ValueKind::Uuid => ColumnType::Uuid,
        ValueKind::Json => ColumnType::Json,
        ValueKind::Bytes { max } => ColumnType::Binary(*max),
        ValueKind::Email => ColumnType::String(254),
        ValueKind::Url => ColumnType::String(2048),
        ValueKind::Password { .. } => ColumnType::String(HASH_LENGTH),
        ValueKind::Ip => ColumnType::String(45),
        ValueKind::Enum(index) => ColumnType::Enum(*index),
    }
}

/// The default in Python.
pub(super) fn python_default(
    ir: &ApplicationIr,
    ty: &ValueType,
    default: &DefaultValue,
) -> PythonDefault {
    match default {
        DefaultValue::Now if ty.kind == ValueKind::Date => PythonDefault::Today,
        DefaultValue::Now => PythonDefault::Now,
        DefaultValue::Today => PythonDefault::Today,
        DefaultValue::Uuid => PythonDefault::Uuid,
        DefaultValue::Literal(Literal::Null) => PythonDefault::None,
        DefaultValue::Literal(literal) => PythonDefault::Literal(canonical(ir, ty, literal)),
    }
}

/// A literal in the form of `PythonDefault::Literal`.
pub(super) fn canonical(ir: &ApplicationIr, ty: &ValueType, literal: &Literal) -> String {
    if ty.list || ty.kind == ValueKind::Json {
        return json(literal).to_string();
    }
    match (&ty.kind, literal) {
        (ValueKind::Enum(index), Literal::Text(text)) => {
            let values = enum_values(ir, *index);
            values.iter().position(|value| value == text).unwrap_or_default().to_string()
        }
        (_, Literal::Bool(value)) => value.to_string(),
        (_, Literal::Int(text) | Literal::Number(text) | Literal::Text(text)) => text.clone(),
        (_, Literal::Null | Literal::List(_) | Literal::Map(_)) => json(literal).to_string(),
    }
}

/// A literal as JSON.
pub(super) fn json(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Int(text) | Literal::Number(text) => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()))
        }
        Literal::Text(text) => Value::String(text.clone()),
        Literal::List(items) => Value::Array(items.iter().map(json).collect()),
        Literal::Map(entries) => Value::Object(
            entries.iter().map(|(key, value)| (key.clone(), json(value))).collect::<Map<_, _>>(),
        ),
    }
}

/// A literal as JSON, in the form that this type has on the wire.
pub(super) fn wire_json(ty: &ValueType, literal: &Literal) -> Value {
    match literal {
        Literal::Int(text) | Literal::Number(text)
            if !ty.list && matches!(ty.kind, ValueKind::Decimal { .. }) =>
        {
            Value::String(text.clone())
        }
        other => json(other),
    }
}

/// What the database fills in. `None` also where no text means the same on both databases:
/// instants (SQLite keeps them as text of its own form), decimals other than zero (SQLite keeps
/// them as scaled integers) and octets; then Python alone fills it in.
pub(super) fn server_default(
    ir: &ApplicationIr,
    ty: &ValueType,
    default: &DefaultValue,
) -> Option<ServerDefault> {
    let literal = match default {
        DefaultValue::Now if ty.kind == ValueKind::Date => return Some(ServerDefault::Today),
        DefaultValue::Now if ty.kind == ValueKind::DateTime => return Some(ServerDefault::Now),
        DefaultValue::Today => return Some(ServerDefault::Today),
        DefaultValue::Now | DefaultValue::Uuid | DefaultValue::Literal(Literal::Null) => {
            return None;
        }
        DefaultValue::Literal(literal) => literal,
    };
    let text = canonical(ir, ty, literal);
    if ty.list {
        return Some(ServerDefault::Text(text));
    }
    match &ty.kind {
        ValueKind::Enum(index) => {
            let values = enum_values(ir, *index);
            let value = text.parse::<usize>().ok().and_then(|position| values.get(position))?;
            Some(ServerDefault::Text((*value).to_owned()))
        }
        ValueKind::Int { .. } | ValueKind::Float { .. } => Some(ServerDefault::Number(text)),
        ValueKind::Decimal { .. } if is_zero(&text) => Some(ServerDefault::Number("0".to_owned())),
        ValueKind::Bool => Some(ServerDefault::Bool(text == "true")),
        ValueKind::Uuid => Some(ServerDefault::Text(text.replace('-', "").to_lowercase())),
        ValueKind::Decimal { .. }
        | ValueKind::DateTime
        | ValueKind::Time
        | ValueKind::Duration
        | ValueKind::Bytes { .. }
        | ValueKind::Password { .. } => None,
        _ => Some(ServerDefault::Text(text)),
    }
}

/// Whether a number's text is zero.
pub(super) fn is_zero(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '0' | '.' | '-' | '+'))
}
