//! Slots become functions in modules of their own.

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{Attribute, Literal, Slot};

use super::draft::Context;
use super::{naming, reserved, value};
use crate::{PyIdent, SlotExamplePlan, SlotInputPlan, SlotKind, SlotPlan, ValueType};

/// The slots, in order of declaration.
pub(super) fn slots(context: &mut Context<'_>) -> Vec<SlotPlan> {
    let ir = context.ir;
    for slot in &ir.behavior.slots {
        let name = &slot.name.value;
        if PyIdent::new(name.as_str()).is_none() || reserved::is_slot(name) {
            let message = format!("`{name}` means something else in Python already");
            let finding = Diagnostic::error(Code::E0402, message)
                .at(slot.name.span, "the name of a function");
            context.diagnostics.push(finding.help("choose another name for the slot"));
        }
    }
    ir.behavior.slots.iter().map(|slot| plan(context, slot)).collect()
}

fn plan(context: &Context<'_>, slot: &Slot) -> SlotPlan {
    let name = naming::identifier(&slot.name.value);
    let ending = match slot.kind {
        SlotKind::BusinessRule => "business_rules",
        SlotKind::FlowMethod => "flow_methods",
    };
    let ty = |attribute: &Attribute| value::scalar_type(context.ir, attribute);
    let text = |ty: &ValueType, literal: &Literal| match literal {
        Literal::Null => None,
        literal => Some(value::canonical(context.ir, ty, literal)),
    };
    let inputs = slot.inputs.iter().map(|input| SlotInputPlan {
        name: naming::flow_variable(&input.name.value),
        ty: ty(input),
    });
    let inputs: Vec<SlotInputPlan> = inputs.collect();
    let output = ty(&slot.output);
    let examples = slot.examples.iter().map(|example| SlotExamplePlan {
        given: inputs.iter().zip(&example.given).map(|(it, value)| text(&it.ty, value)).collect(),
        expect: text(&output, &example.expect.value),
        span: example.expect.span,
    });
    SlotPlan {
        kind: slot.kind,
        module: format!("app.services.{name}_{ending}"),
        examples: examples.collect(),
        describe: slot.describe.clone(),
        span: slot.name.span,
        name,
        inputs,
        output,
    }
}
