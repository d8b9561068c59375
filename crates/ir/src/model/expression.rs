//! Expressions, resolved and typed: one tree for checks, partial indexes, access rules and
//! invariants. It has two sorts: conditions, which are true or false and never unknown, and
//! operands, which are values and may be null.

use super::{AttributeType, Column, Literal, RelationshipId};

/// A condition. Null equals only itself, and no order holds for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Two operands compared by `==`, `!=`, `<`, `<=`, `>` or `>=`.
    Compare(Operand, Comparison, Operand),
    /// `x is None` (`true`) or `x is not None` (`false`).
    IsNull(Operand, bool),
    /// `x in (…)` (`true`) or `x not in (…)` (`false`); at least one literal.
    In(Operand, Vec<Operand>, bool),
    /// A boolean operand.
    Flag(Operand),
    /// Two paths lead to the same row (`true`) or to different ones (`false`).
    Same(RowPath, RowPath, bool),
    /// A to-one relationship leads nowhere (`true`) or to a row (`false`).
    Missing(RelationshipId, bool),
    /// Each of these.
    All(Vec<Condition>),
    /// One of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// An attribute of the row.
    Attribute(Column),
    /// A literal of this type.
    Literal(Literal, AttributeType),
    /// Two numbers.
    Arithmetic(Box<Operand>, Arithmetic, Box<Operand>),
    /// `-x`
    Negated(Box<Operand>),
    /// A function of one value.
    Call(Function, Box<Operand>),
    /// `a if condition else b`
    Choice(Box<Condition>, Box<Operand>, Box<Operand>),
    /// A condition as a value.
    Truth(Box<Condition>),
}

/// The row itself, or the one that a to-one relationship leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPath {
    /// `self`
    Own,
    /// `self.parent`
    To(RelationshipId),
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
}

/// A function of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// `len(text)`: characters.
    Len,
    /// `abs(number)`
    Abs,
}
