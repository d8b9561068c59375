//! Judges the files of a project against the model that they were made from, and reports at the
//! line of the IR. It repairs nothing, writes nothing and starts no process: what must be run is
//! run by a [`ToolRunner`] that the caller brings.
//!
//! A check is one file in `checks/`, one row in its registry and one page in `docs/errors/`.

mod checks;
mod containers;
mod contract;
mod database;
mod finding;
mod foreign;
mod judge;
mod layer;
mod origin;
mod python;
mod reach;
mod regressions;
pub mod report;
mod result;
mod served;
mod subject;
mod suite;
mod text;
mod tool;
mod tree;
mod trouble;

pub use checks::{Check, all as checks};
pub use containers::{Composition, Containers, NotStarted, PORT, Started};
pub use finding::{About, At, Finding, Place};
pub use foreign::{is_foreign_file, is_foreign_folder};
pub use judge::{Bench, Silent, Verdict, Watch, judge};
pub use layer::{Layer, Level};
pub use report::{Facts, Report};
pub use result::{CheckResult, Fact, Found, Grade, Outcome};
pub use subject::{Endpoint, FlowRoute, Subject};
pub use tool::{Ended, Limits, PROJECT, REACHED, ToolCall, ToolOutcome, ToolRunner, WORK};
pub use tree::{Content, Tree};
