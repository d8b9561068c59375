//! Rules about single attributes: who has to know the caller for them, and what stands for a row.

use stratapi_plan::{
    AttributeRulePlan, EndpointPlan, FieldPlan, Gate, Operation, OperationPlan, Plan, Predicate,
};

use super::access::{Known, assume, mentions_caller};
use super::{Caller, Layer};
use crate::python::Expr;

/// Operations that take members of a row from the client.
pub(in crate::emit) const WRITES: [Operation; 4] =
    [Operation::Create, Operation::BulkCreate, Operation::Update, Operation::Replace];

impl<'a> Layer<'a> {
    /// Whether some attribute is left out for some of those who may read the row.
    pub(in crate::emit) fn guards_reads(self) -> bool {
        self.entity.guarded_reads().next().is_some()
    }

    /// What an operation writes, but not for everybody who may do it: what asks no more than the gate
    /// of the operation is not asked again.
    pub(in crate::emit) fn asked_writes(
        self,
        operation: Operation,
    ) -> impl Iterator<Item = (&'a FieldPlan, &'a AttributeRulePlan)> {
        let gate = self.operation(operation).map(|plan| &plan.access.gate);
        let signed_in = gate != Some(&Gate::Public);
        self.entity.guarded_writes(operation).filter(move |(_, rule)| {
            let rule = rule.for_writing(operation);
            let known = if signed_in { assume(rule, Known::SignedIn) } else { rule.clone() };
            known != Predicate::True
        })
    }

    /// Whether an operation asks the caller's right to write single attributes.
    pub(super) fn asks_writer(self, operation: Operation) -> bool {
        let mut asked = self.asked_writes(operation);
        asked.any(|(_, rule)| mentions_caller(rule.for_writing(operation)))
    }

    /// Whether the route of an operation takes the caller: the service does, or the answer differs.
    pub(in crate::emit) fn route_caller(self, plan: &OperationPlan) -> Caller {
        let asked = self.caller(plan);
        let shows = self.plan.answers_by_caller(self.entity, plan);
        match (asked, shows) {
            (Caller::No, true) => of_gate(&plan.access.gate),
            _ => asked,
        }
    }

    /// Whom `represent` takes.
    pub(in crate::emit) fn reader(self) -> Caller {
        if !self.entity.is_shown_by_caller() {
            return Caller::No;
        }
        let operations = self.entity.resource.iter().flat_map(|resource| &resource.operations);
        let operations = operations.filter(|plan| plan.answers_whole_rows());
        let mut callers = operations.map(|plan| self.route_caller(plan));
        let returns =
            |endpoint: &&EndpointPlan| self.plan.flows[endpoint.flow].returns == Some(self.index);
        let open = |endpoint: &EndpointPlan| endpoint.gate == Gate::Public;
        let rules = self.entity.guarded_reads().map(|(_, rule)| &rule.stored);
        let optional = callers.any(|caller| caller == Caller::Optional)
            || rules.into_iter().any(asks_sign_in)
            || self.plan.endpoints.iter().filter(returns).any(open);
        if optional { Caller::Optional } else { Caller::Required }
    }

    /// Whom the rules about writing attributes take, for these operations.
    pub(in crate::emit) fn writer(self, operations: &[Operation]) -> Caller {
        let plans = operations.iter().filter_map(|operation| self.operation(*operation));
        let optional = plans.into_iter().any(|plan| self.caller(plan) == Caller::Optional);
        if optional { Caller::Optional } else { Caller::Required }
    }

    /// Whether people may not write all of their own account that can be changed.
    pub(in crate::emit) fn refuses_me(self) -> bool {
        self.role_field().is_some_and(|field| field.update)
            || self.entity.guarded_writes(Operation::Update).next().is_some()
    }

    /// A row as it is shown to the caller: `PostRead.model_validate(post)`, or
    /// `PostService.represent(post, caller)` where not everybody may read all of it.
    pub(in crate::emit) fn represented(self, row: Expr, caller: Expr) -> Expr {
        if !self.guards_reads() {
            return self.schema("Read").attr("model_validate").call_with([row]);
        }
        let caller = (self.reader() != Caller::No).then_some(caller);
        let arguments = std::iter::once(row).chain(caller);
        self.service().attr("represent").call_with(arguments)
    }
}

/// Whether the route of an endpoint takes the caller: the flow does, or the answer differs.
pub(in crate::emit) fn endpoint_takes_caller(plan: &Plan, endpoint: &EndpointPlan) -> bool {
    let flow = &plan.flows[endpoint.flow];
    flow.caller || flow.is_shown_by_caller(&plan.entities)
}

/// Whether a rule asks nothing of the caller but to be signed in: it is asked of whoever calls then.
fn asks_sign_in(rule: &Predicate) -> bool {
    mentions_caller(rule) && !mentions_caller(&assume(rule, Known::SignedIn))
}

fn of_gate(gate: &Gate) -> Caller {
    if *gate == Gate::Public { Caller::Optional } else { Caller::Required }
}
