//! One call, made ready for one way.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use stratapi_qa::{PROJECT, REACHED, ToolCall, ToolOutcome, WORK};
use tempfile::TempDir;

use super::kept::MEMORY;
use super::relay::{self, Relay};
use super::{Kept, start};
use crate::bubblewrap;
use crate::program::{Program, Python};
use crate::server::{Server, Target};
use crate::settings::Settings;
use crate::stage::Order;
use crate::way::{self, Way};

/// Everything that is known before a program starts.
pub(super) struct Prepared<'a> {
    pub(super) kept: &'a Kept,
    pub(super) settings: &'a Settings,
    pub(super) call: &'a ToolCall,
    pub(super) way: Way,
    pub(super) order: Order,
    pub(super) environment: BTreeMap<String, OsString>,
    /// Folders of programs.
    pub(super) folders: Vec<PathBuf>,
    /// Where the files of the call are, or the whole work folder, out here.
    pub(super) files: TempDir,
    /// What other calls have answered: paths out here, by their names in the work folder.
    pub(super) answers: Vec<(PathBuf, String)>,
    /// The way to the server that is lent.
    pub(super) relay: Option<Relay>,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(
        kept: &'a Kept,
        settings: &'a Settings,
        python: Option<&Python>,
        call: &'a ToolCall,
        program: &Program,
        way: Way,
    ) -> Result<Self, String> {
        let within = work_within(&way, kept, call.limits.disk);
        let files = tempfile::Builder::new().prefix("stratapi-call-").tempdir_in(within);
        let files = files.map_err(|error| format!("a folder for the call: {error}"))?;
        for (name, text) in &call.files {
            let path = files.path().join(inner(name)?);
            let folder = path.parent().unwrap_or(files.path());
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&path, text))
                .map_err(|error| format!("the file `{name}` of the call: {error}"))?;
        }
        let places = Places::of(&way, kept, files.path(), call.writable);
        let folder = match call.folder.as_str() {
            WORK => places.work.clone(),
            below => places.project.join(inner(below)?),
        };
        let mut command = Vec::new();
        if let Some(launcher) = &call.launcher {
            let python = python.ok_or("there is no Python that could start it")?;
            command.extend([python.executable().into(), OsString::from("-I")]);
            command.push(places.work.join(inner(launcher)?).into());
        }
        command.push(program.path.clone().into_os_string());
        command.extend(call.arguments.iter().map(|text| places.fill(text)));
        let limits = call.limits;
        let confined = way == Way::Landlock;
        let supervised = !matches!(way, Way::Bubblewrap(_));
        let order = Order {
            memory: limits.memory,
            file: limits.file,
            cpu: limits.time.as_secs(),
            nice: if supervised { 19 } else { 5 },
            processes: counted(&way).then(|| u64::from(limits.processes) + 2),
            copy: call.writable.then(|| (places.original.clone(), places.project.clone())),
            folder: Some(folder),
            supervise: supervised,
            caller: i32::try_from(std::process::id()).ok(),
            landlock: confined,
            read: if confined { readable(kept, settings, &program.folders) } else { Vec::new() },
            write: if supervised { vec![files.path().to_owned()] } else { Vec::new() },
            command,
        };
        let environment = environment(python, call, &places);
        let folders = program.folders.clone();
        let (answers, relay) = (Vec::new(), None);
        Ok(Self { kept, settings, call, way, order, environment, folders, files, answers, relay })
    }

    /// The same with what other calls have answered.
    pub(super) fn knowing(mut self, answers: Vec<(PathBuf, String)>) -> Result<Self, String> {
        let is_view = matches!(self.way, Way::Bubblewrap(_));
        for (path, name) in answers.iter().filter(|_| !is_view) {
            fs::copy(path, self.files.path().join(inner(name)?))
                .map_err(|error| format!("the file `{name}` of the call: {error}"))?;
        }
        self.answers = answers;
        Ok(self)
    }

    /// The same with a way to a port, or to a server, if the call asks for it and has no network to
    /// reach it by.
    pub(super) fn reaching(mut self, server: Option<&Server>) -> Result<Self, String> {
        if let Some(port) = self.call.reach {
            let target = Target::Tcp("127.0.0.1".to_owned(), port);
            let relay = Relay::new(self.kept.folder(), target)?;
            let folder = match self.way {
                Way::Bubblewrap(_) => bubblewrap::SERVER.into(),
                Way::Landlock | Way::Plain => relay.folder(),
            };
            self.environment.insert(REACHED.to_owned(), folder.join(relay::NAME).into());
            self.relay = Some(relay);
            return Ok(self);
        }
        let wanted = server.filter(|_| self.call.server && matches!(self.way, Way::Bubblewrap(_)));
        if let Some(server) = wanted {
            self.relay = Some(Relay::new(self.kept.folder(), server.target().clone())?);
        }
        Ok(self)
    }

    pub(super) fn run(&self) -> Result<ToolOutcome, String> {
        start::run(self)
    }
}

/// Where to make the folder of a call. Where it is the work folder itself, memory is better than a
/// disk, on which all would wait for each other.
fn work_within<'a>(way: &Way, kept: &'a Kept, disk: u64) -> &'a Path {
    let room = rustix::fs::statvfs(MEMORY).map_or(0, |it| it.f_bavail.saturating_mul(it.f_frsize));
    let own = matches!(way, Way::Bubblewrap(_));
    let memory = if own || room < disk { None } else { kept.memory() };
    memory.unwrap_or(kept.folder())
}

/// Whether the kernel can count the processes inside; root's it never counts.
fn counted(way: &Way) -> bool {
    matches!(way, Way::Bubblewrap(_)) && way::counts_by_namespace()
}

/// Takes a way with a program that does nothing.
pub(super) fn probe(kept: &Kept, settings: &Settings, way: Way) -> Result<(), String> {
    let call = ToolCall::new("true", &[]);
    let path = ["/bin/true", "/usr/bin/true"].iter().map(Path::new).find(|path| path.is_file());
    let path = path.ok_or("there is no program `true` to try it with")?.to_owned();
    let program = Program { path, folders: Vec::new() };
    let outcome = Prepared::new(kept, settings, None, &call, &program, way)?.run()?;
    if outcome.succeeded() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&outcome.stderr);
    let said = text.lines().next().map_or_else(|| format!("{:?}", outcome.ended), str::to_owned);
    Err(said)
}

/// Where things are, as the program sees them.
struct Places {
    work: PathBuf,
    /// The copy that it may not write to.
    original: PathBuf,
    /// The one where it runs.
    project: PathBuf,
}

impl Places {
    fn of(way: &Way, kept: &Kept, files: &Path, writable: bool) -> Self {
        let (work, original) = match way {
            Way::Bubblewrap(_) => (bubblewrap::WORK.into(), bubblewrap::PROJECT.into()),
            Way::Landlock | Way::Plain => (files.to_owned(), kept.project()),
        };
        let project = if writable { work.join("project") } else { original.clone() };
        Self { work, original, project }
    }

    fn fill(&self, text: &str) -> OsString {
        let work = self.work.to_string_lossy();
        let project = self.project.to_string_lossy();
        text.replace(WORK, &work).replace(PROJECT, &project).into()
    }
}

fn environment(
    python: Option<&Python>,
    call: &ToolCall,
    places: &Places,
) -> BTreeMap<String, OsString> {
    let mut path = OsString::new();
    if let Some(bin) = python.and_then(Python::bin) {
        path.push(bin);
        path.push(":");
    }
    path.push("/usr/local/bin:/usr/bin:/bin");
    let usual = [
        ("HOME", places.work.clone().into()),
        ("LANG", "C.UTF-8".into()),
        ("PATH", path),
        ("PYTHONDONTWRITEBYTECODE", "1".into()),
        ("PYTHONNOUSERSITE", "1".into()),
        ("TMPDIR", places.work.clone().into()),
        ("TZ", "UTC".into()),
    ];
    let given = call.environment.iter().map(|(key, value)| (key.clone(), places.fill(value)));
    usual.into_iter().map(|(key, value)| (key.to_owned(), value)).chain(given).collect()
}

/// What landlock leaves readable: the same as what bubblewrap shows.
fn readable(kept: &Kept, settings: &Settings, folders: &[PathBuf]) -> Vec<PathBuf> {
    let system = ["/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin"];
    let mut paths: Vec<PathBuf> = system.iter().chain(bubblewrap::ETC).map(PathBuf::from).collect();
    paths.extend(folders.iter().cloned());
    paths.push(kept.project());
    paths.push(settings.stage.path.clone());
    paths
}

/// A path below a folder, and nowhere else.
fn inner(path: &str) -> Result<&Path, String> {
    let path = Path::new(path);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    if inside { Ok(path) } else { Err(format!("`{}` leads out of its folder", path.display())) }
}
