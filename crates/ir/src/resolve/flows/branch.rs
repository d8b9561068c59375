//! Steps that hold others: `for` and `if`.

use ruff_python_ast::{CmpOp, Expr};
use stratapi_diagnostics::Span;

use super::walk::Walk;
use super::wrong;
use crate::model::{Action, Loop, Operand, Rows};
use crate::read::Source;
use crate::resolve::condition::Scope;
use crate::resolve::narrow::Fact;
use crate::resolve::path::{Many, Target};
use crate::syntax::{Node, Value};
use crate::types;

impl Walk<'_, '_> {
    /// `for: item in cart.items`. What is known of rows at its start need not hold at its second turn.
    pub(super) fn each(&mut self, node: &Node, word: Span) -> Option<Action> {
        let header = node.text("for").and_then(|source| self.header(source));
        let body = self.needed(node, "do", word);
        let (many, name) = header?;
        let name = node.text("for")?.between(0, name.len());
        let before = self.facts.clone();
        let known: Vec<Fact> = before.iter().chain(&self.outdated).cloned().collect();
        self.forget();
        let (rows, locals) = (self.rows.len(), self.locals.len());
        let bound = self.bind_row(name, many.entity);
        let order = match node.text("order_by") {
            Some(source) => self.order(source).map(Some),
            None => Some(None),
        };
        let block = body.and_then(|body| self.block(body.items(), place(body)));
        self.rows.truncate(rows);
        self.locals.truncate(locals);
        self.facts.retain(|fact| before.contains(fact) && fact.of_row().is_none());
        self.outdated.retain(|fact| known.contains(fact));
        bound?;
        let rows = Rows {
            from: many.from,
            collection: many.collection,
            entity: many.entity,
            variable: name.text.to_owned(),
            filter: None,
        };
        Some(Action::For(Loop { rows, order: order?, steps: block?.steps }))
    }

    /// The rows and the name of the variable, with which the text begins.
    fn header(&mut self, source: Source<'_>) -> Option<(Many, String)> {
        let text = source.text;
        let begins = text.starts_with(|c: char| !c.is_whitespace());
        self.read(source, |scope, tree| {
            if let Expr::Compare(found) = tree
                && let ([CmpOp::In], [rows], Expr::Name(name)) =
                    (&*found.ops, &*found.comparators, &*found.left)
                && begins
            {
                return many(scope, rows).map(|many| (many, name.id.to_string()));
            }
            let span = scope.expression.span(tree);
            let help = "write such as `item in cart.items`";
            scope.refuse(span, "this is no variable and its rows", help);
            None
        })
    }

    fn order(&mut self, source: Source<'_>) -> Option<Operand> {
        self.read(source, |scope, tree| {
            let found = scope.operand(tree)?;
            let can = types::abilities(&found.ty);
            if found.list || !(can.sort || can.order) {
                let message = format!("`{}` has no order", found.name);
                scope.refuse(found.span, message, "order by a value that has one");
                return None;
            }
            scope.tested(&found).then_some(found.operand)
        })
    }

    /// `if … then … else`, and whether both ways end the flow.
    pub(super) fn branches(&mut self, node: &Node, word: Span) -> Option<(Action, bool)> {
        let condition = node.text("if").and_then(|source| self.condition(source));
        let then = self.needed(node, "then", word);
        let otherwise = node.get("else");
        if let Some(refusal) = otherwise.filter(|node| !matches!(node.value, Value::Seq(_))) {
            let help = "write steps; a `require` refuses";
            wrong(
                place(refusal),
                "an `if` has another way, it refuses nothing",
                help,
                self.context,
            );
            return None;
        }
        let before = self.facts.clone();
        let known: Vec<Fact> = before.iter().chain(&self.outdated).cloned().collect();
        if let Some(condition) = &condition {
            self.learn(condition, true);
        }
        let yes = then.and_then(|node| self.block(node.items(), place(node)));
        let after_yes = std::mem::replace(&mut self.facts, before);
        if let Some(condition) = &condition {
            self.learn(condition, false);
        }
        let no = otherwise.map(|node| self.block(node.items(), place(node)));
        let (condition, yes) = (condition?, yes?);
        let (no, no_ends) = match no {
            Some(no) => no.map(|no| (no.steps, no.ends))?,
            None => (Vec::new(), false),
        };
        self.outdated.retain(|fact| known.contains(fact));
        match (yes.ends, no_ends) {
            (true, _) => {}
            (false, true) => self.facts = after_yes,
            (false, false) => self.facts.retain(|fact| after_yes.contains(fact)),
        }
        Some((Action::If(condition, yes.steps, no), yes.ends && no_ends))
    }
}

/// Where a list stands, for what is said of all of it.
fn place(node: &Node) -> Span {
    node.items().first().map_or(node.span, super::walk::first)
}

fn many(scope: &mut Scope<'_, '_>, tree: &Expr) -> Option<Many> {
    let names = crate::resolve::expression::path(scope.expression, tree);
    let span = scope.expression.span(tree);
    let Some(names) = names else {
        scope.refuse(span, "these are no rows of a relationship", "write such as `cart.items`");
        return None;
    };
    match scope.follow(&names)? {
        Target::Many(many) => Some(many),
        _ => {
            scope.refuse(span, "this does not lead to many rows", "write such as `cart.items`");
            None
        }
    }
}
