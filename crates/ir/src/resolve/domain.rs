//! The `domain` section in order: enums, value objects, mixins, then the entities' names,
//! attributes and relationships; `finish` does what needs all of them.

use stratapi_diagnostics::{Code, Diagnostic};

use super::{
    Context, Group, attribute_rules, attributes, computed, entities, keys, relationships,
    same_name, views,
};
use crate::model::{EnumMember, Enumeration, Spanned, ValueObject};
use crate::names;
use crate::read::Source;
use crate::syntax::{Entry, Node, Value};
use crate::types;

/// Everything up to relationships.
pub(super) fn domain(section: Option<&Node>, context: &mut Context) {
    let Some(section) = section else { return };
    context.base = Some(entities::base(section.get("base"), entities::DEFAULT_BASE));
    let entries = |key| section.get(key).map_or(&[][..], Node::entries);
    for entry in entries("enums") {
        enumeration(entry, context);
    }
    for entry in entries("values") {
        value_object(entry, context);
    }
    for entry in entries("mixins") {
        mixin(entry, context);
    }
    entities::declare(entries("entities"), context);
    entities::attributes(entries("entities"), context);
    if context.is_full() {
        return;
    }
    relationships::relationships(entries("entities"), context);
    if context.entities.is_empty() {
        context.report(
            Diagnostic::error(Code::E0202, "an application needs at least one entity")
                .at(section.span, "no entity is declared here")
                .help("add one: `entities: {Note: {attributes: {text: text}}}`"),
        );
    }
}

/// Everything that needs all entities.
pub(super) fn finish(section: Option<&Node>, context: &mut Context) {
    let Some(section) = section else { return };
    let entities = section.get("entities").map_or(&[][..], Node::entries);
    keys::keys(entities, context);
    computed::computed(entities, context);
    attribute_rules::resolve(context);
    views::views(entities, context);
}

/// Whether a name may be declared as a type; reports why not.
fn type_name(key: &Spanned<String>, what: &str, context: &mut Context) -> bool {
    let source = Source::key(key);
    if !names::check(source, what, &mut context.findings) {
        return false;
    }
    if types::find(&key.value).is_some() {
        context.report(
            Diagnostic::error(Code::E0302, format!("`{}` is a built-in type", key.value))
                .at(key.span, "hides the type of this name")
                .help(format!("choose another name for {what}")),
        );
        return false;
    }
    let form = names::snake(&key.value);
    let first = context.types.insert(form.clone(), key.clone());
    let finding = first.as_ref().map(|first| same_name("names", &form, first, key));
    let good = finding.is_none();
    context.findings.extend(finding);
    good
}

fn enumeration(entry: &Entry, context: &mut Context) {
    if !type_name(&entry.key, "an enum", context) {
        return;
    }
    let node = &entry.value;
    let full = node.get("values").filter(|inner| !matches!(inner.value, Value::Text(_)));
    let members = members(full.unwrap_or(node), context);
    let declared = full.unwrap_or(node);
    let empty = declared.items().is_empty() && declared.entries().is_empty();
    if empty && node.value != Value::Null {
        context.report(
            Diagnostic::error(Code::E0305, format!("the enum `{}` has no values", entry.key.value))
                .at(entry.key.span, "empty")
                .help("list at least one value"),
        );
    }
    let description = if full.is_some() { node.string("description") } else { String::new() };
    let found = Enumeration { name: entry.key.clone(), description, members };
    context.enums.insert(entry.key.value.clone(), found);
}

fn members(node: &Node, context: &mut Context) -> Vec<EnumMember> {
    let mut members: Vec<EnumMember> = Vec::new();
    let listed = node.items().iter().filter_map(Node::source).map(|source| (source, String::new()));
    let described = node.entries().iter().map(|entry| {
        let text = entry.value.source().map(|source| source.text.to_owned()).unwrap_or_default();
        (Source::key(&entry.key), text)
    });
    let mut seen = indexmap::IndexMap::new();
    for (source, description) in listed.chain(described) {
        if let Some(first) = seen.insert(source.text.to_owned(), source.span) {
            context.report(
                Diagnostic::error(
                    Code::E0206,
                    format!("the value `{}` is listed twice", source.text),
                )
                .at(source.span, "listed here again")
                .also(first, "first listed here")
                .help("leave one of them out"),
            );
            continue;
        }
        if member_fits(source, context) {
            members.push(EnumMember { value: source.owned(), description });
        }
    }
    members
}

fn member_fits(source: Source<'_>, context: &mut Context) -> bool {
    let length = source.text.chars().count();
    let message = if length == 0 {
        "a value of an enum is empty".to_owned()
    } else if length > 255 {
        format!("a value of an enum has {length} characters, and 255 fit")
    } else if source.text.contains('\0') {
        "a value of an enum holds the character U+0000".to_owned()
    } else {
        return true;
    };
    context.report(
        Diagnostic::error(Code::E0301, message).at(source.span, "").help("choose another text"),
    );
    false
}

fn value_object(entry: &Entry, context: &mut Context) {
    if !type_name(&entry.key, "a value object", context) {
        return;
    }
    let group = group(entry, context);
    attributes::check_embedded(&group, context);
    let found = ValueObject {
        name: entry.key.clone(),
        description: entry.value.string("description"),
        attributes: group.attributes,
    };
    context.values.insert(entry.key.value.clone(), found);
}

fn mixin(entry: &Entry, context: &mut Context) {
    if names::check(Source::key(&entry.key), "a mixin", &mut context.findings) {
        let group = group(entry, context);
        context.mixins.insert(entry.key.value.clone(), group);
    }
}

fn group(entry: &Entry, context: &mut Context) -> Group {
    let declared = entry.value.get("attributes").map_or(&[][..], Node::entries);
    if declared.is_empty() && entry.value.value != Value::Null {
        context.report(
            Diagnostic::error(Code::E0305, format!("`{}` has no attributes", entry.key.value))
                .at(entry.key.span, "empty")
                .help("declare at least one attribute"),
        );
    }
    attributes::group(declared, context)
}
