//! How a check has a program run. The judge itself starts no process: whoever calls it brings a
//! [`ToolRunner`], which alone decides about sandboxes, and gets back what the program did.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::containers::{Composition, NotStarted, Started};

/// Stands for the call's work folder, in arguments, in the environment and in `ToolCall::folder`.
pub const WORK: &str = "{work}";
/// Stands for the folder of the judged project, in arguments and in the environment.
pub const PROJECT: &str = "{project}";
/// Names the socket behind which the port is that a call may reach.
pub const REACHED: &str = "STRATAPI_REACHED";

/// Runs programs on behalf of checks, several at once.
pub trait ToolRunner: Sync {
    /// Runs a program to its end, or to the end of its limits, with all processes that it started.
    ///
    /// Never panics and never hangs: what stands in the way is an [`Ended`] of its own.
    fn run(&self, call: &ToolCall) -> ToolOutcome;

    /// Versions of what runs the generated code, for the report: `python`, `postgresql`, …
    fn versions(&self) -> BTreeMap<String, String>;

    /// URL of a PostgreSQL server that the caller lends: generated code may do there what its
    /// account may do. Where there is none, the checks start one from the programs that they find.
    fn server(&self) -> Option<String> {
        None
    }

    /// Whether the project is to be served by its own containers.
    fn composes(&self) -> bool {
        false
    }

    /// Builds and starts containers of the project. Comes to an end, whatever they do.
    ///
    /// # Errors
    /// If they do not run; then nothing of them is left.
    fn compose(&self, composition: &Composition) -> Started {
        let _ = composition;
        Err(NotStarted::NoEngine("nobody asked for it".to_owned()))
    }

    /// A text that the judged code can't guess: new for each runner, the same for all its calls. A
    /// runner of code that somebody trusts has none.
    fn secret(&self) -> String {
        String::new()
    }

    /// Where programs see the folder of the judged project: what [`PROJECT`] becomes.
    fn project(&self) -> String {
        "/project".to_owned()
    }
}

/// A program to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a freedom of its own")]
pub struct ToolCall {
    /// Its name (`python`, `ruff`, `initdb`); the runner knows where it is.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// A script of its work folder, by which the Python starts it: the script gets the path of the
    /// program, then the arguments.
    pub launcher: Option<String>,
    /// Its whole environment beside what the runner must add; nothing is inherited.
    pub environment: BTreeMap<String, String>,
    /// Where it runs, below the judged project; empty for the project's own folder, [`WORK`] for the
    /// work folder. What it sees there is a copy of the project's files that it can't write to,
    /// without environments, caches, repositories and `.env`.
    pub folder: String,
    /// Whether the copy is one of its own, in its work folder, so that it may write there.
    pub writable: bool,
    /// Whether it needs its own loopback device: a server and its clients are one call.
    pub loopback: bool,
    /// Whether it may reach the PostgreSQL server that is lent.
    pub server: bool,
    /// A port of the machine's loopback device that it may reach, at the socket whose path stands in
    /// the variable [`REACHED`].
    pub reach: Option<u16>,
    /// Files that stand in its work folder, by name: scripts of a check.
    pub files: BTreeMap<String, String>,
    /// More files of its work folder, by name: each is what another call says on its standard
    /// output. Such a call has nothing to do with the project, so that its answer may be kept for
    /// other judgements in the same environment. A file is missing where the runner keeps no
    /// answers, or where the call has failed.
    pub answers: BTreeMap<String, ToolCall>,
    /// What it reads from its standard input.
    pub input: Vec<u8>,
    /// Where it ends.
    pub limits: Limits,
    /// Whether it runs code of the judged project, which nobody trusts.
    pub untrusted: bool,
}

impl ToolCall {
    /// A call in the project's folder, without environment, input and files, that runs code of the
    /// project under the usual limits.
    pub fn new(program: impl Into<String>, arguments: &[&str]) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.iter().map(|&text| text.to_owned()).collect(),
            launcher: None,
            environment: BTreeMap::new(),
            folder: String::new(),
            writable: false,
            loopback: false,
            server: false,
            reach: None,
            files: BTreeMap::new(),
            answers: BTreeMap::new(),
            input: Vec::new(),
            limits: Limits::default(),
            untrusted: true,
        }
    }
}

/// Where a program is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time on the clock.
    pub time: Duration,
    /// Memory of all its processes together, in bytes.
    pub memory: u64,
    /// Processes and threads at once.
    pub processes: u32,
    /// Longest file that it writes, in bytes.
    pub file: u64,
    /// What it may keep in its work folder, in bytes.
    pub disk: u64,
    /// How much of its output is kept, in bytes for each stream; the rest is thrown away.
    pub output: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_mins(1),
            memory: 2 << 30,
            processes: 128,
            file: 256 << 20,
            disk: 1 << 30,
            output: 4 << 20,
        }
    }
}

/// What became of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolOutcome {
    /// How it ended.
    pub ended: Ended,
    /// The start of its output.
    pub stdout: Vec<u8>,
    /// The start of what it said about itself.
    pub stderr: Vec<u8>,
    /// Whether output was thrown away.
    pub truncated: bool,
    /// How long it ran.
    pub time: Duration,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with this code.
    Exit(i32),
    /// By a signal.
    Signal(i32),
    /// Its time was over.
    TimedOut,
    /// It asked for more memory, processes or disk than it may have.
    OutOfBounds(String),
    /// There is no such program: what is missing, and how to get it.
    Missing(String),
    /// It was not started, since nothing here can keep it in bounds: why.
    Refused(String),
    /// It could not be started.
    Failed(String),
}

impl ToolOutcome {
    /// Whether it ended by itself and says that all went well.
    pub fn succeeded(&self) -> bool {
        self.ended == Ended::Exit(0)
    }
}
