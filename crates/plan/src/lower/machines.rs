//! State machines: names, states, guards and what transitions set.

use stratapi_ir::model::Transition;

use super::draft::Context;
use super::starts::{Change, Rows};
use super::{condition, reserved, rules, value};
use crate::{
    EntityPlan, GuardPlan, MachinePlan, PyIdent, PythonDefault, TransitionPlan, ValueKind,
};

/// Adds the state machines of an entity, with rows for the tests of their transitions.
pub(super) fn machines(context: &Context<'_>, entity: &mut EntityPlan, index: usize) {
    for (position, machine) in context.machines[index].iter().enumerate() {
        let Some(field) = context.field(index, machine.attribute) else { continue };
        let ValueKind::Enum(states) = entity.fields[field].ty.kind else { continue };
        let state = State { context, states };
        let first = entity.transitions.len();
        let transitions: Vec<TransitionPlan> = machine
            .transitions
            .iter()
            .map(|transition| plan(&state, entity, index, position, transition))
            .collect();
        entity.transitions.extend(transitions);
        entity.machines.push(MachinePlan {
            field,
            states,
            initial: state.of(&machine.initial),
            walk: Vec::new(),
            walk_of_second: Vec::new(),
            history: None,
            span: machine.span,
        });
        rows(context, entity, index, (position, first));
    }
}

struct State<'a> {
    context: &'a Context<'a>,
    states: usize,
}

impl State<'_> {
    /// The position of a state in its enum.
    fn of(&self, name: &str) -> usize {
        let values = value::enum_values(self.context.ir, self.states);
        values.iter().position(|value| *value == name).unwrap_or_default()
    }
}

fn plan(
    state: &State<'_>,
    entity: &EntityPlan,
    index: usize,
    machine: usize,
    declared: &Transition,
) -> TransitionPlan {
    let context = state.context;
    let name = &declared.name.value;
    let guard = declared.guard.as_ref().map(|guard| GuardPlan {
        condition: condition::condition(context, &|_| entity, index, &guard.condition).tested(),
        message: guard.message.clone(),
    });
    let set = declared.set.iter().filter_map(|(attribute, found)| {
        let field = context.field(index, *attribute)?;
        let ty = &entity.fields[field].ty;
        Some((field, value::python_default(context.ir, ty, found)))
    });
    TransitionPlan {
        name: name.clone(),
        words: name.replace('_', " "),
        method: method(name, &context.names.entities[index].word),
        segment: declared.segment.clone(),
        machine,
        from: declared.from.iter().map(|from| state.of(from)).collect(),
        to: state.of(&declared.to),
        guard,
        set: set.collect(),
        rows: Vec::new(),
        refused: None,
        span: declared.name.span,
    }
}

/// The method of the service: `publish`, or `lock_post` where the plain name means something else.
fn method(name: &str, entity: &PyIdent) -> PyIdent {
    match PyIdent::new(name).filter(|_| !reserved::is_method(name)) {
        Some(method) => method,
        None => PyIdent::known(format!("{name}_{}", entity.as_str().trim_end_matches('_'))),
    }
}

/// Finds rows for the tests of one machine's transitions.
fn rows(
    context: &Context<'_>,
    entity: &mut EntityPlan,
    index: usize,
    (machine, first): (usize, usize),
) {
    let plan = &entity.machines[machine];
    let members = value::enum_values(context.ir, plan.states);
    let transitions = &entity.transitions[first..];
    let checks = rules::of_tests(context, entity, index);
    let rows = |transition| Rows::new(context, entity, index, plan, transition, &checks);
    let all: Vec<(&TransitionPlan, Rows<'_>)> =
        transitions.iter().map(|transition| (transition, rows(transition))).collect();
    let found: Vec<_> = all
        .iter()
        .map(|(transition, rows)| {
            let starts = (0..members.len()).filter_map(|state| {
                let starts = transition.from.contains(&state);
                rows.in_state(state, starts.then(|| change(transition)).as_ref())
            });
            let refused = transition.from.iter().find_map(|state| rows.refused(*state));
            (starts.collect(), refused)
        })
        .collect();
    let walks = [false, true].map(|second| {
        let walked = walk(plan.initial, &all, second);
        walked.into_iter().map(|position| first + position).collect()
    });
    for (transition, (starts, refused)) in entity.transitions[first..].iter_mut().zip(found) {
        transition.rows = starts;
        transition.refused = refused;
    }
    [entity.machines[machine].walk, entity.machines[machine].walk_of_second] = walks;
}

fn change(transition: &TransitionPlan) -> Change<'_> {
    Change { to: transition.to, set: &transition.set }
}

/// Transitions that surely work one after the other, from the initial state on, none twice.
fn walk(initial: usize, all: &[(&TransitionPlan, Rows<'_>)], second: bool) -> Vec<usize> {
    let mut state = initial;
    let mut walked: Vec<usize> = Vec::new();
    let mut set: Vec<(usize, PythonDefault)> = Vec::new();
    loop {
        let next = all.iter().enumerate().find(|(position, (transition, rows))| {
            !walked.contains(position)
                && transition.segment.is_some()
                && transition.from.contains(&state)
                && rows.goes(state, &set, &change(transition), second)
        });
        let Some((position, (transition, _))) = next else { return walked };
        state = transition.to;
        set.extend(transition.set.iter().cloned());
        walked.push(position);
    }
}
