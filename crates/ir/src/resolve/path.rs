//! Paths: names that lead over relationships to rows, or to their attributes.

use ruff_python_ast::Expr;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::condition::{Place, Scope};
use super::expression::path;
use super::narrow::Fact;
use crate::model::{Column, EntityId, RelationshipId, RelationshipKind, RowPath};
use crate::suggest::advice;

/// What a path leads to.
pub(super) enum Target {
    /// A row.
    Row(Row),
    /// An attribute of a row.
    Attribute(Row, Column),
}

/// A row.
pub(super) struct Row {
    pub(super) path: RowPath,
    pub(super) entity: EntityId,
    /// Whether its last relationship may lead nowhere.
    pub(super) optional: bool,
    /// As written.
    pub(super) name: String,
    pub(super) span: Span,
}

impl Scope<'_, '_> {
    /// The row that an expression is, if it is one; reports nothing.
    pub(super) fn row(&mut self, tree: &Expr) -> Option<Row> {
        match self.target_of(tree) {
            Some(Target::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// What a path leads to, without a word about what is wrong with it.
    pub(super) fn target_of(&mut self, tree: &Expr) -> Option<Target> {
        let kept = self.context.findings.len();
        let found = path(self.expression, tree).and_then(|names| self.follow(&names));
        self.context.findings.truncate(kept);
        found
    }

    /// What a path leads to; what is wrong with it is reported.
    pub(super) fn follow(&mut self, names: &[(&str, Span)]) -> Option<Target> {
        let (first, span) = names[0];
        let rest = match first {
            "self" => &names[1..],
            "current_user" => {
                self.later_at(span, "attributes of the caller");
                return None;
            }
            _ => names,
        };
        let (path, name) = (RowPath::default(), first.to_owned());
        let mut at = Row { path, entity: self.entity, optional: false, name, span };
        for (position, (name, span)) in rest.iter().enumerate() {
            let last = position + 1 == rest.len();
            let draft = self.context.draft(at.entity);
            if let Some(column) = draft.column(name) {
                if !last {
                    self.later_at(*span, "parts of attributes");
                    return None;
                }
                if draft.is_broken(column) {
                    return None;
                }
                if !at.path.steps.is_empty() {
                    self.related(names[0].1)?;
                    self.present(&at)?;
                }
                at.name = joined(names);
                at.span = *span;
                return Some(Target::Attribute(at, column));
            }
            let many = draft.entity.inverses.iter().any(|it| it.name.value == **name);
            if let Some(id) = draft.relationships.get(*name).copied() {
                at = self.forward(&at, id, *span)?;
            } else if many {
                self.later_at(*span, "many related rows");
                return None;
            } else {
                self.no_attribute(at.entity, name, *span);
                return None;
            }
        }
        at.name = joined(names);
        Some(Target::Row(at))
    }

    /// The row that a relationship leads to.
    fn forward(&mut self, at: &Row, id: RelationshipId, span: Span) -> Option<Row> {
        let draft = self.context.draft(at.entity);
        if draft.loose.contains(&id) {
            return None;
        }
        let found = &draft.entity.relationships[id.index()];
        let (target, nullable) = (found.target, found.nullable);
        let name = found.name.value.clone();
        match found.kind {
            RelationshipKind::ManyToOne | RelationshipKind::OneToOne => {}
            RelationshipKind::ManyToMany => {
                self.later_at(span, "many related rows");
                return None;
            }
            RelationshipKind::Through { .. } => {
                self.later_at(span, "rows behind an association entity");
                return None;
            }
        }
        self.present(at)?;
        let mut path = at.path.clone();
        path.steps.push(id);
        Some(Row { path, entity: target, optional: nullable, name, span })
    }

    /// Related rows are spoken of where that is possible only.
    pub(super) fn related(&mut self, span: Span) -> Option<()> {
        if self.place == Place::Related {
            return Some(());
        }
        let help =
            "say it by an invariant that is looked at after some writes: `when: [create, update]`";
        self.not_yet(span, "related rows", help);
        None
    }

    /// A row is there, or was tested to be.
    pub(super) fn present(&mut self, at: &Row) -> Option<()> {
        let known = self.place == Place::Row || self.facts.contains(&Fact::Row(at.path.clone()));
        if !at.optional || known {
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

    fn no_attribute(&mut self, entity: EntityId, name: &str, span: Span) {
        let draft = self.context.draft(entity);
        let message = format!("`{}` has no attribute `{name}`", draft.entity.name.value);
        let help = advice(name, draft.names());
        let finding = Diagnostic::error(Code::E0205, message).at(span, "unknown name").help(help);
        self.context.report(finding);
    }
}

fn joined(names: &[(&str, Span)]) -> String {
    names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(".")
}
