//! The JSON Schema of documents, made from the tables of keys. Editors complete and check with it;
//! the compiler itself checks with the tables.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::shape::tables::{ATTRIBUTE, ROOT};
use crate::shape::{Kind, Need, Shape};
use crate::types;

/// The schema, in draft 2020-12.
pub fn json_schema() -> Value {
    let mut definitions = BTreeMap::new();
    let mut root = shape(&ROOT, &mut definitions);
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!("Stratapi, version 1"));
    if let Some(object) = root.as_object_mut() {
        schema.append(object);
    }
    let definitions: Map<String, Value> = definitions
        .into_iter()
        .map(|(id, found)| (id.to_owned(), found.unwrap_or_default()))
        .collect();
    schema.insert("$defs".to_owned(), Value::Object(definitions));
    Value::Object(schema)
}

type Definitions = BTreeMap<&'static str, Option<Value>>;

fn shape(found: &'static Shape, definitions: &mut Definitions) -> Value {
    let mut properties = Map::new();
    for key in found.keys {
        let mut value = kind(&key.kind, definitions);
        let mut doc = key.doc.to_owned();
        if key.need == Need::Later {
            doc.push_str(" Not built yet.");
        }
        if std::ptr::eq(found, &raw const ATTRIBUTE) && key.name == "type" {
            doc.push_str(&built_in());
        }
        if let Some(object) = value.as_object_mut() {
            object.insert("description".to_owned(), json!(doc));
        }
        properties.insert(key.name.to_owned(), value);
    }
    let required: Vec<&str> =
        found.keys.iter().filter(|key| key.need == Need::Required).map(|key| key.name).collect();
    let mut schema = json!({
        "description": found.doc,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if let Some(object) = schema.as_object_mut().filter(|_| !required.is_empty()) {
        object.insert("required".to_owned(), json!(required));
    }
    schema
}

/// The built-in types in a line each.
fn built_in() -> String {
    let mut text = String::new();
    for def in types::REGISTRY {
        let _ = write!(text, "\n`{}`: {}", def.name, def.doc);
    }
    text
}

fn kind(found: &'static Kind, definitions: &mut Definitions) -> Value {
    match found {
        Kind::Text => json!({"type": "string"}),
        Kind::Shorthand(example) => json!({"type": "string", "examples": [example]}),
        Kind::Bool => json!({"type": "boolean"}),
        Kind::False => json!({"const": false}),
        Kind::Int(min, max) => json!({"type": "integer", "minimum": min, "maximum": max}),
        Kind::Number => json!({"type": "number"}),
        Kind::Any => json!({}),
        Kind::Version => json!({"const": 1}),
        Kind::Choice(_, words) => json!({"enum": words}),
        Kind::List(inner) => json!({"type": ["array", "null"], "items": kind(inner, definitions)}),
        Kind::Map(_, inner) => {
            json!({"type": ["object", "null"], "additionalProperties": kind(inner, definitions)})
        }
        Kind::Shape(inner) => {
            if !definitions.contains_key(inner.id) {
                definitions.insert(inner.id, None);
                let made = shape(inner, definitions);
                definitions.insert(inner.id, Some(made));
            }
            json!({"$ref": format!("#/$defs/{}", inner.id)})
        }
        Kind::Either(kinds) => {
            let all: Vec<Value> = kinds.iter().map(|kind_of| kind(kind_of, definitions)).collect();
            json!({"anyOf": all})
        }
    }
}
