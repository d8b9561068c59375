//! The `domain` section, resolved. Mixins are expanded, `base` is merged into each entity.

use stratapi_diagnostics::Span;

use super::{
    Attribute, AttributeId, AttributeType, Column, Condition, EntityId, Literal, Operand,
    RelationshipId, Spanned, View,
};

/// The `domain` section.
#[derive(Debug, Clone, Default)]
pub struct DomainModelIr {
    /// In order of declaration.
    pub enums: Vec<Enumeration>,
    /// In order of declaration.
    pub values: Vec<ValueObject>,
    /// In order of declaration.
    pub entities: Vec<Entity>,
    /// The entities that have seeds, those that others refer to first.
    pub seeded: Vec<EntityId>,
}

/// A closed set of texts.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// Name as declared, in Pascal case.
    pub name: Spanned<String>,
    /// One paragraph; may be empty.
    pub description: String,
    /// At least one.
    pub members: Vec<EnumMember>,
}

/// One value of an enum.
#[derive(Debug, Clone)]
pub struct EnumMember {
    /// The text on the wire and in the database.
    pub value: Spanned<String>,
    /// One line; may be empty.
    pub description: String,
}

/// Attributes that are embedded into their owner.
#[derive(Debug, Clone)]
pub struct ValueObject {
    /// Name as declared, in Pascal case.
    pub name: Spanned<String>,
    /// One paragraph; may be empty.
    pub description: String,
    /// At least one; never value objects themselves, never lists.
    pub attributes: Vec<Attribute>,
}

/// How rows are identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    /// A column `id` with a UUID version 7.
    Uuid,
    /// A column `id` with a sequence of 64 bits.
    Int,
    /// The attributes and relationships with the flag `primary`.
    Declared,
}

/// What every entity gets besides its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseConfig {
    /// The key, a UUID by default.
    pub id: IdKind,
    /// `created_at` and `updated_at`, on by default.
    pub timestamps: bool,
    /// `is_active`, on by default.
    pub is_active: bool,
}

/// How many layers the project has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    /// `Simple` below three entities without behavior, else `Layered`.
    Auto,
    /// Routers, services and repositories.
    Layered,
    /// Routers and repositories.
    Simple,
}

/// An entity.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Name as declared, in Pascal case.
    pub name: Spanned<String>,
    /// One paragraph; may be empty.
    pub description: String,
    /// Name of its table, snake case and plural by default.
    pub table: String,
    /// Its plural in words, lower case (`order items`).
    pub plural: String,
    /// What it gets from the base model.
    pub base: BaseConfig,
    /// A version column, `ETag` and `If-Match`.
    pub optimistic_lock: bool,
    /// DELETE sets `is_active` to false; needs `base.is_active`.
    pub soft_delete: bool,
    /// Declared attributes, those of mixins first.
    pub attributes: Vec<Attribute>,
    /// Declared relationships.
    pub relationships: Vec<Relationship>,
    /// The other ends of relationships that point here, in order of declaration.
    pub inverses: Vec<Inverse>,
    /// Composite unique keys.
    pub unique: Vec<UniqueKey>,
    /// Composite or partial indexes.
    pub indexes: Vec<Index>,
    /// Row checks on one or two attributes.
    pub checks: Vec<Check>,
    /// Attributes that no column holds, in order of declaration.
    pub computed: Vec<Computed>,
    /// Named projections, in order of declaration.
    pub views: Vec<View>,
    /// Rows that every database starts with, those that others refer to first.
    pub seeds: Vec<Seed>,
    /// The members that its seeds are known by: no two rows agree in all of them.
    pub known_by: Vec<Member>,
    /// The whole declaration.
    pub span: Span,
}

/// A row that every database starts with.
#[derive(Debug, Clone)]
pub struct Seed {
    /// What stands in the members that it is known by, as one text.
    pub key: String,
    /// What is given, in the order of the attributes; a value object is a mapping of all its parts.
    pub values: Vec<(AttributeId, Literal)>,
    /// Where to-one relationships lead: positions among the seeds of their targets.
    pub references: Vec<(RelationshipId, usize)>,
    /// The same of many-to-many relationships.
    pub links: Vec<(RelationshipId, Vec<usize>)>,
    /// The whole declaration.
    pub span: Span,
}

/// Kind of a relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationshipKind {
    /// Many of this to one of the target.
    ManyToOne,
    /// At most one of this to one of the target: the foreign key is unique.
    OneToOne,
    /// Many to many through an association table of its own.
    ManyToMany,
    /// Many to many through an association entity, which holds the two foreign keys; read only.
    Through {
        /// The association entity.
        entity: EntityId,
        /// Its relationship to this entity.
        near: RelationshipId,
        /// Its relationship to the target.
        far: RelationshipId,
    },
}

impl RelationshipKind {
    /// Whether at most one row is at the other end.
    pub fn is_to_one(self) -> bool {
        matches!(self, Self::ManyToOne | Self::OneToOne)
    }
}

/// What happens to this row when the related one is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// It is deleted too.
    Cascade,
    /// The deletion is refused.
    Restrict,
    /// The reference becomes null.
    SetNull,
}

/// A relationship, as declared on its owning side.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of the language")]
pub struct Relationship {
    /// Name as declared.
    pub name: Spanned<String>,
    /// One paragraph; may be empty.
    pub description: String,
    /// Kind.
    pub kind: RelationshipKind,
    /// The entity at the other end.
    pub target: EntityId,
    /// Whether it may be absent; always false for many-to-many.
    pub nullable: bool,
    /// Whether it is taken as optional all the same: it closes a circle of required ones.
    pub relaxed: bool,
    /// Name of the other end, if it has one; that end is in `Entity::inverses` of the target.
    pub inverse: Option<Spanned<String>>,
    /// Rule of the foreign key; `Restrict` by default, `SetNull` for optional ones.
    pub on_delete: OnDelete,
    /// `set=current_user`: the server sets it to the caller on create.
    pub set_current_user: bool,
    /// Set on create only.
    pub immutable: bool,
    /// Set by the server only.
    pub readonly: bool,
    /// Part of the primary key.
    pub primary: bool,
    /// The whole declaration.
    pub span: Span,
}

/// The other end of a relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inverse {
    /// Name that was given by `inverse=`.
    pub name: Spanned<String>,
    /// Entity that declares the relationship.
    pub entity: EntityId,
    /// The relationship.
    pub relationship: RelationshipId,
}

/// A column group: an attribute, a column of the base model, or the foreign key of a to-one
/// relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// An attribute, or a column of the base model.
    Column(Column),
    /// A to-one relationship.
    Relationship(RelationshipId),
}

/// No two rows agree in all of these.
#[derive(Debug, Clone)]
pub struct UniqueKey {
    /// At least one.
    pub members: Vec<Member>,
    /// Where it was declared.
    pub span: Span,
}

/// An index.
#[derive(Debug, Clone)]
pub struct Index {
    /// At least one.
    pub members: Vec<Member>,
    /// Whether it forbids equal rows.
    pub unique: bool,
    /// Only rows for which this holds are in it.
    pub condition: Option<Condition>,
    /// Where it was declared.
    pub span: Span,
}

/// An attribute that is computed whenever a row is read.
#[derive(Debug, Clone)]
pub struct Computed {
    /// Name as declared.
    pub name: Spanned<String>,
    /// One line; may be empty.
    pub description: String,
    /// What it is computed from: the row, the rows that it refers to, and those that refer to it.
    pub value: Operand,
    /// Type of its values.
    pub ty: AttributeType,
    /// Whether it may be null.
    pub nullable: bool,
    /// The whole declaration.
    pub span: Span,
}

/// A named condition that every row fulfils.
#[derive(Debug, Clone)]
pub struct Check {
    /// Snake case; part of the constraint's name.
    pub name: Spanned<String>,
    /// The condition.
    pub condition: Condition,
    /// Told to the client, if declared.
    pub message: Option<String>,
}
