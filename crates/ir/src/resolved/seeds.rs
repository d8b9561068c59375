//! Seeds as a document says them; others are named by what they are known by.

use super::member_name;
use crate::model::{ApplicationIr, Column, Entity, EntityId, Literal, Member, Relationship, Seed};

/// The seeds of an entity, if it has some.
pub(super) fn seeds(entity: &Entity, ir: &ApplicationIr) -> Option<Literal> {
    let seeds = entity.seeds.iter().map(|seed| self::seed(entity, seed, ir));
    (!entity.seeds.is_empty()).then(|| Literal::List(seeds.collect()))
}

fn seed(entity: &Entity, seed: &Seed, ir: &ApplicationIr) -> Literal {
    let name = |found: &Relationship| found.name.value.clone();
    let values = seed
        .values
        .iter()
        .map(|(id, value)| (entity.attributes[id.index()].name.value.clone(), value.clone()));
    let references = seed.references.iter().map(|(id, to)| {
        let relationship = &entity.relationships[id.index()];
        (name(relationship), named(relationship.target, *to, ir))
    });
    let links = seed.links.iter().map(|(id, all)| {
        let relationship = &entity.relationships[id.index()];
        let all = all.iter().map(|to| named(relationship.target, *to, ir));
        (name(relationship), Literal::List(all.collect()))
    });
    Literal::Map(values.chain(references).chain(links).collect())
}

/// A seed by the members that it is known by.
fn named(entity: EntityId, seed: usize, ir: &ApplicationIr) -> Literal {
    let entity = &ir.domain.entities[entity.index()];
    let seed = &entity.seeds[seed];
    let value = |member: &Member| match member {
        Member::Column(Column::Attribute(id)) => {
            seed.values.iter().find(|(it, _)| it == id).map(|(_, value)| value.clone())
        }
        Member::Column(_) => None,
        Member::Relationship(id) => {
            let (_, to) = seed.references.iter().find(|(it, _)| it == id)?;
            Some(named(entity.relationships[id.index()].target, *to, ir))
        }
    };
    let members = entity
        .known_by
        .iter()
        .filter_map(|member| Some((member_name(entity, *member).to_owned(), value(member)?)));
    Literal::Map(members.collect())
}
