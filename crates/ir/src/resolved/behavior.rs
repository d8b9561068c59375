//! Prints the `behavior` section.

use super::{Entries, default, entry, expression, flag, flow, number, text, texts, word};
use crate::model::{ApplicationIr, Literal, Slot, StateMachine, Transition};

/// The section, if something is declared in it.
pub(super) fn behavior(ir: &ApplicationIr) -> Option<Literal> {
    let mut parts = Entries::new();
    if !ir.behavior.machines.is_empty() {
        let all = ir.behavior.machines.iter().map(|found| machine(found, ir));
        parts.push(entry("state_machines", Literal::Map(all.collect())));
    }
    if !ir.behavior.invariants.is_empty() {
        parts.push(entry("invariants", invariants(ir)));
    }
    if !ir.behavior.flows.is_empty() {
        parts.push(entry("flows", flow::flows(ir)));
    }
    if !ir.behavior.slots.is_empty() {
        let all = ir.behavior.slots.iter().map(|found| slot(found, ir));
        parts.push(entry("slots", Literal::Map(all.collect())));
    }
    (!parts.is_empty()).then_some(Literal::Map(parts))
}

fn machine(found: &StateMachine, ir: &ApplicationIr) -> (String, Literal) {
    let entity = &ir.domain.entities[found.entity.index()];
    let attribute = &entity.attributes[found.attribute.index()].name.value;
    let transitions = found
        .transitions
        .iter()
        .map(|transition| (transition.name.value.clone(), declared(transition, found, ir)));
    let machine = Literal::Map(vec![
        word("initial", &found.initial),
        flag("history", found.history),
        entry("transitions", Literal::Map(transitions.collect())),
    ]);
    (format!("{}.{attribute}", entity.name.value), machine)
}

fn declared(found: &Transition, machine: &StateMachine, ir: &ApplicationIr) -> Literal {
    let mut entries =
        vec![entry("from", texts(found.from.iter().map(String::as_str))), word("to", &found.to)];
    if let Some(guard) = &found.guard {
        let condition = expression::condition(&guard.condition, machine.entity, ir);
        entries.extend([word("guard", condition), word("message", &guard.message)]);
    }
    if found.segment.is_some() {
        entries.push(word("access", expression::access(&found.access, machine.entity, ir)));
    }
    if !found.set.is_empty() {
        let attributes = &ir.domain.entities[machine.entity.index()].attributes;
        let set = found.set.iter().map(|(attribute, value)| {
            (attributes[attribute.index()].name.value.clone(), default(value))
        });
        entries.push(entry("set", Literal::Map(set.collect())));
    }
    let endpoint = found.segment.as_ref().map_or(Literal::Bool(false), text);
    entries.push(entry("endpoint", endpoint));
    Literal::Map(entries)
}

fn slot(found: &Slot, ir: &ApplicationIr) -> (String, Literal) {
    let mut parts = vec![word("kind", found.kind.word())];
    if !found.inputs.is_empty() {
        let inputs = found.inputs.iter().map(|it| (it.name.value.clone(), flow::value(it, ir)));
        parts.push(entry("input", Literal::Map(inputs.collect())));
    }
    let examples = found.examples.iter().map(|example| {
        let names = found.inputs.iter().map(|input| input.name.value.clone());
        let given: Entries = names.zip(example.given.iter().cloned()).collect();
        let given = (!given.is_empty()).then(|| entry("given", Literal::Map(given)));
        let expect = entry("expect", example.expect.value.clone());
        Literal::Map(given.into_iter().chain([expect]).collect())
    });
    parts.extend([
        entry("output", flow::value(&found.output, ir)),
        word("describe", &found.describe),
        entry("examples", Literal::List(examples.collect())),
    ]);
    entry(&found.name.value, Literal::Map(parts))
}

/// By entity, in order of declaration.
fn invariants(ir: &ApplicationIr) -> Literal {
    let mut entities: Entries = Vec::new();
    for found in &ir.behavior.invariants {
        let name = &ir.domain.entities[found.entity.index()].name.value;
        let when = found.when.map(|writes| entry("when", texts(writes.words())));
        let rest = [
            word("check", expression::condition(&found.condition, found.entity, ir)),
            number("status", u32::from(found.status)),
            word("message", &found.message),
        ];
        let declared = Literal::Map(when.into_iter().chain(rest).collect());
        let declared = entry(&found.name.value, declared);
        match entities.iter_mut().find(|(known, _)| known == name) {
            Some((_, Literal::Map(entries))) => entries.push(declared),
            _ => entities.push(entry(name, Literal::Map(vec![declared]))),
        }
    }
    Literal::Map(entities)
}
