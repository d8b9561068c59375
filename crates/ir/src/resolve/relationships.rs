//! Relationships: targets, options, the other ends, and association entities.

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic};

use super::{Context, clash, same_name};
use crate::model::{
    EntityId, Inverse, OnDelete, Relationship, RelationshipId, RelationshipKind, Spanned,
};
use crate::names;
use crate::read::Source;
use crate::shorthand::{RelationshipText, relationship};
use crate::syntax::{Entry, Node};

/// Resolves the relationships of every entity.
pub(super) fn relationships(entries: &[Entry], context: &mut Context) {
    let mut through = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let id = EntityId::at(index);
        let declared = entry.value.get("relationships").map_or(&[][..], Node::entries);
        for (position, inner) in declared.iter().enumerate() {
            let relationship_id = RelationshipId::at(position);
            let text = relationship(&inner.value, &mut context.findings);
            let found = text.as_ref().and_then(|text| one(inner, text, context));
            let good = check_name(inner, context) && found.is_some();
            let draft = context.draft_mut(id);
            if !good {
                draft.loose.insert(relationship_id);
            }
            draft.entity.relationships.push(found.unwrap_or_else(|| placeholder(inner, id)));
            if let Some(text) = text.filter(|text| good && text.option("through").is_some()) {
                through.push((id, relationship_id, text));
            }
        }
    }
    for (entity, id, text) in through {
        resolve_through(entity, id, &text, context);
    }
    for id in context.ids() {
        inverses(id, context);
    }
    for id in context.ids() {
        check_names(id, context);
    }
}

fn check_name(entry: &Entry, context: &mut Context) -> bool {
    let source = Source::key(&entry.key);
    names::check(source, "a relationship", &mut context.findings)
        && names::check_length(
            source,
            &format!("{}_id", names::snake(source.text)),
            "column",
            &mut context.findings,
        )
}

fn placeholder(entry: &Entry, id: EntityId) -> Relationship {
    Relationship {
        name: entry.key.clone(),
        description: String::new(),
        kind: RelationshipKind::ManyToOne,
        target: id,
        nullable: true,
        relaxed: false,
        inverse: None,
        on_delete: OnDelete::Restrict,
        set_current_user: false,
        immutable: false,
        readonly: false,
        primary: false,
        span: entry.value.span,
    }
}

fn one(entry: &Entry, text: &RelationshipText, context: &mut Context) -> Option<Relationship> {
    let target = context.find_entity(&text.target.value, text.target.span)?;
    let kind = match text.kind.value.as_str() {
        "one_to_one" => RelationshipKind::OneToOne,
        "many_to_many" => RelationshipKind::ManyToMany,
        _ => RelationshipKind::ManyToOne,
    };
    let many = kind == RelationshipKind::ManyToMany;
    check_options(text, many, context);
    let nullable = text.nullable.is_some() && !many;
    let on_delete = match text.option("on_delete").map(|option| option.value.as_str()) {
        Some("cascade") => OnDelete::Cascade,
        Some("restrict") => OnDelete::Restrict,
        Some(_) => OnDelete::SetNull,
        None if many => OnDelete::Cascade,
        None if nullable => OnDelete::SetNull,
        None => OnDelete::Restrict,
    };
    if let Some(inverse) = text.option("inverse") {
        let source = Source::key(inverse);
        names::check(source, "the other end", &mut context.findings);
    }
    Some(Relationship {
        name: entry.key.clone(),
        description: text.description.clone(),
        kind,
        target,
        nullable,
        relaxed: false,
        inverse: text.option("inverse").cloned(),
        on_delete,
        set_current_user: text.option("set").is_some(),
        immutable: text.flag("immutable").is_some(),
        readonly: text.flag("readonly").is_some() || text.option("through").is_some(),
        primary: text.flag("primary").is_some(),
        span: text.span,
    })
}

/// Options that contradict each other or the kind.
fn check_options(text: &RelationshipText, many: bool, context: &mut Context) {
    let mut refuse = |span, message: &str, help: &str| {
        context.report(Diagnostic::error(Code::E0307, message).at(span, "").help(help));
    };
    if let Some(span) = text.nullable.filter(|_| many) {
        refuse(span, "a many-to-many relationship can be empty anyway", "take the `?` away");
    }
    for key in ["on_delete", "set"] {
        if let Some(option) = text.option(key).filter(|_| many) {
            let message = format!("`{key}` means nothing for a many-to-many relationship");
            refuse(option.span, &message, "leave it out");
        }
    }
    for key in ["primary", "immutable"] {
        if let Some(span) = text.flag(key).filter(|_| many) {
            let message = format!("`{key}` means nothing for a many-to-many relationship");
            refuse(span, &message, "leave it out");
        }
    }
    for key in ["through", "near", "far"] {
        if let Some(option) = text.option(key).filter(|_| !many) {
            let message = format!("`{key}` is for many-to-many relationships");
            refuse(option.span, &message, "write `many_to_many`, or leave it out");
        }
    }
    for key in ["near", "far"] {
        if let Some(option) = text.option(key).filter(|_| many && text.option("through").is_none())
        {
            refuse(option.span, &format!("`{key}` needs `through`"), "name the association entity");
        }
    }
    let required = text.nullable.is_none();
    if let Some(rule) =
        text.option("on_delete").filter(|rule| rule.value == "set_null" && required && !many)
    {
        refuse(
            rule.span,
            "`set_null` needs a relationship that may be absent",
            "add `?` behind the target, or write `cascade` or `restrict`",
        );
    }
    if let Some(span) = text.flag("primary").filter(|_| !required) {
        refuse(span, "a part of a primary key can't be absent", "take the `?` away");
    }
}

/// Finds the two relationships of an association entity.
fn resolve_through(
    owner: EntityId,
    id: RelationshipId,
    text: &RelationshipText,
    context: &mut Context,
) {
    let Some(name) = text.option("through") else { return };
    let Some(entity) = context.find_entity(&name.value, name.span) else {
        context.draft_mut(owner).loose.insert(id);
        return;
    };
    let target = context.draft(owner).entity.relationships[id.index()].target;
    let near = end(entity, owner, text, "near", None, context);
    let far = near.and_then(|_| end(entity, target, text, "far", near, context));
    if let (Some(near), Some(far)) = (near, far) {
        let relationship = &mut context.draft_mut(owner).entity.relationships[id.index()];
        relationship.kind = RelationshipKind::Through { entity, near, far };
    } else {
        context.draft_mut(owner).loose.insert(id);
    }
}

/// The relationship of the association entity to one side: named, or the only one there is.
fn end(
    through: EntityId,
    side: EntityId,
    text: &RelationshipText,
    key: &'static str,
    taken: Option<RelationshipId>,
    context: &mut Context,
) -> Option<RelationshipId> {
    let draft = context.draft(through);
    let fits =
        |relationship: &Relationship| relationship.target == side && relationship.kind.is_to_one();
    if let Some(name) = text.option(key) {
        let found = draft.relationships.get(&name.value).copied();
        let good =
            found.filter(|id| fits(&draft.entity.relationships[id.index()]) && Some(*id) != taken);
        if good.is_none() {
            let known: Vec<String> = draft.relationships.keys().cloned().collect();
            context.unknown(
                "relationship of the association entity",
                &name.value,
                name.span,
                &known,
            );
        }
        return good;
    }
    let all: Vec<RelationshipId> = draft
        .entity
        .relationships
        .iter()
        .enumerate()
        .map(|(index, relationship)| (RelationshipId::at(index), relationship))
        .filter(|(id, relationship)| {
            fits(relationship) && !draft.loose.contains(id) && Some(*id) != taken
        })
        .map(|(id, _)| id)
        .collect();
    // A relationship to itself has two candidates for the first end, and they differ in order only.
    let side_name = context.draft(side).entity.name.value.clone();
    let through_name = context.draft(through).entity.name.clone();
    if let [only] = all[..] {
        Some(only)
    } else {
        let (message, help) = if all.is_empty() {
            (
                format!("`{}` has no relationship to `{side_name}`", through_name.value),
                format!("add `many_to_one {side_name}` to `{}`", through_name.value),
            )
        } else {
            (
                format!("`{}` has several relationships to `{side_name}`", through_name.value),
                format!("say which one: `{key}=NAME`"),
            )
        };
        let place = text.option("through").map_or(text.span, |name| name.span);
        context.report(
            Diagnostic::error(Code::E0307, message)
                .at(place, "")
                .also(through_name.span, "the association entity")
                .help(help),
        );
        None
    }
}

/// Hands the other ends of an entity's relationships to their targets.
fn inverses(id: EntityId, context: &mut Context) {
    let draft = context.draft(id);
    let found: Vec<(EntityId, Inverse)> = draft
        .entity
        .relationships
        .iter()
        .enumerate()
        .filter(|(index, _)| !draft.loose.contains(&RelationshipId::at(*index)))
        .filter_map(|(index, relationship)| {
            let name = relationship.inverse.clone()?;
            let relationship_id = RelationshipId::at(index);
            Some((relationship.target, Inverse { name, entity: id, relationship: relationship_id }))
        })
        .collect();
    for (target, inverse) in found {
        context.draft_mut(target).entity.inverses.push(inverse);
    }
}

/// Attributes, relationships and other ends share one space of names.
fn check_names(id: EntityId, context: &mut Context) {
    let entity = &context.draft(id).entity;
    let mut seen: IndexMap<String, Spanned<String>> = IndexMap::new();
    for attribute in &entity.attributes {
        seen.entry(names::snake(&attribute.name.value)).or_insert_with(|| attribute.name.clone());
    }
    let mut findings = Vec::new();
    let taken = |name: &str| match name {
        "created_at" | "updated_at" => entity.base.timestamps,
        "is_active" => entity.base.is_active,
        "version" => entity.optimistic_lock,
        "id" => true,
        _ => false,
    };
    let own = entity.relationships.iter().map(|relationship| &relationship.name);
    let other = entity.inverses.iter().map(|inverse| &inverse.name);
    for name in own.chain(other) {
        let form = names::snake(&name.value);
        if taken(&form) {
            findings.push(
                Diagnostic::error(
                    Code::E0302,
                    format!("`{}` gets `{form}` from the base model", entity.name.value),
                )
                .at(name.span, "a second one of this name")
                .help("rename it"),
            );
        }
        match seen.get(&form) {
            Some(first) => findings.push(clash(&entity.name.value, &form, first, name)),
            None => {
                seen.insert(form, name.clone());
            }
        }
    }
    for relationship in &entity.relationships {
        let column = format!("{}_id", names::snake(&relationship.name.value));
        let many = matches!(
            relationship.kind,
            RelationshipKind::ManyToMany | RelationshipKind::Through { .. }
        );
        if let Some(first) = seen.get(&column).filter(|_| !many) {
            findings.push(same_name("columns", &column, first, &relationship.name));
        }
    }
    context.findings.append(&mut findings);
}
