//! Who may do what: a tree over the caller and the row.

use super::{Condition, RelationshipId, RoleId};

/// An access rule. It speaks of the row (`self`) and of the caller (`current_user`).
#[derive(Debug, Clone, PartialEq)]
pub enum Access {
    /// Anybody, signed in or not.
    Public,
    /// Anybody who is signed in.
    Authenticated,
    /// A caller with one of these roles; never empty.
    Role(Vec<RoleId>),
    /// The account at the end of the path is the caller's.
    Owner(OwnerPath),
    /// The row fulfils this condition, which may speak of other rows and of the caller.
    Row(Condition),
    /// Each of these; at least two.
    All(Vec<Access>),
    /// One of these; at least two.
    Any(Vec<Access>),
    /// Not this.
    Not(Box<Access>),
}

/// A path of to-one relationships from the row to an account; empty means the row itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerPath {
    /// Each step is a relationship of the entity that the step before leads to.
    pub steps: Vec<RelationshipId>,
}
