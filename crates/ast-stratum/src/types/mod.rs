//! Attribute types as Python writes them and as FastAPI publishes them: one file a type, one line
//! in the registry. Columns are not here, they belong to the tables.

mod boolean;
mod bytes;
mod date;
mod datetime;
mod decimal;
mod decimal_pattern;
mod duration;
mod email;
mod enumeration;
mod float;
mod int;
mod ip;
mod json;
mod line;
mod password;
mod slug;
mod text;
mod time;
mod url;
mod uuid;

use serde_json::Value;
use stratapi_plan::{Plan, PythonDefault, ValueKind, ValueType};

use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::{from, kw, list, name, none, text};

/// What the emitters ask a type. One element is meant: lists and null are added by this module.
trait PythonType {
    /// Type of the model's attribute.
    fn model(&self) -> Expr;

    /// Type in a request body, with its bounds.
    fn input(&self) -> Expr;

    /// Type of a query parameter: texts are converted there.
    fn query(&self) -> Expr {
        self.input()
    }

    /// Type in a response.
    fn read(&self) -> Expr {
        self.model()
    }

    /// JSON Schema of `input`.
    fn input_schema(&self) -> Json;

    /// JSON Schema of `read`.
    fn read_schema(&self) -> Json;

    /// A literal from its canonical text.
    fn literal(&self, text: &str) -> Expr;

    /// The value of the model's attribute for what stands in JSON.
    fn stored(&self, value: &Value) -> Expr {
        match value {
            Value::String(text) => self.literal(text),
            other => self.literal(&other.to_string()),
        }
    }

    /// A default as it is published, from its canonical text.
    fn published(&self, text: &str) -> Json {
        json!(text)
    }
}

/// The registry.
fn of<'a>(plan: &'a Plan, kind: &'a ValueKind) -> Box<dyn PythonType + 'a> {
    match kind {
        ValueKind::Line { min, max, pattern, reserved } => {
            Box::new(line::Line { min: *min, max: *max, pattern: pattern.as_deref(), reserved })
        }
        ValueKind::Text { min, max } => Box::new(text::Text { min: *min, max: *max }),
        ValueKind::Int { min, max, .. } => Box::new(int::Int { min: *min, max: *max }),
        ValueKind::Float { min, max } => {
            Box::new(float::Float { min: min.as_deref(), max: max.as_deref() })
        }
        ValueKind::Decimal { precision, scale, min, max } => Box::new(decimal::Decimal {
            precision: *precision,
            scale: *scale,
            min: min.as_deref(),
            max: max.as_deref(),
        }),
        ValueKind::Bool => Box::new(boolean::Bool),
        ValueKind::Date => Box::new(date::Date),
        ValueKind::Time => Box::new(time::Time),
        ValueKind::DateTime => Box::new(datetime::DateTime),
        ValueKind::Duration => Box::new(duration::Duration),
        ValueKind::Uuid => Box::new(uuid::Uuid),
        ValueKind::Json => Box::new(json::Json),
        ValueKind::Bytes { max } => Box::new(bytes::Bytes { max: *max }),
        ValueKind::Email => Box::new(email::Email),
        ValueKind::Url => Box::new(url::Url),
        ValueKind::Slug { max, reserved, .. } => Box::new(slug::Slug { max: *max, reserved }),
        ValueKind::Password { min, max } => Box::new(password::Password { min: *min, max: *max }),
        ValueKind::Ip => Box::new(ip::Ip),
        ValueKind::Enum(index) => Box::new(enumeration::Enumeration { plan: &plan.enums[*index] }),
    }
}

/// What a header can hold: texts of other letters arrive there as something else.
const PRINTABLE: &str = r"^([!-~]([ -~]*[!-~])?)?$";

/// Items of a list, at the most.
pub(crate) const MAX_ITEMS: i64 = 100;

/// Type of a model's attribute: `str | None`, `list[str]`.
pub(crate) fn model(plan: &Plan, ty: &ValueType) -> Expr {
    nullable(ty, many(ty, of(plan, &ty.kind).model()))
}

/// Type in a request body without null; `Annotated[…]` where it has bounds.
pub(crate) fn input(plan: &Plan, ty: &ValueType) -> Expr {
    let element = of(plan, &ty.kind).input();
    if !ty.list {
        return element;
    }
    annotated(name("list").index([element]), [field([kw("max_length", int_literal(MAX_ITEMS))])])
}

/// Type of a query parameter that may be given.
pub(crate) fn query(plan: &Plan, ty: &ValueType) -> Expr {
    of(plan, &ty.kind).query()
}

/// Type of a header: a text is printable there, and neither starts nor ends with a space.
pub(crate) fn header(plan: &Plan, ty: &ValueType) -> Expr {
    let value = query(plan, ty);
    if !matches!(ty.kind, ValueKind::Line { .. }) {
        return value;
    }
    annotated(value, [alias("Matching").call_with([alias("PRINTABLE")])])
}

/// JSON Schema of `header`, without null.
pub(crate) fn header_schema(plan: &Plan, ty: &ValueType) -> Json {
    let mut schema = input_schema(plan, ty);
    if matches!(ty.kind, ValueKind::Line { .. }) {
        let before = json!({"pattern": schema["pattern"].clone()});
        schema["pattern"] = json!(PRINTABLE);
        let mut all = vec![before];
        if let Json::Array(known) = &schema["allOf"] {
            all.splice(0..0, known.iter().cloned());
        }
        schema["allOf"] = Json::Array(all);
    }
    schema
}

/// Type in a response: `str | None`, `list[str]`.
pub(crate) fn read(plan: &Plan, ty: &ValueType) -> Expr {
    nullable(ty, many(ty, of(plan, &ty.kind).read()))
}

/// JSON Schema of `input`, without null.
pub(crate) fn input_schema(plan: &Plan, ty: &ValueType) -> Json {
    let element = of(plan, &ty.kind).input_schema();
    if ty.list {
        json!({"type": "array", "items": element, "maxItems": MAX_ITEMS})
    } else {
        element
    }
}

/// JSON Schema of `read`, with null.
pub(crate) fn read_schema(plan: &Plan, ty: &ValueType) -> Json {
    let element = of(plan, &ty.kind).read_schema();
    let value = if ty.list { json!({"type": "array", "items": element}) } else { element };
    if ty.nullable { or_null(value) } else { value }
}

/// `schema` or null.
pub(crate) fn or_null(schema: Json) -> Json {
    json!({"anyOf": [schema, {"type": "null"}]})
}

/// How a default is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Default {
    /// As a value.
    Value(Expr),
    /// By a function without parameters: the value is new each time.
    Factory(Expr),
}

/// A default in Python.
pub(crate) fn default(plan: &Plan, ty: &ValueType, default: &PythonDefault) -> Default {
    match default {
        PythonDefault::None => Default::Value(none()),
        PythonDefault::Now => Default::Factory(from("app.core.clock", "utcnow")),
        PythonDefault::Today => Default::Factory(from("app.core.clock", "utctoday")),
        PythonDefault::Uuid => Default::Factory(from("app.core.ids", "uuid7")),
        PythonDefault::Literal(text) if ty.list => list_factory(plan, ty, text),
        PythonDefault::Literal(text) if ty.kind == ValueKind::Json => json::factory(text),
        PythonDefault::Literal(text) if is_unpublished(&ty.kind) => {
            let literal = of(plan, &ty.kind).literal(text);
            Default::Factory(Expr::Lambda(Vec::new(), Box::new(literal)))
        }
        PythonDefault::Literal(text) => Default::Value(of(plan, &ty.kind).literal(text)),
    }
}

fn list_factory(plan: &Plan, ty: &ValueType, text: &str) -> Default {
    let element = of(plan, &ty.kind);
    match serde_json::from_str(text) {
        Ok(Value::Array(items)) if !items.is_empty() => {
            let items = list(items.iter().map(|item| element.stored(item)));
            Default::Factory(Expr::Lambda(Vec::new(), Box::new(items)))
        }
        _ => Default::Factory(name("list").index([element.model()])),
    }
}

/// Pydantic would publish such a default in another spelling than the type's own.
fn is_unpublished(kind: &ValueKind) -> bool {
    matches!(kind, ValueKind::Bytes { .. } | ValueKind::Duration)
}

/// Whether FastAPI loses the words beside a parameter that must be given: its type says by itself how
/// it is published.
pub(crate) fn loses_words(kind: &ValueKind) -> bool {
    matches!(
        kind,
        ValueKind::Decimal { .. } | ValueKind::Time | ValueKind::Duration | ValueKind::Ip
    )
}

/// A default as FastAPI publishes it; what a function makes is not published.
pub(crate) fn published_default(
    plan: &Plan,
    ty: &ValueType,
    default: &PythonDefault,
) -> Option<Json> {
    match default {
        PythonDefault::Literal(_) if ty.list || is_unpublished(&ty.kind) => None,
        PythonDefault::Literal(text) if ty.kind != ValueKind::Json => {
            Some(of(plan, &ty.kind).published(text))
        }
        PythonDefault::Literal(text) => json::published(text),
        _ => None,
    }
}

/// A literal of the type (one element) from its canonical text.
pub(crate) fn literal(plan: &Plan, ty: &ValueType, text: &str) -> Expr {
    of(plan, &ty.kind).literal(text)
}

/// The value of a model's attribute for what stands in JSON.
pub(crate) fn stored(plan: &Plan, ty: &ValueType, value: &Value) -> Expr {
    match value {
        Value::Null if ty.kind != ValueKind::Json => none(),
        Value::Array(items) if ty.list => {
            let element = of(plan, &ty.kind);
            list(items.iter().map(|item| element.stored(item)))
        }
        other => of(plan, &ty.kind).stored(other),
    }
}

/// Any JSON value as a Python literal.
pub(crate) fn json_literal(value: &Value) -> Expr {
    json::literal(value)
}

fn many(ty: &ValueType, element: Expr) -> Expr {
    if ty.list { name("list").index([element]) } else { element }
}

fn nullable(ty: &ValueType, value: Expr) -> Expr {
    if ty.nullable { value.or_none() } else { value }
}

/// A name of `app.schemas.types`.
fn alias(name: &'static str) -> Expr {
    from("app.schemas.types", name)
}

/// `Annotated[base, metadata]`; what the base has of its own stands in the same brackets.
pub(crate) fn annotated(base: Expr, metadata: impl IntoIterator<Item = Expr>) -> Expr {
    let annotated = from("typing", "Annotated");
    match base {
        Expr::Subscript(of, own) if *of == annotated => {
            annotated.index(own.into_iter().chain(metadata))
        }
        base => annotated.index(std::iter::once(base).chain(metadata)),
    }
}

/// `Field(…)`
pub(crate) fn field(arguments: impl IntoIterator<Item = crate::python::Argument>) -> Expr {
    from("pydantic", "Field").call(arguments)
}

/// `Field(min_length=…, max_length=…)`; a minimum of 0 says nothing.
fn length(min: u32, max: u32) -> Expr {
    let min = (min > 0).then(|| kw("min_length", int_literal(i64::from(min))));
    field(min.into_iter().chain([kw("max_length", int_literal(i64::from(max)))]))
}

/// Adds the bounds of a length to the schema of a text.
fn with_length(mut schema: Json, min: u32, max: u32) -> Json {
    if min > 0 {
        schema["minLength"] = json!(min);
    }
    schema["maxLength"] = json!(max);
    schema
}

/// `Except("bulk")`, where some words are reserved.
fn except(words: &[&str]) -> Option<Expr> {
    (!words.is_empty()).then(|| alias("Except").call_with(words.iter().copied().map(text)))
}

/// Adds the reserved words to the schema of a text.
fn without(mut schema: Json, words: &[&str]) -> Json {
    if !words.is_empty() {
        schema["not"] = json!({"enum": words});
    }
    schema
}

fn int_literal(value: i64) -> Expr {
    crate::python::build::int(value)
}

#[cfg(test)]
mod tests;
