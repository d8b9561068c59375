//! Paths: names that lead to attributes of the row, or over a relationship to another row.

use ruff_python_ast::Expr;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::condition::{Place, Scope};
use super::expression::path;
use super::narrow::Fact;
use crate::model::{Column, EntityId, RelationshipKind, RowPath};
use crate::suggest::advice;

/// What a path leads to.
pub(super) enum Target {
    /// A row.
    Row(Row),
    /// An attribute of the row, its name and its place.
    Attribute(Column, String, Span),
}

/// The row itself, or one that a relationship leads to.
pub(super) struct Row {
    pub(super) path: RowPath,
    pub(super) entity: EntityId,
    /// Whether the relationship may lead nowhere.
    pub(super) optional: bool,
    /// As written.
    pub(super) name: String,
    pub(super) span: Span,
}

impl Scope<'_, '_> {
    /// The row that an expression is, if it is one; reports nothing.
    pub(super) fn row(&mut self, tree: &Expr) -> Option<Row> {
        let kept = self.context.findings.len();
        let found = path(self.expression, tree).and_then(|names| self.follow(&names));
        self.context.findings.truncate(kept);
        match found {
            Some(Target::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// What a path leads to; what is wrong with it is reported.
    pub(super) fn follow(&mut self, names: &[(&str, Span)]) -> Option<Target> {
        let whole = names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(".");
        let rest = match names {
            [("self", span)] => {
                let (path, entity) = (RowPath::Own, self.entity);
                let row = Row { path, entity, optional: false, name: whole, span: *span };
                return Some(Target::Row(row));
            }
            [("self", _), rest @ ..] => rest,
            all => all,
        };
        let (name, span) = rest[0];
        if name == "current_user" {
            self.later_at(span, "attributes of the caller");
            return None;
        }
        let draft = self.context.draft(self.entity);
        if let Some(column) = draft.column(name) {
            let (broken, longer) = (draft.is_broken(column), rest.len() > 1);
            if longer {
                self.later_at(span, "parts of attributes");
            }
            return (!broken && !longer).then_some(Target::Attribute(column, whole, span));
        }
        let Some(id) = draft.relationships.get(name).copied() else {
            let inverse = draft.entity.inverses.iter().any(|it| it.name.value == name);
            if inverse {
                self.later_at(span, "related rows");
            } else {
                self.no_attribute(name, span);
            }
            return None;
        };
        if draft.loose.contains(&id) {
            return None;
        }
        let found = &draft.entity.relationships[id.index()];
        let (entity, optional) = (found.target, found.nullable);
        let one = matches!(found.kind, RelationshipKind::ManyToOne | RelationshipKind::OneToOne);
        if !one || rest.len() > 1 {
            self.later_at(span, "related rows");
            return None;
        }
        Some(Target::Row(Row { path: RowPath::To(id), entity, optional, name: whole, span }))
    }

    /// A row is there, or was tested to be.
    pub(super) fn present(&mut self, at: &Row) -> Option<()> {
        let RowPath::To(id) = at.path else { return Some(()) };
        if !at.optional || self.place == Place::Row || self.facts.contains(&Fact::Row(id)) {
            return Some(());
        }
        self.untested(&format!("`{}` may be absent here", at.name), &at.name, at.span);
        None
    }

    /// Reports what is used without a test.
    pub(super) fn untested(&mut self, message: &str, name: &str, span: Span) {
        let finding = Diagnostic::error(Code::E0313, message)
            .at(span, "used without a test")
            .help(format!("test it first: `{name} is None or …`, `{name} is not None and …`"));
        self.context.report(finding);
    }

    fn no_attribute(&mut self, name: &str, span: Span) {
        let draft = self.draft();
        let message = format!("`{}` has no attribute `{name}`", draft.entity.name.value);
        let help = advice(name, draft.names());
        let finding = Diagnostic::error(Code::E0205, message).at(span, "unknown name").help(help);
        self.context.report(finding);
    }
}
