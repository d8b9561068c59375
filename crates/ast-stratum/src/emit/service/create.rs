//! `create` and `bulk_create`.

use stratapi_plan::{
    EmbeddedPlan, FieldPlan, FieldSource, Operation, OperationPlan, Predicate, Presence, PyIdent,
    ReferencePlan, Set, ValueKind,
};

use super::super::layer::access::owner_paths;
use super::super::layer::operation::Need;
use super::super::layer::{Caller, Layer};
use super::{
    given, is_present, method, read, reference, repository, rule, with_caller, with_parameters,
};
use crate::python::build::{arg, assign, async_def, from, fstring, kw, list, name, none, or, ret};
use crate::python::{Argument, Expr, FStringPart, FunctionDef, Stmt, WithItem};

/// The methods that make rows.
pub(super) fn methods(layer: Layer) -> Vec<FunctionDef> {
    let one = layer.operation(Operation::Create);
    let many = layer.operation(Operation::BulkCreate);
    let mut methods = Vec::new();
    if let Some(plan) = one.or(many) {
        methods.push(create(layer, plan));
    }
    if let Some(plan) = many {
        methods.extend(bulk_create(layer, plan));
    }
    methods
}

/// `create`; where rows are only made in bulk, for each of them.
fn create(layer: Layer, plan: &OperationPlan) -> FunctionDef {
    let caller = layer.caller(plan);
    let mut function =
        async_def("create").method().doc(format!("Create one {}.", layer.entity.label));
    if plan.operation == Operation::Create {
        function = function.doc(&*plan.doc);
    }
    function = with_parameters(function, layer.parent_parameter());
    if layer.entity.has_create {
        function = function.param("data", layer.schema("Create"));
    }
    let function = with_caller(function, layer, caller).returns(layer.model());
    let row = layer.one();
    let mut body = Vec::new();
    let parent = read::parent_row(layer, caller);
    let above = parent.as_ref().map(|(_, row)| row.clone());
    body.extend(parent.map(|(find, _)| find));
    body.extend(checks(layer));
    body.push(assign(&row, construction(layer, caller, above.as_ref(), true)));
    let need = Need::Operation(plan.operation);
    let refusal = rule::check(layer, need, caller, "create");
    let insert = repository(layer).attr("create").call_with([name(&row)]).awaited().stmt();
    if layer.rule(plan).is_none_or(|rule| decided_before(layer, &rule)) {
        body.extend(refusal);
        body.push(insert);
    } else {
        // The rule needs what only the database knows: defaults and rows on the way to an owner.
        body.push(insert);
        if needs_path(&layer.rule(plan)) {
            let key = layer.entity.key.iter().map(|part| name(&row).attr(&part.attribute));
            body.push(repository(layer).attr("get").call_with(key).awaited().stmt());
        }
        body.extend(refusal);
    }
    body.push(ret(name(&row)));
    function.body(body)
}

fn needs_path(rule: &Option<Predicate>) -> bool {
    let mut deep = false;
    if let Some(rule) = rule {
        owner_paths(rule, &mut |steps| deep |= steps.len() > 1);
    }
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
) -> Expr {
    let role = layer.account().and_then(|auth| auth.role);
    let mut arguments: Vec<Argument> = Vec::new();
    for (index, field) in layer.entity.fields.iter().enumerate() {
        let own = field.source == FieldSource::Attribute && is_present(&field.create);
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
            let linked = if link.writable {
                name("list").call_with([reference::found(link, given(&link.ids_attribute))])
            } else {
                list([])
            };
            arguments.push(kw(&link.attribute, linked));
        }
    }
    layer.model().call(arguments)
}

/// The value of a new row's column.
fn value(layer: Layer, field: &FieldPlan) -> Expr {
    let data = given(&field.attribute);
    match &field.ty.kind {
        ValueKind::Password { .. } => hashed(data, field),
        ValueKind::Slug { from, .. } if made(field) => Expr::Conditional {
            test: Box::new(data.clone().is(crate::python::build::from("pydantic", "MISSING"))),
            then: Box::new(slug(layer, field, *from)),
            otherwise: Box::new(data),
        },
        _ => data,
    }
}

/// Whether the server makes the slug that is not given.
fn made(field: &FieldPlan) -> bool {
    matches!(field.create, Presence::Optional(stratapi_plan::PythonDefault::None))
        && !field.ty.nullable
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
    let method = PyIdent::known(format!("unused_{}", field.model_attribute));
    repository(layer).attr(method).call_with([text]).awaited()
}

/// `await hash_password(data.password)`
pub(super) fn hashed(data: Expr, field: &FieldPlan) -> Expr {
    let hash = from("app.core.security", "hash_password").call_with([data.clone()]).awaited();
    if !field.ty.nullable {
        return hash;
    }
    Expr::Conditional {
        test: Box::new(data.is(none())),
        then: Box::new(none()),
        otherwise: Box::new(hash),
    }
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
    Expr::Conditional {
        test: Box::new(given(&embedded.attribute).is(none())),
        then: Box::new(none()),
        otherwise: Box::new(value),
    }
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
            let known = Expr::Conditional {
                test: Box::new(name("caller").is(none())),
                then: Box::new(none()),
                otherwise: Box::new(layer.caller_key()),
            };
            vec![kw(&attributes[0], known)]
        }
        _ => Vec::new(),
    }
}

/// `bulk_create`: all or none, since the transaction belongs to the request.
fn bulk_create(layer: Layer, plan: &OperationPlan) -> Option<FunctionDef> {
    let caller = layer.caller(plan);
    let function = method(layer, Operation::BulkCreate, "bulk_create")?;
    let function = with_parameters(function, layer.parent_parameter())
        .param("data", layer.schema("BulkCreate"));
    let rows = || name(layer.many());
    let made = layer.operation(Operation::Create).unwrap_or(plan);
    let mut arguments: Vec<Expr> =
        layer.parent_parameter().map(|(parameter, _)| name(parameter)).into_iter().collect();
    if layer.entity.has_create {
        arguments.push(name("item"));
    }
    if layer.caller(made) != Caller::No {
        arguments.push(name("caller"));
    }
    let below =
        fstring([FStringPart::Text("/items/".to_owned()), FStringPart::Value(name("index"), None)]);
    let create = name("self").attr("create").call_with(arguments).awaited();
    let each = Stmt::With {
        is_async: false,
        items: vec![WithItem {
            context: from("app.core.bulk", "pointers_below").call_with([below]),
            name: None,
        }],
        body: vec![rows().attr("append").call([arg(create)]).stmt()],
    };
    let body = [
        Stmt::Annotated(rows(), name("list").index([layer.model()]), Some(list([]))),
        each_item(layer, each),
        ret(rows()),
    ];
    let sequence = from("collections.abc", "Sequence").index([layer.model()]);
    Some(with_caller(function, layer, caller).returns(sequence).body(body))
}

/// `for index, item in enumerate(data.items):`
fn each_item(layer: Layer, each: Stmt) -> Stmt {
    let items = given(&PyIdent::known("items"));
    let (target, iterable) = if layer.entity.has_create {
        let target = Expr::Tuple(vec![name("index"), name("item")]);
        (target, name("enumerate").call_with([items]))
    } else {
        (name("index"), name("range").call_with([name("len").call_with([items])]))
    };
    Stmt::For { is_async: false, target, iterable, body: vec![each] }
}
