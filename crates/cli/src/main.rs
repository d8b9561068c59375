//! The stratapi command: arguments, terminal, processes, exit codes. One file a subcommand.

mod commands;
mod dev;
mod exit;
mod memory;
mod prove;
mod runner;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::Exit;
use terminal::{Color, Terminal};

/// Compiles one YAML file into a complete FastAPI project.
#[derive(Debug, Parser)]
#[command(name = "stratapi", version, max_term_width = 100, after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// When to use colours; `NO_COLOR` counts as `never` for `auto`.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(commands::new::Arguments),
    Check(commands::check::Arguments),
    Build(commands::build::Arguments),
    Judge(commands::judge::Arguments),
    Dev(commands::dev::Arguments),
    Plan(commands::plan::Arguments),
    Ir(commands::ir::Arguments),
    Explain(commands::explain::Arguments),
    Completions(commands::completions::Arguments),
}

fn main() -> ExitCode {
    if let Some(code) = runner::stage() {
        return code.into();
    }
    memory::keep_for_a_second();
    exit::say_sorry_on_panic();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors. A closed pipe is nobody's concern.
            drop(error.print());
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() };
        }
    };
    let terminal = Terminal::new(arguments.color);
    let run = std::panic::AssertUnwindSafe(|| run(arguments.command, terminal));
    std::panic::catch_unwind(run).unwrap_or(Exit::Internal).into()
}

fn run(command: Command, terminal: Terminal) -> Exit {
    let result = match command {
        Command::New(arguments) => commands::new::run(&arguments, terminal),
        Command::Check(arguments) => commands::check::run(&arguments, terminal),
        Command::Build(arguments) => commands::build::run(&arguments, terminal),
        Command::Judge(arguments) => commands::judge::run(&arguments, terminal),
        Command::Dev(arguments) => commands::dev::run(&arguments, terminal),
        Command::Plan(arguments) => commands::plan::run(&arguments, terminal),
        Command::Ir(arguments) => commands::ir::run(&arguments, terminal),
        Command::Explain(arguments) => commands::explain::run(&arguments, terminal),
        Command::Completions(arguments) => {
            commands::completions::run(&arguments);
            Ok(())
        }
    };
    result.err().unwrap_or(Exit::Done)
}
