//! The `behavior` section: invariants. Its state machines stand in a file of their own.

use stratapi_diagnostics::{Code, Diagnostic};

use super::api::check_twice;
use super::{Context, condition, flows, machines, slots};
use crate::model::{ApiModelIr, BehaviorModelIr, EntityId, Invariant, Writes};
use crate::names;
use crate::read::Source;
use crate::syntax::{Entry, Node};

/// Statuses that every write documents.
const STATUSES: [u32; 3] = [400, 409, 422];

/// Resolves the section.
pub(super) fn behavior(
    section: Option<&Node>,
    api: &ApiModelIr,
    context: &mut Context,
) -> BehaviorModelIr {
    let machines = machines::machines(section, api, context);
    let declared = section.and_then(|section| section.get("invariants"));
    let mut invariants = Vec::new();
    for entry in declared.map_or(&[][..], Node::entries) {
        let Some(entity) = context.find_entity(&entry.key.value, entry.key.span) else { continue };
        for inner in entry.value.entries() {
            invariants.extend(invariant(inner, entity, context));
        }
    }
    let declared = slots::slots(section, context);
    let flows = flows::flows(section, (&machines, &declared), context);
    let slots = declared.into_values().collect::<Option<Vec<_>>>().unwrap_or_default();
    BehaviorModelIr { machines, invariants, flows, slots }
}

fn invariant(entry: &Entry, entity: EntityId, context: &mut Context) -> Option<Invariant> {
    named(entry, entity, context);
    let status = status(&entry.value, context);
    let message = match entry.value.text("message") {
        Some(text) => text.text.to_owned(),
        None => sentence(&entry.key.value),
    };
    let text = entry.value.source().or_else(|| entry.value.text("check"))?;
    let when = match entry.value.get("when") {
        Some(node) => Some(writes(node, entity, context)?),
        None => None,
    };
    let read = if when.is_some() { condition::after_writes } else { condition::invariant };
    let condition = read(text, entity, context)?;
    Some(Invariant { entity, name: entry.key.clone(), when, condition, status: status?, message })
}

/// `when: create`, `when: [create, update]`
fn writes(node: &Node, entity: EntityId, context: &mut Context) -> Option<Writes> {
    check_twice(Some(node), context);
    let named: Vec<Source<'_>> =
        node.source().into_iter().chain(node.items().iter().filter_map(Node::source)).collect();
    if node.source().is_none() && named.is_empty() {
        context.report(
            Diagnostic::error(Code::E0315, "no write is looked at")
                .at(node.span, "empty")
                .help("name one, or leave `when` out: then it holds at any time"),
        );
        return None;
    }
    let delete = named.iter().find(|word| word.text == "delete");
    if let Some(word) = delete.filter(|_| context.draft(entity).entity.soft_delete) {
        let name = context.draft(entity).entity.name.value.clone();
        context.report(
            Diagnostic::error(Code::E0315, format!("a `{name}` is never deleted, only hidden"))
                .at(word.span, "no such write")
                .help("write `update`: hiding a row changes its `is_active`"),
        );
        return None;
    }
    let has = |write| named.iter().any(|word| word.text == write);
    Some(Writes { create: has("create"), update: has("update"), delete: has("delete") })
}

fn named(entry: &Entry, entity: EntityId, context: &mut Context) {
    let source = Source::key(&entry.key);
    let good = names::check(source, "an invariant", &mut context.findings);
    let form = names::snake(source.text);
    if form != source.text && good {
        context.report(
            Diagnostic::error(Code::E0301, "the name of an invariant is in snake case")
                .at(source.span, "")
                .help(format!("write `{form}`")),
        );
    }
    let draft = context.draft(entity);
    let table = draft.entity.table.clone();
    let known = draft.entity.checks.iter().find(|check| check.name.value == entry.key.value);
    let clash = known.map(|check| {
        super::same_name("constraint", &format!("ck_{table}_{form}"), &check.name, &entry.key)
    });
    context.findings.extend(clash);
    names::check_length(source, &format!("ck_{table}_{form}"), "constraint", &mut context.findings);
}

fn status(node: &Node, context: &mut Context) -> Option<u16> {
    let Some(found) = node.get("status") else { return Some(409) };
    let number = node.number("status")?;
    if STATUSES.contains(&number) {
        return u16::try_from(number).ok();
    }
    context.report(
        Diagnostic::error(Code::E0315, format!("a broken invariant can't be answered {number}"))
            .at(found.span, "not an answer to a body that can't be stored")
            .help("write 409 (the default), 422 or 400"),
    );
    None
}

/// `published_has_a_date` as a sentence: `Published has a date.`
fn sentence(name: &str) -> String {
    let words = name.replace('_', " ");
    let (head, tail) = words.split_at(words.chars().next().map_or(0, char::len_utf8));
    format!("{}{tail}.", head.to_uppercase())
}
