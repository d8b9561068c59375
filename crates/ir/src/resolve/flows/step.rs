//! The steps: which word each has, and those that stand alone.

use ruff_python_ast::Expr;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::bind::row;
use super::walk::{Walk, first};
use super::wrong;
use crate::model::{Action, FlowStep, Local, RowPath, TransitionId};
use crate::resolve::condition::Scope;
use crate::resolve::expression::{literal, path};
use crate::resolve::operand::Typed;
use crate::shape::flows::WORDS;
use crate::suggest::advice;
use crate::syntax::{Entry, Node, Value};

/// What may stand beside each word.
fn beside(word: &str) -> &'static [&'static str] {
    match word {
        "require" => &["else"],
        "let" => &["be"],
        "create" | "call" | "slot" => &["with", "as"],
        "emit" => &["with"],
        "for" => &["order_by", "do"],
        "if" => &["then", "else"],
        _ => &[],
    }
}

impl Walk<'_, '_> {
    /// Reads a step, and whether it ends the flow on every way. All parts are looked at.
    pub(super) fn step(&mut self, node: &Node) -> Option<(FlowStep, bool)> {
        let entry = self.word(node)?;
        let span = entry.key.span;
        let plain = |action| Some((FlowStep { action, span }, false));
        match entry.key.value.as_str() {
            "lock" => self.lock(entry).and_then(plain),
            "require" => self.require(node).and_then(plain),
            "let" => self.named_value(node, span).and_then(plain),
            "set" => self.set(entry).and_then(plain),
            "create" => self.create(node, span).and_then(plain),
            "delete" => self.row(entry.value.source()?).and_then(|row| {
                self.forget();
                plain(Action::Delete(row.path))
            }),
            "transition" => self.transition(entry).and_then(plain),
            "for" => self.each(node, span).and_then(plain),
            "if" => {
                let (action, ends) = self.branches(node, span)?;
                Some((FlowStep { action, span }, ends))
            }
            "call" => self.call(node, span).and_then(plain),
            "emit" => self.emit(node).and_then(plain),
            "slot" => self.slot(node, span).and_then(plain),
            "return" => {
                let action = self.result(entry)?;
                Some((FlowStep { action, span }, true))
            }
            // What can't be built was reported.
            _ => {
                self.bind_lost(node.text("as"));
                None
            }
        }
    }

    /// The word of a step, beside which nothing stands that says nothing there.
    fn word<'s>(&mut self, node: &'s Node) -> Option<&'s Entry> {
        let mut words = node.entries().iter().filter(|it| WORDS.contains(&it.key.value.as_str()));
        let Some(word) = words.next() else {
            if node.value != Value::Null {
                let help = format!("begin it with one of {}", WORDS.join(", "));
                wrong(first(node), "this step does nothing", help, self.context);
            }
            return None;
        };
        if let Some(other) = words.next() {
            let (one, two) = (&word.key.value, &other.key.value);
            let message = format!("a step can't both `{one}` and `{two}`");
            wrong(other.key.span, message, "make two steps of it: a `- ` for each", self.context);
            return None;
        }
        let known = beside(&word.key.value);
        let lost = node.entries().iter().find(|entry| {
            entry.key.span != word.key.span && !known.contains(&entry.key.value.as_str())
        });
        if let Some(lost) = lost {
            let message = format!("`{}` says nothing beside `{}`", lost.key.value, word.key.value);
            wrong(lost.key.span, message, "leave it out", self.context);
            return None;
        }
        let empty = word.value.value == Value::Null && word.key.value != "return";
        if empty {
            let message = format!("`{}` needs a value", word.key.value);
            wrong(word.key.span, message, "add one behind the colon", self.context);
            return None;
        }
        Some(word)
    }

    /// The value under a key that a word can't do without.
    pub(super) fn needed<'s>(&mut self, node: &'s Node, key: &str, word: Span) -> Option<&'s Node> {
        let found = node.get(key);
        if found.is_none() {
            let message = format!("this step needs `{key}`");
            wrong(word, message, format!("add `{key}` to it"), self.context);
        }
        found
    }

    fn lock(&mut self, entry: &Entry) -> Option<Action> {
        let row = self.row(entry.value.source()?)?;
        self.forget();
        Some(Action::Lock(row.path))
    }

    fn require(&mut self, node: &Node) -> Option<Action> {
        let condition = node.text("require").and_then(|source| self.condition(source));
        let refusal = self.refusal(node.get("else"));
        let condition = condition?;
        self.learn(&condition, true);
        Some(Action::Require(condition, refusal?))
    }

    fn named_value(&mut self, node: &Node, word: Span) -> Option<Action> {
        let name = node.text("let")?;
        let found = self.needed(node, "be", word).and_then(|node| self.operand(node));
        let Some(found) = found else {
            self.bind_lost(Some(name));
            return None;
        };
        let local = Local {
            name: name.text.to_owned(),
            ty: found.ty,
            list: found.list,
            nullable: found.nullable,
        };
        self.bind_value(name, local)?;
        Some(Action::Let(name.text.to_owned(), found.operand))
    }

    /// A value that is no literal.
    fn operand(&mut self, node: &Node) -> Option<Typed> {
        let Some(source) = node.source() else {
            wrong(node.span, "a literal needs no name", "write it where it is used", self.context);
            return None;
        };
        self.read(source, |scope, tree| {
            if let Some(raw) = literal(scope.expression, tree) {
                scope.refuse(raw.span, "a literal needs no name", "write it where it is used");
                return None;
            }
            scope.operand(tree)
        })
    }

    /// `order.cancel`
    fn transition(&mut self, entry: &Entry) -> Option<Action> {
        let machines = self.machines;
        let (path, id) =
            self.read(entry.value.source()?, |scope, tree| transition(scope, tree, machines))?;
        self.forget_row(&path);
        Some(Action::Transition(path, id))
    }

    /// What the flow returns.
    fn result(&mut self, entry: &Entry) -> Option<Action> {
        let span = entry.key.span;
        let Some(source) = entry.value.source() else {
            self.returned.push((None, span));
            return Some(Action::Return(None));
        };
        let row = self.row(source)?;
        if !self.context.changes.contains_key(&row.entity) {
            let name = self.context.draft(row.entity).entity.name.clone();
            let message = format!("`{}` is not offered, so nobody may read one", name.value);
            let finding = Diagnostic::error(Code::E0318, message)
                .at(source.span, "returned to a client")
                .also(name.span, "turned off under `resources`");
            self.context.report(finding.help("turn the resource on, or return another row"));
            return None;
        }
        self.returned.push((Some(row.entity), span));
        Some(Action::Return(Some(row.path)))
    }
}

fn transition(
    scope: &mut Scope<'_, '_>,
    tree: &Expr,
    machines: &[crate::model::StateMachine],
) -> Option<(RowPath, TransitionId)> {
    let span = scope.expression.span(tree);
    let Expr::Attribute(found) = tree else {
        let help = "write such as `order.cancel`";
        scope.refuse(span, "a transition is named behind its row", help);
        return None;
    };
    let row = row(scope, &found.value)?;
    let name = found.attr.id.as_str();
    let own = || machines.iter().enumerate().filter(|(_, it)| it.entity == row.entity);
    let id = own().find_map(|(machine, it)| {
        let transition = it.transitions.iter().position(|it| it.name.value == name)?;
        Some(TransitionId { machine, transition })
    });
    let Some(id) = id else {
        let entity = scope.context.draft(row.entity).entity.name.value.clone();
        let known = own().flat_map(|(_, it)| &it.transitions).map(|it| it.name.value.as_str());
        let help = advice(name, known);
        let message = format!("`{entity}` has no transition `{name}`");
        let span = scope.expression.span(&found.attr);
        let finding = Diagnostic::error(Code::E0205, message).at(span, "unknown name").help(help);
        scope.context.report(finding);
        return None;
    };
    Some((row.path, id))
}

/// The names of a path, which an expression is.
pub(super) fn bare<'e>(scope: &Scope<'_, '_>, tree: &'e Expr) -> Option<&'e str> {
    let names = path(scope.expression, tree)?;
    match names.as_slice() {
        [(name, _)] => Some(name),
        _ => None,
    }
}
