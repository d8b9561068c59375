//! Views: reads show what they name, nothing else, and related rows along.

use stratapi_plan::{
    EntityPlan, FlagPlan, NestedPlan, Operation, OperationPlan, PyIdent, ShownPlan, ValueKind,
    ViewMemberPlan, ViewPlan,
};

use super::super::testing::code::{equals, items, reading, request, status, test};
use super::super::testing::scene::{Scene, satisfied};
use super::super::testing::stage::{Scenery, factory};
use super::Tests;
use super::attributes::failing;
use super::rows::headers;
use crate::python::build::{arg, assign, boolean, comprehension, dict, from, kw, list, name, text};
use crate::python::{Argument, Expr, Stmt};
use crate::schemas;

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    let shown = [
        read(tests, Operation::Get, "test_read_shows_its_view"),
        read(tests, Operation::List, "test_list_shows_its_view"),
        read(tests, Operation::Update, "test_update_shows_its_view"),
    ];
    let mut all: Vec<Stmt> = shown.into_iter().flatten().collect();
    if let Some(get) = tests.operation(Operation::Get)
        && let Some(view) = tests.stage.entity.view(get)
    {
        for member in &view.members {
            let ShownPlan::Flag(index) = member.shown else { continue };
            let flag = &tests.stage.entity.flags[index];
            all.extend(
                [told(tests, get, member, flag), not_told(tests, get, member, flag)]
                    .into_iter()
                    .flatten(),
            );
        }
    }
    all
}

/// `test_liked_is_told`: to those for whom it holds.
fn told<'a>(
    tests: &Tests<'a>,
    get: &'a OperationPlan,
    member: &ViewMemberPlan,
    flag: &'a FlagPlan,
) -> Option<Stmt> {
    let stage = &tests.stage;
    let scene = satisfied(stage.plan, stage.entity, Scene::default(), &flag.predicate)?;
    let scenery = stage.with_scene(&tests.rules(get), scene)?;
    Some(of_flag(tests, &scenery, member, true))
}

/// `test_liked_is_not_told`: to others.
fn not_told<'a>(
    tests: &Tests<'a>,
    get: &'a OperationPlan,
    member: &ViewMemberPlan,
    flag: &FlagPlan,
) -> Option<Stmt> {
    let (scenery, _) = failing(tests, get, &flag.predicate, &Scene::default())?;
    Some(of_flag(tests, &scenery, member, false))
}

fn of_flag(tests: &Tests<'_>, scenery: &Scenery<'_>, member: &ViewMemberPlan, holds: bool) -> Stmt {
    let mut stmts = scenery.stmts.clone();
    stmts.push(assign("response", request("get", tests.item(), headers(scenery))));
    stmts.push(status(name("response"), 200));
    let shown = tests.row("response").index([text(&member.wire)]);
    stmts.push(Stmt::Assert(shown.is(boolean(holds))));
    let word = member.attribute.as_str().trim_matches('_');
    let end = if holds { "is_told" } else { "is_not_told_to_others" };
    test(PyIdent::known(format!("test_{word}_{end}")), stmts)
}

/// One row, and in it each relationship that the view shows.
fn read(tests: &Tests<'_>, operation: Operation, title: &'static str) -> Option<Stmt> {
    let stage = &tests.stage;
    let plan = tests.operation(operation)?;
    let view = stage.entity.view(plan)?;
    let linked = view.nested().filter_map(|nested| linked(tests, nested));
    let values: Vec<(PyIdent, Expr)> = linked.collect();
    let scenery = stage.with_values(&tests.rules(plan), values)?;
    let mut stmts = scenery.stmts.clone();
    let held: Vec<&NestedPlan> =
        view.nested().filter(|nested| stmts_of(tests, nested, &mut stmts)).collect();
    let asked = match operation {
        Operation::List => request("get", tests.collection(), headers(&scenery)),
        Operation::Update => {
            let sent = tests.sent(dict([]));
            request("patch", tests.item(), std::iter::once(sent).chain(headers(&scenery)))
        }
        _ => request("get", tests.item(), headers(&scenery)),
    };
    stmts.push(assign("response", asked));
    stmts.push(status(name("response"), 200));
    let shown = if operation == Operation::List {
        // The rows of a list that is one account's own may be others.
        items(name("response"), tests.lists()).index([Expr::Int("0".to_owned())])
    } else {
        tests.row("response")
    };
    stmts.push(assign("shown", shown));
    stmts.push(members(tests, stage.entity, view, name("shown")));
    if operation == Operation::List {
        return Some(test(title, stmts));
    }
    stmts.extend(stored(tests, view));
    for member in &view.members {
        let ShownPlan::Rows(nested) = &member.shown else {
            stmts.extend(value(stage.entity, member, &name("shown"), name("row")));
            continue;
        };
        let place = name("shown").index([text(&member.wire)]);
        let (target, view) = target(tests, nested);
        if nested.many && held.contains(&nested) {
            let keys = name("set").call_with([name("item")]);
            let each = Expr::ListComp(Box::new(keys), vec![comprehension("item", place)]);
            stmts.push(equals(each, list([names(tests, target, view)])));
        } else if !nested.many && !nested.nullable {
            stmts.push(members(tests, target, view, place.clone()));
            let row = name("stored").attr(&nested.relationship);
            let values = view.members.iter();
            stmts.extend(values.filter_map(|one| value(target, one, &place, row.clone())));
        }
    }
    Some(test(title, stmts))
}

/// `assert set(created) == {"id", "title"}`, where a creation shows a view.
pub(super) fn of_created(tests: &Tests<'_>) -> Option<Stmt> {
    let entity = tests.stage.entity;
    let view = entity.view(entity.operation(Operation::Create)?)?;
    Some(members(tests, entity, view, name("created")))
}

fn target<'a>(tests: &Tests<'a>, nested: &NestedPlan) -> (&'a EntityPlan, &'a ViewPlan) {
    let entity = &tests.stage.plan.entities[nested.entity];
    (entity, &entity.views[nested.view])
}

/// `{"id", "title"}`
fn names(tests: &Tests<'_>, entity: &EntityPlan, view: &ViewPlan) -> Expr {
    let members = schemas::view(tests.stage.plan, entity, view);
    Expr::Set(members.iter().map(|member| text(member.wire)).collect())
}

/// `assert set(shown) == {"id", "title"}`
fn members(tests: &Tests<'_>, entity: &EntityPlan, view: &ViewPlan, shown: Expr) -> Stmt {
    equals(name("set").call_with([shown]), names(tests, entity, view))
}

/// `assert shown["display_name"] == row.name`: what the view shows is what the row has.
fn value(entity: &EntityPlan, member: &ViewMemberPlan, shown: &Expr, row: Expr) -> Option<Stmt> {
    let ShownPlan::Own { attribute, .. } = &member.shown else { return None };
    let field = entity.fields.iter().find(|field| field.attribute == *attribute)?;
    let plain = matches!(
        field.ty.kind,
        ValueKind::Line { .. }
            | ValueKind::Text { .. }
            | ValueKind::Slug { .. }
            | ValueKind::Email
            | ValueKind::Bool
            | ValueKind::Int { .. }
    );
    let shown = shown.clone().index([text(&member.wire)]);
    plain.then(|| equals(shown, row.attr(&field.model_attribute)))
}

/// `stored`: the row with those that it refers to and the view shows.
fn stored(tests: &Tests<'_>, view: &ViewPlan) -> Option<Stmt> {
    let model = || from("app.models", &tests.stage.entity.class);
    let one = view.nested().filter(|nested| !nested.many && !nested.nullable);
    let options: Vec<Expr> = one
        .filter(|nested| {
            let (target, view) = target(tests, nested);
            let mut values = view.members.iter();
            values.any(|one| value(target, one, &name("shown"), name("stored")).is_some())
        })
        .map(|nested| {
            let loaded = model().attr(&nested.relationship);
            from("sqlalchemy.orm", "joinedload").call_with([loaded])
        })
        .collect();
    if options.is_empty() {
        return None;
    }
    let arguments = [arg(model()), arg(tests.stage.key()), kw("options", list(options))];
    let found = name("session").attr("get_one").call(arguments).awaited();
    Some(reading(vec![assign("stored", found)]))
}

/// A row that the row is linked with.
fn linked(tests: &Tests<'_>, nested: &NestedPlan) -> Option<(PyIdent, Expr)> {
    let links = &tests.stage.entity.links;
    let link = links.iter().find(|link| link.attribute == nested.relationship)?;
    link.association?;
    let (target, _) = target(tests, nested);
    target.stageable.then(|| (link.attribute.clone(), list([factory(&target.one, Vec::new())])))
}

/// Makes a row of those that refer to the row; whether there is one then.
fn stmts_of(tests: &Tests<'_>, nested: &NestedPlan, stmts: &mut Vec<Stmt>) -> bool {
    let entity = tests.stage.entity;
    let of = |attribute: &PyIdent| *attribute == nested.relationship;
    if entity.links.iter().any(|link| of(&link.attribute)) {
        return linked(tests, nested).is_some();
    }
    let Some(collection) = entity.collections.iter().find(|it| of(&it.attribute)) else {
        return false;
    };
    let (target, _) = target(tests, nested);
    let owner = match (collection.reference, collection.link) {
        (Some(reference), _) => kw(&target.references[reference].attribute, name("row")),
        (_, Some(link)) if target.links[link].association.is_some() => {
            kw(&target.links[link].attribute, list([name("row")]))
        }
        _ => return false,
    };
    if !target.stageable || !target.wanted.is_empty() {
        return false;
    }
    stmts.push(factory(&target.one, vec![owner.clone()]).stmt());
    if target.soft_delete && nested.many {
        // It is deleted, and so not shown.
        let deleted: Vec<Argument> = vec![owner, kw("is_active", boolean(false))];
        stmts.push(factory(&target.one, deleted).stmt());
    }
    true
}
