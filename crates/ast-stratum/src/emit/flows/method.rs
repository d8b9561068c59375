//! `app/services/flow_methods.py`: a method a flow.

use stratapi_plan::{
    Artifact, FlowInputKind, FlowPlan, MessagePlan, Plan, PlannedFile, PyIdent, StepPlan, ValueKind,
};

use super::super::history::History;
use super::super::layer::Layer;
use super::super::layer::condition::{constants, constants_in};
use super::jobs::has_later;
use super::{CLASS, Variable, Writer};
use crate::python::build::{assign, async_def, class, def, from, if_, name, none, raise, text};
use crate::python::{Expr, FunctionDef, Module, ParameterKind, Stmt, artifact};
use crate::types::model as python_type;

/// Emits the class of all flows.
pub(in crate::emit) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let methods = plan.flows.iter().map(|flow| {
        let span = flow.span;
        Stmt::Origin(span, Box::new(method(plan, flow).stmt()))
    });
    let class = class(CLASS)
        .doc(
            "Flows: each is done as a whole, inside the transaction of the request, or not at all.",
        )
        .body([initialiser(plan).stmt()])
        .body(methods);
    let mut found = Vec::new();
    for step in plan.flows.iter().flat_map(|flow| &flow.steps) {
        step.any(&mut |step| {
            numbers(plan, step, &mut found);
            false
        });
    }
    let constants = found.into_iter().map(|(constant, value)| assign(constant, value));
    let module =
        Module::new("Flows: steps over several entities.").body(constants).body([class.stmt()]);
    artifact(file, &module)
}

/// The repositories, one for each entity that has one and that a flow works with.
fn initialiser(plan: &Plan) -> FunctionDef {
    let session = || name("session");
    let mut body = vec![Stmt::Assign(name("self").attr("_session"), session())];
    body.extend(repositories(plan).map(|index| own_repository(plan, index)));
    for history in histories(plan) {
        let made = history.repository().call_with([session()]);
        body.push(Stmt::Assign(name("self").attr(&history.plan.repository), made));
    }
    if plan.has_sequences() {
        let numbers = from("app.repositories.number_repository", "NumberRepository");
        let made = numbers.call_with([session()]);
        body.push(Stmt::Assign(name("self").attr("_numbers"), made));
    }
    if has_later(plan) {
        let jobs = from("app.services.flow_jobs", super::jobs::CLASS);
        let made = jobs.call_with([session()]);
        body.push(Stmt::Assign(name("self").attr("_later"), made));
    }
    if !plan.events.is_empty() {
        let outbox = from("app.repositories.outbox_repository", "OutboxRepository");
        let made = outbox.call_with([session()]);
        body.push(Stmt::Assign(name("self").attr("_outbox"), made));
    }
    works_inside(body)
}

/// `self._accounts = AccountRepository(session)`
pub(super) fn own_repository(plan: &Plan, entity: usize) -> Stmt {
    let layer = Layer::new(plan, entity);
    let made = layer.repository().call_with([name("session")]);
    Stmt::Assign(name("self").attr(layer.repository_attribute()), made)
}

/// What works inside the transaction of a session.
pub(super) fn works_inside(body: Vec<Stmt>) -> FunctionDef {
    def("__init__")
        .method()
        .param("session", from("sqlalchemy.ext.asyncio", "AsyncSession"))
        .returns(none())
        .doc("Work inside the transaction of ``session``.")
        .body(body)
}

fn repositories(plan: &Plan) -> impl Iterator<Item = usize> + '_ {
    (0..plan.entities.len()).filter(|index| plan.flow_entities.contains(index))
}

/// The histories that flows write to.
fn histories(plan: &Plan) -> impl Iterator<Item = History<'_>> {
    let all = (0..plan.entities.len()).flat_map(|index| History::all(Layer::new(plan, index)));
    all.filter(|history| plan.flows.iter().any(|flow| history.is_written_by(flow)))
}

/// The numbers that a step compares with.
fn numbers(plan: &Plan, step: &StepPlan, found: &mut Vec<(PyIdent, Expr)>) {
    use stratapi_plan::{ArgumentPlan, AssignedPlan, ChangedPlan};
    let mut assigned = |value: &AssignedPlan| {
        if let AssignedPlan::Value(value) = value {
            constants_in(plan, value, found);
        }
    };
    match step {
        StepPlan::Set(changes) => changes.iter().for_each(|change| {
            if let ChangedPlan::Field(_, value) = &change.member {
                assigned(value);
            }
        }),
        StepPlan::Create(creation) => creation.values.iter().for_each(|(_, it)| assigned(it)),
        StepPlan::Slot(_, arguments, _) => arguments.iter().for_each(assigned),
        StepPlan::Call(_, arguments, _) => arguments.iter().for_each(|argument| {
            if let ArgumentPlan::Value(value) = argument {
                assigned(value);
            }
        }),
        StepPlan::Require(condition, refusal) => {
            constants(plan, condition, found);
            for part in &refusal.message {
                if let MessagePlan::Value(value) = part {
                    constants_in(plan, value, found);
                }
            }
        }
        StepPlan::Emit(_, values) => {
            values.iter().for_each(|value| constants_in(plan, value, found));
        }
        StepPlan::If(condition, ..) => constants(plan, condition, found),
        StepPlan::Let(_, value) | StepPlan::For(_, Some(value), _) => {
            constants_in(plan, value, found);
        }
        StepPlan::Transition(row, position) => {
            let transition = &plan.entities[row.entity].transitions[*position];
            if let Some(guard) = &transition.guard {
                constants(plan, &guard.condition, found);
            }
        }
        _ => {}
    }
}

/// Whether a value is passed by name only: a bare `True` would say nothing.
pub(super) fn by_name(flow: &FlowPlan, part: usize) -> bool {
    let ty = &flow.values[part].part.ty;
    matches!(ty.kind, ValueKind::Bool) && !ty.list
}

fn method(plan: &Plan, flow: &FlowPlan) -> FunctionDef {
    let account = plan.app.auth.as_ref().map_or(0, |auth| auth.user);
    let caller = Variable::read(&PyIdent::known("caller"), account, &flow.steps);
    let mut writer =
        Writer { plan, flow, rows: vec![caller], collections: Vec::new(), locked: Vec::new() };
    let doc = super::super::layer::capitalised(&flow.words);
    let function = async_def(&flow.method).method().doc(format!("{doc}."));
    let function = with_parameters(function, plan, flow);
    let mut body = Vec::new();
    for input in &flow.inputs {
        if let FlowInputKind::Row { entity, parameter } = &input.kind {
            let scope = &flow.steps;
            writer.rows.push(Variable::read(&input.variable, *entity, scope));
            body.extend(found(&writer, *entity, &input.variable, &parameter.name));
            body.extend(writer.load(writer.rows.len() - 1));
        }
    }
    body.extend(writer.block(&flow.steps));
    if matches!(body.last(), Some(Stmt::Return(None))) {
        body.pop();
    }
    let returns = flow.returns.map_or_else(none, |entity| Layer::new(plan, entity).model());
    function.returns(returns).body(body)
}

/// Adds what a flow is given: keys of rows and values, the caller, and values by their names only.
pub(super) fn with_parameters(
    mut function: FunctionDef,
    plan: &Plan,
    flow: &FlowPlan,
) -> FunctionDef {
    let mut named = Vec::new();
    for input in &flow.inputs {
        match &input.kind {
            FlowInputKind::Row { parameter, .. } => {
                let ty = python_type(plan, &parameter.ty);
                function = function.param(&parameter.name, ty);
            }
            FlowInputKind::Value(part) => {
                let ty = python_type(plan, &flow.values[*part].part.ty);
                if by_name(flow, *part) {
                    named.push((&input.variable, ty));
                } else {
                    function = function.param(&input.variable, ty);
                }
            }
        }
    }
    if flow.caller {
        let account = plan.app.auth.as_ref().map_or(0, |auth| auth.user);
        let model = Layer::new(plan, account).model();
        function = function.param("caller", if flow.anonymous { model.or_none() } else { model });
    }
    for (variable, ty) in named {
        function = function.parameter(ParameterKind::KeywordOnly, variable, Some(ty), None);
    }
    function
}

/// `account = await self._accounts.get(account_id)`, and what is said if there is none.
fn found(writer: &Writer<'_>, entity: usize, variable: &PyIdent, key: &PyIdent) -> Vec<Stmt> {
    let layer = writer.layer(entity);
    let get = writer.repository(entity).attr(layer.query("get"));
    vec![
        assign(variable, get.call_with([name(key)]).awaited()),
        if_(name(variable).is(none()), missing(layer)),
    ]
}

/// What is said where there is no such row.
pub(super) fn missing(layer: Layer<'_>) -> Vec<Stmt> {
    let detail = format!("{} not found", layer.label());
    let error = from("app.core.errors", "NotFoundError").call_with([name("detail")]);
    vec![assign("detail", text(detail)), raise(error)]
}
