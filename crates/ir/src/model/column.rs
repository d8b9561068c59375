//! What conditions, filters, orders and indexes name: attributes, what the base model adds, and what
//! is computed.

use std::borrow::Cow;

use super::{AttributeId, AttributeType, Bounds, ComputedId, Entity, IdKind};

/// An attribute of an entity, a column that it gets from the base model, or what is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A declared attribute.
    Attribute(AttributeId),
    /// A column of the base model.
    Base(BaseColumn),
    /// A computed attribute: filters and orders name it, nothing else does.
    Computed(ComputedId),
}

/// A column that an entity gets besides its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseColumn {
    /// `id`, unless the entity declares its key.
    Id,
    /// `is_active`.
    IsActive,
    /// `created_at`.
    CreatedAt,
    /// `updated_at`.
    UpdatedAt,
    /// `version`, with `optimistic_lock`.
    Version,
}

impl BaseColumn {
    /// All of them, in the order in which answers show them.
    pub const ALL: [Self; 5] =
        [Self::Id, Self::IsActive, Self::CreatedAt, Self::UpdatedAt, Self::Version];

    /// Its name, on the wire and in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::IsActive => "is_active",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::Version => "version",
        }
    }

    /// Whether an entity has it.
    pub fn is_in(self, entity: &Entity) -> bool {
        match self {
            Self::Id => entity.base.id != IdKind::Declared,
            Self::IsActive => entity.base.is_active,
            Self::CreatedAt | Self::UpdatedAt => entity.base.timestamps,
            Self::Version => entity.optimistic_lock,
        }
    }

    /// Its type in an entity that has it.
    pub fn ty(self, entity: &Entity) -> AttributeType {
        match self {
            Self::Id if entity.base.id == IdKind::Int => {
                AttributeType::BigInt(Bounds { min: Some(1), max: None })
            }
            Self::Id => AttributeType::Uuid,
            Self::IsActive => AttributeType::Bool,
            Self::CreatedAt | Self::UpdatedAt => AttributeType::DateTime,
            Self::Version => AttributeType::Int(Bounds { min: Some(1), max: None }),
        }
    }
}

impl Entity {
    /// The columns of the base model that it has.
    pub fn base_columns(&self) -> impl Iterator<Item = BaseColumn> {
        BaseColumn::ALL.into_iter().filter(|column| column.is_in(self))
    }

    /// The name of a column: as declared, or that of the base model.
    pub fn column_name(&self, column: Column) -> &str {
        match column {
            Column::Attribute(id) => &self.attributes[id.index()].name.value,
            Column::Base(base) => base.name(),
            Column::Computed(id) => &self.computed[id.index()].name.value,
        }
    }

    /// The type of one element of a column.
    pub fn column_type(&self, column: Column) -> Cow<'_, AttributeType> {
        match column {
            Column::Attribute(id) => Cow::Borrowed(&self.attributes[id.index()].ty),
            Column::Base(base) => Cow::Owned(base.ty(self)),
            Column::Computed(id) => Cow::Borrowed(&self.computed[id.index()].ty),
        }
    }
}
