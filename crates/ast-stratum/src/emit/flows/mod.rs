//! Flows: the methods in `app/services/flow_methods.py`, their routes in `app/routers/flows.py` and
//! their bodies in `app/schemas/flows.py`. What workers do of them is in `jobs`.

mod block;
mod jobs;
mod method;
mod read;
mod router;
mod schemas;
mod write;

pub(super) use jobs::{
    READ as JOB_READ, READ_DOC as JOB_DOC, emit as jobs, runner as job_runner,
    schemas as job_schemas,
};
pub(super) use method::emit as methods;
pub(super) use router::{TAG, emit as router, stands_last};
pub(super) use schemas::{emit as schemas, events as event_schemas};

use stratapi_plan::{FlowPlan, Plan, PyIdent, StepPlan};

use super::layer::Layer;
use super::layer::condition::{Collected, Printer, of_flow};
use crate::python::Expr;
use crate::python::build::name;

/// The class of all flows.
const CLASS: &str = "FlowMethods";

/// A flow where some of its variables are known.
#[derive(Clone)]
struct Writer<'a> {
    plan: &'a Plan,
    flow: &'a FlowPlan,
    /// By variable.
    rows: Vec<Variable<'a>>,
    /// The many rows that are in variables, and still as they are in the database.
    collections: Vec<Collected<'a>>,
    /// Variables whose rows are locked.
    locked: Vec<usize>,
}

/// A row with a name.
#[derive(Clone)]
struct Variable<'a> {
    name: PyIdent,
    entity: usize,
    /// The steps that can speak of it.
    scope: &'a [StepPlan],
    /// Whether the flow has made it, or was given it by another: no query has told what to load along.
    made: bool,
}

impl<'a> Variable<'a> {
    /// A row that a query has read.
    fn read(name: &PyIdent, entity: usize, scope: &'a [StepPlan]) -> Self {
        Self { name: name.clone(), entity, scope, made: false }
    }

    /// A row that the flow has made, or was given by another.
    fn made(name: &PyIdent, entity: usize, scope: &'a [StepPlan]) -> Self {
        Self { name: name.clone(), entity, scope, made: true }
    }
}

impl<'a> Writer<'a> {
    fn layer(&self, entity: usize) -> Layer<'a> {
        Layer::new(self.plan, entity)
    }

    /// `self._accounts`
    fn repository(&self, entity: usize) -> Expr {
        name("self").attr(self.layer(entity).repository_attribute())
    }

    fn printer(&self) -> Printer<'a> {
        let rows = self.rows.iter().map(|variable| name(&variable.name)).collect();
        of_flow(self.plan, rows, read::paths(&self.flow.steps), self.collections.clone())
    }

    /// The row at the end of a path.
    fn row(&self, row: &stratapi_plan::RowPlan) -> Expr {
        self.printer().place(row.variable, &row.steps)
    }
}
