//! Circles of required references: no row of them could be the first. One reference of each such circle is
//! taken as optional, with a warning, so that rows can be made one after the other.

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{ApplicationIr, Relationship};

use super::cycles::{Edge, breaking};
use super::keys::is_to_one;

/// By entity and relationship: whether it is taken as optional. `parents` are the relationships
/// that nested collections hang on.
pub(super) fn relaxed(
    ir: &ApplicationIr,
    parents: &[Option<usize>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Vec<bool>> {
    let mut edges = Vec::new();
    let mut places = Vec::new();
    for (index, entity) in ir.domain.entities.iter().enumerate() {
        for (position, relationship) in entity.relationships.iter().enumerate() {
            if is_to_one(relationship.kind) && !relationship.nullable {
                let to = relationship.target.index();
                let rank = rank(relationship, parents[index] == Some(position));
                edges.push(Edge { from: index, to, rank });
                places.push((index, position));
            }
        }
    }
    let mut relaxed: Vec<Vec<bool>> =
        ir.domain.entities.iter().map(|entity| vec![false; entity.relationships.len()]).collect();
    for edge in breaking(ir.domain.entities.len(), &edges) {
        let (index, position) = places[edge];
        relaxed[index][position] = true;
        diagnostics.push(finding(ir, index, position));
    }
    relaxed
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

fn finding(ir: &ApplicationIr, index: usize, position: usize) -> Diagnostic {
    let entity = &ir.domain.entities[index];
    let relationship = &entity.relationships[position];
    let target = &ir.domain.entities[relationship.target.index()];
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
