//! Starts what was made ready, watches it to its end and says what became of it.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use command_fds::{CommandFdExt as _, FdMapping};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pipe::{PipeFlags, pipe_with};
use stratapi_qa::{Ended, Limits, ToolOutcome};

use super::call::Prepared;
use super::relay::Relay;
use crate::bubblewrap::{self, View};
use crate::process::{Output, Root, watch};
use crate::stage;
use crate::way::Way;

/// How long the end of a stream may take once all processes are gone.
const PATIENCE: Duration = Duration::from_millis(500);
const FILE_TOO_LONG: i32 = 25;
const TIME_OVER: i32 = 24;

pub(super) fn run(prepared: &Prepared<'_>) -> Result<ToolOutcome, String> {
    let start = Instant::now();
    let limits = prepared.call.limits;
    let (mut child, mut reports) = match &prepared.way {
        Way::Bubblewrap(path) => in_bubblewrap(prepared, path)?,
        Way::Landlock | Way::Plain => (supervised(prepared)?, None),
    };
    feed(&mut child, &prepared.call.input);
    let stdout = child.stdout.take().map(|stream| Output::of(stream, limits.output));
    let stderr = child.stderr.take().map(|stream| Output::of(stream, limits.output));
    let root = match &mut reports {
        Some(reports) => Root::namespace(reports.first_process(), bubblewrap::WORK),
        None => Root::Supervisor(prepared.files.path().to_owned()),
    };
    let (cause, status) = watch(&mut child, &root, &limits);
    let (stdout, more) = stdout.map(|stream| stream.take(PATIENCE)).unwrap_or_default();
    let (stderr, even_more) = stderr.map(|stream| stream.take(PATIENCE)).unwrap_or_default();
    let ended = match (cause, status) {
        (Some(cause), _) => cause,
        (None, Some(status)) => ended(status, reports, &stderr, &limits),
        (None, None) => Ended::Failed("its end was not seen".to_owned()),
    };
    let truncated = more || even_more;
    Ok(ToolOutcome { ended, stdout, stderr, truncated, time: start.elapsed() })
}

/// What bubblewrap reports: a line about the start, one about the end.
struct Reports(BufReader<File>);

impl Reports {
    fn line(&mut self) -> Option<serde_json::Value> {
        let patience = Timespec { tv_sec: 5, tv_nsec: 0 };
        if self.0.buffer().is_empty() {
            let mut fds = [PollFd::new(self.0.get_ref(), PollFlags::IN)];
            poll(&mut fds, Some(&patience)).ok().filter(|count| *count > 0)?;
        }
        let mut line = String::new();
        self.0.read_line(&mut line).ok()?;
        serde_json::from_str(&line).ok()
    }

    /// The first process of the namespace, by its number out here.
    fn first_process(&mut self) -> Option<i32> {
        self.line()?.get("child-pid")?.as_i64()?.try_into().ok()
    }

    /// Whether the program was started, and has ended.
    fn has_code(&mut self) -> bool {
        self.line().is_some_and(|line| line.get("exit-code").is_some())
    }
}

fn in_bubblewrap(
    prepared: &Prepared<'_>,
    bwrap: &std::path::Path,
) -> Result<(Child, Option<Reports>), String> {
    let failed = |error: std::io::Error| format!("bubblewrap could not be started: {error}");
    let names: Vec<_> = prepared
        .call
        .files
        .keys()
        .map(|name| (prepared.files.path().join(name), name.clone()))
        .chain(prepared.answers.iter().cloned())
        .collect();
    let server = prepared.relay.as_ref().map(Relay::folder);
    let (project, etc) = (prepared.kept.project(), prepared.kept.etc());
    let view = View {
        project: &project,
        etc: &etc,
        stage: &prepared.settings.stage.path,
        server: server.as_deref(),
        folders: &prepared.folders,
        files: &names,
        disk: prepared.call.limits.disk,
    };
    let filter = File::open(prepared.kept.filter()).map_err(failed)?;
    let (reading, writing) = pipe_with(PipeFlags::CLOEXEC).map_err(|error| failed(error.into()))?;
    let mut command = Command::new(bwrap);
    command.args(bubblewrap::arguments(&view)).arg(bubblewrap::STAGE);
    command.args(&prepared.settings.stage.arguments).args(prepared.order.arguments());
    let mappings = vec![
        FdMapping { parent_fd: OwnedFd::from(filter), child_fd: bubblewrap::FILTER },
        FdMapping { parent_fd: writing, child_fd: bubblewrap::STATUS },
    ];
    command.fd_mappings(mappings).map_err(|error| error.to_string())?;
    let child = spawn(&mut command, prepared).map_err(failed)?;
    // With it goes our end of the pipe that bubblewrap writes to.
    drop(command);
    Ok((child, Some(Reports(BufReader::new(File::from(reading))))))
}

fn supervised(prepared: &Prepared<'_>) -> Result<Child, String> {
    use std::os::unix::process::CommandExt as _;
    let stage = &prepared.settings.stage;
    let mut command = Command::new(&stage.path);
    command.args(&stage.arguments).args(prepared.order.arguments()).process_group(0);
    spawn(&mut command, prepared)
        .map_err(|error| format!("`{}` could not be started: {error}", stage.path.display()))
}

fn spawn(command: &mut Command, prepared: &Prepared<'_>) -> std::io::Result<Child> {
    let input = if prepared.call.input.is_empty() { Stdio::null() } else { Stdio::piped() };
    command.env_clear().envs(&prepared.environment).current_dir("/");
    command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
}

/// Writes the input, on a thread of its own: a program that does not read must not stop us.
fn feed(child: &mut Child, input: &[u8]) {
    if let Some(mut stdin) = child.stdin.take() {
        let input = input.to_vec();
        std::thread::spawn(move || drop(stdin.write_all(&input)));
    }
}

fn ended(status: ExitStatus, reports: Option<Reports>, stderr: &[u8], limits: &Limits) -> Ended {
    use std::os::unix::process::ExitStatusExt as _;
    let said = || {
        let text = String::from_utf8_lossy(stderr);
        text.lines().next().unwrap_or("it said nothing").to_owned()
    };
    if reports.is_some_and(|mut reports| !reports.has_code()) {
        return Ended::Failed(said());
    }
    let code = status.code().or_else(|| Some(128 + status.signal()?)).unwrap_or(i32::MAX);
    if code == i32::from(stage::FAILED) && stderr.starts_with(stage::MARK.as_bytes()) {
        return Ended::Failed(said());
    }
    // As a shell says it, and bubblewrap too.
    match code - 128 {
        FILE_TOO_LONG => {
            Ended::OutOfBounds(format!("a file of more than {} MiB", limits.file >> 20))
        }
        TIME_OVER => Ended::TimedOut,
        signal @ 1..=64 => Ended::Signal(signal),
        _ => Ended::Exit(code),
    }
}
