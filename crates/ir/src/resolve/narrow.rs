//! What is known not to be null where a condition has held, or has not.

use crate::model::{Column, Comparison, Condition, Operand, RowPath};

/// Something that is not null.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fact {
    /// A column of a row.
    Value(RowPath, Column),
    /// The row that the last relationship of a path leads to.
    Row(RowPath),
    /// A value of a flow.
    Local(String),
}

/// What is not null where a condition is as said.
pub(super) fn facts(condition: &Condition, holds: bool) -> Vec<Fact> {
    match condition {
        Condition::Not(inner) => facts(inner, !holds),
        Condition::All(parts) if holds => parts.iter().flat_map(|part| facts(part, true)).collect(),
        Condition::Any(parts) if !holds => {
            parts.iter().flat_map(|part| facts(part, false)).collect()
        }
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
