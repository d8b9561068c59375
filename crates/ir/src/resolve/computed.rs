//! Computed attributes: expressions over a row, the rows that it refers to, and those that refer to
//! it.

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::condition::{Place, Scope};
use super::expression::{Expression, literal};
use super::operand::Typed;
use super::path::Row;
use super::{Context, clash};
use crate::model::{AttributeType, Column, Computed, Entity, EntityId, RowPath, Spanned};
use crate::names;
use crate::read::Source;
use crate::syntax::{Entry, Node};

/// Resolves the computed attributes of every entity.
pub(super) fn computed(entries: &[Entry], context: &mut Context) {
    for (index, entry) in entries.iter().enumerate() {
        let id = EntityId::at(index);
        let declared = entry.value.get("computed").map_or(&[][..], Node::entries);
        let mut taken = taken(&context.draft(id).entity);
        let mut found = Vec::new();
        for inner in declared {
            let good = named(&inner.key, id, &mut taken, context);
            let value = value(inner, id, context);
            if let Some(value) = value.filter(|_| good) {
                found.push(Computed {
                    name: inner.key.clone(),
                    description: inner.value.string("description"),
                    value: value.operand,
                    ty: value.ty,
                    nullable: value.nullable,
                    span: inner.key.span.to(inner.value.span),
                });
            }
        }
        context.draft_mut(id).entity.computed = found;
    }
}

/// Names that an entity has already, in snake case.
fn taken(entity: &Entity) -> IndexMap<String, Spanned<String>> {
    let attributes = entity.attributes.iter().map(|it| &it.name);
    let relationships = entity.relationships.iter().map(|it| &it.name);
    let ends = entity.inverses.iter().map(|it| &it.name);
    let all = attributes.chain(relationships).chain(ends);
    all.map(|name| (names::snake(&name.value), name.clone())).collect()
}

/// Whether a name may be declared; reports why not.
fn named(
    key: &Spanned<String>,
    id: EntityId,
    taken: &mut IndexMap<String, Spanned<String>>,
    context: &mut Context,
) -> bool {
    let source = Source::key(key);
    if !names::check(source, "a computed attribute", &mut context.findings) {
        return false;
    }
    let form = names::snake(source.text);
    let entity = &context.draft(id).entity;
    let base = entity.base_columns().find(|base| base.name() == form);
    let name = &entity.name.value;
    let finding = match (base, taken.get(&form)) {
        (Some(base), _) => {
            let message = format!("`{name}` gets `{}` from the base model", base.name());
            let finding = Diagnostic::error(Code::E0302, message);
            Some(finding.at(key.span, "a second one of this name").help("rename it"))
        }
        (None, Some(first)) => Some(clash(name, &form, first, key)),
        (None, None) => None,
    };
    let good = finding.is_none();
    context.findings.extend(finding);
    taken.entry(form).or_insert_with(|| key.clone());
    good
}

/// The value of a computed attribute; `None` if it has none, which was reported.
fn value(entry: &Entry, id: EntityId, context: &mut Context) -> Option<Typed> {
    let source = entry.value.source().or_else(|| entry.value.text("value"))?;
    let expression = Expression::parse(source, &mut context.findings)?;
    let tree = &expression.tree;
    let mut scope = Scope::new(context, id, &expression, Code::E0314, Place::Computed);
    if literal(&expression, tree).is_some() {
        scope.refuse(
            expression.span(tree),
            "this is the same for every row",
            "compute it from the row, or leave it out",
        );
        return None;
    }
    let found = scope.operand(tree)?;
    if single(&found) {
        return Some(found);
    }
    scope.refuse(
        found.span,
        format!("`{}` is no single value", found.name),
        "name a text, a number, a time, a flag or a value of an enum",
    );
    None
}

/// Whether a value is one that answers, filters and orders can show.
fn single(found: &Typed) -> bool {
    let whole = matches!(
        found.ty,
        AttributeType::Value(_)
            | AttributeType::Json
            | AttributeType::Bytes { .. }
            | AttributeType::Password { .. }
    );
    !found.list && !whole
}

impl Scope<'_, '_> {
    /// What nobody may read is not shown under another name either.
    pub(super) fn readable(&mut self, entity: EntityId, column: Column, span: Span) -> Option<()> {
        let facts = self.context.draft(entity).facts(column);
        let told = self.place == Place::Computed || self.shown;
        if !told || !(facts.writeonly || facts.guarded) {
            return Some(());
        }
        let who = if facts.guarded { "not everybody" } else { "nobody" };
        let word = if facts.guarded { "readable_by" } else { "writeonly" };
        let name = self.context.draft(entity).entity.column_name(column).to_owned();
        let help = format!("compute from what is not `{word}`");
        self.refuse(span, format!("{who} may read `{name}`"), help);
        None
    }

    /// A path comes to each entity once: within one statement the database could not tell two rows of
    /// one entity apart.
    pub(super) fn new_kind(&mut self, at: &Row, next: EntityId, span: Span) -> Option<()> {
        if self.place != Place::Computed {
            return Some(());
        }
        self.kind_again(&at.path, next, span)
    }

    /// The same for the path to a row that is read, in a rule of access.
    pub(super) fn apart(&mut self, path: &RowPath, span: Span) -> Option<()> {
        // What leads on from the caller begins with a value, not with a row of the statement.
        if self.place != Place::Access || path.variable == 1 {
            return Some(());
        }
        let way = self.along(path);
        for (length, next) in way.into_iter().skip(1).enumerate() {
            let before = RowPath { variable: path.variable, steps: path.steps[..length].to_vec() };
            self.kind_again(&before, next, span)?;
        }
        Some(())
    }

    /// The entities of a path: the one of its variable, and what each step leads to.
    fn along(&self, path: &RowPath) -> Vec<EntityId> {
        let mut all = vec![self.entity_of(path.variable)];
        for step in &path.steps {
            let at = all[all.len() - 1];
            all.push(self.context.draft(at).entity.relationships[step.index()].target);
        }
        all
    }

    /// Refuses an entity that is on the way already.
    pub(super) fn kind_again(&mut self, path: &RowPath, next: EntityId, span: Span) -> Option<()> {
        let mut seen = self.along(path);
        seen.push(self.entity);
        if !seen.contains(&next) {
            return Some(());
        }
        let name = self.context.draft(next).entity.name.value.clone();
        self.not_yet(
            span,
            &format!("paths that come to `{name}` again"),
            "speak of the row, or of rows of other entities",
        );
        None
    }
}
