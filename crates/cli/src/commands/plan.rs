//! `stratapi plan`: which files there will be, and who makes them.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::ValueEnum;
use stratapi_driver::diagnostics::SourceMap;
use stratapi_driver::{FileWorld, Phase, Plan, PlannedFile, Stratum, Subject};

use super::Ended;
use crate::terminal::{self, Format, Terminal};

/// Show every file of the project with its stratum, before any text exists.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The application's file (YAML, JSON or TOML).
    file: PathBuf,
    /// As a table or as JSON.
    #[arg(long, value_enum, default_value_t = Shape::Table)]
    format: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Table,
    Json,
}

#[derive(serde::Serialize)]
struct Row<'a> {
    path: &'a str,
    stratum: Stratum,
    phase: Phase,
    subject: &'a str,
    maker: &'a str,
}

pub(crate) fn run(arguments: &Arguments, terminal: Terminal) -> Ended {
    let (world, entry) = FileWorld::of_file(&arguments.file);
    let mut sources = SourceMap::default();
    let plan = stratapi_driver::plan(&world, &entry, &mut sources);
    let plan = terminal.report(plan, &sources, Format::Human)?;
    let rows: Vec<Row<'_>> = plan.files.iter().map(|file| row(&plan, file)).collect();
    terminal::print(&match arguments.format {
        Shape::Table => table(&rows),
        Shape::Json => {
            serde_json::json!({"version": 1, "app": plan.app.name, "files": rows}).to_string()
        }
    });
    Ok(())
}

fn row<'a>(plan: &'a Plan, file: &'a PlannedFile) -> Row<'a> {
    let subject = match file.subject {
        Subject::App => plan.app.name.as_str(),
        Subject::Entity(index) | Subject::History(index, _) => plan.entities[index].class.as_str(),
        Subject::Association(index) => plan.associations[index].variable.as_str(),
        Subject::Slot(index) => plan.slots[index].name.as_str(),
    };
    Row { path: &file.path, stratum: file.stratum, phase: file.phase, subject, maker: file.maker }
}

fn table(rows: &[Row<'_>]) -> String {
    let cells = |row: &Row<'_>| {
        [
            row.path.to_owned(),
            format!("{:?}", row.stratum).to_lowercase(),
            format!("{:?}", row.phase).to_lowercase(),
            row.subject.to_owned(),
        ]
    };
    let head = ["path", "stratum", "phase", "subject"].map(str::to_owned);
    let all: Vec<[String; 4]> = std::iter::once(head).chain(rows.iter().map(cells)).collect();
    let width = |column: usize| all.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let (path, stratum, phase) = (width(0), width(1), width(2));
    let mut text = String::new();
    for [a, b, c, d] in &all {
        // Writing to a String can't fail.
        let _ = writeln!(text, "{a:path$}  {b:stratum$}  {c:phase$}  {d}");
    }
    text
}
