//! The steps of a flow as statements.

use stratapi_plan::{ConditionPlan, MessagePlan, PyIdent, RefusalPlan, RowsPlan, StepPlan};

use super::super::computed;
use super::read::{refresh, writes};
use super::{Variable, Writer};
use crate::python::build::{
    and, arg, assign, from, fstring, http_status, if_, kw, name, raise, ret, text,
};
use crate::python::{Expr, FStringPart, If, Stmt};

impl<'a> Writer<'a> {
    /// Steps that belong together; what they name ends with them.
    pub(super) fn block(&self, steps: &'a [StepPlan]) -> Vec<Stmt> {
        let mut inside = self.clone();
        let mut body = Vec::new();
        let mut at = 0;
        while at < steps.len() {
            let rest = &steps[at..];
            body.extend(inside.collect(rest));
            if let [StepPlan::Call(flow, arguments, Some(_)), StepPlan::Return(Some(row)), ..] =
                rest
                && row.steps.is_empty()
            {
                // Every name is spoken of, so this one is returned.
                body.push(ret(inside.call(*flow, arguments)));
                return body;
            }
            body.extend(inside.step(rest));
            if writes(&steps[at]) {
                inside.collections.clear();
            }
            at += 1;
        }
        body
    }

    /// The first of these steps.
    fn step(&mut self, rest: &'a [StepPlan]) -> Vec<Stmt> {
        let Some((step, behind)) = rest.split_first() else { return Vec::new() };
        match step {
            StepPlan::Lock(row) => self.lock(row),
            StepPlan::Require(condition, refusal) => vec![self.require(condition, refusal)],
            StepPlan::Let(variable, value) => vec![assign(variable, self.printer().value(value))],
            StepPlan::Set(changes) => self.set(changes),
            StepPlan::Create(creation) => self.create(creation, behind),
            StepPlan::Delete(row) => self.delete(row),
            StepPlan::Transition(row, position) => self.transition(row, *position),
            StepPlan::For(rows, order, steps) => vec![self.each(rows, order.as_ref(), steps)],
            StepPlan::If(condition, then, otherwise) => self.branches(condition, then, otherwise),
            StepPlan::Call(flow, arguments, variable) => {
                let called = self.call(*flow, arguments);
                let Some(variable) = variable else { return vec![called.stmt()] };
                let entity = self.plan.flows[*flow].returns.unwrap_or_default();
                self.rows.push(Variable::made(variable, entity, behind));
                let mut stmts = vec![assign(variable, called)];
                stmts.extend(self.load(self.rows.len() - 1));
                stmts
            }
            StepPlan::Emit(event, values) => vec![self.emit(*event, values)],
            StepPlan::Slot(slot, arguments, variable) => {
                vec![assign(variable, self.asked(*slot, arguments))]
            }
            StepPlan::Return(None) => vec![Stmt::Return(None)],
            StepPlan::Return(Some(row)) => {
                let found = self.row(row);
                let computed: Vec<&PyIdent> = computed::related(&self.plan.entities[row.entity])
                    .map(|it| &it.attribute)
                    .collect();
                // Steps before may have written what they are computed from.
                let again =
                    (!computed.is_empty()).then(|| refresh(found.clone(), computed.into_iter()));
                again.into_iter().chain([ret(found)]).collect()
            }
        }
    }

    fn require(&self, condition: &ConditionPlan, refusal: &RefusalPlan) -> Stmt {
        let broken = self.printer().condition(condition, true);
        let errors = |class: &'static str| from("app.core.errors", class);
        let error = match refusal.status {
            404 => errors("NotFoundError").call_with([name("detail")]),
            403 => errors("PermissionDeniedError").call_with([name("detail")]),
            status => {
                let status = kw("status", http_status(status));
                errors("RequirementError").call([arg(name("detail")), status])
            }
        };
        if_(broken, vec![assign("detail", self.message(condition, refusal)), raise(error)])
    }

    fn message(&self, condition: &ConditionPlan, refusal: &RefusalPlan) -> Expr {
        let words = &self.flow.words;
        if refusal.message.is_empty() {
            return text(match refusal.status {
                404 => format!("{} not found", self.subject(condition)),
                403 => format!("You may not {words}"),
                _ => format!("What it takes to {words} does not hold"),
            });
        }
        if let [MessagePlan::Text(only)] = refusal.message.as_slice() {
            return text(only.as_str());
        }
        fstring(refusal.message.iter().map(|part| match part {
            MessagePlan::Text(text) => FStringPart::Text(text.clone()),
            MessagePlan::Value(value) => FStringPart::Value(self.printer().value(value), None),
        }))
    }

    /// What is not found: the first row that a condition speaks of.
    fn subject(&self, condition: &ConditionPlan) -> String {
        let mut first = None;
        related(condition, &mut |variable| first = first.or(Some(variable).filter(|it| *it > 0)));
        let variable = first.filter(|it| *it < self.rows.len()).unwrap_or(1);
        match self.rows.get(variable) {
            Some(found) => self.layer(found.entity).label(),
            None => "Resource".to_owned(),
        }
    }

    fn each(
        &self,
        rows: &'a RowsPlan,
        order: Option<&stratapi_plan::OperandPlan>,
        steps: &'a [StepPlan],
    ) -> Stmt {
        let mut inside = self.clone();
        inside.rows.push(Variable::read(&rows.name, rows.entity, steps));
        if steps.iter().any(writes) {
            inside.collections.clear();
        }
        inside.locked.clear();
        let all = self.printer().collection(rows);
        let iterable = match order {
            Some(order) => {
                let key = inside.printer().value(order);
                let key = Expr::Lambda(vec![rows.name.clone()], Box::new(key));
                name("sorted").call([arg(all), kw("key", key)])
            }
            None => all,
        };
        Stmt::For { is_async: false, target: name(&rows.name), iterable, body: inside.block(steps) }
    }

    fn branches(
        &self,
        condition: &ConditionPlan,
        then: &'a [StepPlan],
        otherwise: &'a [StepPlan],
    ) -> Vec<Stmt> {
        let test = self.printer().condition(condition, false);
        let (yes, no) = (self.block(then), self.block(otherwise));
        if no.is_empty() {
            return vec![joined(test, yes)];
        }
        if ends(then) {
            return std::iter::once(if_(test, yes)).chain(no).collect();
        }
        vec![match <[Stmt; 1]>::try_from(no) {
            Ok([Stmt::If(inner)]) => {
                let branches = std::iter::once((test, yes)).chain(inner.branches).collect();
                Stmt::If(If { branches, otherwise: inner.otherwise })
            }
            Ok(no) => Stmt::If(If { branches: vec![(test, yes)], otherwise: no.into() }),
            Err(no) => Stmt::If(If { branches: vec![(test, yes)], otherwise: no }),
        }]
    }
}

/// `if a and b:` for an `if` in which nothing but another stands.
fn joined(test: Expr, body: Vec<Stmt>) -> Stmt {
    match <[Stmt; 1]>::try_from(body) {
        Ok([Stmt::If(inner)]) if inner.branches.len() == 1 && inner.otherwise.is_empty() => {
            let branches = inner.branches.into_iter();
            let branches = branches.map(|(other, body)| (and(vec![test.clone(), other]), body));
            Stmt::If(If { branches: branches.collect(), otherwise: Vec::new() })
        }
        Ok(body) => if_(test, body.into()),
        Err(body) => if_(test, body),
    }
}

/// Whether every way through steps ends the flow.
fn ends(steps: &[StepPlan]) -> bool {
    match steps.last() {
        Some(StepPlan::Return(_)) => true,
        Some(StepPlan::If(_, then, otherwise)) => ends(then) && ends(otherwise),
        _ => false,
    }
}

/// The variables that a condition speaks of, in order.
fn related(condition: &ConditionPlan, found: &mut dyn FnMut(usize)) {
    let mut operand = |operand: &stratapi_plan::OperandPlan| match operand {
        stratapi_plan::OperandPlan::Related(related) => found(related.variable),
        stratapi_plan::OperandPlan::Attribute(..) => found(0),
        _ => {}
    };
    match condition {
        ConditionPlan::Compare(left, _, right) => {
            operand(left);
            operand(right);
        }
        ConditionPlan::IsNull(left, _)
        | ConditionPlan::In(left, ..)
        | ConditionPlan::Flag(left) => operand(left),
        ConditionPlan::All(parts) | ConditionPlan::Any(parts) => {
            parts.iter().for_each(|part| related(part, found));
        }
        ConditionPlan::Not(inner) => related(inner, found),
        ConditionPlan::Quantified(_, rows, _) => found(rows.variable),
    }
}
