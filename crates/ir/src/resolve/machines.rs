//! State machines: which attribute has one, and where it starts. Their transitions stand in a file
//! of their own.

use std::collections::BTreeSet;

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::Context;
use super::transition::{self, Taken};
use crate::model::{
    ApiModelIr, Attribute, AttributeId, AttributeType, Column, DefaultValue, EntityId, Literal,
    StateMachine, Transition,
};
use crate::read::Source;
use crate::syntax::{Entry, Node, Value};

/// Reads the state machines. Their attributes become `readonly`, with the initial state as default.
pub(super) fn machines(
    section: Option<&Node>,
    api: &ApiModelIr,
    context: &mut Context,
) -> Vec<StateMachine> {
    let declared = section.and_then(|section| section.get("state_machines"));
    let entries = declared.map_or(&[][..], Node::entries);
    // All attributes first: no transition sets the state of another machine.
    let states: Vec<Option<States>> = entries.iter().map(|entry| states(entry, context)).collect();
    let initial: Vec<Option<String>> = (states.iter().zip(entries))
        .map(|(states, entry)| initial(states.as_ref()?, entry, context))
        .collect();
    let held: Vec<(EntityId, AttributeId)> =
        states.iter().flatten().map(|states| (states.entity, states.attribute)).collect();
    let mut taken = Taken::new(held, api, context);
    for (states, entry) in states.iter().zip(entries) {
        if let Some(states) = states.as_ref().filter(|_| keeps_history(entry)) {
            taken.history(states.entity, entry, context);
        }
    }
    let mut machines = Vec::new();
    for ((states, entry), initial) in states.into_iter().zip(entries).zip(initial) {
        let Some(states) = states else { continue };
        let transitions = transitions(&states, entry, &mut taken, context);
        let Some(initial) = initial else { continue };
        unreachable(&states, &initial, &transitions, entry.key.span, context);
        let States { entity, attribute, .. } = states;
        machines.push(StateMachine {
            entity,
            attribute,
            initial,
            transitions,
            history: keeps_history(entry),
            span: entry.key.span,
        });
    }
    machines
}

fn keeps_history(entry: &Entry) -> bool {
    entry.value.bool("history").unwrap_or(false)
}

/// The attribute of a machine, and its values.
pub(super) struct States {
    pub(super) entity: EntityId,
    pub(super) attribute: AttributeId,
    /// Name of the enum.
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

/// `Post.status`: an attribute that can hold a state.
fn states(entry: &Entry, context: &mut Context) -> Option<States> {
    let key = Source::key(&entry.key);
    let Some((head, tail)) = key.text.split_once('.') else {
        let message = "a state machine names an entity and its attribute";
        context.report(
            Diagnostic::error(Code::E0316, message)
                .at(key.span, "no attribute")
                .help("write such as `Post.status`"),
        );
        return None;
    };
    let entity = context.find_entity(head, key.between(0, head.len()).span)?;
    let inner = key.suffix(head.len() + 1);
    let draft = context.draft(entity);
    let Some(column) = draft.column(tail) else {
        let what = format!("attribute of `{}`", draft.entity.name.value);
        let known: Vec<String> = draft.attributes.keys().cloned().collect();
        context.unknown(&what, tail, inner.span, &known);
        return None;
    };
    if draft.is_broken(column) {
        return None;
    }
    let found = match column {
        Column::Attribute(id) => Some((id, &draft.entity.attributes[id.index()])),
        Column::Base(_) | Column::Computed(_) => None,
    };
    let problem = match found {
        Some((_, attribute)) => problem(attribute),
        None => Some(("it belongs to the base model", "declare an attribute of an enum")),
    };
    if let Some((problem, help)) = problem {
        let message = format!("`{tail}` can't hold a state: {problem}");
        let finding = Diagnostic::error(Code::E0316, message).at(inner.span, "");
        let finding = match found {
            Some((_, attribute)) => finding.also(attribute.span, "declared here"),
            None => finding,
        };
        context.report(finding.help(help));
        return None;
    }
    let (attribute, AttributeType::Enum(id)) = found.map(|(id, found)| (id, &found.ty))? else {
        return None;
    };
    let declared = &context.enums[id.index()];
    let values = declared.members.iter().map(|member| member.value.value.clone()).collect();
    Some(States { entity, attribute, name: declared.name.value.clone(), values })
}

/// Why an attribute can't hold a state, and what to do.
fn problem(attribute: &Attribute) -> Option<(&'static str, &'static str)> {
    let flags = attribute.flags;
    Some(if !matches!(attribute.ty, AttributeType::Enum(_)) {
        ("it is no enum", "declare an enum of the states, and make it the attribute's type")
    } else if attribute.list {
        ("it is a list", "take the `[]` away")
    } else if attribute.nullable {
        ("it may be null", "take the `?` away, and add a state for it")
    } else if flags.primary {
        ("it is part of the key, which never changes", "take `primary` away")
    } else if flags.immutable {
        ("it never changes", "take `immutable` away")
    } else if flags.unique {
        ("no two rows could be in one state", "take `unique` away")
    } else if flags.writeonly {
        ("nobody may read it", "take `writeonly` away")
    } else if attribute.readable_by.is_some() {
        ("refused transitions would tell it", "take `readable_by` away")
    } else if attribute.writable_by.is_some() {
        ("only transitions change it", "take `writable_by` away, and give the transitions `access`")
    } else {
        return None;
    })
}

/// The state of a new row. The server sets it, and nothing but transitions changes it.
fn initial(states: &States, entry: &Entry, context: &mut Context) -> Option<String> {
    let attribute = &context.draft(states.entity).entity.attributes[states.attribute.index()];
    let default = match &attribute.default {
        Some(DefaultValue::Literal(Literal::Text(state))) => Some(state.clone()),
        _ => None,
    };
    let (name, span) = (attribute.name.value.clone(), attribute.span);
    let found = match (entry.value.text("initial"), default) {
        (Some(declared), default) => {
            let state = state(states, declared, context)?;
            if let Some(default) = default.filter(|default| *default != state) {
                let message = format!("a new row would be `{state}` and `{default}` at once");
                context.report(
                    Diagnostic::error(Code::E0316, message)
                        .at(declared.span, "the initial state")
                        .also(span, "the default")
                        .help("leave one of them out"),
                );
                return None;
            }
            state
        }
        (None, Some(default)) => default,
        (None, None) => {
            let message = format!("nothing says in which state a new row is: `{name}`");
            context.report(
                Diagnostic::error(Code::E0316, message)
                    .at(entry.key.span, "no initial state")
                    .also(span, "no default")
                    .help(format!("add `initial: {}`", states.values[0])),
            );
            return None;
        }
    };
    let entity = &mut context.draft_mut(states.entity).entity;
    let attribute = &mut entity.attributes[states.attribute.index()];
    attribute.flags.readonly = true;
    attribute.default = Some(DefaultValue::Literal(Literal::Text(found.clone())));
    Some(found)
}

/// A state by its name.
pub(super) fn state(
    states: &States,
    declared: Source<'_>,
    context: &mut Context,
) -> Option<String> {
    let found = states.values.iter().find(|value| *value == declared.text).cloned();
    if found.is_none() {
        let what = format!("value of `{}`", states.name);
        context.unknown(&what, declared.text, declared.span, &states.values);
    }
    found
}

fn transitions(
    states: &States,
    entry: &Entry,
    taken: &mut Taken,
    context: &mut Context,
) -> Vec<Transition> {
    let declared = entry.value.get("transitions").map_or(&[][..], Node::entries);
    let span = entry.key.span;
    if declared.is_empty() && entry.value.get("transitions").is_some() {
        let finding = Diagnostic::error(Code::E0316, "a state machine without transitions");
        context.report(finding.at(span, "nothing ever changes").help("declare a transition"));
    }
    let asked = |entry: &Entry| !matches!(entry.value.get("endpoint"), Some(node) if node.value == Value::Bool(false));
    if !context.changes.contains_key(&states.entity) && declared.iter().any(asked) {
        let name = context.draft(states.entity).entity.name.clone();
        let message =
            format!("`{}` is not offered, so nobody could ask for a transition", name.value);
        context.report(
            Diagnostic::error(Code::E0316, message)
                .at(span, "its transitions are endpoints")
                .also(name.span, "turned off under `resources`")
                .help("turn the resource on, or leave the state machine out"),
        );
        return Vec::new();
    }
    let read = |inner| transition::transition(inner, states, taken, context);
    declared.iter().filter_map(read).collect()
}

/// Warns of states that no row ever reaches.
fn unreachable(
    states: &States,
    initial: &str,
    transitions: &[Transition],
    span: Span,
    context: &mut Context,
) {
    let mut reached = BTreeSet::from([initial]);
    loop {
        let before = reached.len();
        for transition in transitions {
            if transition.from.iter().any(|from| reached.contains(from.as_str())) {
                reached.insert(&transition.to);
            }
        }
        if reached.len() == before {
            break;
        }
    }
    let lost: Vec<String> = states
        .values
        .iter()
        .filter(|value| !reached.contains(value.as_str()))
        .map(|value| format!("`{value}`"))
        .collect();
    // With a broken transition nothing is known about what it reaches.
    if lost.is_empty() || context.findings.iter().any(Diagnostic::is_error) {
        return;
    }
    let message = format!("no row is ever {}", lost.join(" or "));
    context.report(
        Diagnostic::warning(Code::W0003, message)
            .at(span, "no transition leads there from the initial state")
            .help("add a transition, or take the value out of the enum"),
    );
}
