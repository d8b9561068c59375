//! The transitions of state machines.

use stratapi_plan::{Operation, Predicate, PyIdent, PythonDefault, TransitionPlan, ValueKind};

use super::super::history::History;
use super::super::layer::Layer;
use super::super::layer::condition::{self, Side};
use super::super::layer::operation::Need;
use super::super::layer::types::enum_member;
use super::{query, read, rule, update, with_caller, with_if_match, with_parameters};
use crate::python::build::{assign, async_def, def, from, if_, name, none, not, raise, ret, text};
use crate::python::{Comparator, Expr, FunctionDef, Stmt};
use crate::types;

/// One method a transition.
pub(super) fn methods(layer: Layer<'_>) -> impl Iterator<Item = FunctionDef> + '_ {
    (0..layer.entity.transitions.len()).filter_map(move |position| method(layer, position))
}

/// The rule and the state are looked at when nobody else can change the row any more: of two that
/// race, one comes too late.
fn method(layer: Layer, position: usize) -> Option<FunctionDef> {
    let operation = Operation::Transition(position);
    let plan = layer.operation(operation)?;
    let transition = &layer.entity.transitions[position];
    let caller = layer.caller(plan);
    let row = layer.one();
    let function = async_def(&transition.method).method().doc(&*plan.doc);
    let function = with_parameters(function, layer.item_parameters());
    let function = with_if_match(with_caller(function, layer, caller), layer);
    let mut body = vec![read::own_row(layer)];
    body.push(query(layer, "lock").call_with([name(&row)]).awaited().stmt());
    body.extend(rule::check(layer, Need::Operation(operation), caller, &transition.words));
    body.extend(update::check_version(layer, &row));
    body.extend(state_allows(layer, &name(&row), transition));
    body.extend(guard_allows(layer, transition));
    body.extend(recorded(layer, &name(&row), transition));
    body.extend(changes(layer, &name(&row), transition));
    body.push(query(layer, "update").call_with([name(&row)]).awaited().stmt());
    body.extend(read::load(layer, operation));
    body.push(ret(name(&row)));
    Some(function.returns(layer.model()).body(body))
}

/// `await self._order_state_changes.record(order, "pay", OrderState.PAID, caller)`, if a history is
/// kept: while the row is in its old state.
pub(in crate::emit) fn recorded(
    layer: Layer,
    row: &Expr,
    transition: &TransitionPlan,
) -> Option<Stmt> {
    let history = History::of_transition(layer, transition)?;
    let record = name("self").attr(&history.plan.repository).attr("record");
    let told = [row.clone(), text(&*transition.name), member(layer, transition, transition.to)];
    let caller = (!history.plan.caller.is_empty()).then(|| name("caller"));
    Some(record.call_with(told.into_iter().chain(caller)).awaited().stmt())
}

/// The new state, and what else is set.
pub(in crate::emit) fn changes(layer: Layer, row: &Expr, transition: &TransitionPlan) -> Vec<Stmt> {
    let state = layer.entity.machines[transition.machine].field;
    let set = |field: usize, value: Expr| {
        let attribute = &layer.entity.fields[field].model_attribute;
        Stmt::Assign(row.clone().attr(attribute), value)
    };
    let state = set(state, member(layer, transition, transition.to));
    let rest = transition.set.iter().map(|(field, it)| set(*field, value(layer, *field, it)));
    std::iter::once(state).chain(rest).collect()
}

fn member(layer: Layer, transition: &TransitionPlan, state: usize) -> Expr {
    enum_member(layer.plan, layer.entity.machines[transition.machine].states, state)
}

/// Refuses a row that is in another state, unless every state will do.
pub(in crate::emit) fn state_allows(
    layer: Layer,
    row: &Expr,
    transition: &TransitionPlan,
) -> Option<Stmt> {
    let machine = &layer.entity.machines[transition.machine];
    let held = row.clone().attr(&layer.entity.fields[machine.field].model_attribute);
    let members: Vec<Expr> =
        transition.from.iter().map(|from| member(layer, transition, *from)).collect();
    if members.len() == layer.plan.enums[machine.states].members.len() {
        return None;
    }
    let refused = match <[Expr; 1]>::try_from(members) {
        Ok([only]) => held.clone().is_not(only),
        Err(members) => held.clone().compare(Comparator::NotIn, Expr::Set(members)),
    };
    let error = from("app.core.errors", "InvalidTransitionError");
    Some(if_(refused, vec![raise(error.call_with([held, text(&transition.words)]))]))
}

fn guard_name(transition: &TransitionPlan) -> PyIdent {
    PyIdent::known(format!("_can_{}", transition.name))
}

fn guard_allows(layer: Layer, transition: &TransitionPlan) -> Option<Stmt> {
    let guard = transition.guard.as_ref()?;
    let holds = name(guard_name(transition)).call_with([name(layer.one())]);
    Some(if_(not(holds), refusal(&guard.message)))
}

/// What is raised where the guard does not hold.
pub(in crate::emit) fn refusal(message: &str) -> Vec<Stmt> {
    let error = from("app.core.errors", "TransitionRefusedError").call_with([name("detail")]);
    vec![assign("detail", text(message)), raise(error)]
}

/// The transitions that clients ask for.
fn asked(layer: Layer<'_>) -> impl Iterator<Item = &TransitionPlan> {
    layer.entity.transitions.iter().filter(|transition| transition.segment.is_some())
}

/// `_can_publish` and its like.
pub(super) fn guards(layer: Layer<'_>) -> impl Iterator<Item = Stmt> + '_ {
    asked(layer).filter_map(move |transition| {
        let guard = transition.guard.as_ref()?;
        let row = layer.one();
        let holds =
            condition::print(layer.plan, &name(&row), Side::Python, &guard.condition, false);
        let function = def(guard_name(transition)).param(&row, layer.model()).returns(name("bool"));
        Some(function.body([ret(holds)]).stmt())
    })
}

/// What the guards ask of a row.
pub(super) fn conditions(layer: Layer<'_>) -> impl Iterator<Item = Predicate> + '_ {
    let guards = asked(layer).filter_map(|transition| transition.guard.as_ref());
    guards.map(|guard| Predicate::Row(guard.condition.clone()))
}

/// What a transition sets.
fn value(layer: Layer, field: usize, value: &PythonDefault) -> Expr {
    let ty = &layer.entity.fields[field].ty;
    match value {
        PythonDefault::None => none(),
        PythonDefault::Literal(text) if ty.list || ty.kind == ValueKind::Json => {
            types::stored(layer.plan, ty, &serde_json::from_str(text).unwrap_or_default())
        }
        PythonDefault::Literal(text) => types::literal(layer.plan, ty, text),
        made => match types::default(layer.plan, ty, made) {
            types::Default::Value(value) => value,
            types::Default::Factory(function) => function.call([]),
        },
    }
}
