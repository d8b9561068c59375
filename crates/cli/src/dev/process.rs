//! A process with all that it starts: stopped together, and whenever we stop.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::Interrupt;

/// How long a process may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(5);
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

    fn signal_group(&self, name: &str) {
        let id = self.child.id();
        let mut command = if cfg!(windows) {
            let mut command = Command::new("taskkill");
            command.args(["/T", "/F", "/PID", &id.to_string()]);
            command
        } else {
            let mut command = Command::new("kill");
            command.args(["-s", name, "--", &format!("-{id}")]);
            command
        };
        drop(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.has_ended() {
            return;
        }
        self.signal_group("TERM");
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self.has_ended() {
                return;
            }
            std::thread::sleep(PAUSE);
        }
        self.signal_group("KILL");
        drop(self.child.wait());
    }
}
