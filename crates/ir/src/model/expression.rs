//! Expressions, resolved and typed: one tree for checks, partial indexes, access rules and
//! invariants. It has two sorts: conditions, which are true or false and never unknown, and
//! operands, which are values and may be null.

use super::{AttributeType, Column, EntityId, Literal, RelationshipId};

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
    /// The last relationship of the path leads nowhere (`true`) or to a row (`false`).
    Missing(RowPath, bool),
    /// `any(… for x in …)` (`true`) or `all(… for x in …)` (`false`).
    Quantified(bool, Box<Rows>, Box<Condition>),
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
    /// An attribute of the row at the end of a path.
    Attribute(RowPath, Column),
    /// A literal of this type.
    Literal(Literal, AttributeType),
    /// A value that a flow was given or has named.
    Local(Local),
    /// `now()`: the current time, in a flow.
    Now,
    /// `today()`: the current day in UTC, in a flow.
    Today,
    /// `sequence('ORD-{:08d}')`: the next number of its series in this form, in a flow.
    Sequence(String),
    /// Two numbers.
    Arithmetic(Box<Operand>, Arithmetic, Box<Operand>),
    /// `-x`
    Negated(Box<Operand>),
    /// A function of one value.
    Call(Function, Box<Operand>),
    /// One value of many rows; without an operand the rows are counted.
    Aggregate(Aggregate, Box<Rows>, Option<Box<Operand>>),
    /// `a if condition else b`
    Choice(Box<Condition>, Box<Operand>, Box<Operand>),
    /// A condition as a value.
    Truth(Box<Condition>),
}

impl Condition {
    /// Whether it speaks of other rows than its own, beyond the keys that lead to them.
    pub fn is_related(&self) -> bool {
        match self {
            Self::Compare(left, _, right) => left.is_related() || right.is_related(),
            Self::IsNull(operand, _) | Self::In(operand, ..) | Self::Flag(operand) => {
                operand.is_related()
            }
            Self::Same(left, right, _) => left.steps.len().max(right.steps.len()) > 1,
            Self::Missing(path, _) => path.steps.len() > 1,
            Self::Quantified(..) => true,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_related),
            Self::Not(inner) => inner.is_related(),
        }
    }
}

impl Operand {
    /// Whether it speaks of other rows than its own.
    fn is_related(&self) -> bool {
        match self {
            Self::Attribute(path, _) => !path.is_own(),
            Self::Literal(..) | Self::Local(_) | Self::Now | Self::Today | Self::Sequence(_) => {
                false
            }
            Self::Arithmetic(left, _, right) => left.is_related() || right.is_related(),
            Self::Negated(inner) | Self::Call(_, inner) => inner.is_related(),
            Self::Aggregate(..) => true,
            Self::Choice(test, then, otherwise) => {
                test.is_related() || then.is_related() || otherwise.is_related()
            }
            Self::Truth(inner) => inner.is_related(),
        }
    }
}

/// A value that a flow was given or has named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// Its name; no two values or rows of a flow share one.
    pub name: String,
    /// Its type.
    pub ty: AttributeType,
    /// Whether it is a list of that type.
    pub list: bool,
    /// Whether it may be null.
    pub nullable: bool,
}

/// A path of to-one relationships to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPath {
    /// Where it starts: 0 is the row itself, the others are variables of generators around it, the
    /// outermost is 1; in a rule of access 1 is the caller, and the outermost generator's is 2.
    pub variable: usize,
    /// Each step is a relationship of the entity that the step before leads to.
    pub steps: Vec<RelationshipId>,
}

impl RowPath {
    /// The row itself.
    pub const fn own() -> Self {
        Self { variable: 0, steps: Vec::new() }
    }

    /// Whether it is the row itself.
    pub fn is_own(&self) -> bool {
        self.variable == 0 && self.steps.is_empty()
    }
}

/// The rows of a to-many relationship.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The row whose relationship it is.
    pub from: RowPath,
    /// The relationship.
    pub collection: Collection,
    /// What the rows are.
    pub entity: EntityId,
    /// The variable of the generator; its number is one more than that of those around it.
    pub variable: String,
    /// Only rows that fulfil this.
    pub filter: Option<Condition>,
}

/// A to-many relationship, by the end that it is looked at from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collection {
    /// The other end of a relationship: a position in `Entity::inverses`.
    Inverse(usize),
    /// A many-to-many relationship of the entity itself.
    Link(RelationshipId),
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

impl Comparison {
    /// The same with its sides changed.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }

    /// What holds of two values where this does not; null is neither.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
        }
    }
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

/// A function of many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// `len(rows)`
    Len,
    /// `sum(… for x in rows)`: 0 of no rows.
    Sum,
    /// `min(… for x in rows)`: null of no rows.
    Min,
    /// `max(… for x in rows)`: null of no rows.
    Max,
}
