//! Lists: filters, orders, search, pages, and how many statements they take.

use stratapi_plan::{
    EntityPlan, FieldPlan, FilterOperator, FilterTarget, Operation, OperationPlan, PagePart,
    Pagination, Plan, PyIdent, ValueKind, as_text, matching_texts, unnumbered,
};

use super::super::testing::code::{each, equals, items, json, request, rows_of, status, test};
use super::super::testing::stage::Scenery;
use super::Tests;
use crate::python::build::{assign, boolean, dict, from, int, kw, list, name, none, text, tuple};
use crate::python::{Argument, BinaryOperator, Comparator, Expr, Stmt, WithItem};

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    let Some(operation) = tests.operation(Operation::List) else { return Vec::new() };
    [
        listing(tests, operation),
        queries(tests, operation),
        match tests.stage.resource.pagination {
            Pagination::Offset => offsets(tests, operation, ("offset", 1)),
            Pagination::Page => offsets(tests, operation, ("page", 2)),
            Pagination::Cursor => cursors(tests, operation),
        },
        refused(tests, operation),
        statements(tests, operation),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Three rows (or the caller's own), and how to ask for them.
fn rows<'a>(
    tests: &Tests<'a>,
    operation: &OperationPlan,
    count: i64,
) -> Option<(Scenery<'a>, Vec<Stmt>)> {
    let operation = tests.operation(operation.operation)?;
    let scenery = tests.stage.with_row(&tests.rules(operation))?;
    let mut stmts = scenery.stmts.clone();
    if count > 1 && !scenery.single {
        stmts.push(more(tests, &scenery, count - 1));
    }
    stmts.push(assign("url", tests.collection()));
    Some((scenery, stmts))
}

/// More rows that the caller may see.
fn more(tests: &Tests<'_>, scenery: &Scenery, count: i64) -> Stmt {
    let made = scenery.another(tests.stage.entity);
    each(name("_"), name("range").call_with([int(count)]), made)
}

fn get(scenery: &Scenery, params: Option<Expr>) -> Expr {
    let params = params.map(|params| kw("params", params));
    request("get", name("url"), params.into_iter().chain(scenery.headers.iter().cloned()))
}

fn listing(tests: &Tests<'_>, operation: &OperationPlan) -> Option<Stmt> {
    let (scenery, mut stmts) = rows(tests, operation, 1)?;
    stmts.push(assign("response", get(&scenery, None)));
    stmts.push(status(name("response"), 200));
    stmts.push(Stmt::Assert(items(name("response"), tests.lists())));
    Some(test("test_list", stmts))
}

/// Every filter, every order, and the search.
fn queries(tests: &Tests<'_>, operation: &OperationPlan) -> Option<Stmt> {
    let (scenery, mut stmts) = rows(tests, operation, 2)?;
    let resource = tests.stage.resource;
    let mut cases: Vec<Expr> = Vec::new();
    for filter in &resource.filters {
        let value = sample(tests, &filter.ty.kind, &filter.target);
        cases.push(dict([(text(&filter.wire), value)]));
    }
    for sort in &resource.sorts {
        cases.push(dict([(text("sort"), text(&sort.wire))]));
        cases.push(dict([(text("sort"), text(format!("-{}", sort.wire)))]));
    }
    if !resource.search.is_empty() {
        cases.push(dict([(text("q"), text("a"))]));
    }
    let strings = name("dict").index([name("str"), name("str")]);
    stmts.push(Stmt::Annotated(name("cases"), name("list").index([strings]), Some(list(cases))));
    stmts.push(each(
        name("params"),
        name("cases"),
        vec![
            assign("response", get(&scenery, Some(name("params")))),
            status(name("response"), 200),
        ],
    ));
    let found = |params: Expr| {
        let response = assign("response", get(&scenery, Some(params)));
        vec![response, Stmt::Assert(items(name("response"), tests.lists()))]
    };
    let mut own: Vec<Expr> = owned(tests, &scenery).collect();
    match own.len() {
        0 => {}
        1 => stmts.extend(found(own.remove(0))),
        _ => stmts.push(each(name("params"), tuple(own), found(name("params")))),
    }
    Some(test("test_filters_and_orders", stmts))
}

/// Queries for the values of `row` that a test knows: what it refers to, and what the base model
/// gave it.
fn owned<'a>(tests: &'a Tests<'_>, scenery: &'a Scenery) -> impl Iterator<Item = Expr> + 'a {
    let entity = tests.stage.entity;
    let mut referred = false;
    tests.stage.resource.filters.iter().filter_map(move |filter| {
        let value = |attribute: &PyIdent| match filter.ty.kind {
            ValueKind::Bool => text(if denies(scenery, attribute) { "false" } else { "true" }),
            ValueKind::DateTime => name("row").attr(attribute).attr("isoformat").call([]),
            _ => name("str").call_with([name("row").attr(attribute)]),
        };
        let attribute = match &filter.target {
            FilterTarget::Reference(attribute) if filter.operator == FilterOperator::Equal => {
                let mut references = entity.references.iter();
                let known = references.find(|it| it.key_attributes.contains(attribute))?;
                let first = !known.nullable && !referred;
                referred |= first;
                first.then_some(attribute)?
            }
            FilterTarget::Attribute(attribute) if filter.operator != FilterOperator::Before => {
                let declared = entity.fields.iter().any(|it| it.model_attribute == *attribute);
                let computed = entity.computed.iter().any(|it| it.attribute == *attribute);
                (!declared && !computed).then_some(attribute)?
            }
            _ => return None,
        };
        Some(dict([(text(&filter.wire), value(attribute))]))
    })
}

/// The declared field behind an attribute: a key of a reference has the values of what it refers to.
fn declared<'a>(
    plan: &'a Plan,
    entity: &'a EntityPlan,
    attribute: &PyIdent,
) -> Option<&'a FieldPlan> {
    let own = entity.fields.iter().find(|field| field.model_attribute == *attribute);
    own.or_else(|| {
        let (target, place) = entity.references.iter().find_map(|reference| {
            let place = reference.key_attributes.iter().position(|key| key == attribute)?;
            Some((&plan.entities[reference.target], place))
        })?;
        declared(plan, target, &target.key.get(place)?.attribute)
    })
}

/// A value of a query parameter, as text.
fn sample(tests: &Tests<'_>, kind: &ValueKind, target: &FilterTarget) -> Expr {
    let plan = tests.stage.plan;
    let entity = tests.stage.entity;
    let field = match target {
        FilterTarget::Attribute(attribute) | FilterTarget::Reference(attribute) => {
            declared(plan, entity, attribute)
        }
        FilterTarget::ThroughReference(index, attribute) => {
            declared(plan, &plan.entities[entity.references[*index].target], attribute)
        }
        FilterTarget::ThroughLink(index, attribute) => {
            declared(plan, &plan.entities[entity.links[*index].target], attribute)
        }
        FilterTarget::Link(index) => {
            let target = &plan.entities[entity.links[*index].target];
            target.key.first().and_then(|part| declared(plan, target, &part.attribute))
        }
    };
    if let Some(field) = field.filter(|field| !field.sample.value.is_null()) {
        return text(as_text(&unnumbered(&field.sample.value)));
    }
    if let ValueKind::Enum(index) = kind {
        return text(&plan.enums[*index].members[0].value);
    }
    if let ValueKind::Line { min, max, pattern: Some(source), .. } = kind {
        let found = matching_texts(source, (*min, *max), 1).unwrap_or_default();
        return text(found.first().map_or("a", String::as_str));
    }
    text(match kind {
        ValueKind::Uuid => "0195c9a0-0000-7000-8000-000000000001",
        ValueKind::Bool => "true",
        ValueKind::DateTime => "2026-01-31T08:30:00Z",
        ValueKind::Date => "2026-01-31",
        ValueKind::Time => "08:30:00",
        ValueKind::Duration => "PT1H30M",
        ValueKind::Email => "sample@example.com",
        ValueKind::Url => "https://example.com/sample",
        ValueKind::Ip => "192.0.2.1",
        ValueKind::Line { min, .. } | ValueKind::Text { min, .. } => {
            return text("a".repeat((*min).max(1) as usize));
        }
        ValueKind::Int { min, max, .. } => return text(1.clamp(*min, *max).to_string()),
        ValueKind::Float { min, max } | ValueKind::Decimal { min, max, .. } => {
            min.as_ref().or(max.as_ref()).map_or("1", String::as_str)
        }
        _ => "a",
    })
}

/// A page of one row, where a parameter asks for the second row.
fn offsets(
    tests: &Tests<'_>,
    operation: &OperationPlan,
    (parameter, second): (&'static str, i64),
) -> Option<Stmt> {
    let (scenery, mut stmts) = rows(tests, operation, 3)?;
    stmts.push(assign("everything", json(get(&scenery, None))));
    let params = dict([(text("limit"), int(1)), (text(parameter), int(second))]);
    stmts.push(assign("page", json(get(&scenery, Some(params)))));
    if let Some(total) = tests.lists().wire(PagePart::Count) {
        let total = |page: &'static str| name(page).index([text(total)]);
        stmts.push(equals(total("page"), total("everything")));
    }
    let rows = |page: &'static str| rows_of(name(page), tests.lists());
    let second = rows("everything").index([Expr::Int("1".to_owned())]);
    let several = tests.stage.resource.page_size > 1;
    if several && !tests.only_self(operation) && !scenery.single {
        stmts.push(equals(rows("page"), list([second])));
    } else if !tests.lists().shows(PagePart::Count) {
        let count = name("len").call_with([rows("page")]);
        stmts.push(Stmt::Assert(count.compare(Comparator::LessOrEqual, int(1))));
    }
    Some(test("test_pages", stmts))
}

/// Whether the rules ask for rows where this flag is not set.
fn denies(scenery: &Scenery, flag: &PyIdent) -> bool {
    let unset =
        |it: &Argument| matches!(it, Argument::Keyword(key, Expr::Bool(false)) if key == flag);
    scenery.row.iter().any(unset)
}

/// Rows of a test, at the most: those that it makes, and accounts.
const FEW: i64 = 20;

/// A walk through all pages of every order sees each row once.
fn cursors(tests: &Tests<'_>, operation: &OperationPlan) -> Option<Stmt> {
    let (scenery, mut stmts) = rows(tests, operation, 3)?;
    let module = format!("app.schemas.{}", tests.stage.entity.module);
    let sort = crate::schemas::python::class_name(tests.stage.entity, "Sort");
    let most = i64::from(tests.stage.resource.max_page_size);
    let seen = || name("len").call_with([name("seen")]);
    // No page holds all rows where pages are so small: every order sees as many.
    let small = most < FEW;
    stmts.push(if small {
        let numbers = name("set").index([name("int")]);
        Stmt::Annotated(name("totals"), numbers, Some(name("set").call([])))
    } else {
        let params = dict([(text("limit"), int(100.min(most)))]);
        let all = items(get(&scenery, Some(params)), tests.lists());
        assign("total", name("len").call_with([all]))
    });
    let strings = || name("dict").index([name("str"), name("str")]);
    let first = dict([(text("sort"), name("sort").attr("value")), (text("limit"), text("1"))]);
    let next = tests.lists().wire(PagePart::Next).unwrap_or_default();
    let next = name("page").index([text(next)]);
    let walk = vec![
        Stmt::Annotated(name("params"), strings(), Some(first)),
        Stmt::Annotated(name("seen"), name("list").index([name("object")]), Some(list([]))),
        Stmt::While(
            boolean(true),
            vec![
                assign("page", json(get(&scenery, Some(name("params"))))),
                Stmt::Augment(
                    name("seen"),
                    BinaryOperator::Add,
                    rows_of(name("page"), tests.lists()),
                ),
                crate::python::build::if_(next.clone().is(none()), vec![Stmt::Break]),
                Stmt::Assign(name("params").index([text("cursor")]), next),
            ],
        ),
        if small {
            name("totals").attr("add").call_with([seen()]).stmt()
        } else {
            equals(seen(), name("total"))
        },
    ];
    stmts.push(each(name("sort"), from(module, sort), walk));
    if small {
        stmts.push(equals(name("len").call_with([name("totals")]), int(1)));
    }
    let bad = dict([(text("cursor"), text("AAAA"))]);
    stmts.push(assign("bad", get(&scenery, Some(bad))));
    stmts.push(status(name("bad"), tests.invalid()));
    Some(test("test_pages", stmts))
}

fn refused(tests: &Tests<'_>, operation: &OperationPlan) -> Option<Stmt> {
    let (scenery, mut stmts) = rows(tests, operation, 1)?;
    let paged = tests.stage.resource.pagination == Pagination::Page;
    let cases = [("limit", "0"), ("limit", "1000"), ("sort", "nope"), ("no_such_filter", "1")];
    let cases = cases.into_iter().chain(paged.then_some(("page", "0")));
    let cases = cases.map(|(key, value)| tuple([text(key), text(value)]));
    let params = dict([(name("key"), name("value"))]);
    stmts.push(each(
        tuple([name("key"), name("value")]),
        tuple(cases),
        vec![
            assign("response", get(&scenery, Some(params))),
            status(name("response"), tests.invalid()),
        ],
    ));
    Some(test("test_bad_queries", stmts))
}

/// A list takes as many SELECTs for four rows as for one.
fn statements(tests: &Tests<'_>, operation: &OperationPlan) -> Option<Stmt> {
    let (scenery, mut stmts) = rows(tests, operation, 1)?;
    if tests.only_self(operation) || scenery.single {
        return None;
    }
    let counted = |into: &'static str| Stmt::With {
        is_async: false,
        items: vec![WithItem {
            context: from("tests.factories", "counted_selects").call_with([name("database")]),
            name: Some(stratapi_plan::PyIdent::known(into)),
        }],
        body: vec![status(get(&scenery, None), 200)],
    };
    stmts.push(counted("before"));
    stmts.push(more(tests, &scenery, 3));
    stmts.push(counted("after"));
    let length = |of: &'static str| name("len").call_with([name(of)]);
    stmts.push(equals(length("after"), length("before")));
    Some(test("test_listing_has_no_n_plus_one", stmts))
}
