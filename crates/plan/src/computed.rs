//! Attributes that no column holds.

use stratapi_diagnostics::Span;

use crate::{OperandPlan, PyIdent, ValueType};

/// An attribute that is computed whenever a row is read.
#[derive(Debug, Clone)]
pub struct ComputedPlan {
    /// Name as declared, and on the wire.
    pub wire: String,
    /// Python name in the model and in Read.
    pub attribute: PyIdent,
    /// One line for documents; may be empty.
    pub description: String,
    /// Its type.
    pub ty: ValueType,
    /// What it is computed from.
    pub value: OperandPlan,
    /// Whether a list is filtered or sorted by it.
    pub queried: bool,
    /// Declaration in the IR.
    pub span: Span,
}

impl ComputedPlan {
    /// Whether the database computes it, since it speaks of other rows; else the model does.
    pub fn is_related(&self) -> bool {
        self.value.is_related()
    }
}
