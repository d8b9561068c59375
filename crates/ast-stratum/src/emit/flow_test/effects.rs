//! What a flow leaves behind: the rows that a test knows are read again, and compared with those of the
//! rehearsal. What was refused has left nothing.

use stratapi_plan::{EntityPlan, FieldPlan, FieldSource, PyIdent, ValueKind, ValueType};

use super::super::history::History;
use super::super::layer::Layer;
use super::super::testing::code::{equals, reading};
use super::super::testing::history::{Kept, kept};
use super::Case;
use super::value::{Known, UNIT};
use super::world::{Target, World};
use crate::python::build::{assign, comprehension, from, int, list, name, none, not, text};
use crate::python::{Expr, Stmt};
use crate::types;

/// A row that the test can name: its place in the world, its key, and a variable for it.
struct Named {
    row: usize,
    key: Expr,
    variable: PyIdent,
}

/// Statements that compare the rows of these variables, and those that they refer to, with what they
/// should be: as they are after the flow, or as before where it was refused.
pub(super) fn effects(
    case: &Case<'_>,
    variables: &[(usize, PyIdent)],
    (before, after): (&World, &World),
    refused: bool,
) -> Vec<Stmt> {
    let mut body = Vec::new();
    let all = named(case, variables, after);
    let keys: Vec<(usize, Expr)> = all.iter().map(|it| (it.row, it.key.clone())).collect();
    for named in all {
        let row = &after.rows[named.row];
        let entity = &case.plan.entities[row.entity];
        let start = match before.rows.get(named.row) {
            Some(known) => known.clone(),
            None => World::default().fresh(case.plan, row.entity),
        };
        let model = || from("app.models", &entity.class);
        let session = || name("session");
        if row.gone {
            let found = session().attr("get").call_with([model(), named.key]).awaited();
            body.push(Stmt::Assert(if refused { found.is_not(none()) } else { found.is(none()) }));
            continue;
        }
        let expected = if refused { &start } else { row };
        let changed = entity.fields.iter().enumerate().filter(|(field, _)| {
            let (was, is) = (&start.values[*field], &row.values[*field]);
            was != is && (*is != Known::Something || *was == Known::Null)
        });
        let mut asserts: Vec<Stmt> = changed
            .filter_map(|(field, plan)| {
                let stored = name(&named.variable).attr(&plan.model_attribute);
                compared(case, plan, stored, &expected.values[field])
            })
            .collect();
        if !refused {
            let ends = Ends { known: before.rows.len(), keys: &keys };
            asserts.extend(ends.led(entity, &named.variable, (&start.targets, &row.targets)));
        }
        if !asserts.is_empty() {
            let found = session().attr("get_one").call_with([model(), named.key]).awaited();
            body.push(assign(&named.variable, found));
            body.extend(asserts);
        }
    }
    body.extend(made(case, (before, after), refused));
    body.extend(told(case, after, refused));
    body.extend(changed(case, after, refused));
    body.extend(postponed(case, after, refused));
    if body.is_empty() {
        return Vec::new();
    }
    vec![reading(body)]
}

/// Where references can lead that a test knows.
struct Ends<'a> {
    /// How many rows there were before the flow.
    known: usize,
    keys: &'a [(usize, Expr)],
}

impl Ends<'_> {
    /// `assert ticket_after.owner_id == caller.id`: where the flow has led references.
    fn led(
        &self,
        entity: &EntityPlan,
        variable: &PyIdent,
        (before, after): (&[Target], &[Target]),
    ) -> Vec<Stmt> {
        let all = entity.references.iter().zip(before.iter().zip(after));
        let moved = all.filter_map(|(reference, (was, is))| {
            let [attribute] = reference.key_attributes.as_slice() else { return None };
            let place = name(variable).attr(attribute);
            match is {
                Target::Nowhere if was != is => Some(Stmt::Assert(place.is(none()))),
                Target::Row(row) if was != is && *row < self.known => {
                    let (_, key) = self.keys.iter().find(|(it, _)| it == row)?;
                    Some(equals(place, key.clone()))
                }
                _ => None,
            }
        });
        moved.collect()
    }
}

/// How many rows the flow has made of entities that had none.
fn made(case: &Case<'_>, (before, after): (&World, &World), refused: bool) -> Vec<Stmt> {
    let present = with_what_they_need(case, before);
    let mut counts: Vec<(usize, i64)> = Vec::new();
    for row in after.rows.iter().filter(|row| row.created && !present.contains(&row.entity)) {
        let more = i64::from(!row.gone && !refused);
        match counts.iter_mut().find(|(entity, _)| *entity == row.entity) {
            Some((_, count)) => *count += more,
            None => counts.push((row.entity, more)),
        }
    }
    let counts = counts.into_iter().map(|(entity, count)| {
        let model = from("app.models", &case.plan.entities[entity].class);
        let all = from("sqlalchemy", "func").attr("count").call([]);
        let statement = from("sqlalchemy", "select").call_with([all]);
        let statement = statement.attr("select_from").call_with([model]);
        let found = name("session").attr("scalar").call_with([statement]).awaited();
        equals(found, int(count))
    });
    counts.collect()
}

/// Which flows are to be done later: they are stored in the transaction of this one.
fn postponed(case: &Case<'_>, after: &World, refused: bool) -> Option<Stmt> {
    if after.later.is_empty() {
        return None;
    }
    let stored = from("tests.jobs", "stored").call_with([name("database")]).awaited();
    if refused {
        return Some(Stmt::Assert(not(stored)));
    }
    let names = after.later.iter().map(|flow| text(&*case.plan.flows[*flow].name));
    let each = comprehension("job", stored);
    let found = Expr::ListComp(Box::new(name("job").attr("name")), vec![each]);
    Some(equals(found, list(names)))
}

/// Which events wait to be delivered, and what they tell as far as it is known.
fn told(case: &Case<'_>, after: &World, refused: bool) -> Vec<Stmt> {
    if after.told.is_empty() {
        return Vec::new();
    }
    let statement = from("sqlalchemy", "select").call_with([from("app.models", "OutboxEvent")]);
    let found = name("session").attr("scalars").call_with([statement]).awaited();
    if refused {
        return vec![Stmt::Assert(not(found.attr("all").call([])))];
    }
    let mut names: Vec<&str> =
        after.told.iter().map(|(event, _)| case.plan.events[*event].name.as_str()).collect();
    names.sort_unstable();
    let each = comprehension("event", name("told"));
    let all = Expr::ListComp(Box::new(name("event").attr("name")), vec![each]);
    let all = if names.len() > 1 { name("sorted").call_with([all]) } else { all };
    let mut stmts = vec![
        assign("told", found.attr("all").call([])),
        equals(all, list(names.into_iter().map(text))),
    ];
    // Several have no order that can be told beforehand.
    let [(event, values)] = after.told.as_slice() else { return stmts };
    let members = case.plan.events[*event].members.iter().zip(values);
    stmts.extend(members.filter_map(|(member, value)| {
        let payload = name("told").index([int(0)]).attr("payload");
        let place = payload.index([text(&*member.wire)]);
        Some(match (value, &member.ty.kind) {
            (Known::Null, _) => Stmt::Assert(place.is(none())),
            (Known::Bool(value), _) => Stmt::Assert(place.is(Expr::Bool(*value))),
            (Known::Number(number), ValueKind::Int { .. }) => equals(place, int(number / UNIT)),
            (Known::Number(number), ValueKind::Decimal { scale, .. }) => {
                equals(place, text(decimal(*number, *scale)?))
            }
            (Known::Text(value), _) => equals(place, text(value)),
            _ => return None,
        })
    }));
    stmts
}

/// What stands in the histories that the flow writes to. They go with their rows.
fn changed(case: &Case<'_>, after: &World, refused: bool) -> Vec<Stmt> {
    let mut stmts = Vec::new();
    let layers = (0..case.plan.entities.len()).map(|index| Layer::new(case.plan, index));
    for history in layers.flat_map(History::all) {
        let mut found = Vec::new();
        for change in after.changes.iter().filter(|change| !after.rows[change.row].gone) {
            let entity = after.rows[change.row].entity;
            let transition = &case.plan.entities[entity].transitions[change.transition];
            if entity != history.layer.index || !history.tells_of(change.transition) {
                continue;
            }
            let members = &case.plan.enums[history.machine.states].members;
            found.push(Kept {
                transition: transition.name.clone(),
                from: change.from.clone(),
                to: members[transition.to].value.clone(),
            });
        }
        if refused && (!found.is_empty() || history.is_written_by(case.flow)) {
            stmts.extend(kept(history, Vec::new(), false));
        } else if !found.is_empty() {
            stmts.extend(kept(history, found, !case.is_open()));
        }
    }
    stmts
}

/// A decimal as JSON has it, if it has no more digits than its type.
fn decimal(number: i128, scale: u32) -> Option<String> {
    let (whole, part) = digits(number);
    let part = format!("{part}{:0<20}", "");
    let (kept, rest) = part.split_at_checked(usize::try_from(scale).ok()?)?;
    let point = if kept.is_empty() { "" } else { "." };
    rest.bytes().all(|digit| digit == b'0').then(|| format!("{whole}{point}{kept}"))
}

/// What stands before its point, with the sign, and the six digits behind it.
fn digits(number: i128) -> (String, String) {
    let sign = if number < 0 { "-" } else { "" };
    (format!("{sign}{}", number.abs() / UNIT), format!("{:06}", number.abs() % UNIT))
}

/// The entities of rows, and of all that these refer to.
fn with_what_they_need(case: &Case<'_>, world: &World) -> Vec<usize> {
    let mut all: Vec<usize> = Vec::new();
    let mut open: Vec<usize> = world.rows.iter().map(|row| row.entity).collect();
    while let Some(entity) = open.pop() {
        if !all.contains(&entity) {
            all.push(entity);
            open.extend(case.plan.entities[entity].references.iter().map(|it| it.target));
        }
    }
    all
}

/// The rows of variables, then those that they refer to, each once.
fn named(case: &Case<'_>, variables: &[(usize, PyIdent)], world: &World) -> Vec<Named> {
    let mut all: Vec<Named> = Vec::new();
    for (row, variable) in variables {
        let entity = &case.plan.entities[world.rows[*row].entity];
        if let [part] = entity.key.as_slice()
            && !all.iter().any(|known| known.row == *row)
        {
            let key = name(variable).attr(&part.attribute);
            all.push(Named { row: *row, key, variable: later(variable.as_str()) });
        }
    }
    for (row, variable) in variables {
        let entity: &EntityPlan = &case.plan.entities[world.rows[*row].entity];
        for (reference, target) in entity.references.iter().zip(&world.rows[*row].targets) {
            let (Target::Row(target), [key]) = (target, reference.key_attributes.as_slice()) else {
                continue;
            };
            if !reference.nullable && !all.iter().any(|known| known.row == *target) {
                let key = name(variable).attr(key);
                let variable = later(&format!("{variable}_{}", reference.word));
                all.push(Named { row: *target, key, variable });
            }
        }
    }
    all
}

fn later(variable: &str) -> PyIdent {
    PyIdent::known(format!("{variable}_after"))
}

/// `assert account_after.balance == Decimal("87.50")`
fn compared(case: &Case<'_>, field: &FieldPlan, stored: Expr, value: &Known) -> Option<Stmt> {
    if field.source != FieldSource::Attribute || field.ty.list {
        return None;
    }
    let literal = |text: &str| {
        let ty = ValueType { nullable: false, ..field.ty.clone() };
        types::literal(case.plan, &ty, text)
    };
    Some(match (value, &field.ty.kind) {
        (Known::Null, _) => Stmt::Assert(stored.is(none())),
        (Known::Something, _) => Stmt::Assert(stored.is_not(none())),
        (Known::Bool(value), _) => Stmt::Assert(stored.is(Expr::Bool(*value))),
        (Known::Number(number), ValueKind::Int { .. }) => equals(stored, int(number / UNIT)),
        (Known::Number(number), ValueKind::Decimal { .. }) => {
            let (whole, part) = digits(*number);
            let number = format!("{whole}.{part}");
            equals(stored, literal(number.trim_end_matches('0').trim_end_matches('.')))
        }
        (Known::Text(member), ValueKind::Enum(index)) => {
            let members = &case.plan.enums[*index].members;
            let position = members.iter().position(|it| it.value == *member)?;
            Stmt::Assert(stored.is(literal(&position.to_string())))
        }
        (Known::Text(value), _) => equals(stored, text(value)),
        _ => return None,
    })
}
