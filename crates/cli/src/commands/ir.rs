//! `stratapi ir`: what the compiler understood.

use std::path::PathBuf;

use stratapi_driver::FileWorld;
use stratapi_driver::diagnostics::SourceMap;

use super::Ended;
use crate::terminal::{self, Format, Terminal};

/// Show what every default became, or the JSON Schema of the language.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The application's file (YAML, JSON or TOML).
    #[arg(required_unless_present = "schema")]
    file: Option<PathBuf>,
    /// Print the application with every default filled in; this is the default.
    #[arg(long)]
    resolved: bool,
    /// Print the JSON Schema by which editors complete and check the language.
    #[arg(long, conflicts_with_all = ["resolved", "file"])]
    schema: bool,
}

pub(crate) fn run(arguments: &Arguments, terminal: Terminal) -> Ended {
    let Some(file) = &arguments.file else {
        terminal::print(&format!("{:#}", stratapi_driver::schema()));
        return Ok(());
    };
    let (world, entry) = FileWorld::of_file(file);
    let mut sources = SourceMap::default();
    let text = stratapi_driver::resolved(&world, &entry, &mut sources);
    terminal::print(&terminal.report(text, &sources, Format::Human)?);
    Ok(())
}
