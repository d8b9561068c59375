//! Rows from which the tests try transitions: in each state, with a guard that holds or does not.
//! Their values fulfil the rules of the entity, before and after.

use serde_json::{Value, json};

use super::draft::{AttributeSlot, Context};
use super::satisfied::{Solver, spoken};
use super::{sample, value};
use crate::{
    ConditionPlan, EntityPlan, FieldPlan, FieldSource, MachinePlan, Presence, PythonDefault,
    StartPlan, TransitionPlan, ValueKind, unnumbered,
};

/// What a transition does to a row.
pub(super) struct Change<'a> {
    pub(super) to: usize,
    pub(super) set: &'a [(usize, PythonDefault)],
}

/// When a row is changed: tests know no more than that it is between these two.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    Earliest,
    Latest,
}

impl Moment {
    pub(super) const BOTH: [Self; 2] = [Self::Earliest, Self::Latest];

    const fn day(self) -> &'static str {
        match self {
            Self::Earliest => "2026-01-01",
            Self::Latest => "9999-12-31",
        }
    }
}

/// Rows for one transition.
pub(super) struct Rows<'a> {
    context: &'a Context<'a>,
    entity: &'a EntityPlan,
    index: usize,
    machine: &'a MachinePlan,
    guard: Option<&'a ConditionPlan>,
    /// What holds for every row.
    checks: &'a [ConditionPlan],
    /// Fields that a rule or the guard speaks of, and the state.
    spoken: Vec<usize>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        entity: &'a EntityPlan,
        index: usize,
        machine: &'a MachinePlan,
        transition: &'a TransitionPlan,
        checks: &'a [ConditionPlan],
    ) -> Self {
        let guard = transition.guard.as_ref().map(|guard| &guard.condition);
        let mut all = checks.to_vec();
        all.extend(guard.cloned());
        let mut spoken = spoken(&all, entity);
        if !spoken.contains(&machine.field) {
            spoken.push(machine.field);
        }
        Self { context, entity, index, machine, guard, checks, spoken }
    }

    /// A row in a state; with a change, one that goes through it.
    pub(super) fn in_state(&self, state: usize, change: Option<&Change<'_>>) -> Option<StartPlan> {
        let guard = change.and(self.guard).map(|guard| (guard, true));
        self.find(state, guard, change)
    }

    /// A row in a state that does not fulfil the guard.
    pub(super) fn refused(&self, state: usize) -> Option<StartPlan> {
        self.find(state, Some((self.guard?, false)), None)
    }

    fn find(
        &self,
        state: usize,
        guard: Option<(&ConditionPlan, bool)>,
        change: Option<&Change<'_>>,
    ) -> Option<StartPlan> {
        let solver = self.solver();
        let row = solver.find(
            |field| self.candidates(&solver, field, state),
            |row| {
                solver.holds(row)
                    && guard.is_none_or(|(guard, wanted)| solver.truth(guard, row) == Some(wanted))
                    && change.is_none_or(|change| self.holds_after(row, change))
            },
        )?;
        let values = self.spoken.iter().copied().zip(row);
        let said = values.filter(|(field, value)| {
            *field != self.machine.field
                && self.entity.fields[*field].source == FieldSource::Attribute
                && surely_made(&solver, &self.entity.fields[*field]).as_ref() != Some(value)
        });
        Some(StartPlan { state, values: said.collect() })
    }

    /// Whether a row that was made without further ado goes through a change, for sure. `set` is
    /// what the transitions before have set, in order.
    pub(super) fn goes(
        &self,
        state: usize,
        set: &[(usize, PythonDefault)],
        change: &Change<'_>,
        second: bool,
    ) -> bool {
        let solver = self.solver();
        let row: Vec<Value> = (self.spoken.iter())
            .map(|field| {
                let plan = &self.entity.fields[*field];
                let given = plan.create != Presence::Absent;
                if second && given {
                    return unnumbered(&plan.sample.other);
                }
                made(&solver, plan).unwrap_or_else(|| unnumbered(&plan.sample.value))
            })
            .collect();
        Moment::BOTH.into_iter().all(|moment| {
            let row = self.changed(&row, &Change { to: state, set }, moment);
            solver.holds(&row)
                && self.guard.is_none_or(|guard| solver.truth(guard, &row) == Some(true))
                && self.holds_after(&row, change)
        })
    }

    /// Whether the rules hold after a change, whenever it is made.
    fn holds_after(&self, row: &[Value], change: &Change<'_>) -> bool {
        let mut moments = Moment::BOTH.into_iter();
        moments.all(|moment| self.solver().holds(&self.changed(row, change, moment)))
    }

    fn solver(&self) -> Solver<'_> {
        Solver {
            context: self.context,
            checks: self.checks,
            fields: &self.entity.fields,
            spoken: &self.spoken,
        }
    }

    fn state(&self, state: usize) -> Value {
        let values = value::enum_values(self.context.ir, self.machine.states);
        json!(values.get(state))
    }

    /// The row after a change.
    fn changed(&self, row: &[Value], change: &Change<'_>, moment: Moment) -> Vec<Value> {
        let solver = self.solver();
        let mut row = row.to_vec();
        for (place, field) in self.spoken.iter().enumerate() {
            if *field == self.machine.field {
                row[place] = self.state(change.to);
            }
            for (_, value) in change.set.iter().filter(|(set, _)| set == field) {
                let change = (*field, value, moment);
                row[place] = set(self.context, self.entity, self.index, &solver, change);
            }
        }
        row
    }

    /// Values that are tried, those that a row has by itself first.
    fn candidates(&self, solver: &Solver<'_>, field: usize, state: usize) -> Vec<Value> {
        if field == self.machine.field {
            return vec![self.state(state)];
        }
        tried(self.context, self.entity, self.index, solver, field)
    }
}

/// A value of a field that is not null, also where rows of the tests have none.
pub(super) fn some(
    context: &Context<'_>,
    entity: &EntityPlan,
    index: usize,
    field: usize,
) -> Value {
    let plan = &entity.fields[field];
    let slots = &context.slots[index].attributes;
    let position = slots.iter().position(|slot| *slot == AttributeSlot::Field(field));
    let Some(position) = position.filter(|_| plan.sample.value.is_null()) else {
        return unnumbered(&plan.sample.value);
    };
    let attribute = &context.entity(index).attributes[position];
    let found = sample::sample(context.ir, &plan.ty, attribute, false, &mut Vec::new());
    unnumbered(&found.value)
}

/// Values of a field that are tried, those that a row has by itself first.
pub(super) fn tried(
    context: &Context<'_>,
    entity: &EntityPlan,
    index: usize,
    solver: &Solver<'_>,
    field: usize,
) -> Vec<Value> {
    let plan = &entity.fields[field];
    if plan.source != FieldSource::Attribute {
        return vec![unnumbered(&plan.sample.value)];
    }
    let mut all: Vec<Value> = made(solver, plan).into_iter().collect();
    if let ValueKind::Text { min, .. } | ValueKind::Line { min, pattern: None, .. } = plan.ty.kind
        && !plan.ty.list
    {
        all.push(json!("x".repeat(min as usize)));
    }
    all.extend(solver.storable(field));
    all.push(some(context, entity, index, field));
    all
}

/// What a change leaves of a field: null, a literal, or the moment or day.
pub(super) fn set(
    context: &Context<'_>,
    entity: &EntityPlan,
    index: usize,
    solver: &Solver<'_>,
    (field, value, moment): (usize, &PythonDefault, Moment),
) -> Value {
    match value {
        PythonDefault::None => Value::Null,
        PythonDefault::Today => json!(moment.day()),
        PythonDefault::Now => json!(format!("{}T00:00:00Z", moment.day())),
        PythonDefault::Literal(text) => solver.literal(&entity.fields[field].ty, text),
        PythonDefault::Uuid => some(context, entity, index, field),
    }
}

/// What a row has of a field if nothing is said about it; nothing if that differs.
pub(super) fn made(solver: &Solver<'_>, field: &FieldPlan) -> Option<Value> {
    let filled = field.ty.nullable || field.model_default.is_some();
    let said = field.checked && field.create != Presence::Absent;
    if field.source != FieldSource::Attribute || !filled || said {
        return Some(unnumbered(&field.sample.value));
    }
    if field.distinct && field.model_default.is_some() {
        // Rows of the tests do not all have the one default.
        return None;
    }
    match &field.model_default {
        Some(PythonDefault::Literal(text)) => Some(solver.literal(&field.ty, text)),
        Some(PythonDefault::None) | None => Some(Value::Null),
        Some(_) => None,
    }
}

/// The same, and nothing if it is another one in each row.
pub(super) fn surely_made(solver: &Solver<'_>, field: &FieldPlan) -> Option<Value> {
    made(solver, field).filter(|value| !field.distinct || value.is_null())
}
