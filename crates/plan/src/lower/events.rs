//! Events: what flows tell others, each in one form.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase as _;
use stratapi_ir::model::{Action, Emission, EventMember, FlowStep};

use super::condition::Lowering;
use super::draft::Context;
use super::{computed, naming, reserved};
use crate::case::cased;
use crate::{EntityPlan, EventPlan, PyIdent, RecordMemberPlan, ValueType};

/// The events of all flows, in the order in which they are first emitted.
pub(super) fn events(
    context: &Context<'_>,
    entities: &[EntityPlan],
    classes: &BTreeSet<&str>,
) -> Vec<EventPlan> {
    let mut found: Vec<&Emission> = Vec::new();
    for flow in &context.ir.behavior.flows {
        FlowStep::each(&flow.steps, &mut |action| {
            if let Action::Emit(emission) = action {
                found.push(emission);
            }
        });
    }
    let mut events: Vec<EventPlan> = Vec::new();
    for first in &found {
        let name = &first.name.value;
        if events.iter().any(|event| event.name == *name) {
            continue;
        }
        let all: Vec<&Emission> =
            found.iter().copied().filter(|other| other.name.value == *name).collect();
        let members = first.members.iter().map(|it| member(context, entities, it, &all));
        let class = class(name, classes, &events);
        events.push(EventPlan {
            name: name.clone(),
            class,
            members: members.collect(),
            span: first.name.span,
        });
    }
    events
}

fn member(
    context: &Context<'_>,
    entities: &[EntityPlan],
    declared: &EventMember,
    all: &[&Emission],
) -> RecordMemberPlan {
    let name = &declared.name.value;
    let at = |index: usize| &entities[index];
    let lowering = Lowering { context, entities: &at, variables: Vec::new(), living: false };
    let members = all.iter().flat_map(|emission| &emission.members);
    let nullable = members.filter(|it| it.name.value == *name).any(|it| it.nullable);
    let kind = computed::open(lowering.literal_type(&declared.ty).kind);
    RecordMemberPlan {
        name: name.clone(),
        wire: cased(name, context.ir.api.case).into_owned(),
        attribute: naming::flow_member(name),
        ty: ValueType { kind, list: declared.list, nullable },
    }
}

/// `OrderPlaced`, or what nothing else is called.
fn class(name: &str, classes: &BTreeSet<&str>, events: &[EventPlan]) -> PyIdent {
    let mut class = name.replace('.', "_").to_upper_camel_case();
    let taken = |class: &str| {
        classes.contains(class)
            || reserved::reserved_class_names().contains(&class)
            || events.iter().any(|event| event.class.as_str() == class)
    };
    while taken(&class) {
        class.push_str("Event");
    }
    PyIdent::known(class)
}
