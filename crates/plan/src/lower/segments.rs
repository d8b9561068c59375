//! Texts that stand in paths for a row, and the words there that have routes of their own.

use stratapi_ir::model::{AttributeId, Operation, Resource};

use super::draft::Context;
use super::keys::{KeySource, MAX_DEPTH};

/// The pattern of such a text. Servers take `%2F` for the `/` that it encodes and clients
/// resolve `.` and `..`, so no path would lead to a row with such a key.
pub const SEGMENT: &str = "^[^/]*[^./][^/]*$";

/// Whether an attribute stands in the paths of its rows.
pub(super) fn is_segment(context: &Context<'_>, entity: usize, position: usize) -> bool {
    let id = AttributeId::at(position);
    let resources = &context.ir.api.resources;
    context.entity(entity).attributes[position].flags.primary
        || resources
            .iter()
            .any(|resource| resource.entity.index() == entity && resource.lookup == Some(id))
}

/// Words that no value of this attribute may be: they stand for something else in a path that
/// ends with the value.
pub(super) fn reserved(context: &Context<'_>, entity: usize, position: usize) -> Vec<&'static str> {
    let ends = |resource: &&Resource| last(context, resource) == Some((entity, position));
    let mut words: Vec<&'static str> =
        context.ir.api.resources.iter().filter(ends).flat_map(|it| words(context, it)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Words that stand directly below a collection beside its rows.
pub(super) fn words(context: &Context<'_>, resource: &Resource) -> Vec<&'static str> {
    let bulk = resource.operations.contains(&Operation::BulkCreate);
    let security = context.ir.security.as_ref();
    let own = security.is_some_and(|security| security.authentication.user == resource.entity);
    [bulk.then_some("bulk"), own.then_some("me")].into_iter().flatten().collect()
}

/// Entity and position of the attribute whose value is the one segment that stands for a row.
fn last(context: &Context<'_>, resource: &Resource) -> Option<(usize, usize)> {
    let entity = resource.entity.index();
    if let Some(lookup) = resource.lookup {
        return Some((entity, lookup.index()));
    }
    let under = resource.under.as_ref();
    let by_lookup = context.ir.api.resources.iter().any(|parent| {
        under.is_some_and(|under| under.parent == parent.entity) && parent.lookup.is_some()
    });
    let given = under
        .filter(|_| !by_lookup)
        .map(|under| KeySource::Relationship(under.relationship.index(), 0));
    let mut parts = context.keys[entity].iter().filter(|part| Some(part.source) != given);
    match (parts.next(), parts.next()) {
        (Some(part), None) => declared(context, entity, part.source),
        _ => None,
    }
}

/// The attribute that a part of a key is in the end, if it is no `id`. Keys that lead to
/// themselves, which are reported elsewhere, end nowhere.
fn declared(
    context: &Context<'_>,
    mut entity: usize,
    mut source: KeySource,
) -> Option<(usize, usize)> {
    for _ in 0..=MAX_DEPTH {
        match source {
            KeySource::Base => return None,
            KeySource::Attribute(position) => return Some((entity, position)),
            KeySource::Relationship(position, part) => {
                entity = context.entity(entity).relationships[position].target.index();
                source = context.keys[entity].get(part)?.source;
            }
        }
    }
    None
}
