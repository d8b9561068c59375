//! Compares two documents of an API by what they mean: the order of members, of required names, of
//! values of an enum and of alternatives says nothing.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What in a document nobody depends on when they call the API.
const TEXTS: [&str; 8] =
    ["description", "summary", "title", "example", "examples", "tags", "externalDocs", "servers"];
/// Members whose items may stand in any order.
const SETS: [&str; 7] = ["required", "enum", "type", "anyOf", "oneOf", "allOf", "security"];
/// Longest text of a value in a message, in characters.
const LONGEST: usize = 120;

/// A place at which two documents differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Where, as the names on the way.
    pub(crate) path: Vec<String>,
    /// Whether only people read it.
    pub(crate) is_text: bool,
    /// What it must be, if anything.
    pub(crate) expected: Option<String>,
    /// What it is, if anything.
    pub(crate) actual: Option<String>,
}

impl Difference {
    /// The place as a JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        let escaped = |name: &String| format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        self.path.iter().map(escaped).collect()
    }

    /// What differs, in one sentence.
    pub(crate) fn sentence(&self) -> String {
        match (&self.expected, &self.actual) {
            (Some(expected), Some(actual)) => format!("it is {actual}, not {expected}"),
            (Some(expected), None) => format!("{expected} is missing"),
            (None, Some(actual)) => format!("{actual} is too much"),
            (None, None) => String::new(),
        }
    }
}

/// Every place at which the documents differ, in the order of the first.
pub(crate) fn compare(expected: &Value, actual: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    value(expected, actual, &mut Vec::new(), false, &mut found);
    found
}

fn value(
    expected: &Value,
    actual: &Value,
    path: &mut Vec<String>,
    is_text: bool,
    found: &mut Vec<Difference>,
) {
    match (expected, actual) {
        (Value::Object(one), Value::Object(other)) => members(one, other, path, is_text, found),
        (Value::Array(one), Value::Array(other)) => items(one, other, path, is_text, found),
        (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => {}
        _ if expected == actual => {}
        _ => found.push(difference(path, is_text, Some(expected), Some(actual))),
    }
}

fn members(
    expected: &Map<String, Value>,
    actual: &Map<String, Value>,
    path: &mut Vec<String>,
    is_text: bool,
    found: &mut Vec<Difference>,
) {
    // Names of members of an object's schema are names of the application.
    let are_names = matches!(
        path.last().map(String::as_str),
        Some("properties" | "schemas" | "paths" | "responses" | "headers" | "securitySchemes")
    );
    let is_text_too = |name: &str| is_text || (!are_names && TEXTS.contains(&name));
    for (name, one) in expected {
        path.push(name.clone());
        let is_text = is_text_too(name);
        match actual.get(name) {
            Some(other) => value(one, other, path, is_text, found),
            None => found.push(difference(path, is_text, Some(one), None)),
        }
        path.pop();
    }
    for (name, other) in actual.iter().filter(|(name, _)| !expected.contains_key(*name)) {
        path.push(name.clone());
        found.push(difference(path, is_text_too(name), None, Some(other)));
        path.pop();
    }
}

fn items(
    expected: &[Value],
    actual: &[Value],
    path: &mut Vec<String>,
    is_text: bool,
    found: &mut Vec<Difference>,
) {
    let last = path.last().map_or("", String::as_str).to_owned();
    if last == "parameters" {
        let (one, other) = (by_name(expected), by_name(actual));
        return members(&one, &other, path, is_text, found);
    }
    if SETS.contains(&last.as_str()) {
        let texts = |items: &[Value]| -> BTreeSet<String> { items.iter().map(canonical).collect() };
        let (one, other) = (texts(expected), texts(actual));
        let missing = expected.iter().filter(|item| !other.contains(&canonical(item)));
        let more = actual.iter().filter(|item| !one.contains(&canonical(item)));
        let (missing, more): (Vec<&Value>, Vec<&Value>) = (missing.collect(), more.collect());
        // Of two alternatives that differ, the difference is more telling than both as a whole.
        if let ([one], [other]) = (&missing[..], &more[..]) {
            return value(one, other, path, is_text, found);
        }
        found.extend(missing.iter().map(|item| difference(path, is_text, Some(item), None)));
        found.extend(more.iter().map(|item| difference(path, is_text, None, Some(item))));
        return;
    }
    for (position, pair) in zipped(expected, actual).enumerate() {
        path.push(position.to_string());
        match pair {
            (Some(one), Some(other)) => value(one, other, path, is_text, found),
            (one, other) => found.push(difference(path, is_text, one, other)),
        }
        path.pop();
    }
}

type Pair<'a> = (Option<&'a Value>, Option<&'a Value>);

fn zipped<'a>(one: &'a [Value], other: &'a [Value]) -> impl Iterator<Item = Pair<'a>> {
    (0..one.len().max(other.len())).map(|at| (one.get(at), other.get(at)))
}

/// Parameters by where they stand and what they are called.
fn by_name(parameters: &[Value]) -> Map<String, Value> {
    let name = |value: &Value| {
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}", text("in"), text("name"))
    };
    parameters.iter().map(|value| (name(value), value.clone())).collect()
}

/// A value as text, whatever the order of its members and without what only people read.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> =
                members.iter().filter(|(name, _)| !TEXTS.contains(&name.as_str())).collect();
            members.sort_by_key(|(name, _)| *name);
            let members =
                members.into_iter().map(|(name, one)| format!("{name}:{}", canonical(one)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

fn difference(
    path: &[String],
    is_text: bool,
    expected: Option<&Value>,
    actual: Option<&Value>,
) -> Difference {
    let short = |value: &Value| {
        let text = value.to_string();
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("`{}…`", &text[..end]),
            None => format!("`{text}`"),
        }
    };
    Difference {
        path: path.to_vec(),
        is_text,
        expected: expected.map(short),
        actual: actual.map(short),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::compare;

    fn said(one: &serde_json::Value, other: &serde_json::Value) -> Vec<String> {
        let line = |found: &super::Difference| {
            let kind = if found.is_text { "text" } else { "meaning" };
            format!("{kind} {}: {}", found.pointer(), found.sentence())
        };
        compare(one, other).iter().map(line).collect()
    }

    #[test]
    fn order_says_nothing_where_it_means_nothing() {
        let one = json!({
            "required": ["a", "b"],
            "parameters": [{"in": "query", "name": "limit"}, {"in": "query", "name": "offset"}],
            "anyOf": [{"type": "null"}, {"type": "string", "title": "A"}],
            "maximum": 10,
        });
        let other = json!({
            "maximum": 10.0,
            "anyOf": [{"title": "B", "type": "string"}, {"type": "null"}],
            "parameters": [{"in": "query", "name": "offset"}, {"in": "query", "name": "limit"}],
            "required": ["b", "a"],
        });
        assert!(said(&one, &other).is_empty(), "{:?}", said(&one, &other));
    }

    #[test]
    fn what_means_something_else_is_told_from_what_reads_otherwise() {
        let one = json!({"paths": {"/a/{b}": {"get": {
            "description": "One.", "responses": {"200": {"description": "Done."}},
            "parameters": [{"in": "query", "name": "limit", "schema": {"maximum": 100}}],
        }}}, "components": {"schemas": {"Post": {"properties": {"title": {"maxLength": 9}}}}}});
        let other = json!({"paths": {"/a/{b}": {"get": {
            "description": "Two.", "responses": {"201": {"description": "Done."}},
            "parameters": [{"in": "query", "name": "limit", "schema": {"maximum": 99}}],
        }}}, "components": {"schemas": {"Post": {"properties": {"description": {}}}}}});
        assert_eq!(
            said(&one, &other),
            [
                "text /paths/~1a~1{b}/get/description: it is `\"Two.\"`, not `\"One.\"`",
                "meaning /paths/~1a~1{b}/get/responses/200: `{\"description\":\"Done.\"}` is missing",
                "meaning /paths/~1a~1{b}/get/responses/201: `{\"description\":\"Done.\"}` is too much",
                "meaning /paths/~1a~1{b}/get/parameters/query limit/schema/maximum: it is `99`, not `100`",
                "meaning /components/schemas/Post/properties/title: `{\"maxLength\":9}` is missing",
                "meaning /components/schemas/Post/properties/description: `{}` is too much",
            ]
        );
    }
}
