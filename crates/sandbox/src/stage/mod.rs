//! The program between the sandbox and what runs in it: sets limits, gives up rights, and becomes
//! the program; or, where there is no namespace to end them all, stays and buries its children.

mod landlock;
mod order;
mod supervise;

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use rustix::process::{Resource, Rlimit, setpriority_process, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities};

pub(crate) use landlock::is_there as has_landlock;
pub(crate) use order::Order;

use crate::filter;

/// What the stage ends with if it could not become the program.
pub(crate) const FAILED: u8 = 125;
/// What stands before its reason on stderr.
pub(crate) const MARK: &str = "stratapi-stage: ";

/// Does what it is told, and returns only if that was not possible or if it supervised.
pub(crate) fn run(arguments: Vec<OsString>) -> u8 {
    let done = Order::parse(arguments).and_then(|order| {
        if order.supervise { supervise::run(&order) } else { Err(become_program(&order)) }
    });
    done.unwrap_or_else(|reason| {
        use std::io::Write as _;
        // Without stderr there is nobody to tell.
        drop(writeln!(io::stderr(), "{MARK}{reason}"));
        FAILED
    })
}

/// Returns the reason why it could not.
fn become_program(order: &Order) -> String {
    let Some((program, arguments)) = order.command.split_first() else {
        return "no program was given".to_owned();
    };
    if let Err(reason) = prepare(order) {
        return reason;
    }
    let error = Command::new(program).args(arguments).exec();
    format!("cannot start {}: {error}", Path::new(program).display())
}

fn prepare(order: &Order) -> Result<(), String> {
    // A descriptor that somebody above us left open is a way out.
    close_fds::set_fds_cloexec(3, &[]);
    if let Some((from, to)) = &order.copy {
        copy(from, to).map_err(|error| format!("cannot copy the project: {error}"))?;
    }
    if let Some(folder) = &order.folder {
        std::env::set_current_dir(folder)
            .map_err(|error| format!("cannot enter {}: {error}", folder.display()))?;
    }
    limit(order)?;
    if order.landlock {
        let program = filter::program(true)?;
        landlock::restrict(order)?;
        give_up_rights()?;
        seccompiler::apply_filter(&program).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// What root may do beyond the files that it owns. Nothing that we start gets it back.
fn give_up_rights() -> Result<(), String> {
    let none = CapabilitySet::empty();
    let sets = CapabilitySets { effective: none, permitted: none, inheritable: none };
    set_capabilities(None, sets).map_err(|error| format!("cannot give up rights: {error}"))
}

fn limit(order: &Order) -> Result<(), String> {
    let nice = i32::try_from(order.nice).unwrap_or(i32::MAX);
    setpriority_process(None, nice).map_err(|error| format!("cannot stand back: {error}"))?;
    let cpu = order.cpu.saturating_add(1);
    let mut limits = vec![
        // Private memory; what is only reserved costs nothing and may be more.
        (Resource::Data, order.memory),
        (Resource::As, order.memory.saturating_mul(8)),
        (Resource::Fsize, order.file),
        (Resource::Core, 0),
        (Resource::Cpu, cpu),
        (Resource::Nofile, 1024),
        (Resource::Memlock, 8 << 20),
    ];
    if let Some(processes) = order.processes {
        limits.push((Resource::Nproc, processes));
    }
    for (resource, value) in limits {
        let before = rustix::process::getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let value = Some(value.min(before));
        setrlimit(resource, Rlimit { current: value, maximum: value })
            .map_err(|error| format!("cannot set the limit {resource:?}: {error}"))?;
    }
    Ok(())
}

/// Copies folders and files, so that they can be written.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::write(&target, fs::read(entry.path())?)?;
        }
    }
    Ok(())
}
