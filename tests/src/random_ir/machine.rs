//! State machines: an enum attribute of its own, and ways from state to state.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use serde_json::{Map, Value, json};

use super::attribute::Attribute;
use super::condition::{ConditionChoice, Reader, conditions};
use super::constraints::tested;
use super::rule::{Callers, RuleChoice, rules};
use super::types::{self, Class, Scope, TypeChoice};
use super::words;

/// Name of the attribute that holds the state.
pub(super) const STATE: &str = "life_stage";

/// A state machine, as choices.
#[derive(Debug, Clone)]
pub(super) struct MachineChoice {
    ty: Index,
    initial: Index,
    /// Whether the initial state is said twice.
    said: bool,
    /// Whether its changes are kept.
    history: bool,
    transitions: Vec<(&'static str, TransitionChoice)>,
}

#[derive(Debug, Clone)]
struct TransitionChoice {
    from: Vec<Index>,
    to: Index,
    guard: Option<(ConditionChoice, Option<String>)>,
    access: Option<RuleChoice>,
    set: Vec<Index>,
    segment: bool,
}

/// A state machine with a few transitions.
pub(super) fn machine() -> BoxedStrategy<MachineChoice> {
    let transitions = subsequence(words::TRANSITIONS, 1..4).prop_flat_map(|names| {
        names
            .into_iter()
            .map(|name| transition().prop_map(move |it| (name, it)))
            .collect::<Vec<_>>()
    });
    (any::<Index>(), any::<Index>(), any::<bool>(), any::<bool>(), transitions)
        .prop_map(|(ty, initial, said, history, transitions)| MachineChoice {
            ty,
            initial,
            said,
            history,
            transitions,
        })
        .boxed()
}

fn transition() -> BoxedStrategy<TransitionChoice> {
    let states = (vec(any::<Index>(), 1..3), any::<Index>());
    let guard = option::weighted(0.4, (conditions().boxed(), option::of(words::text())));
    let set = vec(any::<Index>(), 0..3);
    (states, guard, option::weighted(0.4, rules().boxed()), set, prop::bool::weighted(0.2))
        .prop_map(|((from, to), guard, access, set, segment)| TransitionChoice {
            from,
            to,
            guard,
            access,
            set,
            segment,
        })
        .boxed()
}

impl MachineChoice {
    /// The attribute that holds the state; none where there is no enum.
    pub(super) fn attribute(&self, scope: &Scope) -> Option<Attribute> {
        if scope.enums.is_empty() {
            return None;
        }
        let ty = TypeChoice::Enum(self.ty).decide(scope, &[]);
        let initial = types::short(&ty, &ty.literals[self.initial.index(ty.literals.len())]);
        Some(Attribute::fixed(STATE, ty, &format!(" = {initial} readonly")))
    }

    /// The machine of an entity that is offered.
    pub(super) fn declared(&self, own: usize, callers: &Callers<'_>) -> Option<Value> {
        let attributes = &callers.entities[own].attributes;
        let state = attributes.iter().find(|found| found.name == STATE)?;
        let states = &state.ty.literals;
        let pick = |index: &Index| states[index.index(states.len())].clone();
        let one = |found: &TransitionChoice| {
            let mut from: Vec<Value> = Vec::new();
            for index in &found.from {
                let value = pick(index);
                if !from.contains(&value) {
                    from.push(value);
                }
            }
            let from = if from.len() == 1 { from.remove(0) } else { json!(from) };
            let mut map =
                Map::from_iter([("from".to_owned(), from), ("to".to_owned(), pick(&found.to))]);
            found.guard(attributes, &mut map);
            let access = found.access.as_ref().map(|rule| rule.write(own, callers).text);
            map.extend(access.map(|rule| ("access".to_owned(), json!(rule))));
            let set = found.set(attributes);
            map.extend((!set.is_empty()).then(|| ("set".to_owned(), Value::Object(set))));
            map
        };
        let transitions = self.transitions.iter().map(|(name, found)| {
            let mut map = one(found);
            if found.segment {
                map.insert("endpoint".to_owned(), json!(format!("{}-it", name.replace('_', "-"))));
            }
            ((*name).to_owned(), Value::Object(map))
        });
        let mut map = Map::new();
        map.extend(self.said.then(|| ("initial".to_owned(), pick(&self.initial))));
        map.extend(self.history.then(|| ("history".to_owned(), json!(true))));
        map.insert("transitions".to_owned(), Value::Object(transitions.collect()));
        Some(Value::Object(map))
    }
}

impl TransitionChoice {
    fn guard(&self, attributes: &[Attribute], map: &mut Map<String, Value>) {
        let Some((condition, message)) = &self.guard else { return };
        let mut used = Vec::new();
        let Some(text) = condition.write(attributes, Reader::Check, &mut used) else { return };
        map.insert("guard".to_owned(), json!(tested(&text, &used, attributes)));
        map.extend(message.as_ref().map(|message| ("message".to_owned(), json!(message))));
    }

    /// Null, the moment, or a literal.
    fn set(&self, attributes: &[Attribute]) -> Map<String, Value> {
        let able = |found: &&Attribute| {
            let text = &found.ty.text;
            let made = text.starts_with("password") || text.starts_with("slug");
            let object = found.ty.class == Class::Object && text != "json";
            !made && !object && !found.unique && found.name != STATE
        };
        let all: Vec<&Attribute> = attributes.iter().filter(able).collect();
        let mut map = Map::new();
        for index in self.set.iter().filter(|_| !all.is_empty()) {
            let found = all[index.index(all.len())];
            let literal = found.ty.literals.first().filter(|_| !found.list);
            let value = match (found.ty.function, literal) {
                (Some(function), _) if !found.list && function != "uuid()" => json!(function),
                _ if found.nullable => Value::Null,
                (_, Some(literal)) => literal.clone(),
                _ => continue,
            };
            map.insert(found.name.to_owned(), value);
        }
        map
    }
}
