//! Names of a flow, and expressions in which they are read.

use ruff_python_ast::Expr;
use stratapi_diagnostics::{Code, Diagnostic};

use super::walk::Walk;
use super::{snake, wrong};
use crate::model::{Condition, EntityId, Local};
use crate::read::Source;
use crate::resolve::condition::{Named, Place, Scope};
use crate::resolve::expression::Expression;
use crate::resolve::narrow::facts;
use crate::resolve::path::{Row, Target};

impl Walk<'_, '_> {
    /// Reads an expression where all names of the flow are known.
    pub(super) fn read<T>(
        &mut self,
        source: Source<'_>,
        read: impl FnOnce(&mut Scope<'_, '_>, &Expr) -> Option<T>,
    ) -> Option<T> {
        let expression = Expression::parse(source, &mut self.context.findings)?;
        let account = self.context.account.unwrap_or(EntityId(0));
        let mut scope =
            Scope::new(&mut *self.context, account, &expression, Code::E0318, Place::Flow);
        scope.variables.clone_from(&self.rows);
        scope.locals.clone_from(&self.locals);
        scope.facts.clone_from(&self.facts);
        scope.outdated.clone_from(&self.outdated);
        scope.rows = self.rows.len();
        let found = read(&mut scope, &expression.tree);
        let (caller, numbered, used) =
            (scope.caller, scope.numbered, std::mem::take(&mut scope.used));
        self.caller |= caller;
        self.numbered |= numbered;
        self.used.extend(used);
        found
    }

    /// Reads a condition.
    pub(super) fn condition(&mut self, source: Source<'_>) -> Option<Condition> {
        self.read(source, holds)
    }

    /// Learns what is not null where a condition has held, or has not.
    pub(super) fn learn(&mut self, condition: &Condition, holds: bool) {
        self.facts.extend(facts(condition, holds));
    }

    /// Reads a path to a row that is there.
    pub(super) fn row(&mut self, source: Source<'_>) -> Option<Row> {
        self.read(source, row)
    }

    /// Whether a name is free; else that is reported. Where it is out of sight, rows of the same entity
    /// may have it again.
    fn free(&mut self, name: Source<'_>, entity: Option<EntityId>) -> bool {
        if !snake(name, "a variable", self.context) {
            return false;
        }
        if self.means_something(name.text) {
            let message = format!("`{}` means something else already", name.text);
            wrong(name.span, message, "choose another name", self.context);
            return false;
        }
        if let Some(row) = self.keys.iter().find(|row| name.text.strip_suffix("_id") == Some(row)) {
            let message = format!("`{}` is the key of the input `{row}`", name.text);
            wrong(name.span, message, "choose another name", self.context);
            return false;
        }
        let seen = self.rows.iter().any(|(known, _)| known == name.text)
            || self.locals.iter().any(|known| known.name == name.text);
        if let Some((first, known)) = self.taken.get(name.text).copied()
            && (seen || known.is_none() || known != entity)
        {
            let message = format!("`{}` is named twice in this flow", name.text);
            let finding = Diagnostic::error(Code::E0318, message).at(name.span, "named again");
            let finding = finding.also(first, "first named here");
            self.context.report(finding.help("choose another name"));
            return false;
        }
        self.taken.entry(name.text.to_owned()).or_insert((name.span, entity));
        true
    }

    /// Names a row from here on.
    pub(super) fn bind_row(&mut self, name: Source<'_>, entity: EntityId) -> Option<()> {
        if !self.free(name, Some(entity)) {
            self.bind_lost(Some(name));
            return None;
        }
        self.rows.push((name.text.to_owned(), entity));
        Some(())
    }

    /// Names a value from here on.
    pub(super) fn bind_value(&mut self, name: Source<'_>, local: Local) -> Option<()> {
        let free = self.free(name, None);
        let local = free.then_some(local);
        self.locals.push(Named { name: name.text.to_owned(), local });
        free.then_some(())
    }

    /// Remembers a name of which nothing is known, since its step was given up: no more is said about it.
    pub(super) fn bind_lost(&mut self, name: Option<Source<'_>>) {
        self.locals.extend(name.map(|name| Named { name: name.text.to_owned(), local: None }));
    }
}

/// A condition.
fn holds(scope: &mut Scope<'_, '_>, tree: &Expr) -> Option<Condition> {
    scope.condition(tree)
}

/// A path to a row that is there.
pub(super) fn row(scope: &mut Scope<'_, '_>, tree: &Expr) -> Option<Row> {
    let names = crate::resolve::expression::path(scope.expression, tree);
    let found = match names {
        Some(names) => scope.follow(&names)?,
        None => {
            let span = scope.expression.span(tree);
            scope.refuse(span, "this is no row", "name one: `order`, `item.product`");
            return None;
        }
    };
    match found {
        Target::Row(row) => {
            scope.present(&row)?;
            Some(row)
        }
        Target::Attribute(row, _) => {
            let message = format!("`{}` is a value, not a row", row.name);
            scope.refuse(row.span, message, "name a row: `order`, `item.product`");
            None
        }
        Target::Local(local, span) => {
            let message = format!("`{}` is a value, not a row", local.name);
            scope.refuse(span, message, "name a row: `order`, `item.product`");
            None
        }
        Target::Many(many) => {
            scope.refuse(many.span, "these are many rows", "walk through them by `for`");
            None
        }
    }
}
