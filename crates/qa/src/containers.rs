//! The containers of a project, instead of a process in a sandbox: what of them is run, and by whom.

use std::collections::BTreeMap;

use crate::tool::ToolOutcome;

/// What the runner sets to the port at which the application has to answer.
pub const PORT: &str = "STRATAPI_PORT";

/// Containers to be built and started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composition {
    /// What they are, as a file of `docker compose` in JSON. It publishes the application at the port
    /// `${STRATAPI_PORT}` of the loopback device, and asks for nothing of the machine beside that.
    pub file: String,
    /// The service that is the application; all that it depends on is started before.
    pub service: String,
    /// Values of its variables, beside the port.
    pub environment: BTreeMap<String, String>,
}

/// Containers that run. They are taken down when this is dropped, with all that they have stored.
pub trait Containers {
    /// The port of the loopback device at which the application answers.
    fn port(&self) -> u16;

    /// Runs a program in the container of a service.
    fn run(&self, service: &str, command: &[&str]) -> ToolOutcome;

    /// What a service has printed so far.
    fn log(&self, service: &str) -> ToolOutcome;
}

/// Why containers do not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotStarted {
    /// There is no engine for them: why, and what to do about it.
    NoEngine(String),
    /// They can't be built, or do not come up: what the engine said.
    Failed(String),
}

/// Containers that run, or why they don't.
pub type Started = Result<Box<dyn Containers>, NotStarted>;
