//! Computed attributes: values of the row, of rows that it refers to, and of those that refer to it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

use super::attribute::Attribute;
use super::condition::{KEYWORDS, number};
use super::entity::Entity;
use super::relationship::Relationship;
use super::types::Class;

/// Computed attributes, as choices: which value, and which are asked for by lists.
#[derive(Debug, Clone)]
pub(super) struct ComputedChoice {
    values: Vec<(Index, bool)>,
}

/// Some of an entity.
pub(super) fn computed() -> impl Strategy<Value = ComputedChoice> {
    vec((any::<Index>(), any::<bool>()), 1..4).prop_map(|values| ComputedChoice { values })
}

/// A value that can be computed.
struct Candidate {
    text: String,
    /// Whether lists can be filtered and sorted by it.
    listed: bool,
}

impl ComputedChoice {
    /// The section, and the names that lists may be asked by.
    pub(super) fn declared(
        &self,
        own: usize,
        entities: &[Entity],
    ) -> (Map<String, Value>, Vec<String>) {
        let all = candidates(own, entities);
        let (mut map, mut listed) = (Map::new(), Vec::new());
        for (position, (index, asked)) in self.values.iter().enumerate() {
            if all.is_empty() {
                break;
            }
            let candidate = &all[index.index(all.len())];
            let name = format!("computed_{position}");
            if *asked && candidate.listed {
                listed.push(name.clone());
            }
            let declared = if *asked {
                json!(candidate.text)
            } else {
                json!({"value": candidate.text, "description": "What \"it\" is."})
            };
            map.insert(name, declared);
        }
        (map, listed)
    }
}

fn candidates(own: usize, entities: &[Entity]) -> Vec<Candidate> {
    let mut all = Vec::new();
    let mut add = |text: String, listed| all.push(Candidate { text, listed });
    of_row(&entities[own], &mut add);
    for relationship in entities[own].relationships.iter().filter(|it| it.target != own) {
        forward(relationship, entities, &mut add);
    }
    for other in entities.iter().enumerate().filter(|(index, _)| *index != own).map(|it| it.1) {
        backward(own, other, &mut add);
    }
    all
}

type Add<'a> = &'a mut dyn FnMut(String, bool);

/// What is computed from the row alone.
fn of_row(entity: &Entity, add: Add<'_>) {
    for found in read(entity) {
        let name = format!("self.{}", found.name);
        match found.ty.class {
            Class::Number(_) if found.nullable && is_small(found) => {
                add(format!("0 if {name} is None else {name} + {name}"), true);
            }
            Class::Number(_) if !found.nullable => {
                if is_small(found) {
                    add(format!("{name} * 2"), true);
                }
                add(format!("{name} > 0"), true);
            }
            _ if found.nullable => add(format!("{name} is None"), true),
            _ => {}
        }
    }
}

/// What is computed from rows that it refers to, or is linked with.
fn forward(relationship: &Relationship, entities: &[Entity], add: Add<'_>) {
    let name = relationship.name;
    let through = relationship.declared.to_string().contains("through");
    if KEYWORDS.contains(&name) || through {
        return;
    }
    if relationship.many {
        add(format!("len(self.{name})"), true);
        return;
    }
    for found in read(&entities[relationship.target]).filter(|found| !found.nullable) {
        let path = format!("self.{name}.{}", found.name);
        match (&found.ty.class, relationship.nullable) {
            (Class::Number(None), true) => {
                add(format!("0 if self.{name} is None else {path}"), true);
            }
            (Class::Number(_) | Class::Text, false) => add(path, found.ty.can.order),
            _ => {}
        }
    }
}

/// What is computed from rows that refer to it.
fn backward(own: usize, other: &Entity, add: Add<'_>) {
    let ends = other.relationships.iter().filter(|it| it.target == own);
    for (relationship, end) in ends.filter_map(|it| it.inverse.as_ref().map(|end| (it, end))) {
        let declared = relationship.declared.to_string();
        let one = ["one_to_one", "through"].iter().any(|word| declared.contains(word));
        if one || KEYWORDS.contains(&end.as_str()) {
            continue;
        }
        add(format!("len(self.{end})"), true);
        for found in read(other) {
            let name = format!("it.{}", found.name);
            match found.ty.class {
                Class::Number(_) if found.nullable && is_small(found) => {
                    add(format!("sum({name} for it in self.{end} if {name} is not None)"), true);
                }
                Class::Number(_) if !found.nullable => {
                    add(format!("max({name} for it in self.{end})"), false);
                    add(format!("any({name} > 0 for it in self.{end})"), true);
                }
                _ if found.nullable => {
                    add(format!("all({name} is not None for it in self.{end})"), true);
                }
                _ => {}
            }
        }
    }
}

/// Whether a number can be calculated with: its bounds leave room.
fn is_small(found: &Attribute) -> bool {
    let float = found.ty.text.starts_with("float");
    let bounds = found.ty.text.split_once('(').map_or("", |(_, rest)| rest);
    let bounded = bounds
        .split_once("..")
        .is_some_and(|(low, high)| !low.is_empty() && !high.starts_with(')'));
    let small = found.ty.literals.iter().take(2).all(|value| number(value).abs() <= 1e12);
    small && (!float || bounded)
}

/// Attributes whose values may be told.
fn read(entity: &Entity) -> impl Iterator<Item = &Attribute> {
    entity.attributes.iter().filter(|found| {
        found.is_scalar()
            && !found.writeonly
            && !KEYWORDS.contains(&found.name)
            && !found.declared.to_string().contains("password")
    })
}
