//! A process with all that it starts: stopped together, and whenever we stop.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::Interrupt;

/// How long a process may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long those that it started may outlive it.
const AFTERLIFE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(20);

/// A running process, in a group of its own.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
}

impl Process {
    /// Starts it. What it prints goes to stderr: our stdout is for results.
    pub(crate) fn start(command: &mut Command) -> std::io::Result<Self> {
        command.stdin(Stdio::null()).stdout(std::io::stderr());
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            command.process_group(0);
        }
        Ok(Self { child: command.spawn()? })
    }

    /// Waits for its end; `None` if the user stopped it.
    pub(crate) fn finish(mut self, interrupt: &Interrupt) -> std::io::Result<Option<ExitStatus>> {
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Some(status));
            }
            if interrupt.noted() {
                return Ok(None);
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Whether it has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)) | Err(_))
    }

    fn wait(&mut self, patience: Duration, mut over: impl FnMut(&mut Self) -> bool) -> bool {
        let start = Instant::now();
        while !over(self) {
            if start.elapsed() > patience {
                return false;
            }
            std::thread::sleep(PAUSE);
        }
        true
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = Group::of(&self.child);
        if !self.has_ended() {
            group.end();
            self.wait(PATIENCE, Self::has_ended);
        }
        if !self.wait(AFTERLIFE, |_| !group.lives()) {
            group.kill();
        }
        if !self.has_ended() {
            group.kill();
            drop(self.child.wait());
        }
    }
}

/// All processes that one of ours has started.
#[cfg(unix)]
struct Group(Option<rustix::process::Pid>);

#[cfg(unix)]
impl Group {
    fn of(child: &Child) -> Self {
        Self(i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw))
    }

    fn signal(&self, signal: rustix::process::Signal) {
        if let Some(leader) = self.0 {
            // It fails where nobody is left to be told.
            let _ = rustix::process::kill_process_group(leader, signal);
        }
    }

    fn end(&self) {
        self.signal(rustix::process::Signal::TERM);
    }

    fn kill(&self) {
        self.signal(rustix::process::Signal::KILL);
    }

    fn lives(&self) -> bool {
        self.0.is_some_and(|leader| rustix::process::test_kill_process_group(leader).is_ok())
    }
}

/// All processes that one of ours has started.
#[cfg(not(unix))]
struct Group(u32);

#[cfg(not(unix))]
impl Group {
    fn of(child: &Child) -> Self {
        Self(child.id())
    }

    fn end(&self) {
        let mut command = Command::new("taskkill");
        command.args(["/T", "/F", "/PID", &self.0.to_string()]);
        drop(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status());
    }

    fn kill(&self) {
        self.end();
    }

    fn lives(&self) -> bool {
        false
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::Command;
    use std::time::{Duration, Instant};

    use super::Process;

    fn lives(pid: &str) -> bool {
        std::fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty())
    }

    /// The shell ends at once, or only when it is killed; what it started goes with it.
    #[test]
    fn what_a_process_has_started_ends_with_it() {
        for rest in ["exit 0", "trap '' TERM; wait"] {
            let folder = tempfile::TempDir::new().unwrap();
            let file = folder.path().join("pid");
            let script = format!("sleep 600 & echo $! > {}; {rest}", file.display());
            let process = Process::start(Command::new("sh").args(["-c", &script])).unwrap();
            let start = Instant::now();
            let pid = loop {
                match std::fs::read_to_string(&file) {
                    Ok(text) if text.ends_with('\n') => break text.trim().to_owned(),
                    _ if start.elapsed() > Duration::from_secs(20) => panic!("no child"),
                    _ => std::thread::sleep(Duration::from_millis(10)),
                }
            };
            // It has no command line in the moment in which it becomes the other program.
            while !lives(&pid) {
                assert!(start.elapsed() < Duration::from_secs(20), "{rest}: {pid} does not live");
                std::thread::sleep(Duration::from_millis(10));
            }
            drop(process);
            let start = Instant::now();
            while lives(&pid) {
                assert!(start.elapsed() < Duration::from_secs(20), "{rest}: {pid} lives on");
                std::thread::sleep(Duration::from_millis(10));
            }
        }
    }
}
