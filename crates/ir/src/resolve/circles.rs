//! Circles of required references: no row of them could be the first. One reference of each such circle is
//! taken as optional, with a warning, so that rows can be made one after the other.

use std::collections::BTreeSet;

use stratapi_diagnostics::{Code, Diagnostic};

use super::Context;
use crate::graph::{Edge, breaking};
use crate::model::{EntityId, Relationship, RelationshipId};
use crate::syntax::{Entry, Node};

/// Marks the references that are taken as optional.
pub(super) fn relax(api: Option<&Node>, context: &mut Context) {
    let parents = parents(api, context);
    let mut edges = Vec::new();
    let mut places = Vec::new();
    for entity in context.ids() {
        let draft = context.draft(entity);
        for (position, relationship) in draft.entity.relationships.iter().enumerate() {
            let id = RelationshipId::at(position);
            let to_one = relationship.kind.is_to_one();
            if to_one && !relationship.nullable && !draft.loose.contains(&id) {
                let rank = rank(relationship, parents.contains(&(entity, id)));
                let (from, to) = (entity.index(), relationship.target.index());
                edges.push(Edge { from, to, rank });
                places.push((entity, id));
            }
        }
    }
    for edge in breaking(context.entities.len(), &edges) {
        let (entity, id) = places[edge];
        context.draft_mut(entity).entity.relationships[id.index()].relaxed = true;
    }
}

/// Warns of each, but for those of entities of which more was said.
pub(super) fn warn(told: &BTreeSet<EntityId>, context: &mut Context) {
    for entity in context.ids().filter(|entity| !told.contains(entity)).collect::<Vec<_>>() {
        let relationships = context.draft(entity).entity.relationships.iter().enumerate();
        let relaxed = relationships.filter(|(_, relationship)| relationship.relaxed);
        for id in relaxed.map(|(position, _)| RelationshipId::at(position)).collect::<Vec<_>>() {
            context.report(finding(entity, id, context));
        }
    }
}

/// The relationships that nested collections hang on. What is wrong with them is said later.
fn parents(api: Option<&Node>, context: &Context) -> Vec<(EntityId, RelationshipId)> {
    let resources = api.and_then(|api| api.get("resources")).map_or(&[][..], Node::entries);
    let parent = |entry: &Entry| {
        let (head, tail) = entry.value.text("under")?.text.split_once('.')?;
        let find = |name: &str| context.entities.get_index_of(name).map(EntityId::at);
        let (entity, parent) = (find(&entry.key.value)?, find(head)?);
        let mut ends = context.draft(parent).entity.inverses.iter();
        let end = ends.find(|end| end.name.value == tail && end.entity == entity)?;
        Some((entity, end.relationship))
    };
    resources.iter().filter_map(parent).collect()
}

/// What clients send is given up first; a key or the row that a collection hangs on, last.
fn rank(relationship: &Relationship, nested: bool) -> u8 {
    match relationship {
        _ if relationship.primary => 4,
        _ if nested => 3,
        _ if relationship.set_current_user => 2,
        _ if relationship.readonly || relationship.immutable => 1,
        _ => 0,
    }
}

fn finding(entity: EntityId, id: RelationshipId, context: &Context) -> Diagnostic {
    let entity = &context.draft(entity).entity;
    let relationship = &entity.relationships[id.index()];
    let target = &context.draft(relationship.target).entity;
    let (name, other) = (&relationship.name.value, &target.name.value);
    Diagnostic::warning(
        Code::W0002,
        format!(
            "`{}.{name}` is required, but stands in a circle of required references",
            entity.name.value
        ),
    )
    .at(relationship.span, "no row could be the first: this is taken as optional")
    .also(target.name.span, format!("`{other}` requires a `{}` in turn", entity.name.value))
    .help(format!("say so with `{other}?`, or make another reference of the circle optional"))
}
