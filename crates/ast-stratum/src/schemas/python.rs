//! Members of API models as Python declares them.

use heck::ToUpperCamelCase as _;
use serde_json::Value;
use stratapi_plan::{EntityPlan, PartPlan, Plan, PyIdent, PythonDefault, ValueKind, ValueType};

use super::{Member, Need, Shape, part_member};
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

/// What classes of an entity end with.
const SUFFIXES: &[&str] = &[
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
    "CreateEnvelope",
    "ReplaceEnvelope",
    "UpdateEnvelope",
    "ReadEnvelope",
];

/// Types with bounds that a module names once: `Title = Annotated[Line, Field(max_length=200)]`.
pub(crate) struct Aliases {
    named: Vec<(PyIdent, Expr)>,
    /// The types of members that were looked at, with the places of their names.
    known: Vec<(ValueType, Option<usize>)>,
}

impl Aliases {
    /// Names the types of these members; `stem` tells a name apart that is taken.
    pub(crate) fn new<'a>(
        plan: &Plan,
        stem: &PyIdent,
        members: impl IntoIterator<Item = Member<'a>>,
    ) -> Self {
        let mut aliases = Self { named: Vec::new(), known: Vec::new() };
        for member in members {
            let Shape::Plain(ty) = member.shape else { continue };
            if aliases.known.iter().any(|(known, _)| *known == ty) {
                continue;
            }
            let value = types::input(plan, &ty);
            let mut place = aliases.named.iter().position(|(_, old)| *old == value);
            if place.is_none() && matches!(value, Expr::Subscript(..)) {
                place = Some(aliases.named.len());
                let name = aliases.free(plan, stem, member.attribute.as_str());
                aliases.named.push((name, value));
            }
            aliases.known.push((ty, place));
        }
        aliases
    }

    /// The assignments, in order.
    pub(crate) fn statements(&self) -> Vec<Stmt> {
        self.named.iter().map(|(alias, value)| assign(alias, value.clone())).collect()
    }

    /// The type in a request body, by its name if it has one.
    fn input(&self, plan: &Plan, ty: &ValueType) -> Expr {
        match self.known.iter().find(|(known, _)| known == ty) {
            Some((_, Some(place))) => name(&self.named[*place].0),
            _ => types::input(plan, ty),
        }
    }

    /// The type by its name, if it has one.
    pub(crate) fn of(&self, value: Expr) -> Expr {
        match self.named.iter().find(|(_, named)| *named == value) {
            Some((alias, _)) => name(alias),
            None => value,
        }
    }

    /// A name for the type of an attribute, of which the module makes no other use.
    fn free(&self, plan: &Plan, stem: &PyIdent, attribute: &str) -> PyIdent {
        let reserved = stratapi_plan::reserved_class_names();
        let taken = |name: &str| self.is_taken(plan, stem, name);
        let short = attribute.to_upper_camel_case();
        let prefixed = format!("{stem}{short}");
        let mut last = format!("{prefixed}Value");
        while taken(&last) {
            last.push_str("Value");
        }
        [short, prefixed]
            .into_iter()
            .filter(|name| !taken(name) && !reserved.contains(&name.as_str()))
            .find_map(PyIdent::new)
            .unwrap_or_else(|| PyIdent::known(last))
    }

    fn is_taken(&self, plan: &Plan, stem: &PyIdent, name: &str) -> bool {
        let own = name.strip_prefix(stem.as_str());
        let read = name.strip_suffix("Read");
        let is = |class: &PyIdent| class.as_str() == name;
        IMPORTED.contains(&name)
            || own.is_some_and(|suffix| SUFFIXES.contains(&suffix))
            || self.named.iter().any(|(alias, _)| is(alias))
            || plan.enums.iter().any(|declared| is(&declared.class))
            || plan.values.iter().any(|it| is(&it.class) || read == Some(it.class.as_str()))
    }
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
    arguments.extend(renamed(plan, &member.attribute, member.wire, "alias"));
    arguments.extend(documentation(member));
    declare(&member.attribute, annotation, assigned(default, arguments))
}

fn value_type(plan: &Plan, aliases: &Aliases, shape: &Shape) -> Expr {
    match shape {
        Shape::Plain(ty) => aliases.input(plan, ty),
        Shape::Embedded(index) => from("app.schemas.values", &plan.values[*index].class),
        Shape::Rows { .. } => stratapi_diagnostics::bug!("rows in a request body"),
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
        (Shape::Embedded(_) | Shape::Rows { .. }, _) => Default::Value(none()),
    }
}

/// The name on the wire, where it is not the one that the base classes make of the attribute.
fn renamed(plan: &Plan, attribute: &PyIdent, wire: &str, key: &'static str) -> Option<Argument> {
    (plan.app.wire(attribute.as_str()) != wire).then(|| kw(key, text(wire)))
}

/// A member of a response.
pub(crate) fn output(plan: &Plan, aliases: &Aliases, member: &Member<'_>) -> Stmt {
    let value = match &member.shape {
        Shape::Plain(ty) => aliases.of(types::read(plan, ty)),
        Shape::Embedded(index) => {
            from("app.schemas.values", read_class(&plan.values[*index].class))
        }
        // Views stand in one module, in order.
        Shape::Rows { class, many: false } => name(class),
        Shape::Rows { class, many: true } => name("list").index([name(class)]),
    };
    let missing = member.need == Need::Missing;
    let parts =
        [Some(value), missing.then(|| from("pydantic", "MISSING")), member.nullable.then(none)];
    let annotation = union(parts.into_iter().flatten());
    let default = missing.then(|| Default::Value(from("pydantic", "MISSING")));
    let mut arguments = Vec::new();
    arguments.extend(member.source.as_ref().map(|it| kw("validation_alias", text(it.as_str()))));
    arguments.extend(renamed(plan, &member.attribute, member.wire, "serialization_alias"));
    arguments.extend(documentation(member));
    declare(&member.attribute, annotation, assigned(default, arguments))
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
    let value = aliases.of(types::query(plan, ty));
    let renamed = renamed(plan, attribute, wire, "alias");
    in_query(attribute, value, true, renamed.into_iter().collect())
}

/// A parameter of the query of a flow, absent where it is null.
pub(crate) fn asked(plan: &Plan, part: &PartPlan) -> Stmt {
    let value = types::query(plan, &part.ty);
    let renamed = renamed(plan, &part.attribute, &part.wire, "alias");
    let arguments = renamed.into_iter().chain(about(part)).collect();
    let Some(default) = part.default() else {
        return in_query(&part.attribute, value, part.ty.nullable, arguments);
    };
    let default = types::default(plan, &part.ty, default);
    declare(&part.attribute, value, assigned(Some(default), arguments))
}

/// What documents say of a part.
pub(crate) fn about(part: &PartPlan) -> Vec<Argument> {
    documentation(&part_member(part))
}

fn in_query(attribute: &PyIdent, value: Expr, optional: bool, about: Vec<Argument>) -> Stmt {
    let annotation = if optional { or_absent(value) } else { value };
    let default = optional.then(|| Default::Value(none()));
    declare(attribute, annotation, assigned(default, about))
}

/// The type of a parameter that may be absent.
pub(crate) fn or_absent(value: Expr) -> Expr {
    union([value, from("app.schemas.types", "Absent")])
}

fn documentation(member: &Member<'_>) -> Vec<Argument> {
    let mut arguments = Vec::new();
    if !member.description.is_empty() {
        arguments.push(kw("description", text(&*member.description)));
    }
    if let Some(example) = member.example {
        arguments.push(kw("examples", list([types::json_literal(example)])));
    }
    // `deprecated=True` would make the server itself warn whenever it looks at the value.
    let deprecated = member.deprecated.then(|| (text("deprecated"), boolean(true)));
    let default = plain_default(member).map(|plain| (text("default"), text(plain)));
    let extra: Vec<_> = deprecated.into_iter().chain(default).collect();
    if !extra.is_empty() {
        arguments.push(kw("json_schema_extra", dict(extra)));
    }
    arguments
}

/// A default that Pydantic would publish with an exponent, which the pattern of its type forbids.
fn plain_default<'a>(member: &'a Member<'_>) -> Option<&'a str> {
    let (Shape::Plain(ty), Need::Optional(PythonDefault::Literal(plain))) =
        (&member.shape, &member.need)
    else {
        return None;
    };
    let exact = matches!(ty.kind, ValueKind::Decimal { .. }) && !ty.list;
    let tiny = plain.trim_start_matches('-').starts_with("0.000000");
    (exact && tiny).then_some(plain)
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
