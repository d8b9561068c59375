//! Attributes: the type of each, its default and its flags.

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::{Context, Group, attribute_rules, literal, same_name};
use crate::model::{Attribute, AttributeId, AttributeType, DefaultValue, Flags, Literal, Spanned};
use crate::names;
use crate::read::Source;
use crate::shorthand::{Declared, Flag, Raw, RawValue, attribute};
use crate::suggest::advice;
use crate::syntax::Entry;
use crate::types::{self, Arguments, SYNONYMS};

/// The attributes of an entity, value object or mixin.
pub(super) fn group(entries: &[Entry], context: &mut Context) -> Group {
    let entries = within(entries, context);
    let names: IndexMap<&str, AttributeId> = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| (entry.key.value.as_str(), AttributeId::at(index)))
        .collect();
    let mut group = Group::default();
    let mut forms: IndexMap<String, Spanned<String>> = IndexMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let source = Source::key(&entry.key);
        let form = names::snake(source.text);
        let mut good = names::check(source, "an attribute", &mut context.findings)
            && names::check_length(source, &form, "column", &mut context.findings);
        if good && let Some(first) = forms.insert(form.clone(), entry.key.clone()) {
            context.report(same_name("columns", &form, &first, &entry.key));
        }
        let found = if context.is_full() { None } else { one(entry, &names, context) };
        good &= found.is_some();
        if !good {
            group.broken.insert(AttributeId::at(index));
        }
        group.attributes.push(found.unwrap_or_else(|| placeholder(entry)));
    }
    check_slugs(&mut group, context);
    group
}

/// Columns of one table at the most; PostgreSQL has room for 1,600, with those of the base model.
pub(super) const MOST_COLUMNS: usize = 1_500;

/// The first of the attributes, as many as fit into a table; more are reported.
fn within<'e>(entries: &'e [Entry], context: &mut Context) -> &'e [Entry] {
    let Some(first) = entries.get(MOST_COLUMNS) else { return entries };
    context.report(too_many(first.key.span));
    &entries[..MOST_COLUMNS]
}

/// The finding that a table would have too many columns.
pub(super) fn too_many(span: Span) -> Diagnostic {
    Diagnostic::error(Code::E0105, "there are too many attributes")
        .at(span, format!("a table has {MOST_COLUMNS} columns at the most"))
        .help("split the entity: PostgreSQL has no room for more")
}

/// Stands for an attribute that could not be read, so that its name is known.
fn placeholder(entry: &Entry) -> Attribute {
    Attribute {
        name: entry.key.clone(),
        description: String::new(),
        example: None,
        ty: AttributeType::Json,
        list: false,
        nullable: false,
        default: None,
        flags: Flags::default(),
        readable_by: None,
        writable_by: None,
        span: entry.value.span,
    }
}

fn one(
    entry: &Entry,
    names: &IndexMap<&str, AttributeId>,
    context: &mut Context,
) -> Option<Attribute> {
    if entry.value.value == crate::syntax::Value::Null {
        return None;
    }
    let declared = attribute(&entry.value, &mut context.findings)?;
    let ty = resolve_type(&declared, names, context)?;
    let mut found = Attribute {
        name: entry.key.clone(),
        description: declared.description.clone(),
        example: None,
        list: declared.list.is_some(),
        nullable: declared.nullable.is_some(),
        default: None,
        flags: flags(&declared, context),
        readable_by: declared.readable_by.clone().map(attribute_rules::unread),
        writable_by: declared.writable_by.clone().map(attribute_rules::unread),
        span: declared.span,
        ty,
    };
    // A slug finds a row, so no two rows share one.
    found.flags.unique |= matches!(found.ty, AttributeType::Slug { .. });
    found.flags.writeonly |= matches!(found.ty, AttributeType::Password { .. });
    check_flags(&found, &declared, context);
    attribute_rules::check(&mut found, context);
    if let Some(raw) = &declared.default {
        found.default = default(&found, raw, context);
        check_shared(&found, raw, context);
    }
    if let Some(raw) = &declared.example {
        found.example = example(&found, raw, context);
    }
    Some(found)
}

/// Warns of a value that every new row would get, and one row may have.
fn check_shared(found: &Attribute, raw: &Raw, context: &mut Context) {
    let fixed =
        matches!(&found.default, Some(DefaultValue::Literal(value)) if *value != Literal::Null);
    if fixed && found.flags.unique && found.flags.readonly {
        let message =
            format!("every new row gets this `{}`, and no two rows may", found.name.value);
        context.report(
            Diagnostic::warning(Code::W0010, message)
                .at(raw.span, "the second row is refused with 409")
                .help("take `unique` or `readonly` away, or make it null at first: `?`"),
        );
    }
}

fn resolve_type(
    declared: &Declared,
    names: &IndexMap<&str, AttributeId>,
    context: &mut Context,
) -> Option<AttributeType> {
    let name = &declared.ty;
    if let Some(def) = types::find(&name.value) {
        let sibling = |text: &str| names.get(text).copied();
        let siblings = || names.keys().map(|name| (*name).to_owned()).collect();
        let before = context.findings.len();
        let arguments = &mut Arguments::new(
            def,
            name.span,
            &declared.arguments,
            &sibling,
            &siblings,
            &mut context.findings,
        );
        let made = (def.make)(arguments);
        return made.filter(|_| context.findings.len() == before);
    }
    let own = context
        .enum_id(&name.value)
        .map(AttributeType::Enum)
        .or_else(|| context.value_id(&name.value).map(AttributeType::Value));
    let Some(ty) = own else {
        unknown_type(name, context);
        return None;
    };
    if let Some(argument) = declared.arguments.first() {
        context.report(
            Diagnostic::error(Code::E0203, format!("`{}` takes no arguments", name.value))
                .at(argument.span, "not an argument of it")
                .help("leave it out"),
        );
    }
    Some(ty)
}

fn unknown_type(name: &Spanned<String>, context: &mut Context) {
    let finding = Diagnostic::error(Code::E0204, format!("unknown type `{}`", name.value))
        .at(name.span, "neither a built-in type nor an enum or a value object");
    let lower = name.value.to_lowercase();
    let synonym = SYNONYMS.iter().find(|(word, _)| *word == lower);
    let help = if context.entity_id(&name.value).is_some() {
        format!(
            "an entity is no type: declare it under `relationships`, as `many_to_one {}`",
            name.value
        )
    } else if let Some((_, ours)) = synonym {
        format!("did you mean `{ours}`?")
    } else if !context.advises() {
        "correct the name, or declare the type".to_owned()
    } else {
        let built_in = types::REGISTRY.iter().map(|def| def.name);
        let own = context.enums.keys().chain(context.values.keys()).map(String::as_str);
        advice(&name.value, built_in.chain(own))
    };
    context.report(finding.help(help));
}

fn flags(declared: &Declared, context: &mut Context) -> Flags {
    let mut flags = Flags::default();
    for (index, (flag, span)) in declared.flags.iter().enumerate() {
        if let Some((_, first)) = declared.flags[..index].iter().find(|(known, _)| known == flag) {
            context.report(
                Diagnostic::error(Code::E0206, "the flag is set twice")
                    .at(*span, "set here again")
                    .also(*first, "first set here")
                    .help("leave one of them out"),
            );
        }
        match flag {
            Flag::Unique => flags.unique = true,
            Flag::Index => flags.index = true,
            Flag::Immutable => flags.immutable = true,
            Flag::Readonly => flags.readonly = true,
            Flag::Writeonly => flags.writeonly = true,
            Flag::Primary => flags.primary = true,
            Flag::Deprecated => flags.deprecated = true,
        }
    }
    flags
}

/// The place of a flag, or of the whole attribute.
fn place(declared: &Declared, flag: Flag) -> Span {
    let found = declared.flags.iter().find(|(known, _)| *known == flag);
    found.map_or(declared.span, |(_, span)| *span)
}

fn check_flags(found: &Attribute, declared: &Declared, context: &mut Context) {
    let can = types::abilities(&found.ty);
    let ty = &declared.ty.value;
    let stored_as_list = if found.list { format!("a list of `{ty}`") } else { format!("`{ty}`") };
    let mut refuse = |span: Span, message: String, help: &str| {
        context.report(Diagnostic::error(Code::E0305, message).at(span, "").help(help));
    };
    if let Some(span) = declared.list.filter(|_| !can.list) {
        refuse(
            span,
            format!("`{ty}` can't be an element of a list"),
            "use `json`, or an entity of its own",
        );
    }
    let indexed = can.index && !found.list;
    for (on, flag, word) in
        [(found.flags.unique, Flag::Unique, "unique"), (found.flags.index, Flag::Index, "indexed")]
    {
        if on && !indexed {
            refuse(
                place(declared, flag),
                format!("{stored_as_list} can't be {word}"),
                "leave the flag out",
            );
        }
    }
    if found.flags.primary {
        let span = place(declared, Flag::Primary);
        if !can.key || found.list {
            let help = "use `string`, `int`, `bigint`, `uuid`, `slug` or an enum";
            refuse(span, format!("{stored_as_list} can't be part of a primary key"), help);
        } else if found.nullable {
            refuse(span, "a part of a primary key can't be null".to_owned(), "take the `?` away");
        }
    }
    if found.flags.readonly && found.flags.writeonly {
        let span = place(declared, Flag::Readonly);
        refuse(
            span,
            "nobody could write this, and nobody read it".to_owned(),
            "leave one flag out",
        );
    }
}

/// The default of an attribute.
fn default(found: &Attribute, raw: &Raw, context: &mut Context) -> Option<DefaultValue> {
    if let RawValue::Text(text) | RawValue::Word(text) = &raw.value
        && let Some(function) = types::of(&found.ty).and_then(|def| def.function.as_ref())
        && !found.list
        && text == function.0
    {
        return Some(function.1.clone());
    }
    if raw_is_null(raw) && !matches!(found.ty, AttributeType::Json) {
        if !found.nullable {
            context.report(
                Diagnostic::error(Code::E0304, "the default is null, but the attribute may not be")
                    .at(raw.span, "null")
                    .help("add `?` to the type, or choose another default"),
            );
        }
        return None;
    }
    checked(found, raw, "default", context).map(DefaultValue::Literal)
}

/// An example; of a type without literals any value shows how it looks.
fn example(found: &Attribute, raw: &Raw, context: &mut Context) -> Option<Literal> {
    let free = matches!(
        found.ty,
        AttributeType::Password { .. }
            | AttributeType::Slug { .. }
            | AttributeType::Bytes { .. }
            | AttributeType::Value(_)
    );
    if free {
        return literal::literal(&AttributeType::Json, false, raw, context).ok();
    }
    checked(found, raw, "example", context)
}

fn raw_is_null(raw: &Raw) -> bool {
    matches!(raw.value, RawValue::Null)
}

fn checked(found: &Attribute, raw: &Raw, what: &str, context: &mut Context) -> Option<Literal> {
    match literal::literal(&found.ty, found.list, raw, context) {
        Ok(value) => Some(value),
        Err(problem) => {
            let name = &found.name.value;
            let message = format!("the {what} of `{name}` does not fit: {}", problem.message);
            let mut finding = Diagnostic::error(Code::E0304, message).at(problem.span, "");
            let function = types::of(&found.ty).and_then(|def| def.function.as_ref());
            finding = match (problem.help, function) {
                (Some(help), _) => finding.help(help),
                (None, Some((name, _))) => {
                    finding.help(format!("write a value of the type, or `{name}`"))
                }
                (None, None) => finding.help(format!("choose another {what}, or change the type")),
            };
            context.report(finding);
            None
        }
    }
}

/// A slug is made from text that is always there.
fn check_slugs(group: &mut Group, context: &mut Context) {
    for index in 0..group.attributes.len() {
        let AttributeType::Slug { from } = group.attributes[index].ty else { continue };
        let slug = &group.attributes[index];
        let source = &group.attributes[from.index()];
        if let Some(rule) = &source.readable_by {
            attribute_rules::told(rule, slug.span, &slug.name.value, &mut context.findings);
        }
        if group.broken.contains(&from) {
            continue;
        }
        let is_text =
            matches!(source.ty, AttributeType::String { .. } | AttributeType::Text { .. });
        let problem = match (is_text && !source.list, source.nullable && !slug.nullable) {
            (false, _) => "is neither a `string` nor a `text`",
            (true, true) => "may be null",
            _ => continue,
        };
        let finding = Diagnostic::error(
            Code::E0305,
            format!(
                "`{}` can't be made from `{}`, which {problem}",
                slug.name.value, source.name.value
            ),
        )
        .at(slug.span, "made from it")
        .also(source.span, problem)
        .help("make it from a `string` or `text` that is always there");
        context.report(finding);
        group.broken.insert(AttributeId::at(index));
    }
}

/// What value objects can't hold.
pub(super) fn check_embedded(group: &Group, context: &mut Context) {
    for (index, found) in group.attributes.iter().enumerate() {
        if group.broken.contains(&AttributeId::at(index)) {
            continue;
        }
        let flags = found.flags;
        let flagged = flags.unique
            || flags.index
            || flags.primary
            || flags.immutable
            || flags.readonly
            || flags.writeonly
            || found.readable_by.is_some()
            || found.writable_by.is_some();
        let problem = if found.list {
            "a list can't be embedded"
        } else if !types::abilities(&found.ty).embed {
            "this type can't be embedded"
        } else if flagged {
            "an attribute of a value object takes no rules, and no flag but `deprecated`"
        } else {
            continue;
        };
        context.report(
            Diagnostic::error(Code::E0305, format!("`{}`: {problem}", found.name.value))
                .at(found.span, "part of a value object")
                .help("declare it on the entity itself"),
        );
    }
}
