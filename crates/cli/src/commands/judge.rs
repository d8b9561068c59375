//! `stratapi judge`: is a project what its application says?

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use stratapi_driver::FileWorld;
use stratapi_driver::diagnostics::SourceMap;
use stratapi_driver::judge::{self, Report, Request, ToolRunner, report};
use stratapi_driver::write;
use stratapi_sandbox::{Sandbox, Server};

use super::Ended;
use super::build::compiler;
use crate::exit::Exit;
use crate::runner::{self, Wanted};
use crate::terminal::{self, Format, Terminal};

/// Prove that a project does what its application says; changes nothing in it.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Arguments {
    /// Folder of the project.
    folder: PathBuf,
    /// The application's file; by default the one that the folder was built from.
    #[arg(long, value_name = "FILE")]
    ir: Option<PathBuf>,
    /// How far to go; each level takes in those before it.
    #[arg(long, value_enum, default_value_t = Level::Structural)]
    level: Level,
    /// Form of the report.
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
    /// Write the report to this file instead of stdout.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write the report as a page and open it in a browser.
    #[arg(long)]
    open: bool,
    /// Look only at what has changed since the last judgement that found nothing.
    #[arg(long)]
    changed: bool,
    /// The Python that runs the project, or its environment; by default `.venv` in the folder, else
    /// the one that `dev` made.
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// URL of a PostgreSQL server to judge the database on; by default `STRATAPI_JUDGE_POSTGRES`, else
    /// a server is started from the programs found. The project's code may do there what its account
    /// may do.
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Serve the project by its own docker-compose.yml instead of in the sandbox; needs a container
    /// engine. What was started is taken down again, with all that it stored.
    #[arg(long)]
    compose: bool,
    /// Run the project's code without a sandbox: it can do whatever you can do.
    #[arg(long)]
    unconfined: bool,
}

/// How far the judge goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// The files themselves: needs no Python.
    Structural,
    /// And its database.
    Database,
    /// And its contract.
    Contract,
    /// And the running application.
    Smoke,
    /// Everything.
    Full,
}

/// Form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// With source lines, on stderr.
    Human,
    Json,
    /// JUnit XML.
    Junit,
    /// For code hosts.
    Sarif,
    /// One page.
    Html,
}

impl From<Level> for judge::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::Structural => Self::Structural,
            Level::Database => Self::Database,
            Level::Contract => Self::Contract,
            Level::Smoke => Self::Smoke,
            Level::Full => Self::Full,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, terminal: Terminal) -> Ended {
    let level = judge::Level::from(arguments.level);
    if let Some(layer) = judge::missing_layer(level) {
        let text = format!(
            "level `{}` takes in the layer `{}`, for which this version has no checks",
            level.name(),
            layer.name()
        );
        terminal.complain(&text);
        return Err(Exit::Usage);
    }
    if arguments.compose && level < judge::Level::Contract {
        terminal
            .complain("`--compose` serves the project: add `--level contract`, `smoke` or `full`");
        return Err(Exit::Usage);
    }
    let known = arguments.ir.clone().or_else(|| write::application_of(&arguments.folder));
    let Some(application) = known else {
        let folder = arguments.folder.display();
        terminal
            .complain(&format!("`{folder}` does not say from what it was built: add `--ir FILE`"));
        return Err(Exit::Usage);
    };
    let compiler = compiler();
    let python = arguments.python.as_deref();
    let server = server(arguments.postgres.as_deref(), terminal)?;
    let (unconfined, composes) = (arguments.unconfined, arguments.compose);
    let wanted = Wanted { python, unconfined, level, server, composes };
    let runner = runner_of(&arguments.folder, &application, &wanted, terminal);
    let request = Request {
        folder: &arguments.folder,
        level,
        changed: arguments.changed,
        compiler: &compiler,
        runner: runner.as_ref().map(|runner| runner as &dyn ToolRunner),
    };
    let report = report_of(&application, &request, terminal)?;
    deliver(arguments, &report, terminal)?;
    verdict(&report, &arguments.folder, terminal)
}

/// The server that is lent by an argument, or else by the environment.
fn server(named: Option<&str>, terminal: Terminal) -> Result<Option<Server>, Exit> {
    const VARIABLE: &str = "STRATAPI_JUDGE_POSTGRES";
    let (place, url) = match named {
        Some(url) => ("--postgres", Some(url.to_owned())),
        None => (VARIABLE, std::env::var(VARIABLE).ok().filter(|url| !url.is_empty())),
    };
    url.as_deref().map(Server::of).transpose().map_err(|reason| {
        terminal.complain(&format!("`{place}` names no PostgreSQL server: {reason}"));
        Exit::Usage
    })
}

/// What runs programs for the judge of an application.
pub(crate) fn runner_of(
    folder: &Path,
    application: &Path,
    wanted: &Wanted<'_>,
    terminal: Terminal,
) -> Option<Sandbox> {
    let (world, entry) = FileWorld::of_file(application);
    let name = stratapi_driver::name(&world, &entry);
    runner::of(folder, name.as_deref(), wanted, terminal)
}

/// Judges, and shows what is wrong with the application itself.
pub(crate) fn report_of(
    application: &Path,
    request: &Request<'_>,
    terminal: Terminal,
) -> Result<Report, Exit> {
    let (world, entry) = FileWorld::of_file(application);
    let mut sources = SourceMap::default();
    let progress = terminal.checks(judge::count(request.level));
    let checked = judge::judge(&world, &entry, request, &mut sources, &progress);
    drop(progress);
    terminal.report(checked, &sources, Format::Human)
}

/// Says how it ended.
pub(crate) fn verdict(report: &Report, folder: &Path, terminal: Terminal) -> Ended {
    let count = report.checks().count();
    let share = |percent: Option<report::Percent>| {
        percent.map_or_else(|| "–".to_owned(), |percent| percent.to_string())
    };
    let text = format!(
        "{}: {count} checks, compliance {} % strict, {} % relaxed",
        folder.display(),
        share(report.total.strict()),
        share(report.total.relaxed()),
    );
    if report.passed() {
        terminal.say("Passed", &text);
        return Ok(());
    }
    terminal.complain(&text);
    Err(Exit::Findings)
}

fn deliver(arguments: &Arguments, report: &Report, terminal: Terminal) -> Ended {
    let folder = prefix(&arguments.folder);
    if arguments.format == Form::Human {
        show(report, &arguments.folder, terminal);
    } else {
        let text = match arguments.format {
            Form::Human | Form::Html => report::html(report),
            Form::Json => report::json(report),
            Form::Junit => report::junit(report),
            Form::Sarif => report.sarif(&folder),
        };
        match &arguments.report {
            Some(path) => save(path, &text, terminal)?,
            None if !(arguments.open && arguments.format == Form::Html) => terminal::print(&text),
            None => {}
        }
    }
    if arguments.format == Form::Human
        && let Some(path) = &arguments.report
    {
        save(path, &report::human(report, &folder, false, None), terminal)?;
    }
    if arguments.open {
        let page = match &arguments.report {
            Some(path) if arguments.format == Form::Html => path.clone(),
            _ => std::env::temp_dir().join(format!("stratapi-{}.html", report.app)),
        };
        save(&page, &report::html(report), terminal)?;
        open(&page, terminal);
    }
    Ok(())
}

/// Shows a report to people.
pub(crate) fn show(report: &Report, folder: &Path, terminal: Terminal) {
    terminal::show_text(&report::human(
        report,
        &prefix(folder),
        terminal.is_colored(),
        terminal.width(),
    ));
}

fn save(path: &Path, text: &str, terminal: Terminal) -> Ended {
    std::fs::write(path, text).map_err(|error| {
        terminal.complain(&format!("cannot write `{}`: {error}", path.display()));
        Exit::InputOutput
    })
}

/// The folder as it stands before the names of its files.
fn prefix(folder: &Path) -> String {
    let text = folder.to_string_lossy().replace('\\', "/");
    let text = text.trim_end_matches('/');
    if text.is_empty() || text == "." { String::new() } else { format!("{text}/") }
}

/// Opens a page in the browser; where that is not possible, says where the page is.
fn open(page: &Path, terminal: Terminal) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let started = std::process::Command::new(opener)
        .arg(page)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    match started {
        Ok(_) => terminal.say("Opened", &page.display().to_string()),
        Err(_) => terminal.say("Written", &page.display().to_string()),
    }
}
