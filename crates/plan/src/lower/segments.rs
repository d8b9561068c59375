//! Texts that stand in paths for a row, and the words there that have routes of their own.

use std::collections::{BTreeMap, BTreeSet};

use stratapi_ir::model::{ApplicationIr, Operation, Resource};

use super::keys::{KeyShape, KeySource, MAX_DEPTH};

/// The pattern of such a text. Servers take `%2F` for the `/` that it encodes and clients
/// resolve `.` and `..`, so no path would lead to a row with such a key.
pub const SEGMENT: &str = "^[^/]*[^./][^/]*$";

/// Attributes (entity, position) whose values stand in paths.
#[derive(Debug, Default)]
pub(super) struct Segments {
    lookups: BTreeSet<(usize, usize)>,
    /// Words that stand for something else in a path that ends with the value.
    reserved: BTreeMap<(usize, usize), BTreeSet<&'static str>>,
}

impl Segments {
    /// Those of all resources.
    pub(super) fn of(ir: &ApplicationIr, keys: &[Vec<KeyShape>]) -> Self {
        let mut segments = Self::default();
        let lookups =
            ir.api.resources.iter().filter_map(|it| Some((it.entity.index(), it.lookup?)));
        segments.lookups = lookups.map(|(entity, lookup)| (entity, lookup.index())).collect();
        let by_lookup: BTreeSet<usize> =
            segments.lookups.iter().map(|(entity, _)| *entity).collect();
        for resource in &ir.api.resources {
            let words = words(ir, resource);
            if !words.is_empty()
                && let Some(last) = last(ir, keys, &by_lookup, resource)
            {
                segments.reserved.entry(last).or_default().extend(words);
            }
        }
        segments
    }

    /// Whether an attribute stands in the paths of its rows.
    pub(super) fn contain(&self, ir: &ApplicationIr, entity: usize, position: usize) -> bool {
        ir.domain.entities[entity].attributes[position].flags.primary
            || self.lookups.contains(&(entity, position))
    }

    /// Words that no value of this attribute may be, in ascending order.
    pub(super) fn reserved(&self, entity: usize, position: usize) -> Vec<&'static str> {
        self.reserved.get(&(entity, position)).into_iter().flatten().copied().collect()
    }
}

/// Words that stand directly below a collection beside its rows.
pub(super) fn words(ir: &ApplicationIr, resource: &Resource) -> Vec<&'static str> {
    let bulk = resource.operations.contains(&Operation::BulkCreate);
    let security = ir.security.as_ref();
    let own = security.is_some_and(|security| security.authentication.user == resource.entity)
        && resource.under.is_none();
    [bulk.then_some("bulk"), own.then_some("me")].into_iter().flatten().collect()
}

/// Entity and position of the attribute whose value is the one segment that stands for a row.
fn last(
    ir: &ApplicationIr,
    keys: &[Vec<KeyShape>],
    by_lookup: &BTreeSet<usize>,
    resource: &Resource,
) -> Option<(usize, usize)> {
    let entity = resource.entity.index();
    if let Some(lookup) = resource.lookup {
        return Some((entity, lookup.index()));
    }
    let under = resource.under.as_ref();
    let given = under
        .filter(|under| !by_lookup.contains(&under.parent.index()))
        .map(|under| KeySource::Relationship(under.relationship.index(), 0));
    let mut parts = keys[entity].iter().filter(|part| Some(part.source) != given);
    match (parts.next(), parts.next()) {
        (Some(part), None) => declared(ir, keys, entity, part.source),
        _ => None,
    }
}

/// The attribute that a part of a key is in the end, if it is no `id`. Keys that lead to
/// themselves, which are reported elsewhere, end nowhere.
fn declared(
    ir: &ApplicationIr,
    keys: &[Vec<KeyShape>],
    mut entity: usize,
    mut source: KeySource,
) -> Option<(usize, usize)> {
    for _ in 0..=MAX_DEPTH {
        match source {
            KeySource::Base => return None,
            KeySource::Attribute(position) => return Some((entity, position)),
            KeySource::Relationship(position, part) => {
                entity = ir.domain.entities[entity].relationships[position].target.index();
                source = keys[entity].get(part)?.source;
            }
        }
    }
    None
}
