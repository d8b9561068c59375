//! Prints flows, and the endpoints that start them.

use super::expression::Printer;
use super::{Entries, attribute, entry, expression, flag, number, text, word};
use crate::model::{
    Action, ApplicationIr, Argument, Attribute, Call, Change, ChangedMember, Creation, Endpoint,
    EntityId, EventMember, Flow, FlowInput, FlowStep, FlowValue, InputKind, Literal, Loop,
    MessagePart, Place, Reference, Refusal, Segment, SlotCall,
};

/// Flows by name.
pub(super) fn flows(ir: &ApplicationIr) -> Literal {
    Literal::Map(ir.behavior.flows.iter().map(|found| flow(found, ir)).collect())
}

/// Endpoints by name.
pub(super) fn endpoints(ir: &ApplicationIr) -> Literal {
    Literal::Map(ir.api.endpoints.iter().map(|found| endpoint(found, ir)).collect())
}

fn endpoint(found: &Endpoint, ir: &ApplicationIr) -> (String, Literal) {
    let flow = &ir.behavior.flows[found.flow.index()];
    let route = found.route.iter().map(|segment| match segment {
        Segment::Word(word) => format!("/{word}"),
        Segment::Input(input) => match &flow.inputs[*input] {
            FlowInput { name, kind: InputKind::Row(_) } => format!("/{{{}_id}}", name.value),
            FlowInput { name, kind: InputKind::Value(_) } => format!("/{{{}}}", name.value),
        },
    });
    let mut declared = vec![
        word("route", format!("{} {}", found.method.name(), route.collect::<String>())),
        word("flow", &flow.name.value),
        word("access", expression::access(&found.access, EntityId(0), ir)),
        number("status", u32::from(found.status)),
        flag("idempotent", found.idempotent),
    ];
    declared.extend(found.rate_limit.map(|limit| word("rate_limit", limit.to_string())));
    let placed = || flow.inputs.iter().map(|input| &input.name.value).zip(&found.places);
    let query: Vec<Literal> =
        placed().filter(|(_, place)| **place == Place::Query).map(|(name, _)| text(name)).collect();
    if !query.is_empty() {
        declared.push(entry("query", Literal::List(query)));
    }
    let headers: Entries = placed()
        .filter_map(|(name, place)| match place {
            Place::Header(header) => Some(word(name, header)),
            _ => None,
        })
        .collect();
    if !headers.is_empty() {
        declared.push(entry("headers", Literal::Map(headers)));
    }
    entry(&found.name.value, Literal::Map(declared))
}

fn flow(found: &Flow, ir: &ApplicationIr) -> (String, Literal) {
    let entity = |id: &EntityId| &ir.domain.entities[id.index()];
    let inputs: Entries = found
        .inputs
        .iter()
        .map(|input| match &input.kind {
            InputKind::Row(id) => word(&input.name.value, &entity(id).name.value),
            InputKind::Value(found) => entry(&input.name.value, value(found, ir)),
        })
        .collect();
    let account = ir.security.as_ref().map_or(EntityId(0), |it| it.authentication.user);
    let mut variables = vec![("current_user", account)];
    variables.extend(found.inputs.iter().filter_map(|input| match input.kind {
        InputKind::Row(id) => Some((input.name.value.as_str(), id)),
        InputKind::Value(_) => None,
    }));
    let steps = Steps { printer: Printer { ir, variables } }.block(&found.steps);
    let mut parts = Entries::new();
    if !inputs.is_empty() {
        parts.push(entry("input", Literal::Map(inputs)));
    }
    parts.push(entry("steps", steps));
    parts.push(flag("background", found.background));
    parts.extend(found.schedule.iter().map(|it| word("schedule", &it.value)));
    entry(&found.name.value, Literal::Map(parts))
}

/// A value that is stored nowhere, and so has no flags of columns.
pub(super) fn value(found: &Attribute, ir: &ApplicationIr) -> Literal {
    let Literal::Map(mut parts) = attribute(found, &[], ir) else {
        stratapi_diagnostics::bug!("an attribute is a mapping");
    };
    let flags = ["unique", "index", "immutable", "readonly", "writeonly", "primary"];
    parts.retain(|(key, _)| !flags.contains(&key.as_str()));
    Literal::Map(parts)
}

/// Prints steps where some rows have names.
struct Steps<'a> {
    printer: Printer<'a>,
}

impl<'a> Steps<'a> {
    /// What the steps name ends with them.
    fn block(&self, steps: &'a [FlowStep]) -> Literal {
        let mut inside = Self { printer: self.printer.clone() };
        Literal::List(steps.iter().map(|step| Literal::Map(inside.step(step))).collect())
    }

    fn step(&mut self, step: &'a FlowStep) -> Entries {
        match &step.action {
            Action::Lock(row) => vec![word("lock", self.printer.path(row))],
            Action::Require(condition, refusal) => {
                vec![
                    word("require", self.printer.whole(condition)),
                    entry("else", self.refusal(refusal)),
                ]
            }
            Action::Let(name, value) => {
                vec![word("let", name), word("be", self.printer.value(value))]
            }
            Action::Set(changes) => {
                let changes = changes.iter().map(|change| self.change(change));
                vec![entry("set", Literal::Map(changes.collect()))]
            }
            Action::Create(creation) => self.creation(creation),
            Action::Delete(row) => vec![word("delete", self.printer.path(row))],
            Action::Transition(row, id) => {
                let machine = &self.printer.ir.behavior.machines[id.machine];
                let name = &machine.transitions[id.transition].name.value;
                vec![word("transition", format!("{}.{name}", self.printer.path(row)))]
            }
            Action::For(each) => self.each(each),
            Action::If(condition, then, otherwise) => {
                let mut parts = vec![
                    word("if", self.printer.whole(condition)),
                    entry("then", self.block(then)),
                ];
                if !otherwise.is_empty() {
                    parts.push(entry("else", self.block(otherwise)));
                }
                parts
            }
            Action::Call(call) => self.call(call),
            Action::Emit(event) => {
                let member =
                    |it: &'a EventMember| word(&it.name.value, self.printer.value(&it.value));
                let members: Entries = event.members.iter().map(member).collect();
                let mut parts = vec![word("emit", &event.name.value)];
                if !members.is_empty() {
                    parts.push(entry("with", Literal::Map(members)));
                }
                parts
            }
            Action::Slot(call) => self.slot(call),
            Action::Return(row) => {
                let row = row.as_ref().map_or(Literal::Null, |row| text(self.printer.path(row)));
                vec![entry("return", row)]
            }
        }
    }

    fn refusal(&self, refusal: &'a Refusal) -> Literal {
        let status = number("status", u32::from(refusal.status));
        let Some(message) = &refusal.message else { return Literal::Map(vec![status]) };
        let message = message.iter().map(|part| match part {
            MessagePart::Text(text) => text.replace('{', "{{").replace('}', "}}"),
            MessagePart::Value(value) => format!("{{{}}}", self.printer.value(value)),
        });
        Literal::Map(vec![status, word("message", message.collect::<String>())])
    }

    fn change(&self, change: &'a Change) -> (String, Literal) {
        let entity = &self.printer.ir.domain.entities[change.entity.index()];
        let (name, value) = match &change.member {
            ChangedMember::Attribute(id, value) => {
                (&entity.attributes[id.index()].name, self.value(value))
            }
            ChangedMember::Relationship(id, row) => {
                (&entity.relationships[id.index()].name, self.reference(row))
            }
        };
        (format!("{}.{}", self.printer.path(&change.row), name.value), value)
    }

    fn value(&self, value: &'a FlowValue) -> Literal {
        match value {
            FlowValue::Value(value) => text(self.printer.value(value)),
            FlowValue::Null => Literal::Null,
        }
    }

    fn reference(&self, found: &Reference) -> Literal {
        match found {
            Reference::Row(row) => text(self.printer.path(row)),
            Reference::Nowhere => Literal::Null,
        }
    }

    fn creation(&mut self, found: &'a Creation) -> Entries {
        let entity = &self.printer.ir.domain.entities[found.entity.index()];
        let values = found.values.iter().map(|(id, value)| {
            (entity.attributes[id.index()].name.value.clone(), self.value(value))
        });
        let references = found.references.iter().map(|(id, row)| {
            let name = entity.relationships[id.index()].name.value.clone();
            (name, self.reference(row))
        });
        let given: Entries = values.chain(references).collect();
        let mut parts = vec![word("create", &entity.name.value)];
        if !given.is_empty() {
            parts.push(entry("with", Literal::Map(given)));
        }
        self.name(found.name.as_ref(), Some(found.entity), &mut parts);
        parts
    }

    fn name(&mut self, name: Option<&'a String>, entity: Option<EntityId>, parts: &mut Entries) {
        if let (Some(name), Some(entity)) = (name, entity) {
            parts.push(word("as", name));
            self.printer.variables.push((name, entity));
        }
    }

    fn each(&self, found: &'a Loop) -> Entries {
        let rows = self.printer.rows(&found.rows);
        let mut inside = Self { printer: self.printer.clone() };
        inside.printer.variables.push((&found.rows.variable, found.rows.entity));
        let mut parts = vec![word("for", format!("{} in {rows}", found.rows.variable))];
        parts.extend(found.order.iter().map(|it| word("order_by", inside.printer.value(it))));
        parts.push(entry("do", inside.block(&found.steps)));
        parts
    }

    fn call(&mut self, found: &'a Call) -> Entries {
        let flow = &self.printer.ir.behavior.flows[found.flow.index()];
        let given = flow.inputs.iter().zip(&found.arguments).map(|(input, argument)| {
            let value = match argument {
                Argument::Row(row) => text(self.printer.path(row)),
                Argument::Value(value) => self.value(value),
            };
            (input.name.value.clone(), value)
        });
        let given: Entries = given.collect();
        let mut parts = vec![word("call", &flow.name.value)];
        if !given.is_empty() {
            parts.push(entry("with", Literal::Map(given)));
        }
        self.name(found.name.as_ref(), flow.returns, &mut parts);
        parts
    }

    fn slot(&self, found: &'a SlotCall) -> Entries {
        let slot = &self.printer.ir.behavior.slots[found.slot.index()];
        let given = slot.inputs.iter().zip(&found.arguments);
        let given: Entries =
            given.map(|(input, value)| (input.name.value.clone(), self.value(value))).collect();
        let mut parts = vec![word("slot", &slot.name.value)];
        if !given.is_empty() {
            parts.push(entry("with", Literal::Map(given)));
        }
        parts.push(word("as", &found.name));
        parts
    }
}
