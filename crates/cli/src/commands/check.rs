//! `stratapi check`: are there errors?

use std::path::PathBuf;

use stratapi_driver::FileWorld;
use stratapi_driver::diagnostics::SourceMap;

use super::Ended;
use crate::terminal::{Format, Terminal};

/// Check an application and write nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The application's file (YAML, JSON or TOML).
    file: PathBuf,
    /// How to show what is found.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments, terminal: Terminal) -> Ended {
    let (world, entry) = FileWorld::of_file(&arguments.file);
    let mut sources = SourceMap::default();
    let plan = stratapi_driver::check(&world, &entry, &mut sources);
    let plan = terminal.report(plan, &sources, arguments.format)?;
    if arguments.format == Format::Human {
        let (entities, files) = (plan.entities.len(), plan.files.len());
        let noun = if entities == 1 { "entity" } else { "entities" };
        terminal.say("Checked", &format!("{}: {entities} {noun}, {files} files", plan.app.name));
    }
    Ok(())
}
