//! One build at a time in one folder. The system drops the lock with the process, so that none is
//! ever left over.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use stratapi_diagnostics::{Code, Diagnostic};

use super::state::{FOLDER, LOCK};
use super::{Outcome, Root, failed};

/// Held while a build writes.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock or says at once who has it.
    pub(super) fn take(root: &Root) -> Outcome<Self> {
        let path = root.join(LOCK);
        refuse_link(root)?;
        let file = open(root, &path).map_err(|error| failed(&path, &error))?;
        match file.try_lock() {
            Ok(()) => {
                sign(&file).map_err(|error| failed(&path, &error))?;
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(busy(root, file)),
            Err(TryLockError::Error(error)) => Err(failed(&path, &error)),
        }
    }
}

fn open(root: &Root, path: &Path) -> io::Result<File> {
    fs::create_dir_all(root.join(FOLDER))?;
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

fn sign(mut file: &File) -> io::Result<()> {
    file.set_len(0)?;
    file.write_all(std::process::id().to_string().as_bytes())
}

fn refuse_link(root: &Root) -> Outcome<()> {
    for path in [FOLDER, LOCK] {
        if fs::symlink_metadata(root.join(path)).is_ok_and(|found| found.is_symlink()) {
            return Err(super::link_out(path));
        }
    }
    Ok(())
}

fn busy(root: &Root, mut file: File) -> Box<Diagnostic> {
    let mut holder = String::new();
    let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_string(&mut holder));
    let who = match (read, holder.trim()) {
        (Ok(_), pid) if !pid.is_empty() => format!("process {pid}"),
        _ => "another process".to_owned(),
    };
    let folder = root.join("");
    Box::new(
        Diagnostic::error(Code::E0905, format!("{who} is building into `{}`", folder.display()))
            .help("wait until it is done, then run the command again"),
    )
}
