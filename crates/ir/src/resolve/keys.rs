//! What speaks of several attributes of an entity: its key, unique groups, indexes and checks.

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::{Context, condition};
use crate::model::{Check, EntityId, IdKind, Index, Member, Spanned, UniqueKey};
use crate::names;
use crate::read::Source;
use crate::shorthand::Cursor;
use crate::syntax::{Entry, Node};
use crate::types;

/// Resolves the keys, unique groups, indexes and checks of every entity.
pub(super) fn keys(entries: &[Entry], context: &mut Context) {
    for (index, entry) in entries.iter().enumerate() {
        let id = EntityId::at(index);
        primary(id, &entry.value, context);
        contents(id, &entry.key, context);
        for node in entry.value.get("unique").map_or(&[][..], Node::items) {
            if let Some((members, _, _)) = group(node, id, context) {
                let found = UniqueKey { members, span: node.span };
                context.draft_mut(id).entity.unique.push(found);
            }
        }
        for node in entry.value.get("indexes").map_or(&[][..], Node::items) {
            if let Some((members, unique, condition)) = group(node, id, context) {
                let condition = condition.and_then(|text| condition::condition(text, id, context));
                let found = Index { members, unique, condition, span: node.span };
                context.draft_mut(id).entity.indexes.push(found);
            }
        }
        for inner in entry.value.get("checks").map_or(&[][..], Node::entries) {
            check(inner, id, context);
        }
    }
}

/// Attributes and relationships flagged `primary` are the key.
fn primary(id: EntityId, node: &Node, context: &mut Context) {
    let entity = &context.draft(id).entity;
    let flagged = entity
        .attributes
        .iter()
        .map(|found| (found.flags.primary, found.name.span))
        .chain(entity.relationships.iter().map(|found| (found.primary, found.name.span)))
        .find(|(primary, _)| *primary);
    let soft = entity.soft_delete && !entity.base.is_active;
    let mut findings = Vec::new();
    let base = node.get("base");
    if let Some(declared) =
        base.and_then(|base| base.source().map(|_| base).or_else(|| base.get("id")))
        && let Some((_, place)) = flagged
    {
        findings.push(
            Diagnostic::error(Code::E0306, "the entity has two primary keys")
                .at(declared.span, "one from the base model")
                .also(place, "one of its own")
                .help("leave `id` out of `base`, or the flag `primary`"),
        );
    }
    if soft {
        let place = node.get("soft_delete").map_or(entity.name.span, |found| found.span);
        findings.push(
            Diagnostic::error(Code::E0305, "`soft_delete` needs `is_active`")
                .at(place, "there is no column to mark a deleted row in")
                .help("leave `is_active: false` out of `base`"),
        );
    }
    context.findings.append(&mut findings);
    if flagged.is_some() {
        context.draft_mut(id).entity.base.id = IdKind::Declared;
    }
}

/// An entity holds something.
fn contents(id: EntityId, key: &Spanned<String>, context: &mut Context) {
    let entity = &context.draft(id).entity;
    if entity.attributes.is_empty() && entity.relationships.is_empty() {
        let message = format!("`{}` has neither attributes nor relationships", entity.name.value);
        context.report(
            Diagnostic::error(Code::E0305, message)
                .at(key.span, "empty")
                .help("declare at least one: `attributes: {name: string}`"),
        );
    }
}

type Group<'a> = (Vec<Member>, bool, Option<Source<'a>>);

/// A group of members: a list, `a, b (unique, where=…)`, or a mapping.
fn group<'a>(node: &'a Node, id: EntityId, context: &mut Context) -> Option<Group<'a>> {
    let (names, unique, condition) = if let Some(source) = node.source() {
        short(source, context)?
    } else if let Some(members) = node.get("members") {
        let names = members.items().iter().filter_map(Node::source).map(|name| name.owned());
        (names.collect(), node.bool("unique").unwrap_or(false), node.text("where"))
    } else {
        let names = node.items().iter().filter_map(Node::source).map(|name| name.owned());
        (names.collect(), false, None)
    };
    let members = members(&names, node.span, id, context)?;
    Some((members, unique, condition))
}

fn short<'a>(
    source: Source<'a>,
    context: &mut Context,
) -> Option<(Vec<Spanned<String>>, bool, Option<Source<'a>>)> {
    let mut cursor = Cursor::new(source, Code::E0109);
    let mut names = Vec::new();
    let mut unique = false;
    let mut condition = None;
    let read = (|| {
        loop {
            names.push(cursor.name("an attribute or a relationship")?);
            if !cursor.eat(",") {
                break;
            }
        }
        if !cursor.eat("(") {
            return if cursor.at_end() {
                Ok(())
            } else {
                Err(cursor.unexpected("`,`, `(` or the end"))
            };
        }
        let rest = cursor.rest().trim_end();
        let start = cursor.offset();
        let Some(inner) = rest.strip_suffix(')') else {
            return Err(cursor.unexpected("`)` at the end"));
        };
        unique = inner.trim_start().starts_with("unique");
        if let Some(at) = inner.find("where=") {
            condition = Some(source.between(start + at + "where=".len(), start + inner.len()));
        } else if inner.trim() != "unique" {
            return Err(cursor.unexpected("`unique` or `where=`"));
        }
        Ok(())
    })();
    match read {
        Ok(()) => Some((names, unique, condition)),
        Err(finding) => {
            context.report(
                finding.help("write `status, published_at (unique, where=status == 'open')`"),
            );
            None
        }
    }
}

fn members(
    names: &[Spanned<String>],
    span: Span,
    id: EntityId,
    context: &mut Context,
) -> Option<Vec<Member>> {
    if names.is_empty() {
        context.report(
            Diagnostic::error(Code::E0306, "the group is empty")
                .at(span, "")
                .help("name at least one attribute or relationship"),
        );
        return None;
    }
    let mut members = Vec::new();
    let mut good = true;
    let mut seen: IndexMap<&str, Span> = IndexMap::new();
    for name in names {
        if let Some(first) = seen.insert(&name.value, name.span) {
            context.report(
                Diagnostic::error(Code::E0206, format!("`{}` is named twice", name.value))
                    .at(name.span, "named here again")
                    .also(first, "first named here")
                    .help("leave one of them out"),
            );
            good = false;
            continue;
        }
        match member(name, id, context) {
            Some(member) => members.push(member),
            None => good = false,
        }
    }
    good.then_some(members)
}

fn member(name: &Spanned<String>, id: EntityId, context: &mut Context) -> Option<Member> {
    let draft = context.draft(id);
    let refuse = |message: String| {
        Diagnostic::error(Code::E0306, message).at(name.span, "").help("leave it out")
    };
    let refused = if let Some(found) = draft.column(&name.value) {
        let facts = draft.facts(found);
        if draft.is_broken(found) {
            return None;
        }
        if types::abilities(&facts.ty).index && !facts.list {
            return Some(Member::Column(found));
        }
        refuse(format!("`{}` is of a type that no index can hold", name.value))
    } else if let Some(found) = draft.relationships.get(&name.value).copied() {
        let relationship = &draft.entity.relationships[found.index()];
        if draft.loose.contains(&found) {
            return None;
        }
        if relationship.kind.is_to_one() {
            return Some(Member::Relationship(found));
        }
        refuse(format!("`{}` leads to many rows: no column of this table holds it", name.value))
    } else {
        let known: Vec<String> = draft.names().map(str::to_owned).collect();
        context.unknown("attribute or relationship", &name.value, name.span, &known);
        return None;
    };
    context.report(refused);
    None
}

fn check(entry: &Entry, id: EntityId, context: &mut Context) {
    let source = Source::key(&entry.key);
    let good = names::check(source, "a check", &mut context.findings);
    let form = names::snake(source.text);
    if form != source.text && good {
        context.report(
            Diagnostic::error(Code::E0301, "the name of a check is in snake case")
                .at(source.span, "")
                .help(format!("write `{form}`")),
        );
    }
    let table = context.draft(id).entity.table.clone();
    names::check_length(source, &format!("ck_{table}_{form}"), "constraint", &mut context.findings);
    let text = entry.value.source().or_else(|| entry.value.text("check"));
    let Some(condition) = text.and_then(|text| condition::condition(text, id, context)) else {
        return;
    };
    let message = entry.value.text("message").map(|text| text.text.to_owned());
    let found = Check { name: entry.key.clone(), condition, message };
    context.draft_mut(id).entity.checks.push(found);
}
