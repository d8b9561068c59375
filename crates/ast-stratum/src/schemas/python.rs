//! Members of API models as Python declares them.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase as _;
use serde_json::Value;
use stratapi_plan::{EntityPlan, Plan, PyIdent, PythonDefault, ValueKind, ValueType};

use super::{Member, Need, Shape};
use crate::python::build::{
    annotated as declare, assign, boolean, dict, from, kw, list, name, none, text, union,
};
use crate::python::{Argument, Expr, Stmt};
use crate::types::{self, Default};

/// Names that the modules of the schemas import or define besides those of the plan.
const IMPORTED: &[&str] = &[
    "Absent",
    "Annotated",
    "AnyLine",
    "Base64",
    "BaseModel",
    "Bool",
    "Cursor",
    "CursorPage",
    "CursorQuery",
    "Date",
    "Decimal",
    "DecimalText",
    "Duration",
    "Email",
    "Except",
    "Field",
    "FiniteFloat",
    "Float",
    "InputModel",
    "Int",
    "Ip",
    "Json",
    "JsonValue",
    "Line",
    "MISSING",
    "Matching",
    "OutputModel",
    "Page",
    "PageQuery",
    "Password",
    "SearchText",
    "Slug",
    "StrEnum",
    "Text",
    "Time",
    "UUID",
    "Url",
    "UtcDatetime",
];

/// Types with bounds that a module names once: `Title = Annotated[Line, Field(max_length=200)]`.
pub(crate) struct Aliases {
    named: Vec<(PyIdent, Expr)>,
}

impl Aliases {
    /// Names the types of these members; `stem` tells a name apart that is taken.
    pub(crate) fn new<'a>(
        plan: &Plan,
        stem: &PyIdent,
        members: impl IntoIterator<Item = Member<'a>>,
    ) -> Self {
        let mut taken = taken(plan, stem);
        let mut named: Vec<(PyIdent, Expr)> = Vec::new();
        for member in members {
            let Shape::Plain(ty) = &member.shape else { continue };
            let value = types::input(plan, ty);
            if !matches!(value, Expr::Subscript(..)) || named.iter().any(|(_, old)| *old == value) {
                continue;
            }
            let alias = free(&taken, stem, member.attribute.as_str());
            taken.insert(alias.to_string());
            named.push((alias, value));
        }
        Self { named }
    }

    /// The assignments, in order.
    pub(crate) fn statements(&self) -> Vec<Stmt> {
        self.named.iter().map(|(alias, value)| assign(alias, value.clone())).collect()
    }

    /// The type by its name, if it has one.
    pub(crate) fn of(&self, value: Expr) -> Expr {
        match self.named.iter().find(|(_, named)| *named == value) {
            Some((alias, _)) => name(alias),
            None => value,
        }
    }
}

fn taken(plan: &Plan, stem: &PyIdent) -> BTreeSet<String> {
    let suffixes = [
        "Base",
        "Create",
        "Replace",
        "Update",
        "Read",
        "Sort",
        "ListQuery",
        "Page",
        "BulkCreate",
        "BulkResult",
    ];
    let mut taken: BTreeSet<String> = IMPORTED.iter().map(ToString::to_string).collect();
    taken.extend(suffixes.iter().map(|suffix| format!("{stem}{suffix}")));
    taken.extend(plan.enums.iter().map(|plan| plan.class.to_string()));
    for value in &plan.values {
        taken.extend([value.class.to_string(), format!("{}Read", value.class)]);
    }
    taken
}

fn free(taken: &BTreeSet<String>, stem: &PyIdent, attribute: &str) -> PyIdent {
    let reserved = stratapi_plan::reserved_class_names();
    let plain = attribute.to_upper_camel_case();
    let prefixed = format!("{stem}{plain}");
    let mut last = format!("{prefixed}Value");
    while taken.contains(&last) {
        last.push_str("Value");
    }
    [plain, prefixed]
        .into_iter()
        .filter(|name| !taken.contains(name) && !reserved.contains(&name.as_str()))
        .find_map(PyIdent::new)
        .unwrap_or_else(|| PyIdent::known(last))
}

/// A member of a request body.
pub(crate) fn input(plan: &Plan, aliases: &Aliases, member: &Member<'_>) -> Stmt {
    let missing = member.need == Need::Missing;
    let parts = [
        Some(value_type(plan, aliases, &member.shape)),
        missing.then(|| from("pydantic", "MISSING")),
        member.nullable.then(none),
    ];
    let annotation = union(parts.into_iter().flatten());
    let default = match &member.need {
        Need::Required => None,
        Need::Missing => Some(Default::Value(from("pydantic", "MISSING"))),
        Need::Optional(default) => Some(default_of(plan, &member.shape, default)),
    };
    let mut arguments = Vec::new();
    if member.attribute.as_str() != member.wire {
        arguments.push(kw("alias", text(member.wire)));
    }
    arguments.extend(documentation(member));
    declare(&member.attribute, annotation, assigned(default, arguments))
}

fn value_type(plan: &Plan, aliases: &Aliases, shape: &Shape) -> Expr {
    match shape {
        Shape::Plain(ty) => aliases.of(types::input(plan, ty)),
        Shape::Embedded(index) => from("app.schemas.values", &plan.values[*index].class),
    }
}

fn default_of(plan: &Plan, shape: &Shape, default: &PythonDefault) -> Default {
    match (shape, default) {
        (Shape::Plain(ty), default) => match types::default(plan, ty, default) {
            Default::Factory(Expr::Lambda(none, made)) if ty.kind == ValueKind::Json => {
                // Type checkers would infer a narrower type of the literal.
                let json = Expr::Quoted(Box::new(from("app.schemas.types", "Json")));
                let cast = from("typing", "cast").call_with([json, *made]);
                Default::Factory(Expr::Lambda(none, Box::new(cast)))
            }
            other => other,
        },
        (Shape::Embedded(index), PythonDefault::Literal(json)) => {
            let value: Value = serde_json::from_str(json).unwrap_or_default();
            let literal = types::json_literal(&value);
            let class = from("app.schemas.values", &plan.values[*index].class);
            let made = class.attr("model_validate").call_with([literal]);
            Default::Factory(Expr::Lambda(Vec::new(), Box::new(made)))
        }
        (Shape::Embedded(_), _) => Default::Value(none()),
    }
}

/// A member of a response.
pub(crate) fn output(plan: &Plan, aliases: &Aliases, member: &Member<'_>) -> Stmt {
    let value = match &member.shape {
        Shape::Plain(ty) => aliases.of(types::read(plan, ty)),
        Shape::Embedded(index) => {
            from("app.schemas.values", read_class(&plan.values[*index].class))
        }
    };
    let annotation = if member.nullable { value.or_none() } else { value };
    let mut arguments = Vec::new();
    if member.attribute.as_str() != member.wire {
        arguments.push(kw("serialization_alias", text(member.wire)));
    }
    arguments.extend(documentation(member));
    declare(&member.attribute, annotation, assigned(None, arguments))
}

/// The class that a value object is read as: `AddressRead`.
pub(crate) fn read_class(class: &PyIdent) -> PyIdent {
    PyIdent::known(format!("{class}Read"))
}

/// A class that is made from an entity's name: `PostCreate`.
pub(crate) fn class_name(entity: &EntityPlan, suffix: &str) -> PyIdent {
    PyIdent::known(format!("{}{suffix}", entity.stem))
}

/// A query parameter that may be absent.
pub(crate) fn parameter(
    plan: &Plan,
    aliases: &Aliases,
    attribute: &PyIdent,
    wire: &str,
    ty: &ValueType,
) -> Stmt {
    let annotation =
        union([aliases.of(types::query(plan, ty)), from("app.schemas.types", "Absent")]);
    let renamed = (attribute.as_str() != wire).then(|| kw("alias", text(wire)));
    declare(
        attribute,
        annotation,
        assigned(Some(Default::Value(none())), renamed.into_iter().collect()),
    )
}

fn documentation(member: &Member<'_>) -> Vec<Argument> {
    let mut arguments = Vec::new();
    if !member.description.is_empty() {
        arguments.push(kw("description", text(member.description)));
    }
    if let Some(example) = member.example {
        arguments.push(kw("examples", list([types::json_literal(example)])));
    }
    if member.deprecated {
        // `deprecated=True` would make the server itself warn whenever it looks at the value.
        let extra = dict([(text("deprecated"), boolean(true))]);
        arguments.push(kw("json_schema_extra", extra));
    }
    arguments
}

/// What stands behind the `=`, if anything.
fn assigned(default: Option<Default>, arguments: Vec<Argument>) -> Option<Expr> {
    let default = match default {
        Some(Default::Value(value)) if arguments.is_empty() => return Some(value),
        Some(Default::Value(value)) => Some(kw("default", value)),
        Some(Default::Factory(factory)) => Some(kw("default_factory", factory)),
        None if arguments.is_empty() => return None,
        None => None,
    };
    Some(types::field(default.into_iter().chain(arguments)))
}
