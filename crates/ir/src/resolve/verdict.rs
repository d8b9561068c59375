//! What is said about conditions that are decided before they are asked.

use ruff_python_ast::Expr;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::condition::Scope;
use super::decided::{Known, is_impossible};
use super::narrow::Fact;
use crate::model::{Comparison, Condition};

impl Scope<'_, '_> {
    /// Says so if a condition always holds, or never.
    pub(super) fn decide(&mut self, tree: &Expr, condition: &Condition) {
        let span = self.expression.span(tree);
        let finding = if is_impossible(condition, true, &self.known, &self.facts) {
            let said = if is_impossible(condition, true, &self.known, &[]) {
                "the types of what it compares rule it out"
            } else {
                "what was tested before it rules it out"
            };
            Diagnostic::error(Code::E0321, "this never holds")
                .at(span, said)
                .help("leave it out, or compare with what can be")
        } else if is_impossible(condition, false, &self.known, &self.facts) {
            let said = if is_impossible(condition, false, &self.known, &[]) {
                "the types of what it compares say so already"
            } else {
                "what was tested before it says so already"
            };
            // Bounds may be said twice. What always holds without them type checkers refuse.
            let finding = if is_impossible(condition, false, &self.unbounded(), &self.facts) {
                Diagnostic::error(Code::E0321, "this always holds")
            } else {
                Diagnostic::warning(Code::W0008, "this always holds")
            };
            finding.at(span, said).help("leave it out")
        } else {
            // Type checkers refuse to compare what can't be equal.
            let equal = match condition {
                Condition::Compare(_, Comparison::Equal, _) => true,
                Condition::Compare(_, Comparison::NotEqual, _) => false,
                Condition::In(_, _, within) => *within,
                _ => return,
            };
            if self.is_outdated(condition, equal) {
                self.tell_outdated(span);
            }
            return;
        };
        self.decided += 1;
        self.context.report(finding);
    }

    /// Says so if a part with others behind it is one that type checkers take for decided.
    pub(super) fn decide_operand(&mut self, tree: &Expr, condition: &Condition) {
        if self.is_outdated(condition, true) || self.is_outdated(condition, false) {
            let span = self.expression.span(tree);
            self.tell_outdated(span);
        }
    }

    /// Whether a condition can't hold (`holds`), or can't but hold, by tests of what may have changed
    /// since then. Of numbers type checkers know no bounds.
    fn is_outdated(&self, condition: &Condition, holds: bool) -> bool {
        if self.outdated.is_empty() {
            return false;
        }
        if let Condition::Missing(path, _) = condition {
            return self.outdated.contains(&Fact::Row(path.clone()));
        }
        let facts: Vec<Fact> = self.facts.iter().chain(&self.outdated).cloned().collect();
        is_impossible(condition, holds, &self.unbounded(), &facts)
    }

    /// The types of values without their bounds.
    fn unbounded(&self) -> Vec<Known> {
        let all = self.known.iter();
        all.map(|one| Known { values: one.values.clone().unbounded(), ..one.clone() }).collect()
    }

    fn tell_outdated(&mut self, span: Span) {
        self.decided += 1;
        self.not_yet(
            span,
            "tests of what was tested before it may have changed",
            "lock the row before its first test, or test the row that the called flow returns",
        );
    }
}
