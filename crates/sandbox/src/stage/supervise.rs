//! Stays above a program: whatever it leaves behind comes to us and is ended.

use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{
    Pid, Signal, WaitOptions, getpid, getppid, kill_process_group, set_child_subreaper, wait,
};

use super::Order;
use crate::process::{Table, kill_descendants};

const PAUSE: Duration = Duration::from_millis(5);

/// Runs the rest of an order in a child and returns its code; 128 and more for a signal.
pub(super) fn run(order: &Order) -> Result<u8, String> {
    set_child_subreaper(Some(getpid())).map_err(|error| error.to_string())?;
    let own = getpid().as_raw_nonzero().get();
    let inner = Order { supervise: false, caller: None, ..order.clone() };
    let stage = std::env::current_exe().map_err(|error| error.to_string())?;
    let before: Vec<_> = std::env::args_os().skip(1).collect();
    let given = before.len().saturating_sub(order.arguments().len());
    let child = Command::new(stage)
        .args(&before[..given])
        .args(inner.arguments())
        .stdin(Stdio::inherit())
        .process_group(0)
        .spawn()
        .map_err(|error| error.to_string())?;
    let main = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let mut code = None;
    loop {
        while let Ok(Some((pid, status))) = wait(WaitOptions::NOHANG) {
            if Some(pid) == main {
                let number =
                    status.exit_status().or_else(|| Some(128 + status.terminating_signal()?));
                code = Some(number.and_then(|number| u8::try_from(number).ok()).unwrap_or(u8::MAX));
            }
        }
        let abandoned = order.caller.is_some_and(|caller| {
            getppid().is_none_or(|parent| parent.as_raw_nonzero().get() != caller)
        });
        if code.is_some() || abandoned {
            if let Some(main) = main {
                // It fails where nobody is left.
                let _ = kill_process_group(main, Signal::KILL);
            }
            kill_descendants(own);
            while let Ok(Some(_)) = wait(WaitOptions::NOHANG) {}
            if abandoned {
                // Nobody else does it any more.
                order.write.iter().for_each(|folder| drop(std::fs::remove_dir_all(folder)));
            }
            if Table::read().descendants(own).is_empty() || abandoned {
                return Ok(code.unwrap_or(u8::MAX));
            }
        }
        std::thread::sleep(PAUSE);
    }
}
