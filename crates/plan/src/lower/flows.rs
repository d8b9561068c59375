//! Flows become methods, and their endpoints routes.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase as _;
use stratapi_ir::model::{
    Access, Action, ApplicationIr, Argument, Call, Change, ChangedMember, Creation, Emission,
    Endpoint, EntityId, Flow, FlowStep, FlowValue, InputKind, MessagePart, Reference, Refusal,
    RowPath, Segment,
};

use super::condition::Lowering;
use super::draft::Context;
use super::{events, fields, jobs, naming, reserved, resources};
use crate::case::cased;
use crate::{
    ArgumentPlan, AssignedPlan, ChangePlan, ChangedPlan, CreatePlan, EndpointPlan, EntityPlan,
    EnumPlan, EventPlan, FlowInputKind, FlowInputPlan, FlowModelPlan, FlowPlan, FlowValuePlan,
    Gate, MessagePlan, ParameterPlan, Place, PyIdent, RateLimit, RefusalPlan, RowPlan, StepPlan,
    ValuePlan, Write,
};

/// The flows, in order of declaration.
pub(super) fn flows(
    context: &Context<'_>,
    entities: &[EntityPlan],
    enums: &[EnumPlan],
    values: &[ValuePlan],
) -> (Vec<FlowPlan>, Vec<EventPlan>) {
    let classes: BTreeSet<&str> = (entities.iter().flat_map(|it| [&it.class, &it.stem]))
        .chain(enums.iter().map(|it| &it.class))
        .chain(values.iter().map(|it| &it.class))
        .map(PyIdent::as_str)
        .collect();
    let ir = context.ir;
    let account = ir.security.as_ref().map_or(0, |it| it.authentication.user.index());
    let events = events::events(context, entities, &classes);
    let mut plans: Vec<FlowPlan> = Vec::new();
    for (index, flow) in ir.behavior.flows.iter().enumerate() {
        // All endpoints of a flow say the same.
        let started = ir.api.endpoints.iter().find(|endpoint| endpoint.flow.index() == index);
        let mut variables = vec![account];
        variables.extend(flow.inputs.iter().filter_map(|input| match input.kind {
            InputKind::Row(entity) => Some(entity.index()),
            InputKind::Value(_) => None,
        }));
        let steps = Steps { context, entities, events: &events, variables }.block(&flow.steps);
        let places = started.map(|endpoint| &*endpoint.places);
        let (inputs, values) = inputs(context, entities, flow, places);
        let name = &flow.name.value;
        let model = |place: Place, suffix: &str, more: &str, what: &str| {
            let any = started.is_some() && values.iter().any(|value| value.place == place);
            any.then(|| FlowModelPlan {
                class: class(name, suffix, more, &classes),
                doc: format!("{what} it takes to {}.", name.replace('_', " ")),
            })
        };
        plans.push(FlowPlan {
            name: name.clone(),
            words: name.replace('_', " "),
            method: function(name),
            body: model(Place::Body, "Input", "Body", "What"),
            query: model(Place::Query, "Query", "Parameters", "The query that"),
            inputs,
            values,
            steps,
            returns: flow.returns.map(EntityId::index),
            caller: flow.caller,
            anonymous: false,
            payload: None,
            schedule: flow.schedule.as_ref().map(|schedule| schedule.value.clone()),
            refusals: Vec::new(),
            span: flow.name.span,
        });
    }
    if ir.security.is_some() {
        tell_callers(ir, &mut plans, entities);
    }
    for (flow, plan) in ir.behavior.flows.iter().zip(&mut plans) {
        plan.payload =
            flow.background.then(|| jobs::payload(plan, &entities[account], ir.api.case, &classes));
    }
    refuse(&mut plans, entities);
    (plans, events)
}

/// What flows can be refused by.
fn refuse(plans: &mut [FlowPlan], entities: &[EntityPlan]) {
    let mut known: Vec<Option<BTreeSet<u16>>> = vec![None; plans.len()];
    for index in 0..plans.len() {
        refusals(plans, entities, index, &mut known);
    }
    for (plan, refusals) in plans.iter_mut().zip(known) {
        plan.refusals = refusals.into_iter().flatten().collect();
    }
}

/// Flows that change a state which has a history take the caller, and so do those that call them. Where
/// everybody may start one, or it starts by itself, it may be nobody.
fn tell_callers(ir: &ApplicationIr, plans: &mut [FlowPlan], entities: &[EntityPlan]) {
    loop {
        let told: Vec<bool> = plans.iter().map(|plan| plan.caller).collect();
        let tells = |step: &StepPlan| match step {
            StepPlan::Transition(row, position) => entities[row.entity].is_told_of(*position),
            StepPlan::Call(callee, ..) => told[*callee],
            _ => false,
        };
        let found: Vec<bool> = plans
            .iter()
            .map(|plan| plan.steps.iter().any(|it| it.any(&mut |it| tells(it))))
            .collect();
        let before = told.iter().filter(|told| **told).count();
        plans.iter_mut().zip(found).for_each(|(plan, found)| plan.caller |= found);
        if plans.iter().filter(|plan| plan.caller).count() == before {
            break;
        }
    }
    let public = ir.api.endpoints.iter().filter(|it| it.access == Access::Public);
    let mut open: Vec<usize> = public.map(|endpoint| endpoint.flow.index()).collect();
    open.extend((0..plans.len()).filter(|index| plans[*index].schedule.is_some()));
    while let Some(index) = open.pop() {
        if !plans[index].caller || std::mem::replace(&mut plans[index].anonymous, true) {
            continue;
        }
        for step in &plans[index].steps {
            step.any(&mut |step| {
                open.extend(if let StepPlan::Call(callee, ..) = step {
                    Some(*callee)
                } else {
                    None
                });
                false
            });
        }
    }
}

/// A name of a function or method that means nothing else.
fn function(name: &str) -> PyIdent {
    let taken = reserved::is_method(name) || reserved::is_variable(name);
    match PyIdent::new(name).filter(|_| !taken) {
        Some(name) => name,
        None => PyIdent::known(format!("{name}_flow")),
    }
}

/// The class of a schema of the inputs of a flow, which no other class is named like.
pub(super) fn class(flow: &str, suffix: &str, more: &str, classes: &BTreeSet<&str>) -> PyIdent {
    let mut class = format!("{}{suffix}", flow.to_upper_camel_case());
    while classes.contains(class.as_str()) {
        class.push_str(more);
    }
    PyIdent::known(class)
}

fn inputs(
    context: &Context<'_>,
    entities: &[EntityPlan],
    flow: &Flow,
    places: Option<&[Place]>,
) -> (Vec<FlowInputPlan>, Vec<FlowValuePlan>) {
    let key = |name: &str| naming::flow_variable(&format!("{name}_id"));
    let rows = flow.inputs.iter().filter(|input| matches!(input.kind, InputKind::Row(_)));
    let mut taken: BTreeSet<String> =
        reserved::ROUTE_NAMES.iter().map(|name| (*name).to_owned()).collect();
    taken.extend(flow.returns.map(|entity| entities[entity.index()].one.to_string()));
    taken.extend(rows.map(|input| key(&input.name.value).to_string()));
    let mut values = Vec::new();
    let inputs = flow.inputs.iter().enumerate().map(|(position, input)| {
        let name = &input.name.value;
        let kind = match &input.kind {
            InputKind::Row(entity) => {
                let found = &entities[entity.index()].key[0];
                let parameter = ParameterPlan {
                    name: key(name),
                    ty: found.ty.clone(),
                    attribute: found.attribute.clone(),
                    key_part: Some(0),
                    reserved: Vec::new(),
                };
                FlowInputKind::Row { entity: entity.index(), parameter }
            }
            InputKind::Value(found) => {
                let mut part = fields::part(context, found, naming::flow_member(name));
                let place = places.map_or(Place::Body, |places| places[position].clone());
                let parameter = match &place {
                    Place::Path => free(naming::flow_variable(name), "_value", &mut taken),
                    Place::Header(_) => free(naming::flow_variable(name), "_header", &mut taken),
                    Place::Body | Place::Query => naming::flow_variable(name),
                };
                part.wire = match &place {
                    Place::Header(header) => header.clone(),
                    Place::Path => parameter.to_string(),
                    _ => cased(name, context.ir.api.case).into_owned(),
                };
                values.push(FlowValuePlan { part, place, parameter });
                FlowInputKind::Value(values.len() - 1)
            }
        };
        FlowInputPlan { variable: naming::flow_variable(name), kind }
    });
    (inputs.collect(), values)
}

/// A name that is not taken yet, and then is.
fn free(name: PyIdent, suffix: &str, taken: &mut BTreeSet<String>) -> PyIdent {
    let mut name = name;
    while !taken.insert(name.to_string()) {
        name = PyIdent::known(format!("{name}{suffix}"));
    }
    name
}

/// Lowers steps where some rows have names.
#[derive(Clone)]
struct Steps<'a> {
    context: &'a Context<'a>,
    entities: &'a [EntityPlan],
    events: &'a [EventPlan],
    variables: Vec<usize>,
}

impl Steps<'_> {
    fn block(&self, steps: &[FlowStep]) -> Vec<StepPlan> {
        let mut inside = self.clone();
        steps.iter().map(|step| inside.step(&step.action)).collect()
    }

    fn step(&mut self, action: &Action) -> StepPlan {
        match action {
            Action::Lock(row) => StepPlan::Lock(self.row(row)),
            Action::Require(condition, refusal) => {
                let condition = self.with(|it| it.condition(condition)).tested();
                StepPlan::Require(condition, self.refusal(refusal))
            }
            Action::Let(name, value) => {
                StepPlan::Let(naming::flow_variable(name), self.with(|it| it.operand(value)))
            }
            Action::Set(changes) => {
                let changes = changes.iter().filter_map(|change| self.change(change));
                StepPlan::Set(changes.collect())
            }
            Action::Create(creation) => self.creation(creation),
            Action::Delete(row) => StepPlan::Delete(self.row(row)),
            Action::Transition(path, id) => {
                let row = self.row(path);
                let machine = &self.context.ir.behavior.machines[id.machine];
                let own = self.context.machines[row.entity].iter();
                let before = own.take_while(|it| it.attribute != machine.attribute);
                let before: usize = before.map(|it| it.transitions.len()).sum();
                StepPlan::Transition(row, before + id.transition)
            }
            Action::For(each) => {
                let (mut rows, inside) = self.with(|it| {
                    let (rows, inside) = it.over(&each.rows);
                    (rows, inside.variables)
                });
                rows.name = naming::flow_variable(&each.rows.variable);
                let inside = Steps { variables: inside, ..self.clone() };
                let order = each.order.as_ref().map(|order| inside.with(|it| it.operand(order)));
                StepPlan::For(rows, order, inside.block(&each.steps))
            }
            Action::If(condition, then, otherwise) => {
                let condition = self.with(|it| it.condition(condition)).tested();
                StepPlan::If(condition, self.block(then), self.block(otherwise))
            }
            Action::Call(call) => self.call(call),
            Action::Emit(emission) => self.emission(emission),
            Action::Slot(call) => {
                let arguments = call.arguments.iter().map(|value| self.assigned(value)).collect();
                StepPlan::Slot(call.slot.index(), arguments, naming::flow_variable(&call.name))
            }
            Action::Return(row) => StepPlan::Return(row.as_ref().map(|row| self.row(row))),
        }
    }

    fn change(&self, change: &Change) -> Option<ChangePlan> {
        let entity = change.entity.index();
        let member = match &change.member {
            ChangedMember::Attribute(id, value) => {
                ChangedPlan::Field(self.context.field(entity, *id)?, self.assigned(value))
            }
            ChangedMember::Relationship(id, found) => {
                ChangedPlan::Reference(self.context.reference(entity, *id)?, self.led(found))
            }
        };
        Some(ChangePlan { row: self.row(&change.row), member })
    }

    /// Where a reference leads.
    fn led(&self, found: &Reference) -> Option<RowPlan> {
        match found {
            Reference::Row(path) => Some(self.row(path)),
            Reference::Nowhere => None,
        }
    }

    fn creation(&mut self, creation: &Creation) -> StepPlan {
        let entity = creation.entity.index();
        let values = creation.values.iter().filter_map(|(attribute, value)| {
            Some((self.context.field(entity, *attribute)?, self.assigned(value)))
        });
        let references = creation.references.iter().filter_map(|(id, found)| {
            Some((self.context.reference(entity, *id)?, self.led(found)))
        });
        let (values, references) = (values.collect(), references.collect());
        let name = creation.name.as_ref().map(|name| naming::flow_variable(name));
        self.variables.extend(name.as_ref().map(|_| entity));
        StepPlan::Create(CreatePlan { entity, values, references, name })
    }

    fn call(&mut self, call: &Call) -> StepPlan {
        let arguments = call.arguments.iter().map(|argument| match argument {
            Argument::Row(row) => ArgumentPlan::Row(self.row(row)),
            Argument::Value(value) => ArgumentPlan::Value(self.assigned(value)),
        });
        let arguments = arguments.collect();
        let returns = self.context.ir.behavior.flows[call.flow.index()].returns;
        let name = call.name.as_ref().map(|name| naming::flow_variable(name));
        self.variables.extend(returns.filter(|_| name.is_some()).map(EntityId::index));
        StepPlan::Call(call.flow.index(), arguments, name)
    }

    fn emission(&self, emission: &Emission) -> StepPlan {
        let named = |event: &EventPlan| event.name == emission.name.value;
        let Some(index) = self.events.iter().position(named) else {
            stratapi_diagnostics::bug!("an event that was not found before");
        };
        let values = self.events[index].members.iter().filter_map(|member| {
            let found = emission.members.iter().find(|it| it.name.value == member.name)?;
            Some(self.with(|it| it.operand(&found.value)))
        });
        StepPlan::Emit(index, values.collect())
    }

    /// Lowers expressions.
    fn with<T>(&self, lower: impl FnOnce(&Lowering<'_>) -> T) -> T {
        let entities = |index: usize| &self.entities[index];
        lower(&Lowering {
            context: self.context,
            entities: &entities,
            variables: self.variables.clone(),
            living: false,
        })
    }

    fn row(&self, path: &RowPath) -> RowPlan {
        let (steps, entity) = self.with(|it| it.walked(path));
        RowPlan { variable: path.variable, steps, entity }
    }

    fn assigned(&self, value: &FlowValue) -> AssignedPlan {
        match value {
            FlowValue::Value(value) => AssignedPlan::Value(self.with(|it| it.operand(value))),
            FlowValue::Null => AssignedPlan::Null,
        }
    }

    fn refusal(&self, refusal: &Refusal) -> RefusalPlan {
        let message = refusal.message.iter().flatten().map(|part| match part {
            MessagePart::Text(text) => MessagePlan::Text(text.clone()),
            MessagePart::Value(value) => MessagePlan::Value(self.with(|it| it.operand(value))),
        });
        RefusalPlan { status: refusal.status, message: message.collect() }
    }
}

/// What a flow, or one that it calls, can be refused by.
fn refusals(
    flows: &[FlowPlan],
    entities: &[EntityPlan],
    index: usize,
    known: &mut [Option<BTreeSet<u16>>],
) -> BTreeSet<u16> {
    if let Some(found) = &known[index] {
        return found.clone();
    }
    let flow = &flows[index];
    let mut found: BTreeSet<u16> = BTreeSet::new();
    if flow.inputs.iter().any(|input| matches!(input.kind, FlowInputKind::Row { .. })) {
        found.insert(404);
    }
    for step in &flow.steps {
        step.any(&mut |step| {
            match step {
                StepPlan::Lock(_) => {
                    found.insert(404);
                }
                StepPlan::Require(_, refusal) => {
                    found.insert(refusal.status);
                }
                StepPlan::Set(changes) => {
                    found.insert(409);
                    for change in changes {
                        found.extend(entities[change.row.entity].refusals(Write::Update));
                    }
                    let locked = changes.iter().any(|it| entities[it.row.entity].optimistic_lock);
                    found.extend(locked.then_some(412));
                }
                StepPlan::Transition(row, _) => {
                    found.extend([404, 409]);
                    found.extend(entities[row.entity].refusals(Write::Update));
                    found.extend(entities[row.entity].optimistic_lock.then_some(412));
                }
                StepPlan::Delete(row) => {
                    found.insert(409);
                    found.extend(entities[row.entity].refusals(Write::Delete));
                    found.extend(entities[row.entity].optimistic_lock.then_some(412));
                }
                StepPlan::Create(made) => {
                    found.insert(409);
                    found.extend(entities[made.entity].refusals(Write::Create));
                }
                // What is done later refuses nobody any more.
                StepPlan::Call(callee, ..) if flows[*callee].payload.is_some() => {
                    found.insert(404);
                }
                StepPlan::Call(callee, ..) => {
                    found.extend(refusals(flows, entities, *callee, known));
                }
                _ => {}
            }
            false
        });
    }
    known[index] = Some(found.clone());
    found
}

/// The endpoints, in order of declaration.
pub(super) fn endpoints(
    context: &Context<'_>,
    entities: &[EntityPlan],
    flows: &[FlowPlan],
) -> Vec<EndpointPlan> {
    let operations = entities.iter().filter_map(|it| it.resource.as_ref());
    let operations = operations.flat_map(|resource| &resource.operations);
    let mut taken: BTreeSet<String> =
        operations.map(|operation| operation.function.to_string()).collect();
    taken.extend(reserved::FUNCTION_NAMES.iter().map(|name| (*name).to_owned()));
    let endpoints = context.ir.api.endpoints.iter();
    endpoints
        .map(|declared| {
            let limit = context.ir.api.endpoint_rate_limit(declared);
            let mut plan = endpoint(declared, limit, (flows, entities), &mut taken);
            // The router documents that of invalid requests.
            plan.problems.retain(|status| *status != context.ir.api.invalid_status);
            plan
        })
        .collect()
}

fn endpoint(
    declared: &Endpoint,
    rate_limit: Option<RateLimit>,
    (flows, entities): (&[FlowPlan], &[EntityPlan]),
    taken: &mut BTreeSet<String>,
) -> EndpointPlan {
    let flow = &flows[declared.flow.index()];
    let path = declared.route.iter().map(|segment| match segment {
        Segment::Word(word) => format!("/{word}"),
        Segment::Input(input) => match &flow.inputs[*input].kind {
            FlowInputKind::Row { parameter, .. } => format!("/{}", resources::segment(parameter)),
            FlowInputKind::Value(index) => format!("/{{{}}}", flow.values[*index].parameter),
        },
    });
    let gate = match &declared.access {
        Access::Public => Gate::Public,
        Access::Role(roles) => Gate::Roles(roles.iter().map(|role| role.index()).collect()),
        _ => Gate::Authenticated,
    };
    let mut problems: BTreeSet<u16> = match flow.payload {
        Some(_) => flow.keys().map(|_| 404).collect(),
        None => flow.refusals.iter().copied().collect(),
    };
    problems.extend(flow.body.as_ref().map(|_| 400));
    let shows = flow.is_shown_by_caller(entities);
    problems.extend((gate != Gate::Public || flow.caller || shows).then_some(401));
    problems.extend(matches!(gate, Gate::Roles(_)).then_some(403));
    problems.extend(declared.idempotent.then_some(409));
    problems.extend(rate_limit.map(|_| 429));
    EndpointPlan {
        function: free(function(&declared.name.value), "_flow", taken),
        flow: declared.flow.index(),
        method: declared.method,
        path: path.collect(),
        doc: format!("{}.", naming::sentence(&declared.name.value.replace('_', " "))),
        gate,
        status: declared.status,
        idempotent: declared.idempotent,
        rate_limit,
        problems: problems.into_iter().collect(),
        span: declared.name.span,
    }
}

/// The entities whose repositories flows work with, ascending.
pub(super) fn repositories(flows: &[FlowPlan]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for flow in flows {
        found.extend(flow.inputs.iter().filter_map(|input| match input.kind {
            FlowInputKind::Row { entity, .. } => Some(entity),
            FlowInputKind::Value(_) => None,
        }));
        for step in &flow.steps {
            step.any(&mut |step| {
                found.extend(crate::flow_uses::entities(step));
                false
            });
        }
    }
    found
}
