//! Exit codes: stable, documented in docs/cli.md.

use std::process::ExitCode;

use stratapi_driver::diagnostics::{Code, Diagnostic};

/// The end of `--help`.
pub(crate) const HELP: &str = "Exit codes: 0 done, 1 findings in the input, 2 usage, 3 refused to \
write, 4 input or output failed, 5 the environment lacks something, 70 internal error, \
130 interrupted.";

/// How the command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// As asked.
    Done = 0,
    /// The input has errors.
    Findings = 1,
    /// The arguments are wrong.
    Usage = 2,
    /// Something stands in the way that must not be overwritten.
    Refused = 3,
    /// Reading or writing failed.
    InputOutput = 4,
    /// The environment lacks something, for example Python.
    Environment = 5,
    /// A mistake of ours.
    Internal = 70,
    /// Stopped by the user.
    Interrupted = 130,
}

impl Exit {
    /// The code for these findings, at least one of which is an error.
    pub(crate) fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut errors = diagnostics.iter().filter(|d| d.is_error()).map(|d| d.code);
        match errors.next() {
            Some(Code::E0903 | Code::E0904 | Code::E0905 | Code::E0906) => Self::Refused,
            Some(Code::E0901 | Code::E0902) => Self::InputOutput,
            Some(Code::E0706 | Code::E0907 | Code::E0908 | Code::E0909) => Self::Environment,
            Some(code) if code.as_str().starts_with('J') => Self::Internal,
            _ => Self::Findings,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Replaces Rust's own words for a panic.
pub(crate) fn say_sorry_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        if is_closed_pipe(panic) {
            return;
        }
        let version = env!("CARGO_PKG_VERSION");
        anstream::eprintln!(
            "stratapi {version} made a mistake of its own; your files are as they were.\n\
             Please report it with the application's file and these lines:\n\n  {panic}"
        );
    }));
}

/// Whether it is only that the reader of our output went away (`stratapi plan … | head`).
fn is_closed_pipe(panic: &std::panic::PanicHookInfo<'_>) -> bool {
    panic.payload().downcast_ref::<String>().is_some_and(|text| text.contains("Broken pipe"))
}
