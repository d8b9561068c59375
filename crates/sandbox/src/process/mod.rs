//! Processes: who descends from whom, what they use, and how all of them are ended.

mod output;
mod table;
mod watch;

pub(crate) use output::Output;
pub(crate) use table::{Table, kill_descendants};
pub(crate) use watch::{Root, watch};
