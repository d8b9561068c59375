//! Jobs: what is stored of a flow that is done after the answer.

use std::collections::BTreeSet;

use stratapi_ir::model::Case;

use super::{computed, flows, naming, reserved};
use crate::case::cased;
use crate::{
    EntityPlan, FlowInputKind, FlowPlan, PayloadPlan, PyIdent, RecordMemberPlan, ValueType,
};

/// The caller stands behind all inputs.
const CALLER: &str = "caller_id";

/// What is stored of a flow, by whose method it is done.
pub(super) fn payload(
    flow: &FlowPlan,
    account: &EntityPlan,
    case: Case,
    classes: &BTreeSet<&str>,
) -> PayloadPlan {
    let member = |name: &str, ty: ValueType| {
        let (attribute, wire) = (naming::flow_member(name), cased(name, case).into_owned());
        RecordMemberPlan { name: name.to_owned(), wire, attribute, ty }
    };
    let mut members: Vec<RecordMemberPlan> = Vec::new();
    for input in &flow.inputs {
        members.push(match &input.kind {
            FlowInputKind::Row { parameter, .. } => {
                member(parameter.name.as_str(), parameter.ty.clone())
            }
            FlowInputKind::Value(index) => {
                let part = &flow.values[*index].part;
                let kind = computed::open(part.ty.kind.clone());
                member(part.attribute.as_str(), ValueType { kind, ..part.ty.clone() })
            }
        });
    }
    if flow.caller {
        let mut name = CALLER.to_owned();
        while members.iter().any(|member| member.name == name) {
            name.push_str("_key");
        }
        let ty = account.key[0].ty.clone();
        members.push(member(&name, ValueType { nullable: flow.anonymous, ..ty }));
    }
    let mut class = flows::class(&flow.name, "Job", "Payload", classes);
    while reserved::reserved_class_names().contains(&class.as_str()) {
        class = PyIdent::known(format!("{class}Payload"));
    }
    PayloadPlan { class, members }
}
