//! `stratapi completions`: scripts for shells.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::terminal;

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The shell.
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments) {
    let mut script = Vec::new();
    let mut command = crate::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "stratapi", &mut script);
    terminal::print(&String::from_utf8_lossy(&script));
}
