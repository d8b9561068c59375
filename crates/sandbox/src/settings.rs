//! What a sandbox is made with.

use std::ffi::OsString;
use std::path::PathBuf;

/// The program that sets the limits and then becomes what is to be run: see [`stage`](crate::stage).
#[derive(Debug, Clone)]
pub struct Stage {
    /// The executable.
    pub path: PathBuf,
    /// What stands before the arguments of the stage: the name of a subcommand, or nothing.
    pub arguments: Vec<OsString>,
}

/// What to do with code that nobody trusts where nothing can keep it in bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Permission {
    /// Refuse to run it.
    #[default]
    Confined,
    /// Run everything as any other program of the user, within limits only. Somebody said so.
    Unconfined,
}

/// A way to keep a program in bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayName {
    /// Namespaces and seccomp, by the program `bwrap`.
    Bubblewrap,
    /// Landlock and seccomp: no sockets at all.
    Landlock,
}

/// What a sandbox is made with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of the project whose code runs.
    pub project: PathBuf,
    /// The Python that runs it, or why there is none and what to do about that.
    pub python: Result<PathBuf, String>,
    /// Whether to run code that can't be kept in bounds.
    pub permission: Permission,
    /// The stage.
    pub stage: Stage,
    /// The only way to take; the best one that works, if there is none here.
    pub way: Option<WayName>,
    /// Folders of further programs, looked through before the usual ones.
    pub programs: Vec<PathBuf>,
    /// Where to keep what calls answer that have nothing to do with the project (see
    /// [`ToolCall::answers`](stratapi_qa::ToolCall::answers)); without a folder they are not made.
    pub answers: Option<PathBuf>,
}
