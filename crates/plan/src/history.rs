//! Histories of states: who changed them, when, and from which to which.

use crate::{PyIdent, RecordMemberPlan};

/// The history of a state machine: a table, its model, and the queries on it.
#[derive(Debug, Clone)]
pub struct HistoryPlan {
    /// Class of the model: `OrderStateChange`.
    pub class: PyIdent,
    /// Module below `app.models`, `app.repositories` and `app.schemas`: `order_state_change`.
    pub module: PyIdent,
    /// In words: `state`.
    pub words: String,
    /// Private attribute for its repository: `_order_state_changes`.
    pub repository: PyIdent,
    /// Method of the service that lists it: `state_history`; longer where that name is taken.
    pub method: PyIdent,
    /// Last segment of its path: `state-history`.
    pub segment: String,
    /// Name of its table: `order_state_changes`.
    pub name: String,
    /// Index in `Plan::tables`.
    pub table: usize,
    /// By part of the row's key: the attribute that refers to it, which is the column too.
    pub row: Vec<PyIdent>,
    /// By part of the account's key: the attribute that tells who changed the state; none without
    /// sign-in.
    pub caller: Vec<PyIdent>,
    /// What clients read of a change.
    pub members: Vec<RecordMemberPlan>,
    /// Room for the names of states.
    pub length: u32,
}

impl HistoryPlan {
    /// Attributes and columns besides the keys of rows and accounts.
    pub const OWN: [&str; 5] = ["id", "transition", "from_state", "to_state", "changed_at"];
}
