//! Slots: their names, inputs, outputs and examples. The steps that ask them belong to flows.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::flows::{MOST_INPUTS, each_step, not_yet, snake, value};
use super::{Context, literal};
use crate::model::{Attribute, AttributeType, Literal, Slot, SlotExample, SlotKind, Spanned};
use crate::read::Source;
use crate::shorthand::{Raw, RawValue};
use crate::syntax::{Entry, Node, Text, Value};

/// Slots by name; `None` for one that was reported.
pub(super) type Declared = IndexMap<String, Option<Slot>>;

/// What `decimal` alone means: nobody stores the values of a slot, so that it need not say how many
/// digits there is room for.
const DECIMAL: &str = "decimal(18, 2)";

/// Resolves the slots, and warns of those that no flow asks.
pub(super) fn slots(section: Option<&Node>, context: &mut Context) -> Declared {
    let under = |key| section.and_then(|section| section.get(key)).map_or(&[][..], Node::entries);
    let mut asked = BTreeSet::new();
    for flow in under("flows") {
        let steps = flow.value.get("steps").map_or(&[][..], Node::items);
        each_step(steps, &mut |step| {
            asked.extend(step.text("slot").map(|source| source.text));
        });
    }
    let mut declared = Declared::new();
    for entry in under("slots") {
        if !asked.contains(entry.key.value.as_str()) {
            let message = format!("no flow asks the slot `{}`", entry.key.value);
            let finding = Diagnostic::warning(Code::W0005, message).at(entry.key.span, "");
            context.report(finding.help("write a step `slot`, or take it out"));
        }
        let found = slot(entry, context);
        declared.insert(entry.key.value.clone(), found);
    }
    declared
}

fn slot(entry: &Entry, context: &mut Context) -> Option<Slot> {
    let node = &entry.value;
    let good = snake(Source::key(&entry.key), "a slot", context);
    let kind = node.text("kind").and_then(|source| kind(source, context));
    let entries = node.get("input").map_or(&[][..], Node::entries);
    if let Some(more) = entries.get(MOST_INPUTS) {
        let message = format!("a slot has {MOST_INPUTS} inputs at the most");
        wrong(more.key.span, message, "make two slots of it", context);
    }
    let inputs: Vec<_> = entries.iter().map(|it| input(it, &entry.key.value, context)).collect();
    let output = node.entries().iter().find(|it| it.key.value == "output");
    let output = output.and_then(|it| typed(it, context));
    let describe = described(node, context);
    let inputs = inputs.into_iter().collect::<Option<Vec<_>>>();
    // Without types nothing can be said of the examples.
    let (inputs, output) = (inputs?, output?);
    let examples = examples(node, (&inputs, &output), context);
    let (kind, describe, examples) = (kind?, describe?, examples?);
    let name = entry.key.clone();
    good.then_some(Slot { name, kind, inputs, output, describe, examples })
}

fn kind(source: Source<'_>, context: &mut Context) -> Option<SlotKind> {
    let built = [SlotKind::BusinessRule, SlotKind::FlowMethod];
    let found = built.into_iter().find(|kind| kind.word() == source.text);
    if found.is_none() {
        let what = format!("slots of the kind `{}`", source.text);
        let help = "write `business_rule` or `flow_method`";
        not_yet(source.span, &what, help, context);
    }
    found
}

fn described(node: &Node, context: &mut Context) -> Option<String> {
    let source = node.text("describe")?;
    let text = source.text.trim();
    if text.is_empty() {
        let help = "say in a sentence what it does";
        wrong(source.span, "nothing is said of what this slot does", help, context);
        return None;
    }
    Some(text.to_owned())
}

fn input(entry: &Entry, slot: &str, context: &mut Context) -> Option<Attribute> {
    let good = snake(Source::key(&entry.key), "an input", context);
    if entry.key.value == slot {
        wrong(entry.key.span, "this input has the name of its slot", "rename it", context);
        return None;
    }
    typed(entry, context).filter(|_| good)
}

/// A value that a slot is given or returns: a single one that Python has a type for.
fn typed(entry: &Entry, context: &mut Context) -> Option<Attribute> {
    let found = value(&roomy(entry), context)?;
    if found.default.is_some() {
        let message = "what a slot is given or returns is always said, so it has no default";
        wrong(found.span, message, "leave the default out", context);
        return None;
    }
    let what = match found.ty {
        _ if found.list => "lists",
        AttributeType::Enum(_) => "enums",
        AttributeType::Role => "roles",
        AttributeType::Json => "JSON",
        AttributeType::Bytes { .. } => "octets",
        _ => return Some(found),
    };
    let what = format!("{what} that slots are given or return");
    not_yet(found.span, &what, "leave it out until a later version", context);
    None
}

/// The declaration with the digits of a `decimal` that says none.
fn roomy(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    if let Value::Text(text) = &mut entry.value.value {
        let spelled = match text.value.trim() {
            "decimal" => Some(DECIMAL.to_owned()),
            "decimal?" => Some(format!("{DECIMAL}?")),
            _ => None,
        };
        if let Some(value) = spelled {
            *text = Text { value, verbatim: false };
        }
    }
    entry
}

type Types<'t> = (&'t [Attribute], &'t Attribute);

fn examples(node: &Node, types: Types<'_>, context: &mut Context) -> Option<Vec<SlotExample>> {
    let declared = node.get("examples")?;
    if declared.items().is_empty() {
        let help = "write `- {given: {…}, expect: …}`: examples judge whatever fills the slot";
        wrong(declared.span, "a slot needs an example", help, context);
        return None;
    }
    let all: Vec<_> = declared.items().iter().map(|it| example(it, types, context)).collect();
    let all = all.into_iter().collect::<Option<Vec<_>>>()?;
    alike(&all, context);
    Some(all)
}

fn example(node: &Node, (inputs, output): Types<'_>, context: &mut Context) -> Option<SlotExample> {
    let entries = node.get("given").map_or(&[][..], Node::entries);
    let mut good = true;
    let known: Vec<String> = inputs.iter().map(|input| input.name.value.clone()).collect();
    for entry in entries.iter().filter(|entry| !known.contains(&entry.key.value)) {
        context.unknown("input of the slot", &entry.key.value, entry.key.span, &known);
        good = false;
    }
    let mut given = Vec::new();
    for input in inputs {
        let name = &input.name.value;
        match entries.iter().find(|entry| entry.key.value == *name) {
            Some(entry) => given.extend(constant(input, &entry.value, context)),
            None => {
                let place = node.entries().first().map_or(node.span, |entry| entry.key.span);
                let message = format!("the example says nothing of `{name}`");
                wrong(place, message, format!("add `{name}` to `given`"), context);
            }
        }
    }
    let expect = node.entries().iter().find(|entry| entry.key.value == "expect")?;
    let value = constant(output, &expect.value, context)?;
    let span = expect.value.span;
    good &= given.len() == inputs.len();
    good.then_some(SlotExample { given, expect: Spanned { value, span } })
}

/// A literal that fits.
fn constant(ty: &Attribute, node: &Node, context: &mut Context) -> Option<Literal> {
    let raw = Raw::of(node);
    let name = &ty.name.value;
    if matches!(raw.value, RawValue::Null) {
        if ty.nullable {
            return Some(Literal::Null);
        }
        let message = format!("`{name}` is null here, but it may not be");
        wrong(raw.span, message, "write a value, or add `?` to the type", context);
        return None;
    }
    match literal::literal(&ty.ty, false, &raw, context) {
        Ok(found) => Some(found),
        Err(problem) => {
            let message = format!("the value of `{name}` does not fit: {}", problem.message);
            let help = problem.help.unwrap_or_else(|| "write a value of the type".to_owned());
            context.report(Diagnostic::error(Code::E0304, message).at(problem.span, "").help(help));
            None
        }
    }
}

/// Reports examples that are given the same.
fn alike(all: &[SlotExample], context: &mut Context) {
    for (position, one) in all.iter().enumerate() {
        if let Some(first) = all[..position].iter().find(|other| other.given == one.given) {
            let message = "two examples are given the same";
            let finding = Diagnostic::error(Code::E0320, message)
                .at(one.expect.span, "")
                .also(first.expect.span, "expected here already");
            context.report(finding.help("take one of them out"));
        }
    }
}

fn wrong(span: Span, message: impl Into<String>, help: impl Into<String>, context: &mut Context) {
    context.report(Diagnostic::error(Code::E0320, message).at(span, "").help(help));
}
