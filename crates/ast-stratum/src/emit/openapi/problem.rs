//! What is answered to a request that fails.

use stratapi_plan::{ProblemForm, ProblemPart};

use crate::emit::problem_schema::{
    ERROR, ERROR_DOC, INNER, INNER_DOC, POINTER, WHOLE, description, whole_doc,
};
use crate::json::{Json, Members, json};
use crate::schemas::published::{reference, title};

/// The components that describe it.
pub(super) fn schemas(form: &ProblemForm) -> Members {
    let mut all = Members::default();
    let doc = whole_doc(form);
    if let Some(one) = &form.one {
        all.insert(INNER, body(form, INNER, INNER_DOC));
        all.insert(
            WHOLE,
            json!({
                "title": WHOLE,
                "description": doc,
                "type": "object",
                "properties": {one.as_str(): reference(INNER)},
                "required": [one.as_str()],
            }),
        );
    } else {
        all.insert(WHOLE, body(form, WHOLE, &doc));
    }
    if form.shows(ProblemPart::List) {
        all.insert(ERROR, error());
    }
    all
}

fn body(form: &ProblemForm, class: &str, doc: &str) -> Json {
    let mut properties = Members::default();
    let mut required: Vec<&str> = Vec::new();
    for (part, wire) in &form.members {
        let mut schema = member(form, *part);
        schema["title"] = json!(title(wire));
        if let Some(said) = description(form, *part) {
            schema["description"] = json!(said);
        }
        properties.insert(wire, schema);
        required.extend(form.always_tells(*part).then_some(wire.as_str()));
    }
    let mut schema = json!({
        "title": class,
        "description": doc,
        "type": "object",
        "properties": properties,
    });
    if !required.is_empty() {
        schema["required"] = json!(required.as_slice());
    }
    schema
}

/// The schema of a member.
fn member(form: &ProblemForm, part: ProblemPart) -> Json {
    let keyed = json!({
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
    });
    let or_null = |schema: Json| json!({"anyOf": [schema, {"type": "null"}], "default": null});
    match part {
        ProblemPart::Type => json!({"type": "string", "default": "about:blank"}),
        ProblemPart::Title | ProblemPart::Detail | ProblemPart::Code => json!({"type": "string"}),
        ProblemPart::Status => json!({"type": "integer"}),
        ProblemPart::Instance | ProblemPart::RequestId => or_null(json!({"type": "string"})),
        ProblemPart::List => json!({"type": "array", "items": reference(ERROR)}),
        ProblemPart::Keyed if form.always_tells(part) => keyed,
        ProblemPart::Keyed => or_null(keyed),
    }
}

fn error() -> Json {
    let text = |name: &str| json!({"type": "string", "title": title(name)});
    let mut pointer = text("pointer");
    pointer["description"] = json!(POINTER);
    json!({
        "title": ERROR,
        "description": ERROR_DOC,
        "type": "object",
        "properties": {"pointer": pointer, "message": text("message"), "code": text("code")},
        "required": ["pointer", "message", "code"],
    })
}
