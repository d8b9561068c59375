//! The stage of sandboxes that tests make.

use std::process::ExitCode;

fn main() -> ExitCode {
    stratapi_sandbox::stage(std::env::args_os().skip(1)).into()
}
