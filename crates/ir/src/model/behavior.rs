//! The `behavior` section, resolved.

use super::{Condition, EntityId, Spanned};

/// The `behavior` section.
#[derive(Debug, Clone, Default)]
pub struct BehaviorModelIr {
    /// In order of declaration.
    pub invariants: Vec<Invariant>,
}

/// What holds for every row of an entity after each write, whoever writes.
#[derive(Debug, Clone)]
pub struct Invariant {
    /// Whose rows it is about.
    pub entity: EntityId,
    /// Snake case; the code of the problem, and part of the constraint's name.
    pub name: Spanned<String>,
    /// What holds; it speaks of the row alone.
    pub condition: Condition,
    /// Status of the answer to a write that breaks it: 400, 409 or 422; 409 by default.
    pub status: u16,
    /// What a client is told; the name as a sentence by default.
    pub message: String,
}
