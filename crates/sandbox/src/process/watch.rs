//! Watches a running program and ends it, with all that it started, where it goes out of bounds.

use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use stratapi_qa::{Ended, Limits};

use super::table::{self, Table};

/// How often a program is looked at; less often where looking takes long.
const LOOK: Duration = Duration::from_millis(20);
const SELDOM: Duration = Duration::from_millis(100);
/// How often its files are counted.
const COUNT: Duration = Duration::from_millis(200);
/// Processes of ours between the one that is started and the program.
const OWN: u32 = 1;
/// Most files and folders: each costs memory of the kernel, however short it is.
const FILES: u64 = 20_000;
/// How long everything may take to be gone, once it was killed.
const BURIAL: Duration = Duration::from_millis(1500);

/// What stands above the program and ends all of it.
pub(crate) enum Root {
    /// The first process of its namespace: with it, the kernel ends all others. And the work folder,
    /// as it is reached through that process.
    Namespace(Option<(OwnedFd, PathBuf)>),
    /// Our own supervisor, to whom orphans come; and the work folder, which nothing else bounds.
    Supervisor(PathBuf),
}

impl Root {
    /// The first process of a namespace, by its number out here, and its work folder, as it sees it.
    pub(crate) fn namespace(pid: Option<i32>, work: &str) -> Self {
        let handle = pid.and_then(Pid::from_raw).and_then(handle);
        let seen = pid.map(|pid| PathBuf::from(format!("/proc/{pid}/root{work}")));
        Self::Namespace(handle.zip(seen))
    }

    fn kill(&self, child: &mut Child) {
        match self {
            Self::Namespace(Some((init, _))) => drop(pidfd_send_signal(init, Signal::KILL)),
            Self::Namespace(None) => drop(child.kill()),
            Self::Supervisor(_) => {
                table::kill_descendants(pid(child));
            }
        }
    }

    /// Waits until nothing of it is left.
    fn bury(&self, child: &mut Child) -> Option<ExitStatus> {
        let start = Instant::now();
        loop {
            if let Ok(Some(status)) = child.try_wait() {
                if let Self::Namespace(Some((init, _))) = self {
                    has_ended(init, BURIAL);
                }
                return Some(status);
            }
            if start.elapsed() > BURIAL {
                drop(child.kill());
                return child.wait().ok();
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

/// Waits for the end of a program. What it returns first is why it was ended, if it was.
pub(crate) fn watch(
    child: &mut Child,
    root: &Root,
    limits: &Limits,
) -> (Option<Ended>, Option<ExitStatus>) {
    let start = Instant::now();
    let own = handle_of(child);
    let mut counted = Instant::now();
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            if matches!(root, Root::Namespace(_)) {
                root.kill(child);
            }
            root.bury(child);
            return (None, Some(status));
        }
        let left = limits.time.saturating_sub(start.elapsed());
        let look = Instant::now();
        let cause = if left.is_zero() {
            Some(Ended::TimedOut)
        } else {
            excess(pid(child), root, limits, &mut counted).map(Ended::OutOfBounds)
        };
        if cause.is_some() {
            root.kill(child);
            return (cause, root.bury(child));
        }
        let pause = LOOK.max(look.elapsed() * 10).min(SELDOM).min(left);
        match &own {
            Some(own) => drop(has_ended(own, pause)),
            None => std::thread::sleep(pause.min(Duration::from_millis(2))),
        }
    }
}

/// What a program has too much of, if anything.
fn excess(top: i32, root: &Root, limits: &Limits, counted: &mut Instant) -> Option<String> {
    let table = Table::read();
    let all = table.descendants(top);
    let usage = table.usage(&all);
    if usage.processes.saturating_sub(OWN) > limits.processes {
        return Some(format!("more than {} processes", limits.processes));
    }
    if usage.resident > limits.memory && table::proportional(&all) > limits.memory {
        return Some(format!("more than {} MiB of memory", limits.memory >> 20));
    }
    if counted.elapsed() > COUNT {
        *counted = Instant::now();
        return excess_of_files(&all, root, limits);
    }
    None
}

fn excess_of_files(all: &[i32], root: &Root, limits: &Limits) -> Option<String> {
    let files = match root {
        // Its size is bounded by the file system.
        Root::Namespace(Some((_, work))) => {
            rustix::fs::statvfs(work).map_or(0, |it| it.f_files.saturating_sub(it.f_ffree))
        }
        Root::Namespace(None) => 0,
        Root::Supervisor(work) => {
            let (bytes, files) = size(work);
            if bytes + deleted(all) > limits.disk {
                return Some(format!("more than {} MiB of files", limits.disk >> 20));
            }
            files
        }
    };
    (files > FILES).then(|| format!("more than {FILES} files"))
}

/// The bytes of all files below a folder, and how many there are.
fn size(folder: &Path) -> (u64, u64) {
    let mut sum = (0, 0);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(data) = entry.metadata() else { continue };
        let inner = if data.is_dir() { size(&entry.path()) } else { (on_disk(&data), 0) };
        sum = (sum.0 + inner.0, sum.1 + inner.1 + 1);
    }
    sum
}

/// The bytes of files that are open and have no name any more.
fn deleted(pids: &[i32]) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    let of = |pid: &i32| {
        let entries = std::fs::read_dir(format!("/proc/{pid}/fd")).ok()?;
        let open = entries.flatten().filter_map(|entry| std::fs::metadata(entry.path()).ok());
        Some(open.filter(|it| it.is_file() && it.nlink() == 0).map(|it| on_disk(&it)).sum::<u64>())
    };
    pids.iter().filter_map(of).sum()
}

fn on_disk(data: &std::fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    data.blocks() * 512
}

fn pid(child: &Child) -> i32 {
    i32::try_from(child.id()).unwrap_or(i32::MAX)
}

fn handle_of(child: &Child) -> Option<OwnedFd> {
    handle(Pid::from_raw(pid(child))?)
}

fn handle(pid: Pid) -> Option<OwnedFd> {
    pidfd_open(pid, PidfdFlags::empty()).ok()
}

/// Whether a process has ended, or ends within this time.
fn has_ended(process: &OwnedFd, patience: Duration) -> bool {
    let patience = Timespec {
        tv_sec: i64::try_from(patience.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(patience.subsec_nanos()),
    };
    let mut fds = [PollFd::new(process, PollFlags::IN)];
    poll(&mut fds, Some(&patience)).is_ok_and(|count| count > 0)
}
