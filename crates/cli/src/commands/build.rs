//! `stratapi build`: compiles and writes.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use stratapi_driver::diagnostics::SourceMap;
use stratapi_driver::judge::{Level, Request, ToolRunner};
use stratapi_driver::write::{self, Changes, WriteOptions};
use stratapi_driver::{Build, Config, FileWorld, Stratum, Summary, proof};

use super::{Ended, judge};
use crate::exit::Exit;
use crate::prove::{Proving, proved};
use crate::runner::Wanted;
use crate::terminal::{self, Format, Terminal};

/// Compile an application and write the project.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(crate) struct Arguments {
    /// The application's file (YAML, JSON or TOML).
    file: PathBuf,
    /// Folder of the project; by default named after the application, beside its file.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Say what would change and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Show what would change as a unified diff and write nothing.
    #[arg(long)]
    diff: bool,
    /// Replace files that were changed by hand; copies are kept under `.stratapi/backup/`.
    #[arg(long)]
    force: bool,
    /// Judge what was written, together with what stands beside it; compiled by Python as well,
    /// where one is at hand.
    #[arg(long, conflicts_with_all = ["dry_run", "diff"])]
    judge: bool,
    /// The Python that runs what is judged and what fills slots, or its environment. By default the
    /// judge takes `.venv` in the folder, else the one that `dev` made, else none; examples of slots
    /// are asked for by the first Python that is found.
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Run what is judged, and what fills slots, without a sandbox: it can do whatever you can do.
    #[arg(long)]
    unconfined: bool,
    /// How to show what is found.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments, terminal: Terminal) -> Ended {
    let start = Instant::now();
    let (world, entry) = FileWorld::of_file(&arguments.file);
    if let Some((out, summary)) = current(arguments, &world, &entry) {
        terminal.show(&[], &SourceMap::default(), arguments.format);
        if !arguments.dry_run && !arguments.diff {
            summarize(terminal, &summary, &out, &Changes::default(), start.elapsed());
        }
        return judged(arguments, &out, terminal);
    }
    let mut sources = SourceMap::default();
    let out = |build: &Build| {
        arguments.out.clone().unwrap_or_else(|| beside(&arguments.file, &build.plan.app.name))
    };
    let python = arguments.python.as_deref();
    let how = Proving { out: &out, python, unconfined: arguments.unconfined };
    let (build, quiet) = compile(&world, &entry, &mut sources, &how, (arguments.format, terminal))?;
    let out = out(&build);
    let options = WriteOptions { force: arguments.force };
    if arguments.dry_run || arguments.diff {
        let changes = write::preview(&build.tree, &out, options);
        let changes = terminal.report(changes, &sources, errors_only(arguments.format))?;
        show(&build, &out, &changes, arguments.diff);
        return Ok(());
    }
    let changes = write::write(&build.tree, &out, options);
    let changes = terminal.report(changes, &sources, errors_only(arguments.format))?;
    proof::remember(&build, &out, &compiler());
    if quiet {
        // Without this note the next build takes longer, and that is all.
        let location = (entry.as_str(), arguments.file.as_path());
        drop(write::remember_inputs(&build, location, &out, &compiler()));
    }
    summarize(terminal, &build.summary, &out, &changes, start.elapsed());
    judged(arguments, &out, terminal)?;
    // The process ends here: the system takes all memory back at once.
    std::mem::forget(build);
    Ok(())
}

/// The folder and what is in it, if it is what this build would make it.
fn current(arguments: &Arguments, world: &FileWorld, entry: &str) -> Option<(PathBuf, Summary)> {
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => beside(&arguments.file, &stratapi_driver::name(world, entry)?),
    };
    let summary = write::current(world, entry, &out, &compiler())?;
    Some((out, summary))
}

/// Judges the folder, if that was asked for.
fn judged(arguments: &Arguments, out: &Path, terminal: Terminal) -> Ended {
    if !arguments.judge {
        return Ok(());
    }
    let compiler = compiler();
    let level = Level::Structural;
    let python = arguments.python.as_deref();
    let wanted =
        Wanted { python, unconfined: arguments.unconfined, level, server: None, composes: false };
    let runner = judge::runner_of(out, &arguments.file, &wanted, terminal);
    let request = Request {
        folder: out,
        level,
        changed: false,
        compiler: &compiler,
        runner: runner.as_ref().map(|runner| runner as &dyn ToolRunner),
    };
    let report = judge::report_of(&arguments.file, &request, terminal)?;
    judge::show(&report, out, terminal);
    judge::verdict(&report, out, terminal)
}

/// Tells this compiler from any other, also from one of the same version that was built later.
pub(crate) fn compiler() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let file = std::env::current_exe().and_then(|path| path.metadata()).ok();
    let stamp = file.and_then(|file| {
        let modified = file.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(format!("{}-{}", file.len(), modified.as_nanos()))
    });
    format!("{version} {}", stamp.unwrap_or_default())
}

/// Compiles with progress, proves the slots and shows what there is to say. The flag says that it was
/// nothing.
pub(crate) fn compile(
    world: &FileWorld,
    entry: &str,
    sources: &mut SourceMap,
    how: &Proving<'_>,
    (format, terminal): (Format, Terminal),
) -> Result<(Build, bool), Exit> {
    let bars = terminal.bars(format);
    let build = stratapi_driver::compile_with(world, &Config::new(entry), sources, &bars);
    let build = build.and_then(|build| proved(build, how, terminal));
    let quiet = build.diagnostics.is_empty();
    Ok((terminal.report(build, sources, format)?, quiet))
}

/// The writer's findings go to stderr: stdout already has its one document.
fn errors_only(format: Format) -> Format {
    match format {
        Format::Json | Format::Sarif => Format::Short,
        other => other,
    }
}

fn beside(file: &Path, name: &str) -> PathBuf {
    file.parent().map_or_else(|| PathBuf::from(name), |parent| parent.join(name))
}

fn show(build: &Build, out: &Path, changes: &Changes, diff: bool) {
    if diff {
        terminal::print(&write::diff(&build.tree, out, changes));
        return;
    }
    let groups = [
        ("create", &changes.created),
        ("replace", &changes.replaced),
        ("remove", &changes.removed),
    ];
    let lines: Vec<String> = groups
        .iter()
        .flat_map(|(word, paths)| paths.iter().map(move |path| format!("{word:>8} {path}\n")))
        .collect();
    terminal::print(&lines.concat());
}

/// What was done, for people.
pub(crate) fn summarize(
    terminal: Terminal,
    summary: &Summary,
    out: &Path,
    changes: &Changes,
    time: Duration,
) {
    if changes.recovered {
        terminal.say("Completed", "a build that had been interrupted");
    }
    for path in &changes.kept {
        terminal.say("Kept", &format!("{path}: no longer generated, but changed by hand"));
    }
    for path in &changes.edited {
        terminal
            .say("Kept", &format!("{path}: changed by hand, and this build changes nothing there"));
    }
    for path in &changes.backups {
        terminal.say("Copied", path);
    }
    let count = |stratum| summary.files.get(&stratum).copied().unwrap_or(0);
    let files: usize = summary.files.values().sum();
    let strata = format!(
        "{files} files: {} from templates, {} from the model, {} from slots; model calls {}",
        count(Stratum::Template),
        count(Stratum::Ast),
        count(Stratum::Llm),
        summary.model_calls,
    );
    terminal.say("Compiled", &strata);
    let written = format!(
        "{}: {} new, {} changed, {} removed, {} as they were; {:.2} s",
        out.display(),
        changes.created.len(),
        changes.replaced.len(),
        changes.removed.len(),
        files - changes.created.len() - changes.replaced.len(),
        time.as_secs_f64(),
    );
    terminal.say(if changes.is_empty() { "Unchanged" } else { "Written" }, &written);
}
