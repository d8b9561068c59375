//! State machines: the life cycles of rows.

use serde_json::Value;
use stratapi_diagnostics::Span;

use crate::{ConditionPlan, HistoryPlan, PyIdent, PythonDefault};

/// The life cycle that an attribute of an entity holds. Only its transitions change the attribute.
#[derive(Debug, Clone)]
pub struct MachinePlan {
    /// Index in `EntityPlan::fields`; its type is an enum.
    pub field: usize,
    /// Index of that enum in `Plan::enums`.
    pub states: usize,
    /// The state of a new row: index in `EnumPlan::members`.
    pub initial: usize,
    /// Transitions (indexes in `EntityPlan::transitions`) that one after the other take a row of the
    /// tests through its life, none twice.
    pub walk: Vec<usize>,
    /// The same for a row that has the second samples.
    pub walk_of_second: Vec<usize>,
    /// What is kept of its changes, if anything is.
    pub history: Option<HistoryPlan>,
    /// Declaration in the IR.
    pub span: Span,
}

/// A transition: one route, one method of the service.
#[derive(Debug, Clone)]
pub struct TransitionPlan {
    /// Name as declared: `send_back`.
    pub name: String,
    /// In words: `send back`.
    pub words: String,
    /// Method of the service: `send_back`; longer where that name is taken.
    pub method: PyIdent,
    /// Last segment of its path: `send-back`; `None` where only flows make it.
    pub segment: Option<String>,
    /// Index in `EntityPlan::machines`.
    pub machine: usize,
    /// The states that it starts from, ascending; at least one.
    pub from: Vec<usize>,
    /// The state that it leads to.
    pub to: usize,
    /// What the row must fulfil besides.
    pub guard: Option<GuardPlan>,
    /// What it sets besides the state: index in `EntityPlan::fields`, and the value.
    pub set: Vec<(usize, PythonDefault)>,
    /// For tests, by state, as far as there are such rows: one that this transition starts from, or
    /// in any other state, one that it must leave alone.
    pub rows: Vec<StartPlan>,
    /// For tests: a row that is in the right state, but does not fulfil the guard.
    pub refused: Option<StartPlan>,
    /// Declaration in the IR.
    pub span: Span,
}

/// What a row must fulfil for a transition.
#[derive(Debug, Clone)]
pub struct GuardPlan {
    /// The condition.
    pub condition: ConditionPlan,
    /// What a client is told where it does not hold.
    pub message: String,
}

/// A row of the tests from which a transition is tried.
#[derive(Debug, Clone)]
pub struct StartPlan {
    /// Its state.
    pub state: usize,
    /// Values that a row of the tests would not have by itself, by field; without the state.
    pub values: Vec<(usize, Value)>,
}
