//! What a flow writes: every row through its repository, which keeps its rules.

use stratapi_plan::{
    ArgumentPlan, AssignedPlan, ChangePlan, ChangedPlan, CreatePlan, FlowInputKind, OperandPlan,
    PyIdent, Read, ReferencePlan, RowPlan, StepPlan,
};

use super::super::layer::condition::{Side, print};
use super::super::service::transition;
use super::method::by_name;
use super::read::refresh;
use super::{Variable, Writer};
use crate::python::build::{arg, assign, boolean, from, if_, kw, list, name, none, text};
use crate::python::{Argument, BinaryOperator, Expr, Stmt};

impl<'a> Writer<'a> {
    /// `await self._orders.update(order)`
    fn written(&self, row: &RowPlan, query: &'static str) -> Stmt {
        let repository = self.repository(row.entity);
        let query = self.layer(row.entity).query(query);
        repository.attr(query).call_with([self.row(row)]).awaited().stmt()
    }

    pub(super) fn lock(&mut self, row: &RowPlan) -> Vec<Stmt> {
        if row.steps.is_empty() {
            self.locked.push(row.variable);
        }
        let mut stmts = vec![self.written(row, "lock")];
        let links = &self.plan.entities[row.entity].links;
        if row.steps.is_empty() && self.rows[row.variable].made && !links.is_empty() {
            // Answers show them.
            stmts.push(refresh(self.row(row), links.iter().map(|link| &link.attribute)));
        }
        stmts.extend(self.load_again(&self.row(row), row.entity, None));
        stmts
    }

    /// All members, then each row, then what is behind the references that lead elsewhere now.
    pub(super) fn set(&self, changes: &'a [ChangePlan]) -> Vec<Stmt> {
        let mut stmts = Vec::new();
        let mut rows: Vec<&RowPlan> = Vec::new();
        let mut behind = Vec::new();
        for (position, ChangePlan { row, member }) in changes.iter().enumerate() {
            let entity = &self.plan.entities[row.entity];
            if !rows.contains(&row) {
                rows.push(row);
            }
            match member {
                ChangedPlan::Field(field, value) => {
                    let place = self.row(row).attr(&entity.fields[*field].model_attribute);
                    stmts.push(changed(place, self.assigned(value)));
                }
                ChangedPlan::Reference(reference, target) => {
                    let keys = self.keys_of(&entity.references[*reference], target.as_ref());
                    let set = |(key, value)| Stmt::Assign(self.row(row).attr(key), value);
                    stmts.extend(keys.into_iter().map(set));
                    let moved = Some((row.entity, *reference));
                    let again = self.load_again(&self.row(row), row.entity, moved);
                    if reads_behind(&changes[position + 1..], row.entity, *reference) {
                        stmts.push(self.written(row, "update"));
                        stmts.extend(again);
                        rows.retain(|it| *it != row);
                    } else {
                        behind.extend(again);
                    }
                }
            }
        }
        stmts.extend(rows.into_iter().map(|row| self.written(row, "update")));
        stmts.extend(behind);
        stmts
    }

    /// The foreign key of a reference, and the key of the row that it leads to.
    fn keys_of<'r>(
        &self,
        reference: &'r ReferencePlan,
        row: Option<&RowPlan>,
    ) -> Vec<(&'r PyIdent, Expr)> {
        let target = &self.plan.entities[reference.target].key;
        let keys = match row {
            Some(row) => {
                let key = target.iter().map(|part| &part.attribute);
                self.keys(row.variable, &row.steps, key)
            }
            None => vec![none(); target.len()],
        };
        reference.key_attributes.iter().zip(keys).collect()
    }

    fn assigned(&self, value: &AssignedPlan) -> Expr {
        match value {
            AssignedPlan::Value(value) => self.printer().value(value),
            AssignedPlan::Null => none(),
        }
    }

    /// `shipping_cost(weight_grams=weight, goods=goods)`
    pub(super) fn asked(&self, slot: usize, arguments: &[AssignedPlan]) -> Expr {
        let slot = &self.plan.slots[slot];
        let given = slot.inputs.iter().zip(arguments);
        let given = given.map(|(input, value)| kw(&input.name, self.assigned(value)));
        from(slot.module.clone(), &slot.name).call(given)
    }

    /// `entry = Entry(…)`, and its insertion.
    pub(super) fn create(&mut self, creation: &CreatePlan, behind: &'a [StepPlan]) -> Vec<Stmt> {
        let layer = self.layer(creation.entity);
        let entity = layer.entity;
        let mut arguments: Vec<Argument> = Vec::new();
        for (field, value) in &creation.values {
            arguments.push(kw(&entity.fields[*field].model_attribute, self.assigned(value)));
        }
        for (reference, row) in &creation.references {
            let keys = self.keys_of(&entity.references[*reference], row.as_ref());
            arguments.extend(keys.into_iter().map(|(attribute, key)| kw(attribute, key)));
        }
        for link in entity.links.iter().filter(|link| link.association.is_some()) {
            arguments.push(kw(&link.attribute, list([])));
        }
        let made = layer.model().call(arguments);
        let insert = self.repository(creation.entity).attr(layer.query("create"));
        let Some(variable) = &creation.name else {
            return vec![insert.call_with([made]).awaited().stmt()];
        };
        let insert = insert.call_with([name(variable)]).awaited().stmt();
        self.rows.push(Variable::made(variable, creation.entity, behind));
        self.locked.push(self.rows.len() - 1);
        let mut stmts = vec![assign(variable, made), insert];
        stmts.extend(self.load(self.rows.len() - 1));
        stmts
    }

    pub(super) fn delete(&self, row: &RowPlan) -> Vec<Stmt> {
        if !self.plan.entities[row.entity].soft_delete {
            return vec![self.written(row, "delete")];
        }
        let hidden = Stmt::Assign(self.row(row).attr("is_active"), boolean(false));
        vec![hidden, self.written(row, "update")]
    }

    /// The state is looked at when nobody else can change the row any more.
    pub(super) fn transition(&mut self, row: &RowPlan, position: usize) -> Vec<Stmt> {
        let layer = self.layer(row.entity);
        let transition = &layer.entity.transitions[position];
        let locked = row.steps.is_empty() && self.locked.contains(&row.variable);
        let mut stmts = if locked { Vec::new() } else { self.lock(row) };
        let place = self.row(row);
        stmts.extend(transition::state_allows(layer, &place, transition));
        if let Some(guard) = &transition.guard {
            let broken = print(self.plan, &place, Side::Python, &guard.condition, true);
            stmts.push(if_(broken, transition::refusal(&guard.message)));
        }
        stmts.extend(transition::recorded(layer, &place, transition));
        stmts.extend(transition::changes(layer, &place, transition));
        stmts.push(self.written(row, "update"));
        stmts
    }

    /// `await self._outbox.add("order.placed", OrderPlaced(…))`
    pub(super) fn emit(&self, event: usize, values: &[OperandPlan]) -> Stmt {
        let event = &self.plan.events[event];
        let members = event.members.iter().zip(values);
        let members = members.map(|(it, value)| kw(&it.attribute, self.printer().value(value)));
        let told = from("app.schemas.flow_events", &event.class).call(members);
        let add = name("self").attr("_outbox").attr("add");
        add.call_with([text(&*event.name), told]).awaited().stmt()
    }

    /// `await self.close(account.id, caller)`
    pub(super) fn call(&self, flow: usize, arguments: &[ArgumentPlan]) -> Expr {
        let callee = &self.plan.flows[flow];
        let mut given: Vec<Argument> = Vec::new();
        let mut named: Vec<Argument> = Vec::new();
        for (input, argument) in callee.inputs.iter().zip(arguments) {
            match argument {
                ArgumentPlan::Row(row) => {
                    let key = self.plan.entities[row.entity].key.iter().map(|it| &it.attribute);
                    given.extend(self.keys(row.variable, &row.steps, key).into_iter().map(arg));
                }
                ArgumentPlan::Value(value) => match input.kind {
                    FlowInputKind::Value(part) if by_name(callee, part) => {
                        named.push(kw(&input.variable, self.assigned(value)));
                    }
                    _ => given.push(arg(self.assigned(value))),
                },
            }
        }
        if callee.caller {
            given.push(arg(name("caller")));
        }
        let all = given.into_iter().chain(named);
        let place = match callee.payload {
            // Stored in this transaction, and done behind it.
            Some(_) => name("self").attr("_later"),
            None => name("self"),
        };
        place.attr(&callee.method).call(all).awaited()
    }
}

/// Whether changes speak of rows behind a reference.
fn reads_behind(changes: &[ChangePlan], entity: usize, reference: usize) -> bool {
    let mut found = false;
    StepPlan::Set(changes.to_vec()).reads(&mut |read| {
        if let Read::Row(_, path) = read {
            found |= path.iter().any(|it| (it.entity, it.reference) == (entity, reference));
        }
    });
    found
}

/// `a.balance -= amount` where the new value begins with the old one.
fn changed(place: Expr, value: Expr) -> Stmt {
    match value {
        Expr::Binary(left, operator, right)
            if *left == place
                && matches!(
                    operator,
                    BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Multiply
                )
                && !matches!(*right, Expr::Binary(..)) =>
        {
            Stmt::Augment(place, operator, *right)
        }
        value => Stmt::Assign(place, value),
    }
}
