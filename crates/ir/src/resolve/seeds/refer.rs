//! The seeds that a seed names: by the value of one attribute in which no two rows agree, or by a
//! mapping of values that one seed alone has.

use stratapi_diagnostics::{Code, Diagnostic};

use super::super::{Context, literal};
use super::{Seeded, keys, wrong};
use crate::graph::{Edge, breaking, order};
use crate::model::{AttributeId, Column, EntityId, Literal, Member, RelationshipId};
use crate::shorthand::Raw;
use crate::suggest::advice;
use crate::syntax::{Node, Value};

/// Finds the seeds of other entities that the seeds of one name.
pub(super) fn others(index: usize, all: &mut [Seeded<'_>], context: &mut Context) -> bool {
    look(index, all, context, |own, target| own != target)
}

/// The same for seeds of the entity itself; then brings those that are named before the others.
pub(super) fn own(index: usize, all: &mut [Seeded<'_>], context: &mut Context) -> bool {
    look(index, all, context, |own, target| own == target) && sort(index, all, context)
}

fn look(
    index: usize,
    all: &mut [Seeded<'_>],
    context: &mut Context,
    wanted: fn(EntityId, EntityId) -> bool,
) -> bool {
    let before = context.findings.len();
    let entity = all[index].entity;
    let relationships = context.draft(entity).entity.relationships.clone();
    for position in 0..all[index].rows.len() {
        let named = all[index].rows[position].named.clone();
        let named = named.into_iter().map(|(id, node)| (id, node, &relationships[id.index()]));
        for (id, node, relationship) in named.filter(|it| wanted(entity, it.2.target)) {
            if relationship.kind.is_to_one() {
                let found = find(relationship.target, node, all, context);
                let row = &mut all[index].rows[position];
                row.references.extend(found.map(|found| (id, found)));
            } else {
                let found = several(relationship.target, node, all, context);
                let row = &mut all[index].rows[position];
                row.links.extend(found.map(|found| (id, found)));
            }
        }
        let row = &mut all[index].rows[position];
        row.references.sort_by_key(|(id, _)| *id);
        row.links.sort_by_key(|(id, _)| *id);
    }
    context.findings.len() == before
}

/// Several seeds, each once.
fn several(
    target: EntityId,
    node: &Node,
    all: &[Seeded<'_>],
    context: &mut Context,
) -> Option<Vec<usize>> {
    let Value::Seq(items) = &node.value else {
        let message = "many seeds are named by a list".to_owned();
        wrong(node.span, message, "write them in brackets: `[first, second]`", context);
        return None;
    };
    let mut found = Vec::new();
    for item in items {
        let seed = find(target, item, all, context)?;
        if found.contains(&seed) {
            wrong(item.span, "this seed is named twice", "name it once", context);
            return None;
        }
        found.push(seed);
    }
    Some(found)
}

/// The seed that is named; reports why there is none.
fn find(target: EntityId, node: &Node, all: &[Seeded<'_>], context: &mut Context) -> Option<usize> {
    let name = context.draft(target).entity.name.value.clone();
    let Some(rows) = all.iter().find(|rows| rows.entity == target) else {
        let help = if context.account == Some(target) {
            "accounts are no seeds: leave this out".to_owned()
        } else {
            format!("give `{name}` seeds, or leave this out")
        };
        wrong(node.span, format!("`{name}` has no seeds"), help, context);
        return None;
    };
    let matching = match &node.value {
        Value::Map(_) => by_mapping(rows, node, all, context)?,
        _ => by_value(rows, node, context),
    };
    match &matching[..] {
        [one] => Some(*one),
        [] => {
            let known: Vec<&str> = rows.rows.iter().map(|row| &*row.key).collect();
            let said = node.source().map_or("", |source| source.text);
            let help = advice(said, known.iter().copied());
            wrong(node.span, format!("this names no seed of `{name}`"), help, context);
            None
        }
        [..] => {
            let help = "say more of it, or what no other has";
            wrong(node.span, format!("this names several seeds of `{name}`"), help, context);
            None
        }
    }
}

/// Seeds by the first attribute in which no two rows agree and one of them has the value.
fn by_value(rows: &Seeded<'_>, node: &Node, context: &Context) -> Vec<usize> {
    let singles = rows.groups.iter().filter_map(|group| match group[..] {
        [Member::Column(Column::Attribute(id))] => Some(id),
        _ => None,
    });
    let found = singles.map(|id| having(rows, id, node, context));
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// Seeds that have a value in an attribute.
fn having(rows: &Seeded<'_>, id: AttributeId, node: &Node, context: &Context) -> Vec<usize> {
    let ty = literal::unbounded(&context.draft(rows.entity).entity.attributes[id.index()].ty);
    let Ok(Some(text)) =
        literal::literal(&ty, false, &Raw::of(node), context).map(|it| keys::text(&it))
    else {
        return Vec::new();
    };
    let has = |values: &[(AttributeId, Literal)]| {
        let found = values.iter().find(|(it, _)| *it == id);
        found.and_then(|(_, value)| keys::text(value)).is_some_and(|it| it == text)
    };
    let all = rows.rows.iter().enumerate();
    all.filter(|(_, row)| has(&row.values)).map(|(index, _)| index).collect()
}

/// Seeds that have all the values of a mapping.
fn by_mapping(
    rows: &Seeded<'_>,
    node: &Node,
    all: &[Seeded<'_>],
    context: &mut Context,
) -> Option<Vec<usize>> {
    let mut matching: Vec<usize> = (0..rows.rows.len()).collect();
    for entry in node.entries() {
        let draft = context.draft(rows.entity);
        let name = &entry.key.value;
        if let Some(id) = draft.attributes.get(name).copied() {
            let found = having(rows, id, &entry.value, context);
            matching.retain(|index| found.contains(index));
        } else if let Some(id) = draft.relationships.get(name).copied() {
            let target = draft.entity.relationships[id.index()].target;
            let wanted = find(target, &entry.value, all, context)?;
            let leads = |index: &usize| rows.rows[*index].references.contains(&(id, wanted));
            matching.retain(leads);
        } else {
            let known: Vec<String> =
                draft.attributes.keys().chain(draft.relationships.keys()).cloned().collect();
            let what = format!("member of `{}`", draft.entity.name.value);
            context.unknown(&what, name, entry.key.span, &known);
            return None;
        }
    }
    Some(matching)
}

/// Brings the seeds that others of the entity name before these; the rest stays in its order.
fn sort(index: usize, all: &mut [Seeded<'_>], context: &mut Context) -> bool {
    let entity = all[index].entity;
    let relationships = context.draft(entity).entity.relationships.clone();
    let is_own = |id: &RelationshipId| relationships[id.index()].target == entity;
    let mut edges = Vec::new();
    for (from, row) in all[index].rows.iter().enumerate() {
        let one = row.references.iter().filter(|(id, _)| is_own(id)).map(|(_, to)| *to);
        let many = row.links.iter().filter(|(id, _)| is_own(id)).flat_map(|(_, to)| to.clone());
        edges.extend(one.chain(many).map(|to| Edge { from, to, rank: 0 }));
    }
    let itself = edges.iter().position(|edge| edge.from == edge.to);
    let circle = breaking(all[index].rows.len(), &edges).into_iter().next();
    if let Some(position) = itself.or(circle) {
        let Edge { from, to, .. } = edges[position];
        let rows = &all[index].rows;
        let finding = Diagnostic::error(Code::E0324, "these seeds refer to each other in a circle")
            .at(rows[from].span, "none of them could be the first")
            .also(rows[to].span, "this is one that it refers to")
            .help("leave one of the references out");
        context.report(finding);
        return false;
    }
    let sorted = order(all[index].rows.len(), edges.iter().map(|edge| (edge.from, edge.to)));
    let place = |old: usize| sorted.iter().position(|it| *it == old).unwrap_or(old);
    let mut rows: Vec<Option<_>> =
        std::mem::take(&mut all[index].rows).into_iter().map(Some).collect();
    let mut moved: Vec<_> = sorted.iter().filter_map(|old| rows[*old].take()).collect();
    for row in &mut moved {
        for (_, to) in row.references.iter_mut().filter(|(id, _)| is_own(id)) {
            *to = place(*to);
        }
        for (_, all) in row.links.iter_mut().filter(|(id, _)| is_own(id)) {
            all.iter_mut().for_each(|to| *to = place(*to));
        }
    }
    all[index].rows = moved;
    true
}
