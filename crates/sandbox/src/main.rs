//! The stage as a program of its own, for tools that have no subcommand for it.

use std::process::ExitCode;

fn main() -> ExitCode {
    stratapi_sandbox::stage(std::env::args_os().skip(1)).into()
}
