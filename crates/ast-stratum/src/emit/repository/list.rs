//! The list: filters, search, what the caller may see, order and page.

use stratapi_plan::{FilterOperator, FilterPlan, FilterTarget, Operation, Predicate, PyIdent};

use super::super::layer::access::{Known, assume, mentions_caller};
use super::super::layer::predicate::Scope;
use super::super::layer::{Caller, Layer, page_by_offset};
use super::super::service::with_caller;
use super::rules::decided;
use crate::python::build::{arg, assign, async_def, def, from, if_, kw, name, none, ret};
use crate::python::{Comparator, Expr, FunctionDef, Stmt};

/// Whether the entity has a list.
pub(super) fn offered(layer: Layer) -> bool {
    layer.operation(Operation::List).is_some()
}

/// What a caller of whom `known` holds may see; `None` is everything.
pub(super) fn rule(layer: Layer) -> Option<Predicate> {
    let plan = layer.operation(Operation::List)?;
    let row = plan.access.row.clone().filter(|row| !layer.follows_parent(row))?;
    let signed_in = plan.access.gate != stratapi_plan::Gate::Public;
    let row = if signed_in { assume(&row, Known::SignedIn) } else { row };
    (row != Predicate::True).then_some(row)
}

/// Whether the method takes the caller: the rule speaks of them, or what is shown differs.
pub(in crate::emit) fn caller(layer: Layer) -> Caller {
    rule_caller(layer).max(layer.viewer(Operation::List))
}

fn rule_caller(layer: Layer) -> Caller {
    match (layer.operation(Operation::List), rule(layer)) {
        (Some(plan), Some(rule)) if mentions_caller(&rule) => {
            if plan.access.gate == stratapi_plan::Gate::Public {
                Caller::Optional
            } else {
                Caller::Required
            }
        }
        _ => Caller::No,
    }
}

/// `list`
pub(super) fn method(layer: Layer) -> FunctionDef {
    let mut function =
        async_def(layer.query("list")).method().param("query", layer.schema("ListQuery"));
    let mut conditions = Vec::new();
    if let Some((parent, above)) = layer.parent() {
        let reference = &layer.entity.references[parent.reference];
        for (part, attribute) in above.entity.key.iter().zip(&reference.key_attributes) {
            function = function.param(attribute, crate::types::model(layer.plan, &part.ty));
            conditions.push(layer.column(attribute).eq(name(attribute)));
        }
    }
    function = with_caller(function, layer, caller(layer));
    let rule = rule(layer);
    if let Some(rule) = &rule {
        conditions.push(if mentions_caller(rule) {
            name("_visible_to").call_with([name("caller")])
        } else {
            scope(layer).sql(rule, false)
        });
    }
    let seen = if rule.is_some_and(|rule| mentions_caller(&rule)) {
        " that the caller may see"
    } else {
        ""
    };
    function
        .returns(layer.listed())
        .doc(format!("Return one page of the {}{seen}.", layer.entity.label_plural))
        .body(body(layer, conditions))
}

fn body(layer: Layer, conditions: Vec<Expr>) -> Vec<Stmt> {
    let viewed = layer.operation(Operation::List).is_some_and(|plan| plan.view.is_some());
    let mut statement = if viewed {
        // What every other read loads along is not all shown.
        from("sqlalchemy", "select").call_with([layer.model()])
    } else {
        name("self").attr("select").call([])
    };
    let active = (viewed && layer.entity.soft_delete).then(|| super::active(layer));
    let conditions: Vec<Expr> = active.into_iter().chain(conditions).collect();
    if let Some(loaded) = layer.loaded(Operation::List) {
        statement = statement.attr("options").call_with([loaded.starred()]);
    }
    if layer.viewer(Operation::List) != Caller::No {
        // What is told of rows is told anew of those that the session knows: the caller's account.
        let anew = kw("populate_existing", Expr::Bool(true));
        statement = statement.attr("execution_options").call([anew]);
    }
    if !conditions.is_empty() {
        statement = statement.attr("where").call_with(conditions);
    }
    let order = name("_ORDERS").index([name("query").attr("sort")]);
    let query = |member: &'static str| kw(member, name("query").attr(member));
    if !layer.by_cursor() {
        let key = layer.entity.key.iter().map(|part| layer.column(&part.attribute));
        statement = statement.attr("order_by").call_with(std::iter::once(order.clone()).chain(key));
    }
    let mut body = vec![assign("statement", statement)];
    let functions = narrowing(layer);
    if functions.is_empty() {
        body.extend(narrowed(layer));
    }
    for function in &functions {
        let narrowed = name(&function.name).call_with([name("statement"), name("query")]);
        body.push(assign("statement", narrowed));
    }
    let page = if layer.by_cursor() {
        name("self")
            .attr("page_after")
            .call([arg(name("statement")), arg(order), query("limit"), query("cursor")])
            .awaited()
    } else {
        page_by_offset(&layer.resource().lists)
    };
    body.push(ret(page));
    body
}

/// How many conditions a function tests before it is hard to follow.
const TESTS: usize = 8;

/// A test for each filter, and for the search.
fn narrowed(layer: Layer) -> Vec<Stmt> {
    let filters = layer.resource().filters.iter().map(|filter| narrow(layer, filter));
    filters.chain(search(layer)).collect()
}

/// `_narrow`, where the list has more filters than one function should test.
pub(super) fn narrowing(layer: Layer) -> Vec<FunctionDef> {
    let tests = narrowed(layer);
    if tests.len() <= TESTS {
        return Vec::new();
    }
    let statement = || from("sqlalchemy", "Select").index([layer.model()]);
    let parts = tests.chunks(TESTS).enumerate().map(|(index, tests)| {
        let function = if index == 0 {
            PyIdent::known("_narrow")
        } else {
            PyIdent::known(format!("_narrow_{}", index + 1))
        };
        def(function)
            .param("statement", statement())
            .param("query", layer.schema("ListQuery"))
            .returns(statement())
            .body(tests.iter().cloned().chain([ret(name("statement"))]))
    });
    parts.collect()
}

/// `if query.status is not None: statement = statement.where(…)`
fn narrow(layer: Layer, filter: &FilterPlan) -> Stmt {
    given(&filter.attribute, condition(layer, filter))
}

fn given(attribute: &PyIdent, condition: Expr) -> Stmt {
    let value = name("query").attr(attribute);
    let narrowed = name("statement").attr("where").call_with([condition]);
    if_(value.is_not(none()), vec![assign("statement", narrowed)])
}

fn condition(layer: Layer, filter: &FilterPlan) -> Expr {
    let comparator = match filter.operator {
        FilterOperator::Equal => Comparator::Equal,
        FilterOperator::AtLeast => Comparator::GreaterOrEqual,
        FilterOperator::AtMost => Comparator::LessOrEqual,
        FilterOperator::Before => Comparator::Less,
    };
    let wanted = |column: Expr| column.compare(comparator, name("query").attr(&filter.attribute));
    match &filter.target {
        FilterTarget::Attribute(attribute) | FilterTarget::Reference(attribute) => {
            wanted(layer.column(attribute))
        }
        FilterTarget::Link(index) => {
            let link = &layer.entity.links[*index];
            let target = layer.at(link.target);
            let key = target.column(&target.entity.key[0].attribute);
            layer.column(&link.attribute).attr("any").call_with([wanted(key)])
        }
        FilterTarget::ThroughReference(index, attribute) => {
            let reference = &layer.entity.references[*index];
            let column = layer.at(reference.target).column(attribute);
            layer.column(&reference.attribute).attr("has").call_with([wanted(column)])
        }
        FilterTarget::ThroughLink(index, attribute) => {
            let link = &layer.entity.links[*index];
            let column = layer.at(link.target).column(attribute);
            layer.column(&link.attribute).attr("any").call_with([wanted(column)])
        }
    }
}

fn search(layer: Layer) -> Option<Stmt> {
    let looked = |attribute: &PyIdent| {
        layer
            .column(attribute)
            .attr("icontains")
            .call([arg(name("query").attr("q")), kw("autoescape", Expr::Bool(true))])
    };
    let mut found: Vec<Expr> = layer.resource().search.iter().map(looked).collect();
    let condition = match found.len() {
        0 => return None,
        1 => found.remove(0),
        _ => from("sqlalchemy", "or_").call_with(found),
    };
    Some(given(&PyIdent::known("q"), condition))
}

pub(super) fn scope(layer: Layer<'_>) -> Scope<'_> {
    Scope { plan: layer.plan, entity: layer.entity, row: layer.model(), caller: name("caller") }
}

/// `_visible_to`, where the rule speaks of the caller.
pub(super) fn visible_to(layer: Layer) -> Option<FunctionDef> {
    let rule = rule(layer).filter(mentions_caller)?;
    let scope = scope(layer);
    let caller = rule_caller(layer);
    let body = decided(&rule, caller, &scope, |left| scope.sql(left, false));
    let truth = from("sqlalchemy", "ColumnElement").index([name("bool")]);
    Some(with_caller(def("_visible_to"), layer, caller).returns(truth).body(body))
}
