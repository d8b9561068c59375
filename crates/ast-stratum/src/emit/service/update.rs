//! `update` (PATCH) and `replace` (PUT).

use stratapi_plan::{
    EmbeddedPlan, FieldPlan, FieldSource, LinkPlan, Operation, Predicate, Presence, PyIdent,
    PythonDefault, ReferencePlan, ValueKind,
};

use super::super::layer::Layer;
use super::super::layer::access::owner_paths;
use super::super::layer::operation::{Need, moves};
use super::{
    attribute, create, given, is_present, method, query, read, reference, repository, rule,
    with_caller, with_if_match, with_parameters,
};
use crate::python::build::{and, async_def, from, if_, list, name, or, ret, text, tuple};
use crate::python::{Expr, FunctionDef, Stmt};

/// The methods that change rows.
pub(super) fn methods(layer: Layer) -> Vec<FunctionDef> {
    let update = change(layer, Operation::Update, "update", "Update", &patched(layer));
    let replace = change(layer, Operation::Replace, "replace", "Replace", &put(layer));
    update.into_iter().chain(replace).collect()
}

fn change(
    layer: Layer,
    operation: Operation,
    function: &'static str,
    schema: &str,
    changes: &[Stmt],
) -> Option<FunctionDef> {
    let plan = layer.operation(operation)?;
    let caller = layer.caller(plan);
    let row = layer.one();
    let mut function =
        with_parameters(method(layer, operation, function)?, layer.item_parameters());
    if layer.has_members(operation) {
        function = function.param("data", layer.schema(schema));
    }
    let function = with_if_match(with_caller(function, layer, caller), layer);
    let mut body = vec![read::own_row(layer)];
    let after = layer.rule_after(plan);
    let demand = after.as_ref().and_then(|_| rule::demanded(layer, operation));
    if layer.rule(plan).is_some() {
        match &demand {
            Some(demand) => body.push(demand.clone()),
            None => body.extend(rule::check(layer, Need::Operation(operation), caller, "change")),
        }
    }
    body.extend(check_version(layer, &row));
    body.extend(attribute::check(layer, operation, name("data")));
    let loaded = after.iter().filter(|rule| !rule.is_of_database());
    let reloaded = loaded.flat_map(|rule| reload(layer, rule, operation)).collect::<Vec<_>>();
    // The database is asked about rows as they are stored.
    let late = !reloaded.is_empty() || after.as_ref().is_some_and(Predicate::is_of_database);
    let applied =
        layer.account().is_some() && layer.entity.has_update && operation == Operation::Update;
    if applied {
        let applied = name("self").attr("_apply").call_with([name(&row), name("data")]);
        body.push(applied.awaited().stmt());
    } else {
        body.extend(changes.iter().cloned());
        if !late {
            body.extend(demand.clone());
        }
        body.push(query(layer, "update").call_with([name(&row)]).awaited().stmt());
    }
    if applied || late {
        // A refusal rolls the transaction of the request back, so nothing of the change stays.
        body.extend(reloaded);
        body.extend(demand);
    }
    body.extend(read::load(layer, operation));
    body.push(ret(name(&row)));
    Some(function.returns(layer.model()).body(body))
}

/// Loads the rows on the way to an owner again, where a client may have chosen another way.
fn reload(layer: Layer, rule: &Predicate, operation: Operation) -> Vec<Stmt> {
    let mut changed: Vec<Expr> = Vec::new();
    owner_paths(rule, &mut |steps| {
        let moved = moves(&layer.entity.references[steps[0].reference], operation);
        let first = text(steps[0].attribute.as_str());
        if moved && steps.len() > 1 && !changed.contains(&first) {
            changed.push(first);
        }
    });
    if changed.is_empty() {
        return Vec::new();
    }
    let row = layer.one();
    let key = layer.entity.key.iter().map(|part| name(&row).attr(&part.attribute));
    let session = repository(layer).attr("session");
    let forgotten = session.attr("expire").call_with([name(&row), list(changed)]);
    vec![forgotten.stmt(), query(layer, "get").call_with(key).awaited().stmt()]
}

/// `check_if_match(if_match, post.version)`
pub(super) fn check_version(layer: Layer, row: &PyIdent) -> Option<Stmt> {
    let version = name(row).attr("version");
    let check = from("app.core.etag", "check_if_match").call_with([name("if_match"), version]);
    layer.entity.optimistic_lock.then(|| check.stmt())
}

/// `_apply` of an account: what `update` and `update_me` share.
pub(super) fn apply(layer: Layer) -> FunctionDef {
    let row = layer.one();
    let mut body = patched(layer);
    body.push(query(layer, "update").call_with([name(&row)]).awaited().stmt());
    async_def("_apply")
        .method()
        .param(&row, layer.model())
        .param("data", layer.schema("Update"))
        .returns(Expr::None)
        .body(body)
}

fn omitted() -> Expr {
    from("pydantic", "MISSING")
}

/// How many tests stand in one function; with more it is hard to follow.
const TESTS: usize = 7;

/// Assigns what is not `MISSING`.
fn patched(layer: Layer) -> Vec<Stmt> {
    let (plain, special) = tests(layer);
    if plain.len() + special.len() <= TESTS {
        let plain = plain.into_iter().map(|field| {
            let set = vec![assign(layer, &field.model_attribute, value(field))];
            if_(given(&field.attribute).is_not(omitted()), set)
        });
        return plain.chain(special).collect();
    }
    let mut body: Vec<Stmt> = looped(layer, &plain).into_iter().collect();
    if special.len() + 2 <= TESTS {
        body.extend(special);
        return body;
    }
    for function in parts(layer) {
        let arguments = [name(layer.one()), name("data")];
        body.push(name("self").attr(&function.name).call_with(arguments).awaited().stmt());
    }
    body
}

/// The attributes that are copied, and a test for each of the other members.
fn tests(layer: Layer<'_>) -> (Vec<&FieldPlan>, Vec<Stmt>) {
    let is_password = |field: &FieldPlan| matches!(field.ty.kind, ValueKind::Password { .. });
    let own = |field: &&FieldPlan| field.source == FieldSource::Attribute && field.update;
    let fields = layer.entity.fields.iter().filter(own);
    let (hashed, plain): (Vec<_>, Vec<_>) = fields.partition(|field| is_password(field));
    let mut body = Vec::new();
    for field in hashed {
        let set = vec![assign(layer, &field.model_attribute, value(field))];
        body.push(if_(given(&field.attribute).is_not(omitted()), set));
    }
    for embedded in layer.entity.embedded.iter().filter(|item| item.update) {
        let set = vec![embed(layer, embedded)];
        body.push(if_(given(&embedded.attribute).is_not(omitted()), set));
    }
    for reference in layer.entity.references.iter().filter(|item| item.update) {
        body.extend(patched_reference(layer, reference));
    }
    for link in written(layer) {
        body.push(if_(given(&link.ids_attribute).is_not(omitted()), linked(layer, link)));
    }
    (plain, body)
}

/// Copies many attributes in a loop.
fn looped(layer: Layer, fields: &[&FieldPlan]) -> Option<Stmt> {
    if fields.is_empty() {
        return None;
    }
    let names = fields.iter().map(|field| text(field.attribute.as_str()));
    let value = name("getattr").call_with([name("data"), name("attribute")]);
    let set = name("setattr").call_with([name(layer.one()), name("attribute"), name("value")]);
    let given = Expr::Named(PyIdent::known("value"), Box::new(value)).is_not(omitted());
    Some(Stmt::For {
        is_async: false,
        target: name("attribute"),
        iterable: tuple(names),
        body: vec![if_(given, vec![set.stmt()])],
    })
}

/// `_apply_part` and its like, where an entity refers to many others.
pub(super) fn parts(layer: Layer) -> Vec<FunctionDef> {
    let (plain, special) = tests(layer);
    let used = layer.operation(Operation::Update).is_some() || layer.account().is_some();
    if !used || plain.len() + special.len() <= TESTS || special.len() + 2 <= TESTS {
        return Vec::new();
    }
    let parts = special.chunks(TESTS).enumerate().map(|(index, tests)| {
        async_def(PyIdent::known(format!("_apply_part_{}", index + 1)))
            .method()
            .param(layer.one(), layer.model())
            .param("data", layer.schema("Update"))
            .returns(Expr::None)
            .body(tests.iter().cloned())
    });
    parts.collect()
}

/// Links that may change after creation.
fn written(layer: Layer<'_>) -> impl Iterator<Item = &LinkPlan> {
    layer.chosen_links()
}

fn patched_reference(layer: Layer, reference: &ReferencePlan) -> Vec<Stmt> {
    let set = |attribute: &PyIdent| assign(layer, attribute, given(attribute));
    if let [attribute] = reference.key_attributes.as_slice() {
        let check = reference::checked(reference, [given(attribute)]).stmt();
        return vec![if_(given(attribute).is_not(omitted()), vec![check, set(attribute)])];
    }
    let attributes = &reference.key_attributes;
    let mut body: Vec<Stmt> = attributes
        .iter()
        .map(|attribute| if_(given(attribute).is_not(omitted()), vec![set(attribute)]))
        .collect();
    let any = or(attributes.iter().map(|it| given(it).is_not(omitted())).collect());
    let now = attributes.iter().map(|attribute| name(layer.one()).attr(attribute));
    body.push(if_(any, vec![reference::checked(reference, now).stmt()]));
    body
}

/// Assigns everything that a client decides.
fn put(layer: Layer) -> Vec<Stmt> {
    let mut body = Vec::new();
    for field in &layer.entity.fields {
        if field.source != FieldSource::Attribute || !is_present(&field.replace) {
            continue;
        }
        let set = assign(layer, &field.model_attribute, value(field));
        body.push(if kept(field) {
            if_(given(&field.attribute).is_not(omitted()), vec![set])
        } else {
            set
        });
    }
    for embedded in layer.entity.embedded.iter().filter(|item| is_present(&item.replace)) {
        body.push(embed(layer, embedded));
    }
    let references = layer.entity.references.iter();
    for reference in references.filter(|reference| is_present(&reference.replace)) {
        let keys = reference.key_attributes.iter();
        body.push(reference::checked(reference, keys.clone().map(given)).stmt());
        body.extend(keys.map(|attribute| assign(layer, attribute, given(attribute))));
    }
    for link in written(layer) {
        body.extend(linked(layer, link));
    }
    body
}

/// Whether a value that is left out stays: the server made it (a slug), or not everybody may write it.
fn kept(field: &FieldPlan) -> bool {
    let made = field.replace == Presence::Optional(PythonDefault::None) && !field.ty.nullable;
    made || field.writable_by.is_some()
}

fn value(field: &FieldPlan) -> Expr {
    let data = given(&field.attribute);
    match field.ty.kind {
        ValueKind::Password { .. } => create::hashed(data, field),
        _ => data,
    }
}

fn assign(layer: Layer, attribute: &PyIdent, value: Expr) -> Stmt {
    Stmt::Assign(name(layer.one()).attr(attribute), value)
}

fn embed(layer: Layer, embedded: &EmbeddedPlan) -> Stmt {
    assign(layer, &embedded.attribute, create::value_object(layer, embedded))
}

/// Links alone would change neither the time of the last change nor the version.
fn linked(layer: Layer, link: &LinkPlan) -> Vec<Stmt> {
    let row = layer.one();
    let found = name("list").call_with([reference::found(link, given(&link.ids_attribute))]);
    let mut body = vec![assign(layer, &link.attribute, found)];
    if layer.entity.timestamps {
        let now = from("app.core.clock", "utcnow").call([]);
        body.push(Stmt::Assign(name(row).attr("updated_at"), now));
    } else if layer.entity.optimistic_lock {
        let touched = from("sqlalchemy.orm.attributes", "flag_modified");
        let key = crate::python::build::text(layer.entity.key[0].attribute.as_str());
        body.push(touched.call_with([name(row), key]).stmt());
    }
    body
}

/// Refuses a role that the client chose for its own account.
pub(super) fn role_is_kept(layer: Layer) -> Option<Expr> {
    let field = layer.role_field().filter(|field| field.update)?;
    let given_role = given(&field.attribute);
    let own = name(layer.one()).attr(&field.model_attribute);
    Some(and(vec![given_role.clone().is_not(omitted()), given_role.is_not(own)]))
}
