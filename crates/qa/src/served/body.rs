//! Bodies of the walk's requests, and what of them must stand in the answers.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use stratapi_plan::{
    EmbeddedPlan, EntityPlan, FieldPlan, FieldSource, KeyPart, Plan, Presence, ReferencePlan,
    Sample, Set, ValueKind, numbered,
};

/// Which values a row has: those of one row clash with those of no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Version {
    /// Stands in texts that must differ from row to row.
    pub(super) number: usize,
    /// Whether it has the second samples.
    pub(super) other: bool,
}

/// The row that the walk makes, the one that it makes in bulk, and what it changes the first to.
pub(super) const FIRST: Version = Version { number: 1, other: false };
pub(super) const SECOND: Version = Version { number: 2, other: true };
pub(super) const CHANGED: Version = Version { number: 3, other: true };
/// The second row of the walk, one that has what must be given only, and one that is refused.
pub(super) const OTHER: Version = Version { number: 4, other: true };
pub(super) const LEAST: Version = Version { number: 5, other: false };
pub(super) const REFUSED: Version = Version { number: 6, other: false };
/// A row that others refer to whose invariants ask for it.
pub(super) const WANTED: Version = Version { number: 7, other: false };

/// A row that an invariant keeps from being deleted.
pub(super) const KEPT: Version = Version { number: 8, other: false };
/// A row that an invariant forbids others to refer to.
pub(super) const FORBIDDEN: Version = Version { number: 9, other: false };

/// How many versions there are, with those of the accounts.
const VERSIONS: usize = 16;

/// A key that no row has.
pub(super) const NOBODY: &str = "0195c9a0-0000-7000-8000-00000000ffff";

/// A whole number that is no row's key.
pub(super) const NO_NUMBER: i64 = 987_654;
/// The number of a version that no row has.
const FAR: usize = 99;

/// Name of the second row of an entity.
pub(super) fn second(module: &str) -> String {
    format!("{module}__second")
}

/// Name of the row of an entity that has what must be given only.
pub(super) fn least(module: &str) -> String {
    format!("{module}__least")
}

/// Name of the row of one entity that the rows of another refer to, for its invariants to hold.
pub(super) fn wanted(module: &str, by: &str) -> String {
    format!("{module}__for__{by}")
}

/// The body of a create.
pub(super) fn create(plan: &Plan, entity: &EntityPlan, version: Version) -> Map<String, Value> {
    // Who creates rows may write what they need, but not all else.
    let sent =
        |field: &'_ FieldPlan| field.writable_by.is_none() || field.create == Presence::Required;
    let create = |field| if sent(field) { &field.create } else { &Presence::Absent };
    members(plan, entity, version, create, |e| &e.create, |r| &r.create)
}

/// The body of a replacement.
pub(super) fn replacement(plan: &Plan, entity: &EntityPlan) -> Map<String, Value> {
    members(plan, entity, FIRST, in_replacement, |e| &e.replace, |r| &r.replace)
}

/// Whether an attribute is set by a replacement: what not everybody may write stays as it is.
pub(super) fn in_replacement(field: &FieldPlan) -> &Presence {
    if field.writable_by.is_none() { &field.replace } else { &Presence::Absent }
}

/// The body of an update that changes every attribute that may change, if no other row can have its
/// value.
pub(super) fn changes(plan: &Plan, entity: &EntityPlan) -> Map<String, Value> {
    let mut body = Map::new();
    let free = |field: &&FieldPlan| is_open(field) && !may_repeat(entity, field);
    for field in entity.fields.iter().filter(free) {
        body.insert(field.wire.clone(), own(entity, field, CHANGED));
    }
    for embedded in entity.embedded.iter().filter(|embedded| embedded.update) {
        body.insert(embedded.wire.clone(), object(plan, entity, embedded, CHANGED));
    }
    body
}

/// Whether everybody may change an attribute who may change the row.
pub(super) fn is_open(field: &FieldPlan) -> bool {
    is_own(field) && field.update && field.writable_by.is_none()
}

/// The members of a body that an answer repeats exactly as they were sent.
pub(super) fn repeated(entity: &EntityPlan, body: &Map<String, Value>) -> Value {
    let members = entity.fields.iter().filter(|field| is_exact(field));
    let members =
        members.filter_map(|field| Some((field.wire.clone(), body.get(&field.wire)?.clone())));
    let links = entity
        .links
        .iter()
        .filter_map(|link| Some((link.ids_wire.clone(), body.get(&link.ids_wire)?.clone())));
    Value::Object(members.chain(links).collect())
}

/// The members by which an answer shows a row of the walk, by its name, and no other one.
pub(super) fn shown(entity: &EntityPlan, name: &str) -> Value {
    let exact = entity.fields.iter().filter(|field| is_exact(field));
    let exact =
        exact.map(|field| (field.wire.clone(), Value::String(format!("<{name}.{}>", field.wire))));
    let id = entity.surrogate_key.then(|| ("id".to_owned(), Value::String(format!("<{name}.id>"))));
    Value::Object(exact.chain(id).collect())
}

/// Whether every answer shows the attribute exactly as it was sent.
pub(super) fn is_exact(field: &FieldPlan) -> bool {
    is_own(field) && field.is_shown() && is_plain(field)
}

/// Whether an attribute is shown as it was sent, where it is.
pub(super) fn is_plain(field: &FieldPlan) -> bool {
    matches!(
        field.ty.kind,
        ValueKind::Line { .. }
            | ValueKind::Text { .. }
            | ValueKind::Int { .. }
            | ValueKind::Bool
            | ValueKind::Enum(_)
            | ValueKind::Uuid
            | ValueKind::Date
            | ValueKind::DateTime
            | ValueKind::Time
            | ValueKind::Decimal { .. }
            | ValueKind::Slug { .. }
            | ValueKind::Email
            | ValueKind::Json
    )
}

fn members<'e>(
    plan: &Plan,
    entity: &'e EntityPlan,
    version: Version,
    presence: impl Fn(&'e FieldPlan) -> &'e Presence,
    of_embedded: impl Fn(&'e EmbeddedPlan) -> &'e Presence,
    of_reference: impl Fn(&'e ReferencePlan) -> &'e Presence,
) -> Map<String, Value> {
    let mut body = Map::new();
    for field in entity.fields.iter().filter(|field| is_own(field)) {
        if *presence(field) != Presence::Absent {
            body.insert(field.wire.clone(), own(entity, field, version));
        }
    }
    let given = entity.embedded.iter().filter(|one| *of_embedded(one) != Presence::Absent);
    for embedded in given {
        body.insert(embedded.wire.clone(), object(plan, entity, embedded, version));
    }
    for reference in &entity.references {
        if *of_reference(reference) == Presence::Required && reference.set == Set::Client {
            let target = &plan.entities[reference.target];
            for (position, wire) in reference.key_wires.iter().enumerate() {
                body.insert(wire.clone(), Value::String(key(target, position)));
            }
        }
    }
    body
}

/// Whether two rows of the walk may have the same value where no two rows may.
pub(super) fn may_repeat(entity: &EntityPlan, field: &FieldPlan) -> bool {
    let value = |number| own(entity, field, Version { number, other: false }).to_string();
    field.distinct && (1..=VERSIONS).map(value).collect::<BTreeSet<_>>().len() < VERSIONS
}

/// A value of an attribute. Where no two rows may have the same one, a text counts, and so do keys,
/// numbers and days after those of the first row.
pub(super) fn own(entity: &EntityPlan, field: &FieldPlan, version: Version) -> Value {
    let value = value(&field.sample, entity, version);
    if version == FIRST || field.checked || !field.distinct {
        return value;
    }
    match (&field.ty.kind, &field.sample.value) {
        (ValueKind::Uuid, Value::String(text)) if text.len() == NOBODY.len() => {
            format!("{}{:04x}", &text[..NOBODY.len() - 4], 0xf000 + version.number).into()
        }
        (ValueKind::Int { min, max, .. }, Value::Number(number)) => {
            let step = i64::try_from(version.number).unwrap_or_default();
            let number = number.as_i64().unwrap_or_default();
            let mut others = [number.checked_add(step), number.checked_sub(step)].into_iter();
            let other = others.find_map(|it| it.filter(|it| (min..=max).contains(&it)));
            other.map_or(value, Value::from)
        }
        // Leap years: there is a day like this in each of them.
        (ValueKind::Date | ValueKind::DateTime, Value::String(text)) if text.len() > 4 => {
            format!("{}{}", 2000 + 4 * version.number, &text[4..]).into()
        }
        _ => value,
    }
}

pub(super) fn is_own(field: &FieldPlan) -> bool {
    field.source == FieldSource::Attribute
}

fn object(plan: &Plan, entity: &EntityPlan, embedded: &EmbeddedPlan, version: Version) -> Value {
    let parts = &plan.values[embedded.value].parts;
    let member =
        |part: &stratapi_plan::PartPlan| (part.wire.clone(), value(&part.sample, entity, version));
    Value::Object(parts.iter().map(member).collect())
}

/// A sample with its counter filled in.
pub(super) fn value(sample: &Sample, entity: &EntityPlan, version: Version) -> Value {
    let value = if version.other { &sample.other } else { &sample.value };
    numbered(value, entity.table * 10 + version.number)
}

/// A part of the key of the row that the walk has of an entity: `<post.id>`.
pub(super) fn key(entity: &EntityPlan, position: usize) -> String {
    format!("<{}.{}>", entity.module, entity.key_wire(&entity.key[position]))
}

/// The members by which answers name that row.
pub(super) fn keyed(entity: &EntityPlan) -> Value {
    let member = |(position, part): (usize, &KeyPart)| {
        (entity.key_wire(part).to_owned(), Value::String(key(entity, position)))
    };
    Value::Object(entity.key.iter().enumerate().map(member).collect())
}

/// The first part of a key that no row of the walk has, if such a one can be thought of.
pub(super) fn nobody(entity: &EntityPlan) -> Option<Value> {
    let part = entity.key.first()?;
    match (&part.ty.kind, part.field) {
        (ValueKind::Uuid, _) => Some(NOBODY.into()),
        (ValueKind::Int { min, max, .. }, _) => {
            (*min..=*max).contains(&NO_NUMBER).then(|| NO_NUMBER.into())
        }
        (_, Some(field)) => {
            let field = &entity.fields[field];
            let far = Version { number: FAR, other: false };
            (!may_repeat(entity, field)).then(|| own(entity, field, far))
        }
        _ => None,
    }
}

/// What stands in a path for that row: its lookup, or a part of its key.
pub(super) fn identity(entity: &EntityPlan, position: usize) -> String {
    match entity.resource.as_ref().and_then(|resource| resource.lookup) {
        Some(field) => format!("<{}.{}>", entity.module, entity.fields[field].wire),
        None => key(entity, position),
    }
}
