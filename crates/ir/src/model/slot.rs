//! Slots, resolved: what a function is given, what it returns, and the examples that judge it.

use super::{Attribute, FlowValue, Literal, SlotId, Spanned};

/// A function that somebody writes.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Snake case; the name of the function.
    pub name: Spanned<String>,
    /// What it is for.
    pub kind: SlotKind,
    /// In order of declaration; scalar values.
    pub inputs: Vec<Attribute>,
    /// What it returns: a scalar value.
    pub output: Attribute,
    /// What it does, in prose; not empty.
    pub describe: String,
    /// In order of declaration; at least one.
    pub examples: Vec<SlotExample>,
}

/// What a slot is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// A rule of the business.
    BusinessRule,
    /// A step of a flow.
    FlowMethod,
}

impl SlotKind {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BusinessRule => "business_rule",
            Self::FlowMethod => "flow_method",
        }
    }
}

/// What a slot returns for what it is given.
#[derive(Debug, Clone)]
pub struct SlotExample {
    /// In the order of the inputs; `Literal::Null` where one is null.
    pub given: Vec<Literal>,
    /// What it returns, and where that stands.
    pub expect: Spanned<Literal>,
}

/// A step that asks a slot.
#[derive(Debug, Clone)]
pub struct SlotCall {
    /// The slot.
    pub slot: SlotId,
    /// In the order of its inputs.
    pub arguments: Vec<FlowValue>,
    /// The value that holds what it returns.
    pub name: String,
}
