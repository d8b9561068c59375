//! What `dev` needs besides the compiler: Python, processes, a watch on the sources.

mod interrupt;
mod process;
mod project;
pub(crate) mod python;
mod server;
mod watch;

pub(crate) use interrupt::Interrupt;
pub(crate) use project::Project;
pub(crate) use server::{Server, port};
pub(crate) use watch::{Seen, Watch};
