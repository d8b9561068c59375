//! `create`; with `bulk_create`, what the two share.

mod bulk;

use stratapi_plan::{
    EmbeddedPlan, FieldPlan, FieldSource, LinkPlan, Operation, OperationPlan, Predicate, Presence,
    PyIdent, ReferencePlan, Set, ValueKind,
};

use super::super::layer::access::owner_paths;
use super::super::layer::operation::Need;
use super::super::layer::{Caller, Layer};
use super::{
    attribute, given, is_present, query, read, reference, repository, rule, with_caller,
    with_parameters,
};
use crate::python::build::{assign, async_def, conditional, from, kw, list, name, none, or, ret};
use crate::python::{Argument, Expr, FunctionDef, Stmt};

/// The methods that make rows.
pub(super) fn methods(layer: Layer) -> Vec<FunctionDef> {
    let one = layer.operation(Operation::Create);
    if let Some(plan) = layer.operation(Operation::BulkCreate) {
        return bulk::methods(layer, one, plan);
    }
    one.map(|plan| create(layer, plan)).into_iter().collect()
}

/// `create`
fn create(layer: Layer, plan: &OperationPlan) -> FunctionDef {
    let caller = layer.caller(plan);
    let parent = read::parent_row(layer, caller);
    let above = parent.as_ref().map(|(_, row)| row.clone());
    let mut body: Vec<Stmt> = parent.map(|(find, _)| find).into_iter().collect();
    body.extend(attribute::check(layer, Operation::Create, name("data")));
    body.extend(checks(layer));
    let made = construction(layer, caller, above.as_ref(), true, Links::Sought);
    let rule = layer.rule(plan).map(|rule| (rule, plan));
    body.extend(stored(layer, caller, made, rule));
    body.extend(read::load(layer, Operation::Create));
    body.push(ret(name(layer.one())));
    signature(layer, plan, caller).body(body)
}

/// `create` without its body.
fn signature(layer: Layer, plan: &OperationPlan, caller: Caller) -> FunctionDef {
    let function = async_def("create").method().doc(&*plan.doc);
    let mut function = with_parameters(function, layer.parent_parameters());
    if layer.entity.has_create {
        function = function.param("data", layer.schema("Create"));
    }
    with_caller(function, layer, caller).returns(layer.model())
}

/// Makes the row, decides whether it may be made, and stores it.
fn stored(
    layer: Layer,
    caller: Caller,
    made: Expr,
    rule: Option<(Predicate, &OperationPlan)>,
) -> Vec<Stmt> {
    let row = layer.one();
    let mut body = vec![assign(&row, made)];
    let insert = query(layer, "create").call_with([name(&row)]).awaited().stmt();
    match rule {
        Some((rule, plan)) if !decided_before(layer, &rule) => {
            // The rule needs what only the database knows: defaults and rows on the way to an owner.
            body.push(insert);
            body.extend(decided(layer, caller, &rule, plan));
        }
        Some((_, plan)) => {
            let need = Need::Operation(plan.operation);
            body.extend(rule::check(layer, need, caller, "create"));
            body.push(insert);
        }
        None => body.push(insert),
    }
    body
}

/// Evaluates the rule on a row that is stored already, but not for good.
fn decided(layer: Layer, caller: Caller, rule: &Predicate, plan: &OperationPlan) -> Vec<Stmt> {
    let mut body = Vec::new();
    if !rule.is_of_database() && needs_path(rule) {
        let key = layer.entity.key.iter().map(|part| name(layer.one()).attr(&part.attribute));
        body.push(query(layer, "get").call_with(key).awaited().stmt());
    }
    body.extend(rule::check(layer, Need::Operation(plan.operation), caller, "create"));
    body
}

fn needs_path(rule: &Predicate) -> bool {
    let mut deep = false;
    owner_paths(rule, &mut |steps| deep |= steps.len() > 1);
    deep
}

/// Whether a rule can be evaluated on a row that is not stored yet: it speaks of the caller and of
/// keys that are set by then.
fn decided_before(layer: Layer, rule: &Predicate) -> bool {
    match rule {
        Predicate::True | Predicate::False | Predicate::SignedIn | Predicate::Role(_) => true,
        Predicate::IsSelf | Predicate::Row(_) => false,
        Predicate::Owner(steps) => steps.len() == 1 && steps[0].entity == layer.index,
        Predicate::All(items) | Predicate::Any(items) => {
            items.iter().all(|item| decided_before(layer, item))
        }
        Predicate::Not(item) => decided_before(layer, item),
    }
}

/// The references of a new row exist.
pub(super) fn checks(layer: Layer<'_>) -> impl Iterator<Item = Stmt> + '_ {
    layer.chosen_references().filter(|reference| is_present(&reference.create)).map(|reference| {
        reference::checked(reference, reference.key_attributes.iter().map(given)).stmt()
    })
}

/// `Post(title=data.title, …)`; without the role where nobody may choose it.
pub(super) fn construction(
    layer: Layer,
    caller: Caller,
    parent: Option<&PyIdent>,
    with_role: bool,
    found: Links,
) -> Expr {
    let role = layer.account().and_then(|auth| auth.role);
    let mut arguments: Vec<Argument> = Vec::new();
    for (index, field) in layer.entity.fields.iter().enumerate() {
        let set = is_present(&field.create) || made(field);
        let own = field.source == FieldSource::Attribute && set;
        if own && (with_role || role != Some(index)) {
            arguments.push(kw(&field.model_attribute, value(layer, field)));
        }
    }
    for embedded in layer.entity.embedded.iter().filter(|item| is_present(&item.create)) {
        arguments.push(kw(&embedded.attribute, value_object(layer, embedded)));
    }
    for reference in &layer.entity.references {
        arguments.extend(keys(layer, reference, caller, parent));
    }
    for link in &layer.entity.links {
        if link.association.is_some() {
            let linked = if link.writable && found == Links::Given {
                name("list").call_with([name(linked(link))])
            } else if link.writable {
                name("list").call_with([reference::found(link, given(&link.ids_attribute))])
            } else {
                list([])
            };
            arguments.push(kw(&link.attribute, linked));
        }
    }
    layer.model().call(arguments)
}

/// Where the rows come from that a new one is linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// They are looked for.
    Sought,
    /// They are parameters.
    Given,
}

/// `linked_tags`
fn linked(link: &LinkPlan) -> PyIdent {
    PyIdent::known(format!("linked_{}", link.word))
}

/// The value of a new row's column.
fn value(layer: Layer, field: &FieldPlan) -> Expr {
    let data = given(&field.attribute);
    match &field.ty.kind {
        ValueKind::Password { .. } => hashed(data, field),
        ValueKind::Slug { from, .. } if !is_present(&field.create) => slug(layer, field, *from),
        ValueKind::Slug { from, .. } if made(field) => conditional(
            data.clone().is(crate::python::build::from("pydantic", "MISSING")),
            slug(layer, field, *from),
            data,
        ),
        _ => data,
    }
}

/// Whether the server makes the slug that is not given.
fn made(field: &FieldPlan) -> bool {
    let open = matches!(
        field.create,
        Presence::Absent | Presence::Optional(stratapi_plan::PythonDefault::None)
    );
    open && matches!(field.ty.kind, ValueKind::Slug { .. }) && !field.ty.nullable
}

/// `await self._posts.unused_slug(data.title)`
fn slug(layer: Layer, field: &FieldPlan, source: usize) -> Expr {
    let source = &layer.entity.fields[source];
    let text = if !is_present(&source.create) {
        crate::python::build::text("")
    } else if source.ty.nullable {
        or(vec![given(&source.attribute), crate::python::build::text("")])
    } else {
        given(&source.attribute)
    };
    let method = PyIdent::known(format!("unused_{}", field.word));
    repository(layer).attr(method).call_with([text]).awaited()
}

/// `await hash_password(data.password)`
pub(super) fn hashed(data: Expr, field: &FieldPlan) -> Expr {
    let hash = from("app.core.security", "hash_password").call_with([data.clone()]).awaited();
    if !field.ty.nullable {
        return hash;
    }
    conditional(data.is(none()), none(), hash)
}

/// `Address(street=data.address.street, …)`
pub(super) fn value_object(layer: Layer, embedded: &EmbeddedPlan) -> Expr {
    let plan = &layer.plan.values[embedded.value];
    let parts = plan
        .parts
        .iter()
        .map(|part| kw(&part.attribute, given(&embedded.attribute).attr(&part.attribute)));
    let value = from("app.models.values", &plan.class).call(parts);
    if !embedded.nullable {
        return value;
    }
    conditional(given(&embedded.attribute).is(none()), none(), value)
}

/// The foreign key of a new row.
fn keys(
    layer: Layer,
    reference: &ReferencePlan,
    caller: Caller,
    parent: Option<&PyIdent>,
) -> Vec<Argument> {
    let attributes = &reference.key_attributes;
    match (reference.set, parent) {
        (Set::Client, _) if is_present(&reference.create) => {
            attributes.iter().map(|attribute| kw(attribute, given(attribute))).collect()
        }
        (Set::Parent, Some(parent)) => {
            let key = read::parent_key(layer, parent);
            attributes.iter().zip(key).map(|(attribute, value)| kw(attribute, value)).collect()
        }
        (Set::CurrentUser, _) if caller == Caller::Required => {
            vec![kw(&attributes[0], layer.caller_key())]
        }
        (Set::CurrentUser, _) if caller == Caller::Optional => {
            let known = conditional(name("caller").is(none()), none(), layer.caller_key());
            vec![kw(&attributes[0], known)]
        }
        _ => Vec::new(),
    }
}
