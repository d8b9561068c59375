//! Histories of states: a model, its repository, and what clients read.

mod model;
mod repository;
mod schema;

pub(super) use model::emit as model;
pub(super) use repository::emit as repository;
pub(super) use schema::emit as schema;
use stratapi_diagnostics::bug;
use stratapi_plan::{
    FlowPlan, HistoryPlan, ListForm, MachinePlan, Operation, Pagination, Plan, PlannedFile,
    PyIdent, StepPlan, Subject, TransitionPlan,
};

use super::layer::{Caller, Layer, page_of};
use crate::python::Expr;
use crate::python::build::from;

/// A history that something is said of.
#[derive(Clone, Copy)]
pub(super) struct History<'a> {
    /// Whose states these are.
    pub(super) layer: Layer<'a>,
    pub(super) machine: &'a MachinePlan,
    pub(super) plan: &'a HistoryPlan,
    position: usize,
}

impl<'a> History<'a> {
    /// That of a machine, by its position, if it has one.
    pub(super) fn of(layer: Layer<'a>, position: usize) -> Option<Self> {
        let machine = &layer.entity.machines[position];
        Some(Self { layer, machine, plan: machine.history.as_ref()?, position })
    }

    /// That which a transition is written to.
    pub(super) fn of_transition(layer: Layer<'a>, transition: &TransitionPlan) -> Option<Self> {
        Self::of(layer, transition.machine)
    }

    /// Those of an entity.
    pub(super) fn all(layer: Layer<'a>) -> impl Iterator<Item = Self> {
        (0..layer.entity.machines.len()).filter_map(move |position| Self::of(layer, position))
    }

    /// That which a file is about.
    fn of_file(plan: &'a Plan, file: &PlannedFile) -> Self {
        let found = match file.subject {
            Subject::History(entity, position) => Self::of(Layer::new(plan, entity), position),
            _ => None,
        };
        found.unwrap_or_else(|| bug!("{} is not about a history", file.path))
    }

    /// The model.
    pub(super) fn model(self) -> Expr {
        from("app.models", &self.plan.class)
    }

    /// What stands around its changes where they are listed.
    pub(super) fn lists(self) -> ListForm {
        self.layer.plan.app.lists.of(Pagination::Offset)
    }

    /// What its list gives: the changes, and how many there are, if that is told.
    pub(super) fn listed(self) -> Expr {
        page_of(self.model(), &self.lists())
    }

    /// The class of its repository.
    pub(super) fn repository(self) -> Expr {
        let class = PyIdent::known(format!("{}Repository", self.plan.class));
        from(format!("app.repositories.{}_repository", self.plan.module), class)
    }

    /// A schema: `OrderStateChangePage`.
    pub(super) fn schema(self, suffix: &str) -> Expr {
        let class = PyIdent::known(format!("{}{suffix}", self.plan.class));
        from(format!("app.schemas.{}", self.plan.module), class)
    }

    /// Who is told of: nobody where there is no sign-in, maybe somebody where everybody may change the
    /// state.
    pub(super) fn caller(self) -> Caller {
        let (layer, plan) = (self.layer, self.layer.plan);
        if self.plan.caller.is_empty() {
            return Caller::No;
        }
        let asked = layer.entity.transition_operations().enumerate().any(|(position, it)| {
            let operation = layer.operation(it).filter(|_| self.tells_of(position));
            operation.is_some_and(|it| layer.caller(it) == Caller::Optional)
        });
        let mut open = plan.flows.iter().filter(|flow| flow.anonymous);
        if asked || open.any(|flow| self.is_written_by(flow)) {
            Caller::Optional
        } else {
            Caller::Required
        }
    }

    /// Whether a transition (its index) is written to it.
    pub(super) fn tells_of(self, transition: usize) -> bool {
        self.layer.entity.transitions[transition].machine == self.position
    }

    /// Whether a flow itself writes to it.
    pub(super) fn is_written_by(self, flow: &FlowPlan) -> bool {
        let mut writes = |step: &StepPlan| match step {
            StepPlan::Transition(row, it) => row.entity == self.layer.index && self.tells_of(*it),
            _ => false,
        };
        flow.steps.iter().any(|step| step.any(&mut writes))
    }

    /// `the state of one order`
    fn of_what(self) -> String {
        format!("the {} of one {}", self.plan.words, self.layer.entity.label)
    }

    /// `the state of orders`
    fn of_all(self) -> String {
        format!("the {} of {}", self.plan.words, self.layer.entity.label_plural)
    }

    /// Whether the use cases of the entity itself write to it, or read it.
    pub(super) fn is_served(self) -> bool {
        let mut operations = self.layer.entity.transition_operations().enumerate();
        let written = |(transition, operation)| {
            self.tells_of(transition) && self.layer.operation(operation).is_some()
        };
        self.is_offered() || operations.any(written)
    }

    /// Whether clients may read it.
    fn is_offered(self) -> bool {
        self.layer.operation(Operation::History(self.position)).is_some()
    }
}
