//! Transitions of state machines: their states, guards, rules, paths and what they set.

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::api::OPERATIONS;
use super::machines::{States, state};
use super::{Context, access, condition, literal, same_name};
use crate::model::{
    Access, ApiModelIr, Attribute, AttributeId, AttributeType, Column, DefaultValue, EntityId,
    Guard, Literal, Spanned, Transition,
};
use crate::names;
use crate::read::Source;
use crate::shorthand::{Raw, RawValue};
use crate::syntax::{Entry, Node, Value};
use crate::types;

/// What the transitions read so far have taken.
pub(super) struct Taken {
    /// Attributes that hold states.
    held: Vec<(EntityId, AttributeId)>,
    names: IndexMap<(EntityId, String), Spanned<String>>,
    segments: IndexMap<(EntityId, String), Spanned<String>>,
}

impl Taken {
    /// Nested collections have segments too.
    pub(super) fn new(
        held: Vec<(EntityId, AttributeId)>,
        api: &ApiModelIr,
        context: &Context,
    ) -> Self {
        let nested = api.resources.iter().filter_map(|below| {
            let value = context.draft(below.entity).entity.name.value.clone();
            let key = (below.under.as_ref()?.parent, below.path.clone());
            Some((key, Spanned { value, span: below.span }))
        });
        Self { held, names: IndexMap::new(), segments: nested.collect() }
    }

    /// The history of a state has a segment too.
    pub(super) fn history(&mut self, entity: EntityId, entry: &Entry, context: &mut Context) {
        let attribute = entry.key.value.split_once('.').map_or("", |(_, attribute)| attribute);
        let segment = names::history_segment(attribute);
        if let Some(first) = self.segments.insert((entity, segment.clone()), entry.key.clone()) {
            context.report(same_name("paths", &segment, &first, &entry.key));
        }
    }
}

/// Reads a transition. All parts are looked at.
pub(super) fn transition(
    entry: &Entry,
    states: &States,
    taken: &mut Taken,
    context: &mut Context,
) -> Option<Transition> {
    let node = &entry.value;
    named(entry, states.entity, taken, context);
    let from = from(node, states, context);
    let to = node.text("to").and_then(|to| state(states, to, context));
    let starts = from.as_deref().unwrap_or(&states.values);
    let guard = guard(entry, states, starts, context);
    let access = match node.text("access") {
        Some(rule) => access::access(rule, states.entity, context),
        // Where the entity is not offered, no transition is asked for either.
        None => context.changes.get(&states.entity).cloned().or(Some(Access::Public)),
    };
    let set = set(node, states.entity, taken, context);
    let segment = segment(entry, states.entity, taken, context);
    Some(Transition {
        name: entry.key.clone(),
        from: from?,
        to: to?,
        guard: guard.ok()?,
        access: access?,
        set: set?,
        segment: segment.ok()?,
    })
}

/// Its name tells it apart from the operations and the other transitions of the entity.
fn named(entry: &Entry, entity: EntityId, taken: &mut Taken, context: &mut Context) {
    let source = Source::key(&entry.key);
    let good = names::check(source, "a transition", &mut context.findings);
    let form = names::snake(source.text);
    if good && form != source.text {
        context.report(
            Diagnostic::error(Code::E0301, "the name of a transition is in snake case")
                .at(source.span, "")
                .help(format!("write `{form}`")),
        );
    }
    names::check_length(source, &form, "function", &mut context.findings);
    if OPERATIONS.iter().any(|(name, _)| *name == form) {
        context.report(
            Diagnostic::error(Code::E0317, format!("`{form}` is an operation of every resource"))
                .at(source.span, "not free for a transition")
                .help("choose another name"),
        );
    }
    if let Some(first) = taken.names.insert((entity, form.clone()), entry.key.clone()) {
        context.report(same_name("functions", &form, &first, &entry.key));
    }
}

/// The states that it starts from, in the order of the enum.
fn from(node: &Node, states: &States, context: &mut Context) -> Option<Vec<String>> {
    let declared = node.get("from")?;
    let sources: Vec<Source<'_>> = match declared.source() {
        Some(one) => vec![one],
        None => declared.items().iter().filter_map(Node::source).collect(),
    };
    if sources.is_empty() {
        if matches!(&declared.value, Value::Seq(items) if items.is_empty()) {
            let finding = Diagnostic::error(Code::E0317, "a transition that starts nowhere");
            context.report(finding.at(declared.span, "empty").help("name at least one state"));
        }
        return None;
    }
    let mut seen: IndexMap<&str, Span> = IndexMap::new();
    let mut good = true;
    for source in &sources {
        if let Some(first) = seen.insert(source.text, source.span) {
            context.report(
                Diagnostic::error(Code::E0206, format!("`{}` is named twice", source.text))
                    .at(source.span, "named here again")
                    .also(first, "first named here")
                    .help("leave one of them out"),
            );
        }
        good &= state(states, *source, context).is_some();
    }
    let ordered = states.values.iter().filter(|value| seen.contains_key(value.as_str()));
    good.then(|| ordered.cloned().collect())
}

/// Something is wrong, and that was reported.
struct Reported;

/// What the row must fulfil, if anything.
fn guard(
    entry: &Entry,
    states: &States,
    from: &[String],
    context: &mut Context,
) -> Result<Option<Guard>, Reported> {
    let message = entry.value.text("message");
    let Some(source) = entry.value.text("guard") else {
        let Some(message) = message else { return Ok(None) };
        context.report(
            Diagnostic::error(Code::E0317, "a message for a guard that is not there")
                .at(message.span, "nobody is ever told this")
                .help("add a `guard`, or leave the message out"),
        );
        return Err(Reported);
    };
    let state = (states.attribute, from);
    let condition = condition::guard(source, states.entity, state, context).ok_or(Reported)?;
    let message = match message {
        Some(message) => message.text.to_owned(),
        None => format!("The guard of {} does not hold.", entry.key.value.replace('_', " ")),
    };
    Ok(Some(Guard { condition, message }))
}

/// What it sets besides the state.
fn set(
    node: &Node,
    entity: EntityId,
    taken: &Taken,
    context: &mut Context,
) -> Option<Vec<(AttributeId, DefaultValue)>> {
    let entries = node.get("set").map_or(&[][..], Node::entries);
    let read = |entry: &Entry| {
        let id = settable(Source::key(&entry.key), entity, taken, context)?;
        let attribute = context.draft(entity).entity.attributes[id.index()].clone();
        value(&attribute, entry, context).map(|value| (id, value))
    };
    let all: Vec<_> = entries.iter().map(read).collect();
    all.into_iter().collect()
}

/// An attribute that a transition may set.
fn settable(
    name: Source<'_>,
    entity: EntityId,
    taken: &Taken,
    context: &mut Context,
) -> Option<AttributeId> {
    let draft = context.draft(entity);
    if draft.relationships.contains_key(name.text) {
        context.report(
            Diagnostic::error(
                Code::E0311,
                "relationships that a transition sets belong to the language, but they are not \
                 built yet",
            )
            .at(name.span, "this version of the compiler can't build it")
            .help("set attributes of the row"),
        );
        return None;
    }
    let Some(column) = draft.column(name.text) else {
        let what = format!("attribute of `{}`", draft.entity.name.value);
        let known: Vec<String> = draft.attributes.keys().cloned().collect();
        context.unknown(&what, name.text, name.span, &known);
        return None;
    };
    if draft.is_broken(column) {
        return None;
    }
    let (problem, help, place) = match column {
        Column::Base(_) | Column::Computed(_) => {
            ("the server keeps it by itself", "leave it out", None)
        }
        Column::Attribute(id) => {
            let attribute = &draft.entity.attributes[id.index()];
            let (problem, help) = if taken.held.contains(&(entity, id)) {
                ("it is a state, which `to` sets", "leave it out, or write `to`")
            } else if attribute.flags.primary {
                ("it is part of the key, which never changes", "leave it out")
            } else if matches!(
                attribute.ty,
                AttributeType::Password { .. } | AttributeType::Value(_)
            ) || matches!(attribute.ty, AttributeType::Slug { .. })
            {
                ("its type has no values that could be written here", "leave it out")
            } else {
                return Some(id);
            };
            (problem, help, Some(attribute.span))
        }
    };
    let message = format!("a transition can't set `{}`: {problem}", name.text);
    let finding = Diagnostic::error(Code::E0317, message).at(name.span, "");
    let finding = match place {
        Some(place) => finding.also(place, "declared here"),
        None => finding,
    };
    context.report(finding.help(help));
    None
}

/// A literal of the attribute's type, null, or a function.
fn value(attribute: &Attribute, entry: &Entry, context: &mut Context) -> Option<DefaultValue> {
    let raw = Raw::of(&entry.value);
    let name = &attribute.name.value;
    let function = types::of(&attribute.ty).and_then(|def| def.function.as_ref());
    let function = function.filter(|_| !attribute.list);
    if let (RawValue::Text(text), Some((word, value))) = (&raw.value, function)
        && text == word
    {
        return Some(value.clone());
    }
    let mut refuse = |span: Span, message: String, help: String| {
        let finding = Diagnostic::error(Code::E0317, message).at(span, "");
        context.report(finding.help(help));
    };
    if matches!(raw.value, RawValue::Null) {
        if attribute.nullable {
            return Some(DefaultValue::Literal(Literal::Null));
        }
        let message = format!("`{name}` is set to null, but it may not be");
        refuse(raw.span, message, "add `?` to its type, or set another value".to_owned());
        return None;
    }
    if attribute.flags.unique {
        let message = format!("two rows would get one `{name}`, which is unique");
        refuse(raw.span, message, "leave it out".to_owned());
        return None;
    }
    match literal::literal(&attribute.ty, attribute.list, &raw, context) {
        Ok(found) => Some(DefaultValue::Literal(found)),
        Err(problem) => {
            let help = problem.help.unwrap_or_else(|| match function {
                Some((word, _)) => format!("write a value of the type, or `{word}`"),
                None => "write a value of the type".to_owned(),
            });
            let message = format!("what `{name}` is set to does not fit: {}", problem.message);
            let finding = Diagnostic::error(Code::E0317, message).at(problem.span, "");
            context.report(finding.help(help));
            None
        }
    }
}

/// The last segment of its path, which nothing else below a row of the resource has; none where only
/// flows make the transition.
fn segment(
    entry: &Entry,
    entity: EntityId,
    taken: &mut Taken,
    context: &mut Context,
) -> Result<Option<String>, Reported> {
    let default = names::kebab(&entry.key.value);
    let segment = match entry.value.get("endpoint") {
        Some(Node { value: Value::Bool(false), span }) => {
            if let Some(rule) = entry.value.text("access") {
                context.report(
                    Diagnostic::error(Code::E0317, "a rule for an endpoint that is not there")
                        .at(rule.span, "nobody is ever asked this")
                        .also(*span, "no endpoint")
                        .help("leave it out; a flow says by `require` who may do it"),
                );
                return Err(Reported);
            }
            return Ok(None);
        }
        Some(node) => {
            let source = node.source().ok_or(Reported)?;
            own_segment(source, &default, context).ok_or(Reported)?
        }
        None => default,
    };
    let first = taken.segments.insert((entity, segment.clone()), entry.key.clone());
    // Two transitions of one name were told so.
    if let Some(first) = first.filter(|first| first.value != entry.key.value) {
        context.report(same_name("paths", &segment, &first, &entry.key));
    }
    Ok(Some(segment))
}

fn own_segment(declared: Source<'_>, default: &str, context: &mut Context) -> Option<String> {
    let text = declared.text;
    if text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.ends_with('-')
        && text.len() <= names::LONGEST
    {
        return Some(text.to_owned());
    }
    context.report(
        Diagnostic::error(Code::E0317, "this can't be a segment of a path")
            .at(declared.span, "lower case letters, digits and `-`, a letter first")
            .help(format!("write such as `{default}`")),
    );
    None
}
