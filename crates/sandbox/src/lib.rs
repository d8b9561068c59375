//! Runs programs that nobody trusts: without a network but their own loopback, without the user's
//! files, without inherited secrets, within limits, and never longer than they may.
//!
//! [`Sandbox`] is the [`ToolRunner`](stratapi_qa::ToolRunner) of the judge. It prefers bubblewrap,
//! else takes landlock, and where neither works it refuses what is not trusted. Limits are set by a
//! small program between the two, the stage: whoever uses this crate calls [`stage`] from an
//! executable of its own and gives the sandbox its path.

#[cfg(target_os = "linux")]
mod bubblewrap;
#[cfg(target_os = "linux")]
mod compose;
#[cfg(target_os = "linux")]
mod filter;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
mod process;
mod program;
mod sandbox;
mod server;
mod settings;
mod snapshot;
#[cfg(target_os = "linux")]
mod stage;
#[cfg(target_os = "linux")]
mod way;

pub use sandbox::Sandbox;
pub use server::Server;
pub use settings::{Permission, Settings, Stage, WayName};

/// The program between the sandbox and what runs in it. It is called with the arguments behind the
/// stage's own name and returns only if something is wrong: then with the code to exit with.
pub fn stage(arguments: impl Iterator<Item = std::ffi::OsString>) -> u8 {
    #[cfg(target_os = "linux")]
    {
        stage::run(arguments.collect())
    }
    #[cfg(not(target_os = "linux"))]
    {
        drop(arguments);
        stage_failure()
    }
}

#[cfg(not(target_os = "linux"))]
const fn stage_failure() -> u8 {
    125
}
