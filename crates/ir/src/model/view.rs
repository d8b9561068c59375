//! Views: named projections of an entity.

use stratapi_diagnostics::Span;

use super::{Access, Column, EntityId, RelationshipId, Spanned, ViewId};

/// A named projection of an entity.
#[derive(Debug, Clone)]
pub struct View {
    /// Name as declared.
    pub name: Spanned<String>,
    /// One paragraph; may be empty.
    pub description: String,
    /// What it shows, in order: attributes and keys, then related rows.
    pub members: Vec<ViewMember>,
    /// What it tells each caller of the row, in order, behind the attributes and keys.
    pub flags: Vec<CallerFlag>,
    /// The whole declaration.
    pub span: Span,
}

/// Something that a view shows.
#[derive(Debug, Clone)]
pub struct ViewMember {
    /// The name that the view gives it, if that is another one.
    pub name: Option<Spanned<String>>,
    /// What it is.
    pub shown: Shown,
    /// Where it was declared.
    pub span: Span,
}

/// Whether something holds for a row and whoever reads it.
#[derive(Debug, Clone)]
pub struct CallerFlag {
    /// Name as declared.
    pub name: Spanned<String>,
    /// One line; may be empty.
    pub description: String,
    /// What must hold. Whoever is not signed in is no caller.
    pub rule: Access,
    /// The rule as written.
    pub text: Spanned<String>,
}

/// What a member of a view is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// An attribute, a computed one, or a column of the base model.
    Column(Column),
    /// The keys of the rows that a relationship leads to.
    Keys(RelationshipId),
    /// Those rows themselves.
    Rows {
        /// Which.
        end: End,
        /// Their entity.
        entity: EntityId,
        /// The view of that entity in which they are shown.
        view: ViewId,
    },
}

/// Where related rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Where a relationship of the entity leads to.
    Relationship(RelationshipId),
    /// The other end of one that leads to the entity: a position in `Entity::inverses`.
    Inverse(usize),
}

impl View {
    /// The views of other entities, or of the same, that it shows rows in.
    pub fn nested(&self) -> impl Iterator<Item = (EntityId, ViewId, Span)> {
        self.members.iter().filter_map(|member| match member.shown {
            Shown::Rows { entity, view, .. } => Some((entity, view, member.span)),
            Shown::Column(_) | Shown::Keys(_) => None,
        })
    }
}
