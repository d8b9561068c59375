//! What a seed says of itself: values against the types of their attributes, and what is missing. The
//! seeds that it names are looked for later.

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::super::{Context, literal};
use super::{Row, Seeded, keys, slug, wrong};
use crate::model::{
    Attribute, AttributeId, AttributeType, DefaultValue, EntityId, Literal, RelationshipId,
    RelationshipKind,
};
use crate::shorthand::{Raw, RawValue};
use crate::syntax::{Entry, Node, Value};

/// The seeds of an entity.
pub(super) fn rows<'t>(
    entity: EntityId,
    lookup: Option<AttributeId>,
    declared: &'t Node,
    context: &mut Context,
) -> Seeded<'t> {
    let mut all = Vec::new();
    for node in declared.items() {
        let row = row(entity, node, context);
        all.push(row);
    }
    slugs(entity, &mut all, context);
    let groups = keys::groups(&context.draft(entity).entity, lookup);
    for row in &mut all {
        keys::spell_defaults(&context.draft(entity).entity, &groups, row);
    }
    Seeded { entity, groups, known_by: Vec::new(), rows: all, span: declared.span }
}

fn row<'t>(entity: EntityId, node: &'t Node, context: &mut Context) -> Row<'t> {
    let mut row = Row {
        values: Vec::new(),
        named: Vec::new(),
        references: Vec::new(),
        links: Vec::new(),
        key: String::new(),
        span: node.span,
    };
    let mut seen: IndexMap<&str, Span> = IndexMap::new();
    for entry in node.entries() {
        seen.insert(&entry.key.value, entry.key.span);
        member(entity, entry, &mut row, context);
    }
    missing(entity, node, &seen, context);
    row
}

/// One member of a seed.
fn member<'t>(entity: EntityId, entry: &'t Entry, row: &mut Row<'t>, context: &mut Context) {
    let name = &entry.key.value;
    let draft = context.draft(entity);
    if let Some(id) = draft.attributes.get(name).copied() {
        if draft.broken.contains(&id) {
            return;
        }
        let attribute = draft.entity.attributes[id.index()].clone();
        let found = value(&attribute, &Raw::of(&entry.value), context);
        row.values.extend(found.map(|found| (id, found)));
        return;
    }
    if let Some(id) = draft.relationships.get(name).copied() {
        let relationship = &draft.entity.relationships[id.index()];
        if draft.loose.contains(&id) {
            return;
        }
        if let RelationshipKind::Through { entity, .. } = relationship.kind {
            let through = context.draft(entity).entity.name.value.clone();
            let message = format!("`{name}` is read through `{through}`");
            wrong(entry.key.span, message, format!("give `{through}` seeds instead"), context);
            return;
        }
        let nullable = relationship.nullable || relationship.relaxed;
        if entry.value.value != Value::Null {
            row.named.push((id, &entry.value));
        } else if !nullable {
            let message = format!("`{name}` is null here, but it may not be");
            wrong(entry.key.span, message, "name a seed", context);
        }
        return;
    }
    let known: Vec<String> =
        draft.attributes.keys().chain(draft.relationships.keys()).cloned().collect();
    let what = format!("member of `{}` that a seed gives", draft.entity.name.value);
    context.unknown(&what, name, entry.key.span, &known);
}

/// A value that fits.
fn value(attribute: &Attribute, raw: &Raw, context: &mut Context) -> Option<Literal> {
    let name = &attribute.name.value;
    if matches!(raw.value, RawValue::Null) {
        if attribute.nullable {
            return Some(Literal::Null);
        }
        let message = format!("`{name}` is null here, but it may not be");
        wrong(raw.span, message, "write a value, or add `?` to the type", context);
        return None;
    }
    match &attribute.ty {
        AttributeType::Password { .. } => {
            let help = "leave it out: people choose their passwords themselves";
            wrong(raw.span, "a password never stands in a file", help, context);
            None
        }
        AttributeType::Bytes { .. } => {
            let finding = Diagnostic::error(Code::E0311, "octets of seeds are not built yet");
            let finding = finding.at(raw.span, "this version of the compiler can't build it");
            context.report(finding.help("leave it out until a later version"));
            None
        }
        AttributeType::Slug { .. } => match &raw.value {
            RawValue::Text(text) if slug::is_one(text) => Some(Literal::Text(text.clone())),
            _ => {
                let help = "write lower case words and digits, joined by `-`";
                wrong(raw.span, format!("the value of `{name}` is no slug"), help, context);
                None
            }
        },
        AttributeType::Value(id) if !attribute.list => {
            parts(&context.values[id.index()].attributes.clone(), name, raw, context)
        }
        ty => match literal::literal(ty, attribute.list, raw, context) {
            Ok(found) => Some(found),
            Err(problem) => {
                let message = format!("the value of `{name}` does not fit: {}", problem.message);
                let help = problem.help.unwrap_or_else(|| "write a value of the type".to_owned());
                let finding = Diagnostic::error(Code::E0304, message).at(problem.span, "");
                context.report(finding.help(help));
                None
            }
        },
    }
}

/// A value object with all its parts.
fn parts(all: &[Attribute], name: &str, raw: &Raw, context: &mut Context) -> Option<Literal> {
    let RawValue::Map(given) = &raw.value else {
        let message = format!("`{name}` is a value object, but this is {}", raw.kind());
        wrong(raw.span, message, "write a mapping with its parts", context);
        return None;
    };
    let known: Vec<String> = all.iter().map(|part| part.name.value.clone()).collect();
    let mut good = true;
    for (key, value) in given.iter().filter(|(key, _)| !known.contains(key)) {
        context.unknown(&format!("part of `{name}`"), key, value.span, &known);
        good = false;
    }
    let mut found = Vec::new();
    for part in all {
        let said = given.iter().find(|(key, _)| *key == part.name.value);
        let value = match (said, &part.default) {
            (Some((_, raw)), _) => value(part, raw, context),
            (None, Some(DefaultValue::Literal(default))) => Some(default.clone()),
            (None, None) if part.nullable => Some(Literal::Null),
            (None, _) => {
                let message = format!("the seed says nothing of `{name}.{}`", part.name.value);
                wrong(raw.span, message, format!("add `{}`", part.name.value), context);
                None
            }
        };
        good &= value.is_some();
        found.extend(value.map(|value| (part.name.value.clone(), value)));
    }
    good.then_some(Literal::Map(found))
}

/// Reports what every row needs and the seed does not say.
fn missing(entity: EntityId, node: &Node, seen: &IndexMap<&str, Span>, context: &mut Context) {
    let draft = context.draft(entity);
    let attributes = draft.entity.attributes.iter().enumerate().filter(|(index, it)| {
        let made = matches!(it.ty, AttributeType::Slug { .. });
        let broken = draft.broken.contains(&AttributeId::at(*index));
        !(it.nullable || it.default.is_some() || made || broken)
    });
    let attributes = attributes.map(|(_, it)| (it.name.value.clone(), None));
    let relationships = draft.entity.relationships.iter().enumerate().filter(|(index, it)| {
        let optional = it.nullable || it.relaxed || !it.kind.is_to_one();
        !(optional || draft.loose.contains(&RelationshipId::at(*index)))
    });
    let relationships = relationships.map(|(_, it)| (it.name.value.clone(), Some(it.target)));
    let needed = attributes.chain(relationships).filter(|(name, _)| !seen.contains_key(&**name));
    let needed: Vec<(String, Option<EntityId>)> = needed.collect();
    for (name, target) in needed {
        let help = if target.is_some() && target == context.account {
            format!("accounts are no seeds: make `{name}` optional, or leave this seed out")
        } else {
            format!("add `{name}`")
        };
        wrong(node.span, format!("the seed says nothing of `{name}`"), help, context);
    }
}

/// Makes the slugs that seeds do not say.
fn slugs(entity: EntityId, rows: &mut [Row<'_>], context: &mut Context) {
    let attributes = context.draft(entity).entity.attributes.clone();
    for (index, attribute) in attributes.iter().enumerate() {
        let AttributeType::Slug { from } = attribute.ty else { continue };
        let id = AttributeId::at(index);
        let said = |row: &Row<'_>, id| match row.values.iter().find(|(it, _)| *it == id) {
            Some((_, Literal::Text(text))) => Some(text.clone()),
            _ => None,
        };
        let mut taken: Vec<String> = rows.iter().filter_map(|row| said(row, id)).collect();
        for row in rows.iter_mut() {
            if row.values.iter().any(|(it, _)| *it == id) {
                continue;
            }
            let default = match &attributes[from.index()].default {
                Some(DefaultValue::Literal(Literal::Text(text))) => Some(text.clone()),
                _ => None,
            };
            let Some(source) = said(row, from).or(default) else { continue };
            let words = slug::of(&source);
            if words.is_empty() {
                let name = &attribute.name.value;
                let message = format!("`{name}` can't be made from `{source}`, which has no words");
                wrong(row.span, message, format!("add `{name}`"), context);
                continue;
            }
            let made = slug::free(&words, &taken);
            taken.push(made.clone());
            row.values.push((id, Literal::Text(made)));
        }
    }
}
