//! `stratapi dev`: from the file to a served application, again whenever the file changes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use stratapi_driver::FileWorld;
use stratapi_driver::diagnostics::SourceMap;
use stratapi_driver::write::{self, Changes, WriteOptions};

use super::{Ended, build};
use crate::dev::{Interrupt, Project, Server, Watch, port};
use crate::exit::Exit;
use crate::terminal::{Format, Terminal};

/// Build, install, migrate and serve; rebuild when the application's file changes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The application's file (YAML, JSON or TOML).
    file: PathBuf,
    /// Folder of the project; `.stratapi-dev/<name>` by default.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Port to serve on; 8000 or the next free one by default.
    #[arg(long)]
    port: Option<u16>,
    /// The Python to use, 3.11 or later; by default the first that is found.
    #[arg(long)]
    python: Option<PathBuf>,
    /// Replace generated files that were changed by hand; copies are kept.
    #[arg(long)]
    force: bool,
    /// Start, ask `/health/ready`, stop: for scripts.
    #[arg(long)]
    once: bool,
}

pub(crate) fn run(arguments: &Arguments, terminal: Terminal) -> Ended {
    let interrupt = Interrupt::install();
    let (built, changes) = rebuild(arguments, terminal)?;
    let project = Project::new(&built.out, terminal, interrupt);
    let python = project.install(arguments.python.as_deref())?;
    project.migrate(&python, touches_migrations(&changes))?;
    let port = port(arguments.port, terminal)?;
    let mut server = project.serve(&python, port, !arguments.once)?;
    let address = format!("http://127.0.0.1:{port}");
    server.wait_until_ready(port)?;
    if arguments.once {
        terminal.say("Ready", &format!("{address}/health/ready answers"));
        return Ok(());
    }
    terminal.say("Serving", &format!("{address}  (documentation: {address}/docs)"));
    let watch = Watch::start(built.sources, terminal)?;
    serve(arguments, terminal, &project, &python, port, server, watch)
}

struct Built {
    out: PathBuf,
    /// The files to watch.
    sources: Vec<PathBuf>,
}

fn rebuild(arguments: &Arguments, terminal: Terminal) -> Result<(Built, Changes), Exit> {
    let start = std::time::Instant::now();
    let (world, entry) = FileWorld::of_file(&arguments.file);
    let mut sources = SourceMap::default();
    let (build, _) = build::compile(&world, &entry, &mut sources, Format::Human, terminal)?;
    let default = || Path::new(".stratapi-dev").join(&build.plan.app.name);
    let out = arguments.out.clone().unwrap_or_else(default);
    let changes = write::write(&build.tree, &out, WriteOptions { force: arguments.force });
    let changes = terminal.report(changes, &sources, Format::Human)?;
    build::summarize(terminal, &build.summary, &out, &changes, start.elapsed());
    let sources = sources.files().map(|(_, file)| world.location(&file.name)).collect();
    Ok((Built { out, sources }, changes))
}

fn touches_migrations(changes: &Changes) -> bool {
    changes.replaced.iter().any(|path| path.starts_with("migrations/versions/"))
}

/// Serves until the user stops it. An error in the application's file leaves the old one served.
fn serve(
    arguments: &Arguments,
    terminal: Terminal,
    project: &Project,
    python: &Path,
    port: u16,
    mut server: Server,
    mut watch: Watch,
) -> Ended {
    loop {
        if project.interrupted() {
            terminal.say("Stopped", "");
            return Err(Exit::Interrupted);
        }
        if server.has_ended() {
            terminal.complain("the server has ended; its last words are above");
            return Err(Exit::Findings);
        }
        if !watch.changed(Duration::from_millis(200)) {
            continue;
        }
        terminal.say("Changed", &arguments.file.display().to_string());
        let Ok((built, changes)) = rebuild(arguments, terminal) else { continue };
        watch = Watch::start(built.sources, terminal)?;
        if touches_migrations(&changes) || changes.replaced.iter().any(|p| p == "requirements.txt")
        {
            drop(server);
            project.install(arguments.python.as_deref())?;
            project.migrate(python, touches_migrations(&changes))?;
            server = project.serve(python, port, true)?;
        }
        // Otherwise the server reloads by itself; both ways it is up again when it says so.
        if server.wait_until_ready(port).is_ok() {
            terminal.say("Serving", &format!("http://127.0.0.1:{port}"));
        }
    }
}
