//! Containers of a project: built and started by `docker compose`, and taken down whatever happens.
//!
//! A small program of the shell stands above them. It builds, waits for the end of its standard
//! input, and takes down: so they go also where the judge is killed, which nobody could tell the
//! engine otherwise.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use stratapi_qa::{Composition, Containers, Ended, NotStarted, PORT, Started, ToolOutcome};
use tempfile::TempDir;

use crate::program::search_path;

/// Builds and starts, and takes down when nobody holds its standard input any more.
const GUARD: &str = r#"
folder=$1 service=$2
shift 2
exec 3<&0 </dev/null
"$@" up --build --detach --quiet-pull "$service" >"$folder/said" 2>&1 &
up=$!
{ cat <&3 >/dev/null; [ -e "$folder/status" ] || kill "$up" 2>/dev/null; } &
wait "$up"
echo $? >"$folder/status.new"
mv "$folder/status.new" "$folder/status"
cat <&3 >/dev/null
"$@" down --volumes --remove-orphans --rmi local --timeout 5 >"$folder/down" 2>&1
rm -rf "$folder"
"#;
/// Variables that say where the engine is. Nothing else is inherited: the project's file may name
/// any variable.
const INHERITED: &[&str] = &[
    "DOCKER_CERT_PATH",
    "DOCKER_CONFIG",
    "DOCKER_CONTEXT",
    "DOCKER_HOST",
    "DOCKER_TLS_VERIFY",
    "HOME",
    "PATH",
    "XDG_RUNTIME_DIR",
];
const PAUSE: Duration = Duration::from_millis(20);
/// Most bytes that are kept of what a command prints, of each stream.
const LONGEST: u64 = 64 << 20;
/// Bytes at the end of what the engine said that are told.
const TOLD: usize = 2_000;

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// To say whether there is an engine.
    pub(crate) asked: Duration,
    /// To get images, build and start.
    pub(crate) built: Duration,
    /// To run one command in a container.
    pub(crate) run: Duration,
    /// To take down.
    pub(crate) down: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            asked: Duration::from_secs(20),
            built: Duration::from_mins(15),
            run: Duration::from_mins(2),
            down: Duration::from_mins(2),
        }
    }
}

/// The version of the engine, or why there is none. `programs` are folders that are looked through
/// before the usual ones.
pub(crate) fn engine(programs: &[PathBuf], patience: &Patience) -> Result<String, String> {
    let docker = docker(programs).ok_or("there is no `docker` on the search path")?;
    let ask = |arguments: &[&str]| {
        let outcome = captured(command(&docker).args(arguments), patience.asked);
        let text = if outcome.succeeded() { &outcome.stdout } else { &outcome.stderr };
        let text = String::from_utf8_lossy(text);
        let line = text.lines().rev().map(str::trim).find(|line| !line.is_empty());
        let line = line.unwrap_or("it said nothing").to_owned();
        if outcome.succeeded() { Ok(line) } else { Err(line) }
    };
    ask(&["compose", "version", "--short"])
        .map_err(|line| format!("`docker compose` is not there: {line}"))?;
    ask(&["version", "--format", "{{.Server.Version}}"])
        .map_err(|line| format!("the engine does not answer: {line}"))
}

/// Builds and starts containers of the project of a folder.
pub(crate) fn start(
    project: &Path,
    composition: &Composition,
    programs: &[PathBuf],
    patience: Patience,
) -> Started {
    engine(programs, &patience).map_err(NotStarted::NoEngine)?;
    let docker = docker(programs).unwrap_or_default();
    let running = Running::new(project, composition, docker, patience)
        .map_err(|error| NotStarted::Failed(format!("the containers can't be started: {error}")))?;
    running.wait().map_err(NotStarted::Failed)?;
    Ok(Box::new(running))
}

/// Containers with the program that takes them down.
struct Running {
    guard: Child,
    /// The file for the engine, and what was said.
    folder: TempDir,
    docker: PathBuf,
    arguments: Vec<OsString>,
    environment: BTreeMap<String, String>,
    port: u16,
    patience: Patience,
}

impl Running {
    fn new(
        project: &Path,
        composition: &Composition,
        docker: PathBuf,
        patience: Patience,
    ) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("stratapi-compose-").tempdir()?;
        let file = folder.path().join("compose.json");
        fs::write(&file, &composition.file)?;
        // The engine knows projects by their names: letters, digits and dashes.
        let name = folder.path().file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let name: String =
            name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut arguments: Vec<OsString> = vec!["compose".into(), "--project-name".into()];
        arguments.push(format!("{name}-{}", std::process::id()).into());
        arguments.extend([
            "--project-directory".into(),
            project.into(),
            "--file".into(),
            file.into(),
        ]);
        let mut environment = composition.environment.clone();
        environment.insert(PORT.to_owned(), port.to_string());
        let mut guard = command(Path::new("/bin/sh"));
        guard.arg("-c").arg(GUARD).arg("sh").arg(folder.path()).arg(&composition.service);
        guard.arg(&docker).args(&arguments).envs(&environment);
        // What ends us by the terminal must not end it.
        let guard = guard.stdin(Stdio::piped()).process_group(0).spawn()?;
        Ok(Self { guard, folder, docker, arguments, environment, port, patience })
    }

    /// Waits until all is up.
    fn wait(&self) -> Result<(), String> {
        let status = self.folder.path().join("status");
        let deadline = Instant::now() + self.patience.built;
        while Instant::now() < deadline {
            match fs::read_to_string(&status) {
                Ok(code) if code.trim() == "0" => return Ok(()),
                Ok(_) => return Err(self.said()),
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
        let seconds = self.patience.built.as_secs();
        Err(format!("{}\nthe containers are not up after {seconds} seconds", self.said()))
    }

    /// The end of what the engine said.
    fn said(&self) -> String {
        let said = fs::read(self.folder.path().join("said")).unwrap_or_default();
        String::from_utf8_lossy(&said[said.len().saturating_sub(TOLD)..]).into_owned()
    }

    fn compose(&self, arguments: &[&str]) -> ToolOutcome {
        let mut command = command(&self.docker);
        command.args(&self.arguments).args(arguments).envs(&self.environment);
        captured(&mut command, self.patience.run)
    }
}

impl Containers for Running {
    fn port(&self) -> u16 {
        self.port
    }

    fn run(&self, service: &str, command: &[&str]) -> ToolOutcome {
        self.compose(&[&["exec", "-T", service], command].concat())
    }

    fn log(&self, service: &str) -> ToolOutcome {
        self.compose(&["logs", "--no-color", "--no-log-prefix", service])
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // Who is not done by then goes on without us.
        drop(ended(&mut self.guard, self.patience.down));
    }
}

fn docker(programs: &[PathBuf]) -> Option<PathBuf> {
    let folders = programs.iter().cloned().chain(search_path());
    folders.map(|folder| folder.join("docker")).find(|path| path.is_file())
}

fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    let inherited = INHERITED.iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
    command.env_clear().envs(inherited);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Runs a command to its end, or to the end of its time.
fn captured(command: &mut Command, time: Duration) -> ToolOutcome {
    let start = Instant::now();
    let done = (|| -> io::Result<(Ended, Vec<u8>, Vec<u8>)> {
        let (mut out, mut err) = (tempfile::tempfile()?, tempfile::tempfile()?);
        command.stdout(out.try_clone()?).stderr(err.try_clone()?);
        let mut child = command.process_group(0).spawn()?;
        let ended = match ended(&mut child, time)? {
            Some(status) => Ended::Exit(status.code().unwrap_or(-1)),
            None => {
                child.kill()?;
                child.wait()?;
                Ended::TimedOut
            }
        };
        Ok((ended, content(&mut out)?, content(&mut err)?))
    })();
    let (ended, stdout, stderr) =
        done.unwrap_or_else(|error| (Ended::Failed(error.to_string()), Vec::new(), Vec::new()));
    ToolOutcome { ended, stdout, stderr, truncated: false, time: start.elapsed() }
}

fn content(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// How a process has ended; nothing if it had not when its time was over.
fn ended(child: &mut Child, time: Duration) -> io::Result<Option<ExitStatus>> {
    let deadline = Instant::now() + time;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            return Ok(None);
        }
        std::thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;
    use std::time::{Duration, Instant};

    use stratapi_qa::{Composition, NotStarted};
    use tempfile::TempDir;

    use super::{Patience, Running, docker, start};

    const PATIENCE: Patience = Patience {
        asked: Duration::from_secs(10),
        built: Duration::from_millis(300),
        run: Duration::from_secs(10),
        down: Duration::from_secs(10),
    };

    /// A folder with a `docker` that writes down what it is asked, and does this.
    fn engine(does: &str) -> TempDir {
        let folder = TempDir::new().unwrap();
        let program = folder.path().join("docker");
        let text =
            format!("#!/bin/sh\nhere=$(dirname \"$0\")\necho \"$*\" >>\"$here/calls\"\n{does}\n");
        std::fs::write(&program, text).unwrap();
        std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
        folder
    }

    fn composition() -> Composition {
        let (file, service) = ("{}".to_owned(), "app".to_owned());
        Composition { file, service, environment: std::collections::BTreeMap::new() }
    }

    /// How often it was asked to take down.
    fn downs(folder: &Path) -> usize {
        let calls = std::fs::read_to_string(folder.join("calls")).unwrap_or_default();
        calls.lines().filter(|line| line.contains(" down --volumes ")).count()
    }

    #[test]
    fn what_does_not_come_up_in_time_is_ended_and_taken_down() {
        let folder = engine("case $* in *' up '*) echo waiting; exec sleep 600;; esac");
        let begin = Instant::now();
        let programs = [folder.path().to_owned()];
        let started = start(Path::new("/"), &composition(), &programs, PATIENCE);
        let Err(NotStarted::Failed(said)) = started else { panic!("it came up") };
        assert!(said.contains("waiting\n") && said.contains("not up after"), "{said}");
        assert!(begin.elapsed() < Duration::from_secs(8), "{:?}", begin.elapsed());
        assert_eq!(downs(folder.path()), 1);
    }

    #[test]
    fn containers_of_a_judge_that_is_gone_are_taken_down() {
        let folder = engine("true");
        let docker = docker(&[folder.path().to_owned()]).unwrap();
        let mut running = Running::new(Path::new("/"), &composition(), docker, PATIENCE).unwrap();
        while running.wait().is_err() {}
        assert_eq!(downs(folder.path()), 0);
        // What the system does with the descriptors of a process that was killed.
        drop(running.guard.stdin.take());
        assert!(running.guard.wait().unwrap().success());
        assert!(!running.folder.path().exists());
        assert_eq!(downs(folder.path()), 1);
    }
}
