//! API models as FastAPI publishes them.

use std::borrow::Cow;

use serde_json::Value;
use stratapi_plan::{PartPlan, Plan};

use super::{Member, Need, Shape, part_member};
use crate::json::{Json, Members, json};
use crate::python::documented;
use crate::types;

/// The schema of an object.
pub(crate) fn object(title: &str, doc: &str, closed: bool, members: Vec<Published>) -> Json {
    let required: Vec<Json> = members
        .iter()
        .filter(|member| member.required)
        .map(|member| Json::from(&member.name))
        .collect();
    let properties: Members =
        members.into_iter().map(|member| (member.name, member.schema)).collect();
    let mut schema = json!({"title": title, "description": documented(doc), "type": "object"});
    if !properties.is_empty() || closed {
        schema["properties"] = Json::Object(properties);
    }
    if !required.is_empty() {
        schema["required"] = Json::Array(required);
    }
    if closed {
        schema["additionalProperties"] = Json::Bool(false);
    }
    schema
}

/// A property of an object.
pub(crate) struct Published {
    /// Name in JSON.
    pub name: String,
    /// Its schema.
    pub schema: Json,
    /// Whether it must be given.
    pub required: bool,
}

/// A member of a request body.
pub(crate) fn input(plan: &Plan, member: &Member<'_>) -> Published {
    let value = match &member.shape {
        Shape::Plain(ty) => types::input_schema(plan, ty),
        Shape::Embedded(index) => reference(plan.values[*index].class.as_str()),
        Shape::Rows { class, .. } => reference(class.as_str()),
    };
    let schema = with_default(plan, member, described(member, value));
    let required = member.need == Need::Required;
    Published { name: member.wire.to_owned(), schema, required }
}

/// A member of a response.
pub(crate) fn output(plan: &Plan, member: &Member<'_>) -> Published {
    let value = match &member.shape {
        Shape::Plain(ty) => types::read_schema(plan, ty),
        Shape::Embedded(index) => reference(&format!("{}Read", plan.values[*index].class)),
        Shape::Rows { class, many: false } => reference(class.as_str()),
        Shape::Rows { class, many: true } => {
            json!({"type": "array", "items": reference(class.as_str())})
        }
    };
    let schema = described(member, value);
    let required = member.need == Need::Required;
    Published { name: member.wire.to_owned(), schema, required }
}

/// A parameter of a query or a header, which is never null.
pub(crate) fn parameter(plan: &Plan, part: &PartPlan, value: Json) -> Json {
    let member = Member { nullable: false, ..part_member(part) };
    if types::loses_words(&part.ty.kind) && !part.ty.nullable {
        let wordless =
            Member { description: Cow::Borrowed(""), example: None, deprecated: false, ..member };
        return with_default(plan, &wordless, described(&wordless, value));
    }
    with_default(plan, &member, described(&member, value))
}

fn with_default(plan: &Plan, member: &Member<'_>, mut schema: Json) -> Json {
    if let (Need::Optional(default), Shape::Plain(ty)) = (&member.need, &member.shape)
        && let Some(default) = types::published_default(plan, ty, default)
    {
        schema["default"] = default;
    }
    schema
}

fn described(member: &Member<'_>, value: Json) -> Json {
    let mut schema = if member.nullable { types::or_null(value) } else { value };
    if !is_reference(&schema) {
        schema["title"] = json!(title(member.wire));
    }
    if !member.description.is_empty() {
        schema["description"] = json!(&*member.description);
    }
    if let Some(example) = member.example {
        schema["examples"] = Json::Array(vec![without_null(example)]);
    }
    if member.deprecated {
        schema["deprecated"] = Json::Bool(true);
    }
    schema
}

/// Titles are not given where another schema is referred to.
pub(crate) fn is_reference(schema: &Json) -> bool {
    let refers = |schema: &Json| schema.get("$ref").is_some();
    refers(schema)
        || schema
            .get("anyOf")
            .and_then(Json::as_array)
            .is_some_and(|schemas| schemas.first().is_some_and(refers))
}

/// FastAPI leaves members out that are null.
fn without_null(value: &Value) -> Json {
    match value {
        Value::Object(members) => Json::Object(
            members
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key, without_null(value)))
                .collect(),
        ),
        Value::Array(items) => Json::Array(items.iter().map(without_null).collect()),
        other => other.into(),
    }
}

/// `{"$ref": "#/components/schemas/Post"}`
pub(crate) fn reference(class: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{class}")})
}

/// The title that Pydantic makes of a name, which is ASCII: `Full Name` of `full_name`.
pub(crate) fn title(name: &str) -> String {
    let mut title = String::with_capacity(name.len());
    let mut inside = false;
    for letter in name.chars() {
        let inner = std::mem::replace(&mut inside, letter.is_ascii_alphabetic());
        title.push(match letter {
            '_' => ' ',
            _ if inner => letter.to_ascii_lowercase(),
            _ => letter.to_ascii_uppercase(),
        });
    }
    title.trim().to_owned()
}
