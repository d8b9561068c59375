//! `stratapi dev`: from the file to a served application, again whenever the file changes.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use stratapi_driver::diagnostics::SourceMap;
use stratapi_driver::write::{self, Changes, WriteOptions};
use stratapi_driver::{Build, FileWorld, proof};

use super::{Ended, build};
use crate::dev::{Interrupt, Project, Seen, Server, Watch, port};
use crate::exit::Exit;
use crate::prove::Proving;
use crate::terminal::{Format, Terminal};

/// How long one look for changes takes.
const LOOK: Duration = Duration::from_millis(200);

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
    let ended = develop(arguments, terminal);
    if ended == Err(Exit::Interrupted) {
        terminal.say("Stopped", "");
    }
    ended
}

fn develop(arguments: &Arguments, terminal: Terminal) -> Ended {
    let interrupt = Interrupt::install();
    let (seen, built) = rebuild(arguments, terminal);
    let built = built?;
    let port = port(arguments.port, terminal)?;
    let mut session = Session { arguments, terminal, interrupt, port };
    if arguments.once {
        let _server = session.start(&built)?;
        terminal.say("Ready", &format!("{}/health/ready answers", session.address()));
        return Ok(());
    }
    let mut watch = Watch::start(terminal)?;
    watch.follow(seen, true)?;
    let server = session.start(&built)?;
    let address = session.address();
    terminal.say("Serving", &format!("{address}  (documentation: {address}/docs)"));
    session.serve(server, &mut watch)
}

struct Built {
    out: PathBuf,
    changes: Changes,
}

/// Compiles and writes. Beside the result stands what was read for it, also where that failed.
fn rebuild(arguments: &Arguments, terminal: Terminal) -> (Vec<Seen>, Result<Built, Exit>) {
    let (world, entry) = FileWorld::of_file(&arguments.file);
    let mut sources = SourceMap::default();
    let built = write_project(arguments, &world, &entry, &mut sources, terminal);
    let mut seen: Vec<Seen> = sources
        .files()
        .map(|(_, file)| (world.location(&file.name), Some(file.text.clone())))
        .collect();
    if seen.is_empty() {
        seen.push((arguments.file.clone(), None));
    }
    (seen, built)
}

fn write_project(
    arguments: &Arguments,
    world: &FileWorld,
    entry: &str,
    sources: &mut SourceMap,
    terminal: Terminal,
) -> Result<Built, Exit> {
    let start = Instant::now();
    let out = |build: &Build| {
        let default = || Path::new(".stratapi-dev").join(&build.plan.app.name);
        arguments.out.clone().unwrap_or_else(default)
    };
    let how = Proving { out: &out, python: arguments.python.as_deref(), unconfined: false };
    let (build, _) = build::compile(world, entry, sources, &how, (Format::Human, terminal))?;
    let out = out(&build);
    let changes = write::write(&build.tree, &out, WriteOptions { force: arguments.force });
    let changes = terminal.report(changes, sources, Format::Human)?;
    proof::remember(&build, &out, &build::compiler());
    build::summarize(terminal, &build.summary, &out, &changes, start.elapsed());
    Ok(Built { out, changes })
}

fn touches_migrations(changes: &Changes) -> bool {
    changes.replaced.iter().any(|path| path.starts_with("migrations/versions/"))
}

/// What stays while the application changes.
struct Session<'a> {
    arguments: &'a Arguments,
    terminal: Terminal,
    interrupt: Interrupt,
    port: u16,
}

impl Session<'_> {
    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Installs, migrates and serves, and waits until the application answers.
    fn start(&mut self, built: &Built) -> Result<Server, Exit> {
        let project = Project::new(&built.out, self.terminal, self.interrupt.clone());
        let python = project.install(self.arguments.python.as_deref())?;
        project.migrate(&python, touches_migrations(&built.changes))?;
        let mut server = project.serve(&python, self.port, !self.arguments.once)?;
        server.wait_until_ready(self.port)?;
        Ok(server)
    }

    /// Serves until the user stops it. An error in the application's file leaves the old one
    /// served; one in what was made of it leaves nothing served until the next change.
    fn serve(&mut self, server: Server, watch: &mut Watch) -> Ended {
        let mut server = Some(server);
        loop {
            if self.interrupt.noted() {
                return Err(Exit::Interrupted);
            }
            if let Some(server) = &mut server {
                server.check()?;
            }
            if !watch.changed(LOOK) {
                continue;
            }
            self.terminal.say("Changed", &self.arguments.file.display().to_string());
            let (seen, built) = rebuild(self.arguments, self.terminal);
            watch.follow(seen, built.is_ok())?;
            match built {
                Ok(built) if built.changes.is_empty() && server.is_some() => {}
                Ok(built) => {
                    // The port is free again before the next server wants it.
                    drop(server.take());
                    server = self.again(&built)?;
                }
                Err(_) if server.is_some() => {
                    self.terminal.say("Serving", &format!("{} as before", self.address()));
                }
                Err(_) => {}
            }
        }
    }

    /// Starts again; only the user ends all by what goes wrong here.
    fn again(&mut self, built: &Built) -> Result<Option<Server>, Exit> {
        match self.start(built) {
            Ok(server) => {
                self.terminal.say("Serving", &self.address());
                Ok(Some(server))
            }
            Err(Exit::Interrupted) => Err(Exit::Interrupted),
            Err(_) => {
                self.terminal.say("Waiting", "for the next change");
                Ok(None)
            }
        }
    }
}
