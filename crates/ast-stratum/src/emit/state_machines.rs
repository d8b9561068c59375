//! `docs/state-machines.md`: the life cycles of rows as Mermaid diagrams.

use std::fmt::Write as _;

use stratapi_plan::{Artifact, EntityPlan, MachinePlan, Plan, PlannedFile, without_converters};

use super::erd::label;

/// The document.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let mut text = String::from("# State machines\n");
    for entity in &plan.entities {
        for machine in 0..entity.machines.len() {
            diagram(&mut text, plan, entity, machine);
            endpoints(&mut text, plan, entity, machine);
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
    write(format_args!("```\n\n"));
}

/// Where clients ask for the transitions.
fn endpoints(text: &mut String, plan: &Plan, entity: &EntityPlan, position: usize) {
    for (transition, operation) in entity.transitions.iter().zip(entity.transition_operations()) {
        let Some(offered) = entity.operation(operation).filter(|_| transition.machine == position)
        else {
            continue;
        };
        let path = format!("{}{}", plan.app.prefix, without_converters(&offered.path));
        let written = writeln!(text, "- {}: `POST {path}`", transition.words);
        debug_assert!(written.is_ok(), "writing to a String succeeds");
    }
}
