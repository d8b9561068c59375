//! Runs programs for the judge without a sandbox: what it runs are our own golden projects, with
//! mistakes of our own making. Time, output and the end of all processes are seen to.

use std::collections::BTreeMap;
use std::io::{Read, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use stratapi_qa::{Ended, ToolCall, ToolOutcome, ToolRunner};

/// How often it is looked whether a program has ended.
const PAUSE: Duration = Duration::from_millis(5);

/// Runs the programs of an environment in the folder of a project.
pub(crate) struct Plain {
    /// The folder with the environment's programs.
    pub(crate) programs: PathBuf,
    /// The project.
    pub(crate) project: PathBuf,
    /// URL of a PostgreSQL server.
    pub(crate) server: Option<String>,
    /// Added to what each call asks for.
    pub(crate) environment: BTreeMap<String, String>,
}

impl ToolRunner for Plain {
    fn run(&self, call: &ToolCall) -> ToolOutcome {
        let started = Instant::now();
        let mut outcome = match self.spawn(call) {
            Ok(child) => wait(child, call, started),
            Err(ended) => bare(ended),
        };
        outcome.time = started.elapsed();
        outcome
    }

    fn versions(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    fn server(&self) -> Option<String> {
        self.server.clone()
    }
}

impl Plain {
    fn spawn(&self, call: &ToolCall) -> Result<Child, Ended> {
        let program = self.programs.join(&call.program);
        if !program.is_file() {
            return Err(Ended::Missing(format!("there is no `{}`", call.program)));
        }
        let mut command = Command::new(program);
        command.args(&call.arguments).current_dir(self.project.join(&call.folder)).env_clear();
        for name in ["PATH", "TMPDIR"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        command.envs(&call.environment).envs(&self.environment);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.process_group(0).spawn().map_err(|error| Ended::Failed(error.to_string()))
    }
}

/// The outcome of what did not run.
fn bare(ended: Ended) -> ToolOutcome {
    ToolOutcome {
        ended,
        stdout: Vec::new(),
        stderr: Vec::new(),
        truncated: false,
        time: Duration::ZERO,
    }
}

fn wait(mut child: Child, call: &ToolCall, started: Instant) -> ToolOutcome {
    let group = Pid::from_child(&child);
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // A program need not read what it is given.
            let _ = stdin.map(|mut pipe| pipe.write_all(&call.input));
        });
        let limit = call.limits.output;
        let stdout = scope.spawn(move || stdout.map_or_else(Default::default, |s| head(s, limit)));
        let stderr = scope.spawn(move || stderr.map_or_else(Default::default, |s| head(s, limit)));
        let ended = loop {
            match child.try_wait() {
                Ok(Some(status)) => break of_status(status),
                Ok(None) if started.elapsed() > call.limits.time => break Ended::TimedOut,
                Ok(None) => thread::sleep(PAUSE),
                Err(error) => break Ended::Failed(error.to_string()),
            }
        };
        // Whatever it started ends with it, else the pipes would stay open.
        let _ = kill_process_group(group, Signal::KILL);
        let _ = child.wait();
        let (stdout, more) = stdout.join().unwrap_or_default();
        let (stderr, even_more) = stderr.join().unwrap_or_default();
        ToolOutcome { stdout, stderr, truncated: more || even_more, ..bare(ended) }
    })
}

fn of_status(status: std::process::ExitStatus) -> Ended {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => Ended::Exit(code),
        (None, Some(signal)) => Ended::Signal(signal),
        (None, None) => Ended::Failed(status.to_string()),
    }
}

/// The first bytes of a stream, and whether there were more; reads it to its end.
fn head(mut stream: impl Read, limit: usize) -> (Vec<u8>, bool) {
    let (mut kept, mut more) = (Vec::new(), false);
    let mut chunk = vec![0; 1 << 16];
    while let Ok(length @ 1..) = stream.read(&mut chunk) {
        let room = limit.saturating_sub(kept.len()).min(length);
        kept.extend_from_slice(&chunk[..room]);
        more |= room < length;
    }
    (kept, more)
}

/// Writes the files of a project into a folder.
pub(crate) fn write(folder: &Path, files: &BTreeMap<String, String>) -> crate::Result {
    for (path, text) in files {
        let target = folder.join(path);
        std::fs::create_dir_all(target.parent().unwrap_or(folder))?;
        std::fs::write(target, text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::{Duration, Instant};

    use stratapi_qa::{Ended, ToolCall, ToolRunner as _};

    use super::Plain;

    fn shell(script: &str, change: impl Fn(&mut ToolCall)) -> stratapi_qa::ToolOutcome {
        let plain = Plain {
            programs: "/bin".into(),
            project: std::env::temp_dir(),
            server: None,
            environment: BTreeMap::new(),
        };
        let mut call = ToolCall::new("sh", &["-c", script]);
        change(&mut call);
        plain.run(&call)
    }

    #[test]
    fn what_hangs_ends_with_all_that_it_started() {
        let started = Instant::now();
        let second = Duration::from_secs(1);
        let outcome = shell("sleep 60 & sleep 60", |call| call.limits.time = second);
        assert_eq!(outcome.ended, Ended::TimedOut);
        assert!(started.elapsed() < 10 * second);
    }

    #[test]
    fn output_is_read_to_its_end_and_kept_to_its_limit() {
        let outcome = shell("cat; yes | head -c 1000000", |call| {
            call.input = b"given ".to_vec();
            call.limits.output = 1000;
        });
        assert_eq!((outcome.ended, outcome.stdout.len()), (Ended::Exit(0), 1000));
        assert!(outcome.truncated && outcome.stdout.starts_with(b"given y"));
    }

    #[test]
    fn what_is_not_there_is_missing() {
        let outcome = shell("", |call| call.program = "no-such-program".to_owned());
        assert!(matches!(outcome.ended, Ended::Missing(_)));
    }
}
