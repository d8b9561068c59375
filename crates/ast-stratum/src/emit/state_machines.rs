//! `docs/state-machines.md`: the life cycles of rows as Mermaid diagrams.

use std::fmt::Write as _;

use stratapi_plan::{
    Artifact, EntityPlan, FlowPlan, MachinePlan, Operation, Plan, PlannedFile, StepPlan,
    without_converters,
};

use super::erd::label;

/// The document.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let mut text = String::from("# State machines\n");
    for entity in &plan.entities {
        for machine in 0..entity.machines.len() {
            diagram(&mut text, plan, entity, machine);
            endpoints(&mut text, plan, entity, machine);
            history(&mut text, plan, entity, machine);
        }
    }
    Artifact { path: file.path.clone(), text, origins: Vec::new() }
}

fn diagram(text: &mut String, plan: &Plan, entity: &EntityPlan, position: usize) {
    let machine: &MachinePlan = &entity.machines[position];
    let mut write = |line: std::fmt::Arguments<'_>| {
        let written = text.write_fmt(line);
        debug_assert!(written.is_ok(), "writing to a String succeeds");
    };
    let attribute = &entity.fields[machine.field].wire;
    write(format_args!("\n## `{}.{attribute}`\n\n", entity.name));
    write(format_args!("```mermaid\nstateDiagram-v2\n"));
    for (state, member) in plan.enums[machine.states].members.iter().enumerate() {
        write(format_args!("    state \"{}\" as s{state}\n", label(&member.value)));
    }
    write(format_args!("    [*] --> s{}\n", machine.initial));
    for transition in entity.transitions.iter().filter(|one| one.machine == position) {
        for from in &transition.from {
            write(format_args!("    s{from} --> s{} : {}\n", transition.to, transition.words));
        }
    }
    write(format_args!("```\n"));
}

/// Where clients ask for the transitions, and which flows make them.
fn endpoints(text: &mut String, plan: &Plan, entity: &EntityPlan, position: usize) {
    let mut lines = Vec::new();
    let own = entity.transitions.iter().zip(entity.transition_operations()).enumerate();
    for (at, (transition, operation)) in own.filter(|(_, (one, _))| one.machine == position) {
        let words = &transition.words;
        if let Some(offered) = entity.operation(operation) {
            let path = format!("{}{}", plan.app.prefix, without_converters(&offered.path));
            lines.push(format!("- {words}: `POST {path}`"));
        }
        let flows = plan.flows.iter().filter(|flow| makes(plan, flow, entity, at));
        lines.extend(flows.map(|flow| format!("- {words}: the flow `{}`", flow.name)));
    }
    if !lines.is_empty() {
        text.push('\n');
    }
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
}

/// Where changes are kept, and who may read them.
fn history(text: &mut String, plan: &Plan, entity: &EntityPlan, position: usize) {
    let Some(history) = &entity.machines[position].history else { return };
    let read = entity.operation(Operation::History(position)).map(|offered| {
        let path = format!("{}{}", plan.app.prefix, without_converters(&offered.path));
        format!(", and read by `GET {path}`")
    });
    text.push_str("\nEach change is kept in `");
    text.push_str(plan.tables[history.table].name.as_str());
    text.push('`');
    text.push_str(&read.unwrap_or_default());
    text.push_str(".\n");
}

/// Whether a flow makes a transition of an entity.
fn makes(plan: &Plan, flow: &FlowPlan, entity: &EntityPlan, position: usize) -> bool {
    let is_it = |step: &StepPlan| match step {
        StepPlan::Transition(row, made) => {
            *made == position && std::ptr::eq(&raw const plan.entities[row.entity], entity)
        }
        _ => false,
    };
    flow.steps.iter().any(|step| step.any(&mut |step| is_it(step)))
}
