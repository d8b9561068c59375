//! Prints the conditions of rules of access, which may speak of related rows: what is said of one stands
//! behind its relationship.

use stratapi_plan::{ConditionPlan, OperandPlan, Plan, Step};

use super::condition::{Printer, Side};
use crate::python::Expr;

/// Prints the condition of a rule of access on a row, and on the caller.
pub(super) fn print(
    plan: &Plan,
    rows: [Expr; 2],
    side: Side,
    condition: &ConditionPlan,
    negated: bool,
) -> Expr {
    let mut printer = Printer::over(plan, rows.into(), side);
    printer.in_package = true;
    printer.condition(condition, negated)
}

impl Printer<'_> {
    /// `Card.project.has(…)`
    pub(super) fn at_end(&self, path: &[Step], condition: Expr) -> Expr {
        path.iter().rev().fold(condition, |inner, step| {
            self.model(step.entity).attr(&step.attribute).attr("has").call_with([inner])
        })
    }

    /// The path to the one related row that a comparison in a rule of access speaks of, if it speaks of
    /// nothing else that is stored.
    pub(super) fn apart<'c>(&self, condition: &'c ConditionPlan) -> Option<&'c [Step]> {
        let operands = match condition {
            ConditionPlan::Compare(left, _, right) => vec![left, right],
            ConditionPlan::Flag(operand)
            | ConditionPlan::IsNull(operand, _)
            | ConditionPlan::In(operand, ..) => vec![operand],
            _ => return None,
        };
        if !self.in_package || !self.behind.is_empty() {
            return None;
        }
        let mut path = None;
        for operand in operands {
            match operand {
                OperandPlan::Related(it) if it.variable == 0 => match path {
                    None => path = Some(&it.steps[..]),
                    Some(known) if known == it.steps => {}
                    Some(_) => return None,
                },
                OperandPlan::Related(it) if it.variable == 1 && it.steps.is_empty() => {}
                OperandPlan::Literal(..) => {}
                _ => return None,
            }
        }
        path.filter(|path| !path.is_empty())
    }
}
