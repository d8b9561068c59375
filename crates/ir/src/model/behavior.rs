//! The `behavior` section, resolved.

use stratapi_diagnostics::Span;

use super::{Access, AttributeId, Condition, DefaultValue, EntityId, Flow, Slot, Spanned};

/// The `behavior` section.
#[derive(Debug, Clone, Default)]
pub struct BehaviorModelIr {
    /// In order of declaration.
    pub machines: Vec<StateMachine>,
    /// In order of declaration.
    pub invariants: Vec<Invariant>,
    /// In order of declaration.
    pub flows: Vec<Flow>,
    /// In order of declaration.
    pub slots: Vec<Slot>,
}

/// The life cycle of an enum attribute. Nothing but its transitions changes it, so the attribute is
/// `readonly`, and its default is the initial state.
#[derive(Debug, Clone)]
pub struct StateMachine {
    /// Whose life cycle it is.
    pub entity: EntityId,
    /// The attribute that holds the state; an enum.
    pub attribute: AttributeId,
    /// The state of a new row.
    pub initial: String,
    /// In order of declaration; at least one.
    pub transitions: Vec<Transition>,
    /// Whether each change of the state is kept: who made it, when, from where to where.
    pub history: bool,
    /// Where it was declared.
    pub span: Span,
}

/// A way from one state to another.
#[derive(Debug, Clone)]
pub struct Transition {
    /// Snake case; unlike those of all other transitions of the entity, and no operation.
    pub name: Spanned<String>,
    /// The states that it starts from, in the order of the enum; at least one.
    pub from: Vec<String>,
    /// The state that it leads to.
    pub to: String,
    /// What the row must fulfil besides.
    pub guard: Option<Guard>,
    /// Who may do it.
    pub access: Access,
    /// What it sets besides the state, in order of declaration; `Literal::Null` clears.
    pub set: Vec<(AttributeId, DefaultValue)>,
    /// Last segment of its path, in kebab case; `None` where only flows make it.
    pub segment: Option<String>,
}

/// What a row must fulfil for a transition.
#[derive(Debug, Clone)]
pub struct Guard {
    /// It speaks of the row alone.
    pub condition: Condition,
    /// What a client is told where it does not hold.
    pub message: String,
}

/// What holds for the rows of an entity after writes, whoever writes.
#[derive(Debug, Clone)]
pub struct Invariant {
    /// Whose rows it is about.
    pub entity: EntityId,
    /// Snake case; the code of the problem, and part of the constraint's name.
    pub name: Spanned<String>,
    /// The writes of its own row that are looked at; `None` means that it holds for every row at any
    /// time.
    pub when: Option<Writes>,
    /// What holds; it speaks of the row alone, unless `when` says which writes are looked at.
    pub condition: Condition,
    /// Status of the answer to a write that breaks it: 400, 409 or 422; 409 by default.
    pub status: u16,
    /// What a client is told; the name as a sentence by default.
    pub message: String,
}

/// Writes of a row; at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writes {
    /// When it is made.
    pub create: bool,
    /// When it is changed, by a transition too.
    pub update: bool,
    /// When it is deleted: what holds, holds before.
    pub delete: bool,
}

impl Writes {
    /// The words for those that it has.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let all = [(self.create, "create"), (self.update, "update"), (self.delete, "delete")];
        all.into_iter().filter_map(|(has, word)| has.then_some(word))
    }
}
