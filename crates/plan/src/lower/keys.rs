//! Primary keys: which columns identify a row, through references too.

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{ApplicationIr, Entity, IdKind};

use super::value;
use crate::{ValueKind, ValueType};

/// Keys through references nest at most this deep.
pub(super) const MAX_DEPTH: usize = 16;

/// A part of a key, before it has Python names.
#[derive(Debug, Clone)]
pub(super) struct KeyShape {
    /// Name on the wire and of the column: `id`, `sku`, `order_id`.
    pub(super) wire: String,
    pub(super) ty: ValueType,
    pub(super) source: KeySource,
}

/// Where a part of a key comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeySource {
    /// The base model.
    Base,
    /// An attribute, by its position.
    Attribute(usize),
    /// A relationship, by its position, and the position in the target's key.
    Relationship(usize, usize),
}

/// The keys of all entities.
pub(super) fn shapes(ir: &ApplicationIr, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<KeyShape>> {
    let mut finder = Finder { ir, found: vec![None; ir.domain.entities.len()], diagnostics };
    for index in 0..ir.domain.entities.len() {
        finder.find(index, 0);
    }
    finder.found.into_iter().map(Option::unwrap_or_default).collect()
}

struct Finder<'a> {
    ir: &'a ApplicationIr,
    found: Vec<Option<Vec<KeyShape>>>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Finder<'_> {
    fn find(&mut self, index: usize, depth: usize) -> Vec<KeyShape> {
        if let Some(found) = &self.found[index] {
            return found.clone();
        }
        let ir = self.ir;
        let entity = &ir.domain.entities[index];
        let shape = match entity.base.id {
            IdKind::Uuid => vec![base(ValueKind::Uuid)],
            IdKind::Int => vec![base(ValueKind::Int { min: 1, max: i64::MAX, big: true })],
            IdKind::Declared => self.declared(entity, depth),
        };
        self.found[index] = Some(shape.clone());
        shape
    }

    fn declared(&mut self, entity: &Entity, depth: usize) -> Vec<KeyShape> {
        if depth > MAX_DEPTH {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::E0306,
                    "the key depends on itself, or is nested too deeply",
                )
                .at(entity.name.span, "through its relationships with the flag `primary`")
                .help("give one of these entities an `id` of its own"),
            );
            return vec![base(ValueKind::Uuid)];
        }
        let attributes = entity.attributes.iter().enumerate().filter(|(_, a)| a.flags.primary);
        let mut parts: Vec<KeyShape> = attributes
            .map(|(position, attribute)| KeyShape {
                wire: attribute.name.value.clone(),
                ty: value::scalar_type(self.ir, attribute),
                source: KeySource::Attribute(position),
            })
            .collect();
        for (position, relationship) in entity.relationships.iter().enumerate() {
            if !relationship.primary || !relationship.kind.is_to_one() {
                continue;
            }
            for (part, key) in self.find(relationship.target.index(), depth + 1).iter().enumerate()
            {
                parts.push(KeyShape {
                    wire: foreign_key_name(&relationship.name.value, &key.wire),
                    ty: key.ty.clone(),
                    source: KeySource::Relationship(position, part),
                });
            }
        }
        if parts.is_empty() {
            self.diagnostics.push(
                Diagnostic::error(Code::E0306, "the entity has no key")
                    .at(entity.name.span, "nothing here has the flag `primary`"),
            );
            parts.push(base(ValueKind::Uuid));
        }
        parts
    }
}

/// Name of a foreign key column: `author_id`, `product_sku`.
pub(super) fn foreign_key_name(relationship: &str, key: &str) -> String {
    format!("{relationship}_{key}")
}

fn base(kind: ValueKind) -> KeyShape {
    KeyShape {
        wire: "id".to_owned(),
        ty: ValueType { kind, list: false, nullable: false },
        source: KeySource::Base,
    }
}
