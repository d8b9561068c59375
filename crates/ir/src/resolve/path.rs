//! Paths: names that lead over relationships to rows, to their attributes, or to many rows.

use ruff_python_ast::Expr;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::condition::{Place, Scope};
use super::expression::path;
use super::narrow::Fact;
use crate::model::{
    Collection, Column, EntityId, Local, RelationshipId, RelationshipKind, RowPath,
};
use crate::suggest::advice;

/// What a path leads to.
pub(super) enum Target {
    /// A row.
    Row(Row),
    /// An attribute of a row.
    Attribute(Row, Column),
    /// Many rows.
    Many(Many),
    /// A value of a flow.
    Local(Local, Span),
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

/// Many rows.
pub(super) struct Many {
    pub(super) from: RowPath,
    pub(super) collection: Collection,
    pub(super) entity: EntityId,
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
        self.used.push(first.to_owned());
        let variable = self.variables.iter().rposition(|(name, _)| name == first);
        self.caller_of_rule(first, span)?;
        let (mut at, rest) = match (variable, first) {
            (Some(position), _) => {
                let path = RowPath { variable: position + 1, steps: Vec::new() };
                (start(path, self.variables[position].1, first, span), &names[1..])
            }
            (None, _) if self.place == Place::Flow => match self.of_flow(names)? {
                Ok(row) => (row, &names[1..]),
                Err(local) => return Some(Target::Local(local, span)),
            },
            (None, "self") => (start(RowPath::own(), self.entity, first, span), &names[1..]),
            (None, "current_user") => {
                self.later_at(span, "attributes of the caller");
                return None;
            }
            _ => (start(RowPath::own(), self.entity, first, span), names),
        };
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
                    self.apart(&at.path, *span)?;
                }
                self.readable(at.entity, column, *span)?;
                at.name = joined(names);
                at.span = *span;
                return Some(Target::Attribute(at, column));
            }
            let many = draft.entity.inverses.iter().position(|it| it.name.value == **name);
            if let Some(id) = draft.relationships.get(*name).copied() {
                match self.forward(&at, id, *span)? {
                    Ok(next) => at = next,
                    Err(many) if last => return Some(Target::Many(many)),
                    Err(_) => return self.through_many(*span),
                }
            } else if let Some(inverse) = many {
                let many = self.other_end(&at, inverse, *span)?;
                return if last { Some(Target::Many(many)) } else { self.through_many(*span) };
            } else {
                self.no_attribute(at.entity, name, *span);
                return None;
            }
        }
        at.name = joined(names);
        Some(Target::Row(at))
    }

    /// The caller is spoken of in a rule of access, where somebody can sign in.
    fn caller_of_rule(&mut self, first: &str, span: Span) -> Option<()> {
        if first == "current_user" && self.place == Place::Access {
            self.signed_in(span)?;
            self.caller = true;
        }
        Some(())
    }

    /// What the first name of a path is in a flow, where it is no variable.
    fn of_flow(&mut self, names: &[(&str, Span)]) -> Option<Result<Row, Local>> {
        let (first, span) = names[0];
        if first == "current_user" {
            self.signed_in(span)?;
            self.caller = true;
            let account = self.context.account?;
            return Some(Ok(start(RowPath::own(), account, first, span)));
        }
        let Some(found) = self.locals.iter().find(|known| known.name == first) else {
            let rows = self.variables.iter().map(|(name, _)| name.as_str());
            let values = self.locals.iter().map(|known| known.name.as_str());
            let help = advice(first, rows.chain(values).chain(["current_user"]));
            let message = format!("nothing is called `{first}` here");
            let finding = Diagnostic::error(Code::E0205, message).at(span, "unknown name");
            self.context.report(finding.help(help));
            return None;
        };
        let local = found.local.clone()?;
        if let [_, (_, part), ..] = names {
            let help = format!("write `{first}`");
            self.refuse(*part, format!("`{first}` is a value: it has no parts"), help);
            return None;
        }
        Some(Err(local))
    }

    /// The row, or the rows, at the other end of a relationship.
    fn forward(&mut self, at: &Row, id: RelationshipId, span: Span) -> Option<Result<Row, Many>> {
        let draft = self.context.draft(at.entity);
        if draft.loose.contains(&id) {
            return None;
        }
        let found = &draft.entity.relationships[id.index()];
        let (target, nullable) = (found.target, found.nullable || found.relaxed);
        let name = found.name.value.clone();
        match found.kind {
            RelationshipKind::ManyToOne | RelationshipKind::OneToOne => {}
            RelationshipKind::ManyToMany => {
                self.many_related(at, target, false, span)?;
                let collection = Collection::Link(id);
                return Some(Err(Many { from: at.path.clone(), collection, entity: target, span }));
            }
            RelationshipKind::Through { .. } => {
                self.later_at(span, "rows behind an association entity");
                return None;
            }
        }
        if self.place == Place::Flow && at.path.variable == 0 {
            self.not_yet(span, "rows behind the caller", "take the row as an input of the flow");
            return None;
        }
        self.present(at)?;
        self.new_kind(at, target, span)?;
        self.apart(&at.path, span)?;
        let mut path = at.path.clone();
        path.steps.push(id);
        Some(Ok(Row { path, entity: target, optional: nullable, name, span }))
    }

    fn other_end(&mut self, at: &Row, inverse: usize, span: Span) -> Option<Many> {
        let found = &self.context.draft(at.entity).entity.inverses[inverse];
        let entity = found.entity;
        let of = &self.context.draft(entity).entity.relationships[found.relationship.index()];
        let kind = of.kind;
        self.many_related(at, entity, kind == RelationshipKind::ManyToOne, span)?;
        if kind == RelationshipKind::OneToOne {
            self.later_at(span, "paths through the other end of a one-to-one relationship");
            return None;
        }
        if matches!(kind, RelationshipKind::Through { .. }) {
            self.later_at(span, "rows behind an association entity");
            return None;
        }
        self.present(at)?;
        let collection = Collection::Inverse(inverse);
        Some(Many { from: at.path.clone(), collection, entity, span })
    }

    /// Related rows are spoken of where that is possible only.
    pub(super) fn related(&mut self, span: Span) -> Option<()> {
        let anywhere = [Place::Related, Place::Computed, Place::Access, Place::Flow];
        if anywhere.contains(&self.place) {
            return Some(());
        }
        let help =
            "say it by an invariant that is looked at after some writes: `when: [create, update]`";
        self.not_yet(span, "related rows", help);
        None
    }

    /// So are many of them: in what is computed, where they are the row's own, and in flows, where they
    /// refer to a row of the flow (`refer`).
    fn many_related(&mut self, at: &Row, entity: EntityId, refer: bool, span: Span) -> Option<()> {
        match self.place {
            Place::Computed if at.path.is_own() => self.new_kind(at, entity, span),
            Place::Access if at.path.variable == 0 => {
                self.apart(&at.path, span)?;
                self.kind_again(&at.path, entity, span)
            }
            Place::Access => {
                let help = "speak of the row's own ones, or of those of a row that it refers to";
                self.not_yet(span, "many rows of the caller, or of each of many rows,", help);
                None
            }
            Place::Computed => {
                self.not_yet(span, "many rows of a related row", "speak of the row's own ones");
                None
            }
            Place::Flow if at.path.variable == 0 || at.path.variable > self.rows => {
                let help = "walk through them by `for`, and say it of each";
                self.not_yet(span, "many rows of the caller, or of each of many rows,", help);
                None
            }
            Place::Flow if !refer => {
                let help = "name the rows of the other end of a `many_to_one` relationship";
                self.not_yet(span, "many-to-many rows", help);
                None
            }
            Place::Flow => Some(()),
            Place::Row | Place::Tested | Place::Related => {
                let help = "declare a computed attribute: `computed: {item_count: len(items)}`";
                self.not_yet(span, "many related rows", help);
                None
            }
        }
    }

    fn through_many(&mut self, span: Span) -> Option<Target> {
        self.refuse(
            span,
            "this leads to many rows: which of them is meant?",
            "say it of all: `sum(row.amount for row in rows)`, `any(row.open for row in rows)`",
        );
        None
    }

    /// A row is there, or was tested to be.
    pub(super) fn present(&mut self, at: &Row) -> Option<()> {
        let known = self.place == Place::Row || self.facts.contains(&Fact::Row(at.path.clone()));
        if !at.optional || known {
            return Some(());
        }
        let name = &at.name;
        let finding = Diagnostic::error(Code::E0313, format!("`{name}` may be absent here"))
            .at(at.span, "used without a test")
            .help(format!("test it first: `{name} is None or …`, `{name} is not None and …`"));
        self.context.report(finding);
        None
    }

    fn no_attribute(&mut self, entity: EntityId, name: &str, span: Span) {
        let draft = self.context.draft(entity);
        if draft.computed.contains(name) {
            self.not_yet(span, "computed attributes", "write what it is computed from");
            return;
        }
        let message = format!("`{}` has no attribute `{name}`", draft.entity.name.value);
        let ends = draft.entity.inverses.iter().map(|end| end.name.value.as_str());
        let caller = (self.place == Place::Access).then_some("current_user");
        let help = advice(name, draft.names().chain(ends).chain(caller));
        let finding = Diagnostic::error(Code::E0205, message).at(span, "unknown name").help(help);
        self.context.report(finding);
    }
}

fn start(path: RowPath, entity: EntityId, name: &str, span: Span) -> Row {
    Row { path, entity, optional: false, name: name.to_owned(), span }
}

fn joined(names: &[(&str, Span)]) -> String {
    names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(".")
}
