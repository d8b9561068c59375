//! What is known where a condition has held, or has not: what is not null, and how tests came out.

use crate::model::{Column, Comparison, Condition, Operand, RowPath};

/// Something that is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fact {
    /// A column of a row is not null.
    Value(RowPath, Column),
    /// The row that the last relationship of a path leads to is there.
    Row(RowPath),
    /// A value of a flow is not null.
    Local(String),
    /// A test of an attribute, or a value of a flow, by literals came out so.
    Test(Condition, bool),
}

impl Fact {
    /// The row that it is about, and the column of it, if it is about rows.
    pub(super) fn of_row(&self) -> Option<(&RowPath, Option<Column>)> {
        match self {
            Self::Value(path, column) => Some((path, Some(*column))),
            Self::Row(path) => Some((path, None)),
            Self::Local(_) => None,
            Self::Test(condition, _) => match tested(condition)? {
                Operand::Attribute(path, column) => Some((path, Some(*column))),
                _ => None,
            },
        }
    }
}

/// What is known where a condition is as said.
pub(super) fn facts(condition: &Condition, holds: bool) -> Vec<Fact> {
    match condition {
        Condition::Not(inner) => facts(inner, !holds),
        Condition::All(parts) if holds => parts.iter().flat_map(|part| facts(part, true)).collect(),
        Condition::Any(parts) if !holds => {
            parts.iter().flat_map(|part| facts(part, false)).collect()
        }
        leaf => {
            let test = tested(leaf).map(|_| Fact::Test(leaf.clone(), holds));
            present(leaf, holds).into_iter().chain(test).collect()
        }
    }
}

/// The attribute or the value of a flow that a test by literals is about.
fn tested(leaf: &Condition) -> Option<&Operand> {
    let (Condition::Compare(operand, _, Operand::Literal(..))
    | Condition::Compare(Operand::Literal(..), _, operand)
    | Condition::IsNull(operand, _)
    | Condition::In(operand, ..)
    | Condition::Flag(operand)) = leaf
    else {
        return None;
    };
    matches!(operand, Operand::Attribute(..) | Operand::Local(_)).then_some(operand)
}

/// What is not null where a test is as said.
fn present(leaf: &Condition, holds: bool) -> Vec<Fact> {
    match leaf {
        Condition::IsNull(operand, null) if *null != holds => value(operand).into_iter().collect(),
        Condition::Missing(path, missing) if *missing != holds => vec![Fact::Row(path.clone())],
        // No order holds for null, and it equals only itself.
        Condition::Compare(left, comparison, right) if holds => match comparison {
            Comparison::Equal if is_literal(left) || is_literal(right) => {
                value(left).into_iter().chain(value(right)).collect()
            }
            Comparison::Equal | Comparison::NotEqual => Vec::new(),
            _ => value(left).into_iter().chain(value(right)).collect(),
        },
        Condition::Compare(left, Comparison::NotEqual, right)
            if is_literal(left) || is_literal(right) =>
        {
            value(left).into_iter().chain(value(right)).collect()
        }
        Condition::In(operand, _, within) if *within == holds => {
            value(operand).into_iter().collect()
        }
        Condition::Flag(operand) if holds => value(operand).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn is_literal(operand: &Operand) -> bool {
    matches!(operand, Operand::Literal(..))
}

fn value(operand: &Operand) -> Option<Fact> {
    match operand {
        Operand::Attribute(path, column) => Some(Fact::Value(path.clone(), *column)),
        Operand::Local(local) => Some(Fact::Local(local.name.clone())),
        _ => None,
    }
}
