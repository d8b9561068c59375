//! Flows: their names, inputs and order. Their steps and endpoints stand in files of their own.

mod bind;
mod branch;
mod cron;
mod emit;
mod endpoint;
mod later;
mod locks;
mod message;
mod order;
mod places;
mod sequence;
mod slot;
mod step;
mod value;
mod walk;

pub(super) use endpoint::endpoints;
pub(super) use order::each_step;

use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::slots::Declared;
use super::{Context, attributes, same_name};
use crate::model::{
    Action, Attribute, Call, DefaultValue, EntityId, Flow, FlowInput, FlowStep, InputKind, Spanned,
    StateMachine,
};
use crate::names;
use crate::read::Source;
use crate::syntax::{Entry, Node};
use walk::Walk;

/// More would be a burden to whoever calls.
pub(super) const MOST_INPUTS: usize = 10;

/// What others know of a flow.
pub(super) struct Head<'n> {
    name: Spanned<String>,
    node: &'n Node,
    inputs: Vec<Input>,
    /// Whether something is wrong with its inputs or steps, which was reported.
    broken: bool,
    /// What its steps come to, once they were looked at.
    known: Option<Known>,
}

impl Head<'_> {
    /// Whether it is done after the answer.
    fn background(&self) -> bool {
        self.node.bool("background") == Some(true)
    }
}

/// What the steps of a flow come to.
#[derive(Clone, Copy)]
struct Known {
    returns: Option<EntityId>,
    caller: bool,
    writes: bool,
}

/// An input; `None` if it was reported.
struct Input {
    name: Spanned<String>,
    kind: Option<InputKind>,
}

/// Resolves the flows. Where one is broken, none is answered, since flows know each other by place.
pub(super) fn flows(
    section: Option<&Node>,
    (machines, slots): (&[StateMachine], &Declared),
    context: &mut Context,
) -> Vec<Flow> {
    let declared = section.and_then(|section| section.get("flows"));
    let entries = declared.map_or(&[][..], Node::entries);
    let mut heads = heads(entries, context);
    let mut found: Vec<Option<Flow>> = entries.iter().map(|_| None).collect();
    for index in order::order(&heads, context) {
        let made = flow(index, &heads, (machines, slots), context);
        let head = &mut heads[index];
        head.broken |= made.is_none();
        if let Some(made) = made {
            let Flow { returns, caller, writes, .. } = made;
            head.known = Some(Known { returns, caller, writes });
            found[index] = Some(made);
        }
    }
    let flows = found.into_iter().collect::<Option<Vec<_>>>().unwrap_or_default();
    emit::check(&flows, context);
    locks::check(&flows, context);
    flows
}

fn heads<'n>(entries: &'n [Entry], context: &mut Context) -> Vec<Head<'n>> {
    let mut classes: IndexMap<String, Spanned<String>> = IndexMap::new();
    let mut heads = Vec::new();
    for entry in entries {
        let source = Source::key(&entry.key);
        let good = snake(source, "a flow", context);
        // What clients send is named after the flow.
        let class = entry.key.value.to_upper_camel_case();
        if good && let Some(first) = classes.get(&class) {
            context.report(same_name("schemas", &class, first, &entry.key));
        }
        classes.entry(class).or_insert_with(|| entry.key.clone());
        let inputs = entry.value.get("input").map_or(&[][..], Node::entries);
        if let Some(more) = inputs.get(MOST_INPUTS) {
            let message = format!("a flow has {MOST_INPUTS} inputs at the most");
            wrong(more.key.span, message, "split the flow", context);
        }
        let inputs: Vec<Input> = inputs.iter().map(|entry| input(entry, context)).collect();
        heads.push(Head {
            name: entry.key.clone(),
            node: &entry.value,
            broken: !good || inputs.iter().any(|input| input.kind.is_none()),
            inputs,
            known: None,
        });
    }
    heads
}

/// A name in snake case.
pub(super) fn snake(source: Source<'_>, what: &str, context: &mut Context) -> bool {
    let form = names::snake(source.text);
    if !names::check(source, what, &mut context.findings)
        || !names::check_length(source, &form, "function", &mut context.findings)
    {
        return false;
    }
    if form != source.text {
        let message = format!("the name of {what} is in snake case");
        let finding = Diagnostic::error(Code::E0301, message).at(source.span, "");
        context.report(finding.help(format!("write `{form}`")));
    }
    form == source.text
}

fn input(entry: &Entry, context: &mut Context) -> Input {
    let good = snake(Source::key(&entry.key), "an input", context);
    let row = entry.value.source().and_then(|source| context.entity_id(source.text));
    let kind = match row {
        Some(entity) => Some(InputKind::Row(entity)),
        None => value(entry, context)
            .filter(|found| is_settled(found, context))
            .map(|found| InputKind::Value(Box::new(found))),
    };
    Input { name: entry.key.clone(), kind: kind.filter(|_| good) }
}

/// Whether what an input is where nothing is sent is known beforehand; else that is reported.
fn is_settled(found: &Attribute, context: &mut Context) -> bool {
    let word = match &found.default {
        None | Some(DefaultValue::Literal(_)) => return true,
        Some(DefaultValue::Now) => "now()",
        Some(DefaultValue::Today) => "today()",
        Some(DefaultValue::Uuid) => "uuid()",
    };
    let name = &found.name.value;
    let message = format!("the default of an input is a literal, not `{word}`");
    let help = match &found.default {
        Some(DefaultValue::Uuid) => "take the default away".to_owned(),
        _ => format!(
            "let it be null, and name it in a step: `let: value`, `be: {name} if {name} is not None else {word}`"
        ),
    };
    wrong(found.span, message, help, context);
    false
}

/// A value that clients send or a slot is given, declared like an attribute.
pub(super) fn value(entry: &Entry, context: &mut Context) -> Option<Attribute> {
    let mut group = attributes::group(std::slice::from_ref(entry), context);
    let found = group.attributes.pop().filter(|_| group.broken.is_empty())?;
    let flags = [
        (found.flags.unique, "unique"),
        (found.flags.index, "index"),
        (found.flags.immutable, "immutable"),
        (found.flags.readonly, "readonly"),
        (found.flags.writeonly, "writeonly"),
        (found.flags.primary, "primary"),
        (found.readable_by.is_some(), "readable_by"),
        (found.writable_by.is_some(), "writable_by"),
    ];
    let later = value::unwritable(&found.ty).map(|what| format!("{what} as inputs of flows"));
    if let Some(what) = later {
        not_yet(found.span, &what, "leave it out until a later version", context);
        return None;
    }
    if let Some((_, word)) = flags.iter().find(|(set, _)| *set) {
        let message = format!("an input is stored nowhere, so it can't be `{word}`");
        wrong(found.span, message, format!("leave `{word}` out"), context);
        return None;
    }
    Some(found)
}

fn flow(
    index: usize,
    heads: &[Head<'_>],
    (machines, slots): (&[StateMachine], &Declared),
    context: &mut Context,
) -> Option<Flow> {
    let head = &heads[index];
    let mut walk = Walk::new(heads, machines, slots, context);
    walk.start(head);
    let steps = head.node.entries().iter().find(|entry| entry.key.value == "steps")?;
    let whole = walk.block(steps.value.items(), head.name.span);
    let returns = walk.finish(head, whole.as_ref());
    // Whoever lets something be done later stores what that is.
    let (caller, mut writes) = (walk.caller, walk.numbered || head.background());
    let returned = std::mem::take(&mut walk.returned);
    let when = later::when(head, &returned, caller, context);
    let inputs = head
        .inputs
        .iter()
        .map(|input| Some(FlowInput { name: input.name.clone(), kind: input.kind.clone()? }));
    let inputs = inputs.collect::<Option<Vec<_>>>();
    if head.broken {
        return None;
    }
    let (steps, returns, inputs) = (whole?.steps, returns.ok()?, inputs?);
    let later::When { background, schedule } = when?;
    FlowStep::each(&steps, &mut |action| {
        writes |= match action {
            Action::Call(call) => heads[call.flow.index()].known.is_some_and(|it| it.writes),
            other => other.writes(),
        }
    });
    Some(Flow {
        name: head.name.clone(),
        inputs,
        steps,
        returns,
        caller,
        writes,
        background,
        schedule,
    })
}

/// The calls among steps.
fn calls_of(steps: &[FlowStep], found: &mut dyn FnMut(&Call)) {
    FlowStep::each(steps, &mut |action| {
        if let Action::Call(call) = action {
            found(call);
        }
    });
}

/// Something is wrong, and that was reported.
struct Reported;

/// Reports what is wrong with a flow.
fn wrong(span: Span, message: impl Into<String>, help: impl Into<String>, context: &mut Context) {
    context.report(Diagnostic::error(Code::E0318, message).at(span, "").help(help));
}

/// Reports a part of flows that can't be compiled yet.
pub(super) fn not_yet(span: Span, what: &str, help: &str, context: &mut Context) {
    let message = format!("{what} belong to the language, but they are not built yet");
    let finding = Diagnostic::error(Code::E0311, message)
        .at(span, "this version of the compiler can't build it");
    context.report(finding.help(help));
}
