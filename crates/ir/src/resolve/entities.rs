//! Entities: their names, what they get from the base model, and their attributes.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::{Context, Draft, attributes, same_name};
use crate::model::{
    Attribute, AttributeId, AttributeType, BaseConfig, Entity, EntityId, IdKind, RelationshipId,
    Spanned,
};
use crate::names;
use crate::read::Source;
use crate::syntax::{Entry, Node};

pub(super) const DEFAULT_BASE: BaseConfig =
    BaseConfig { id: IdKind::Uuid, timestamps: true, is_active: true };

/// A `base` section on top of what holds without it.
pub(super) fn base(node: Option<&Node>, outer: BaseConfig) -> BaseConfig {
    let Some(node) = node else { return outer };
    let id = node.source().or_else(|| node.text("id")).map(|source| source.text);
    BaseConfig {
        id: match id {
            Some("int") => IdKind::Int,
            Some("uuid") => IdKind::Uuid,
            _ => outer.id,
        },
        timestamps: node.bool("timestamps").unwrap_or(outer.timestamps),
        is_active: node.bool("is_active").unwrap_or(outer.is_active),
    }
}

/// Makes a draft of every entity, so that all names are known before any is looked up.
pub(super) fn declare(entries: &[Entry], context: &mut Context) {
    let mut tables: IndexMap<String, Spanned<String>> = IndexMap::new();
    let mut forms: IndexMap<String, Spanned<String>> = IndexMap::new();
    for entry in entries {
        let source = Source::key(&entry.key);
        let form = names::snake(source.text);
        let good = names::check(source, "an entity", &mut context.findings)
            && names::check_file(source, &mut context.findings);
        let entity = entity(entry, &form, context);
        if good {
            let same_file = forms.insert(form.clone(), entry.key.clone());
            let same_table = tables.insert(entity.table.clone(), entry.key.clone());
            let finding = match (same_file, same_table) {
                (Some(first), _) => Some(same_name("modules", &form, &first, &entry.key)),
                (None, Some(first)) => Some(same_name("tables", &entity.table, &first, &entry.key)),
                (None, None) => None,
            };
            context.findings.extend(finding);
            shadowed(&entry.key, &form, context);
        }
        let ids =
            |key: &str| entry.value.get(key).map_or(&[][..], Node::entries).iter().enumerate();
        let relationships = ids("relationships")
            .map(|(index, inner)| (inner.key.value.clone(), RelationshipId::at(index)))
            .collect();
        let computed = entry.value.get("computed").map_or(&[][..], Node::entries);
        let draft = Draft {
            entity,
            computed: computed.iter().map(|inner| inner.key.value.clone()).collect(),
            attributes: IndexMap::new(),
            relationships,
            broken: BTreeSet::new(),
            loose: BTreeSet::new(),
        };
        context.entities.insert(entry.key.value.clone(), draft);
    }
}

/// An entity and a type of one name would become two classes of one name.
fn shadowed(key: &Spanned<String>, form: &str, context: &mut Context) {
    let finding = context.types.get(form).map(|first| same_name("names", form, first, key));
    context.findings.extend(finding);
}

fn entity(entry: &Entry, form: &str, context: &mut Context) -> Entity {
    let node = &entry.value;
    let plural = plural(node, form, context);
    let table = table(entry, &plural, context);
    Entity {
        name: entry.key.clone(),
        description: node.string("description"),
        table,
        plural,
        base: base(node.get("base"), context.base.unwrap_or(DEFAULT_BASE)),
        optimistic_lock: node.bool("optimistic_lock").unwrap_or(false),
        soft_delete: node.bool("soft_delete").unwrap_or(false),
        attributes: Vec::new(),
        relationships: Vec::new(),
        inverses: Vec::new(),
        unique: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        computed: Vec::new(),
        views: Vec::new(),
        seeds: Vec::new(),
        known_by: Vec::new(),
        span: entry.key.span.to(node.span),
    }
}

fn plural(node: &Node, form: &str, context: &mut Context) -> String {
    let default = || names::plural(form).replace('_', " ");
    let Some(declared) = node.text("plural") else { return default() };
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' ';
    let text = declared.text;
    let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
    if starts && text.chars().all(good) && !text.contains("  ") && !text.ends_with(' ') {
        return text.to_owned();
    }
    context.report(
        Diagnostic::error(Code::E0301, "a plural is words in lower case")
            .at(declared.span, "letters a to z, digits and single spaces, a letter first")
            .help(format!("write such as `{}`", default())),
    );
    default()
}

fn table(entry: &Entry, plural: &str, context: &mut Context) -> String {
    let default = plural.replace(' ', "_");
    let Some(declared) = entry.value.text("table") else {
        let source = Source::key(&entry.key);
        names::check_length(source, &default, "table", &mut context.findings);
        return default;
    };
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if declared.text.starts_with(|c: char| c.is_ascii_lowercase())
        && declared.text.chars().all(good)
        && names::check_length(declared, declared.text, "table", &mut context.findings)
    {
        return declared.text.to_owned();
    }
    context.report(
        Diagnostic::error(Code::E0301, "this can't be the name of a table")
            .at(declared.span, "lower case letters, digits and `_`, a letter first")
            .help(format!("write such as `{default}`")),
    );
    default
}

/// Resolves the attributes of every entity, those of its mixins first.
pub(super) fn attributes(entries: &[Entry], context: &mut Context) {
    for (index, entry) in entries.iter().enumerate() {
        let id = EntityId::at(index);
        let mut draft_attributes = Vec::new();
        let mut broken = BTreeSet::new();
        let mixins = entry.value.get("mixins").map_or(&[][..], Node::items);
        for name in mixins.iter().filter_map(Node::source) {
            let Some(group) = context.mixins.get(name.text) else {
                let known: Vec<String> = context.mixins.keys().cloned().collect();
                context.unknown("mixin", name.text, name.span, &known);
                continue;
            };
            if draft_attributes.len() > attributes::MOST_COLUMNS {
                break;
            }
            append(&mut draft_attributes, &mut broken, group);
        }
        let declared = entry.value.get("attributes").map_or(&[][..], Node::entries);
        let own = attributes::group(declared, context);
        append(&mut draft_attributes, &mut broken, &own);
        weigh(&draft_attributes, entry, context);
        if context.too_large {
            return;
        }
        let draft = context.draft_mut(id);
        draft.entity.attributes = draft_attributes;
        draft.broken = broken;
        index_attributes(id, context);
        check_embedded_names(id, context);
    }
}

/// Columns of all tables at the most: with mixins and value objects, a short document can ask for
/// very many.
const MOST_IN_ALL: usize = 200_000;

/// Counts the columns of an entity's attributes, and reports too many.
fn weigh(all: &[Attribute], entry: &Entry, context: &mut Context) {
    let columns = all.iter().map(|attribute| match attribute.ty {
        AttributeType::Value(value) => context.values[value.index()].attributes.len(),
        _ => 1,
    });
    let columns: usize = columns.sum();
    context.columns += columns;
    if columns > attributes::MOST_COLUMNS {
        context.report(attributes::too_many(entry.key.span));
    }
    if context.columns > MOST_IN_ALL {
        context.too_large = true;
        context.report(
            Diagnostic::error(Code::E0105, "the application has too many columns")
                .at(entry.key.span, format!("with these, there are more than {MOST_IN_ALL}"))
                .help("split the application"),
        );
    }
}

fn append(all: &mut Vec<Attribute>, broken: &mut BTreeSet<AttributeId>, group: &super::Group) {
    let offset = all.len();
    broken.extend(group.broken.iter().map(|id| AttributeId::at(id.index() + offset)));
    all.extend(group.attributes.iter().cloned().map(|mut attribute| {
        if let AttributeType::Slug { from } = &mut attribute.ty {
            *from = AttributeId::at(from.index() + offset);
        }
        attribute
    }));
}

/// Fills the index of names; a name of the base model or of a mixin can't be declared again.
fn index_attributes(id: EntityId, context: &mut Context) {
    let draft = context.draft(id);
    let mut names: IndexMap<String, AttributeId> = IndexMap::new();
    let mut forms: IndexMap<String, Spanned<String>> = IndexMap::new();
    let mut findings = Vec::new();
    for (index, attribute) in draft.entity.attributes.iter().enumerate() {
        let form = names::snake(&attribute.name.value);
        match forms.get(&form) {
            // Within one group it was reported there.
            Some(first) if names.contains_key(&attribute.name.value) => findings.push(
                Diagnostic::error(
                    Code::E0206,
                    format!("`{}` is declared twice", attribute.name.value),
                )
                .at(attribute.name.span, "declared here again")
                .also(first.span, "first declared here")
                .help("rename one of them, or leave it out"),
            ),
            _ => {}
        }
        if let Some(finding) = base_name(&draft.entity, attribute, &form) {
            findings.push(finding);
        }
        forms.entry(form).or_insert_with(|| attribute.name.clone());
        names.entry(attribute.name.value.clone()).or_insert(AttributeId::at(index));
    }
    context.draft_mut(id).attributes = names;
    context.findings.append(&mut findings);
}

fn base_name(entity: &Entity, attribute: &Attribute, form: &str) -> Option<Diagnostic> {
    let (taken, help) = match form {
        "id" => (
            !entity.attributes.iter().any(|attribute| attribute.flags.primary),
            "leave it out, write `base: {id: int}` for a sequence, or flag your own key `primary`",
        ),
        "created_at" | "updated_at" => {
            (entity.base.timestamps, "leave it out, or write `base: {timestamps: false}`")
        }
        "is_active" => (entity.base.is_active, "leave it out, or write `base: {is_active: false}`"),
        "version" => (entity.optimistic_lock, "rename it: `optimistic_lock` adds this column"),
        _ => return None,
    };
    taken.then(|| {
        Diagnostic::error(
            Code::E0302,
            format!("`{}` gets `{form}` from the base model", entity.name.value),
        )
        .at(attribute.name.span, "declared a second time")
        .help(help)
    })
}

/// The columns of value objects, `address_street`, are names of the entity too.
fn check_embedded_names(id: EntityId, context: &mut Context) {
    let draft = context.draft(id);
    let mut findings = Vec::new();
    let columns: IndexMap<String, &Spanned<String>> = draft
        .entity
        .attributes
        .iter()
        .map(|attribute| (names::snake(&attribute.name.value), &attribute.name))
        .collect();
    for attribute in &draft.entity.attributes {
        let AttributeType::Value(value) = attribute.ty else { continue };
        for part in &context.values[value.index()].attributes {
            let column = names::snake(&format!("{}_{}", attribute.name.value, part.name.value));
            if let Some(other) = columns.get(&column) {
                findings.push(same_name("columns", &column, other, &attribute.name));
            }
            if column.len() > names::LONGEST {
                findings.push(too_long(&column, attribute.name.span, part.name.span));
            }
        }
    }
    context.findings.append(&mut findings);
}

fn too_long(column: &str, place: Span, part: Span) -> Diagnostic {
    Diagnostic::error(
        Code::E0301,
        format!("the column `{column}` has {} bytes, and PostgreSQL keeps 63", column.len()),
    )
    .at(place, "embedded under this name")
    .also(part, "together with this one")
    .help("choose a shorter name for one of them")
}
