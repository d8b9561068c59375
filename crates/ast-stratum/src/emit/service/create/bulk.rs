//! `bulk_create`: all or none, since the transaction belongs to the request; each kind of row that
//! the items refer to is looked up once.

use std::collections::BTreeSet;

use stratapi_plan::{
    FieldPlan, FieldSource, LinkPlan, Operation, OperationPlan, Predicate, PyIdent, ReferencePlan,
};

use super::super::super::layer::operation::Need;
use super::super::super::layer::{Caller, Layer};
use super::super::{attribute, method, read, reference, with_caller, with_parameters};
use super::{Links, checks, construction, decided, given, is_present, linked, signature, stored};
use crate::python::build::{
    and, arg, assign, async_def, comprehension, from, fstring, list, name, none, ret,
};
use crate::python::{Comprehension, Expr, FStringPart, FunctionDef, Stmt, WithItem};

/// `create`, `bulk_create` and `_insert`, which they share.
pub(super) fn methods(
    layer: Layer,
    one: Option<&OperationPlan>,
    many: &OperationPlan,
) -> Vec<FunctionDef> {
    let shared = one.is_none_or(|one| layer.rule(one) == layer.rule(many));
    let rule = layer.rule(many).filter(|_| shared);
    let known = one.map_or(layer.caller(many), |one| layer.caller(one).min(layer.caller(many)));
    let need = Need::Operation(Operation::BulkCreate);
    let asked = layer.rule_of(need).is_some_and(|rule| rule.caller != Caller::No);
    // Whoever is refused without being signed in is told to do so.
    let told = rule.is_some() && (asked || known == Caller::Optional);
    let caller = if told || layer.set_to_caller() { known } else { Caller::No };
    let asked = |plan: &OperationPlan| layer.rule(plan).filter(|_| !shared);
    let mut methods = Vec::new();
    if let Some(one) = one {
        methods.push(create(layer, one, caller, asked(one).as_ref()));
    }
    methods.extend(bulk_create(layer, many, caller, asked(many).as_ref()));
    methods.push(insert(layer, caller, rule.map(|rule| (rule, many))));
    methods
}

fn create(
    layer: Layer,
    plan: &OperationPlan,
    inserter: Caller,
    rule: Option<&Predicate>,
) -> FunctionDef {
    let caller = layer.caller(plan);
    let parent = read::parent_row(layer, caller);
    let above = parent.as_ref().map(|(_, row)| row.clone());
    let mut body: Vec<Stmt> = parent.map(|(find, _)| find).into_iter().collect();
    body.extend(attribute::check(layer, Operation::Create, name("data")));
    body.extend(checks(layer));
    let found = layer.chosen_links().map(|link| reference::found(link, given(&link.ids_attribute)));
    let row = inserted(layer, name("data"), above, found, inserter);
    let load = read::load(layer, Operation::Create);
    if rule.is_none() && load.is_none() {
        body.push(ret(row));
        return signature(layer, plan, caller).body(body);
    }
    body.push(assign(layer.one(), row));
    body.extend(rule.into_iter().flat_map(|rule| decided(layer, caller, rule, plan)));
    body.extend(load);
    body.push(ret(name(layer.one())));
    signature(layer, plan, caller).body(body)
}

/// `_insert`: makes and stores a row, once everything it refers to is known to exist.
fn insert(layer: Layer, caller: Caller, rule: Option<(Predicate, &OperationPlan)>) -> FunctionDef {
    let mut function = async_def("_insert").method();
    if inserts_data(layer) {
        function = function.param("data", layer.schema("Create"));
    }
    let above = read::parent_row(layer, Caller::No).map(|(_, row)| row);
    if let (Some(above), Some((_, parent))) = (&above, layer.parent()) {
        function = function.param(above, parent.model());
    }
    for link in layer.chosen_links() {
        let rows = from("collections.abc", "Sequence").index([layer.at(link.target).model()]);
        function = function.param(linked(link), rows);
    }
    let made = construction(layer, caller, above.as_ref(), true, Links::Given);
    let function = with_caller(function, layer, caller).returns(layer.model());
    let stored = stored(layer, caller, made, rule);
    function.body(stored.into_iter().chain([ret(name(layer.one()))]))
}

/// Whether `_insert` reads the body: it does not where clients choose nothing but links.
fn inserts_data(layer: Layer) -> bool {
    let own =
        |field: &FieldPlan| field.source == FieldSource::Attribute && is_present(&field.create);
    layer.entity.fields.iter().any(own)
        || layer.entity.embedded.iter().any(|embedded| is_present(&embedded.create))
        || created(layer).next().is_some()
}

/// `await self._insert(data, tags, caller)`
fn inserted(
    layer: Layer,
    data: Expr,
    above: Option<PyIdent>,
    found: impl Iterator<Item = Expr>,
    caller: Caller,
) -> Expr {
    let data = inserts_data(layer).then_some(data);
    let caller = (caller != Caller::No).then(|| name("caller"));
    let arguments = data.into_iter().chain(above.map(name)).chain(found).chain(caller);
    name("self").attr("_insert").call_with(arguments).awaited()
}

fn bulk_create(
    layer: Layer,
    plan: &OperationPlan,
    inserter: Caller,
    rule: Option<&Predicate>,
) -> Option<FunctionDef> {
    let caller = layer.caller(plan);
    let function = method(layer, Operation::BulkCreate, "bulk_create")?;
    let function = with_parameters(function, layer.parent_parameters())
        .param("data", layer.schema("BulkCreate"));
    let parent = read::parent_row(layer, caller);
    let above = parent.as_ref().map(|(_, row)| row.clone());
    let mut body: Vec<Stmt> = parent.map(|(find, _)| find).into_iter().collect();
    body.extend(known(layer));
    let rows = || name(layer.many());
    body.push(Stmt::Annotated(rows(), name("list").index([layer.model()]), Some(list([]))));
    let item = |attribute: &PyIdent| name("item").attr(attribute);
    let checked = attribute::check(layer, Operation::BulkCreate, name("item"));
    let referred = created(layer).map(|reference| {
        let keys = reference.key_attributes.iter().map(item);
        let known = name(known_name(layer.at(reference.target)));
        reference::checked(reference, keys.chain([known])).stmt()
    });
    let mut each: Vec<Stmt> = checked.into_iter().chain(referred).collect();
    let found = layer.chosen_links().map(|link| {
        let known = name(known_name(layer.at(link.target)));
        reference::found_among(link, item(&link.ids_attribute), known)
    });
    let row = inserted(layer, name("item"), above, found, inserter);
    each.push(assign(layer.one(), row));
    if let Some(rule) = rule {
        each.extend(decided(layer, caller, rule, plan));
    }
    if created(layer).any(|reference| reference.target == layer.index) {
        // Items may refer to those before them.
        let row = name(layer.one());
        let key = key_of(layer, &row);
        each.push(Stmt::Assign(name(known_name(layer)).index([key]), row));
    }
    each.push(rows().attr("append").call([arg(name(layer.one()))]).stmt());
    body.push(each_item(layer, each));
    body.push(ret(rows()));
    let sequence = from("collections.abc", "Sequence").index([layer.model()]);
    Some(with_caller(function, layer, caller).returns(sequence).body(body))
}

/// The references that a new row takes from the client.
fn created(layer: Layer<'_>) -> impl Iterator<Item = &ReferencePlan> {
    layer.chosen_references().filter(|reference| is_present(&reference.create))
}

/// `known_tags`
fn known_name(target: Layer) -> PyIdent {
    PyIdent::known(format!("known_{}", target.entity.many))
}

/// The key of a row, as `get_many` takes it.
fn key_of(layer: Layer, row: &Expr) -> Expr {
    reference::key(layer.entity.key.iter().map(|part| row.clone().attr(&part.attribute)))
}

/// `known_tags = await self._known_tags(…)`, for each entity that the items refer to.
fn known(layer: Layer) -> Vec<Stmt> {
    let referred: Vec<&ReferencePlan> = created(layer).collect();
    let linked: Vec<&LinkPlan> = layer.chosen_links().collect();
    let targets = referred.iter().map(|it| it.target).chain(linked.iter().map(|it| it.target));
    let mut seen = BTreeSet::new();
    let mut body = Vec::new();
    for target in targets.filter(|target| seen.insert(*target)) {
        let of_references = referred.iter().filter(|it| it.target == target);
        let of_links = linked.iter().filter(|it| it.target == target);
        let mut keys = of_references.map(|it| referred_keys(it)).chain(of_links.map(|it| ids(it)));
        let keys = match (keys.next(), keys.collect::<Vec<_>>()) {
            (Some(first), rest) if rest.is_empty() => first,
            (first, rest) => {
                list(first.into_iter().chain(rest).map(|keys| Expr::Starred(Box::new(keys))))
            }
        };
        let target = layer.at(target);
        let method = PyIdent::known(format!("_{}", known_name(target)));
        let found = name("self").attr(method).call_with([keys]).awaited();
        body.push(assign(known_name(target), found));
    }
    body
}

/// `[item.author_id for item in data.items]`
fn referred_keys(reference: &ReferencePlan) -> Expr {
    let item = |attribute: &PyIdent| name("item").attr(attribute);
    let keys = reference.key_attributes.iter();
    let mut clause = comprehension("item", given(&PyIdent::known("items")));
    if reference.nullable {
        clause.conditions = vec![and(keys.clone().map(|it| item(it).is_not(none())).collect())];
    }
    Expr::ListComp(Box::new(reference::key(keys.map(item))), vec![clause])
}

/// `[key for item in data.items for key in item.tag_ids]`
fn ids(link: &LinkPlan) -> Expr {
    let items = comprehension("item", given(&PyIdent::known("items")));
    let keys: Comprehension = comprehension("key", name("item").attr(&link.ids_attribute));
    Expr::ListComp(Box::new(name("key")), vec![items, keys])
}

/// `for index, item in enumerate(data.items):`, with pointers that say which item is meant.
fn each_item(layer: Layer, body: Vec<Stmt>) -> Stmt {
    let items = given(&PyIdent::known("items"));
    let (target, iterable) = if layer.entity.has_create {
        let target = Expr::Tuple(vec![name("index"), name("item")]);
        (target, name("enumerate").call_with([items]))
    } else {
        (name("index"), name("range").call_with([name("len").call_with([items])]))
    };
    let below =
        fstring([FStringPart::Text("/items/".to_owned()), FStringPart::Value(name("index"), None)]);
    let context = from("app.core.bulk", "pointers_below").call_with([below]);
    let with = Stmt::With { is_async: false, items: vec![WithItem { context, name: None }], body };
    Stmt::For { is_async: false, target, iterable, body: vec![with] }
}
