//! The folder that is kept for all calls of a judgement, and the end of those whose judge was killed.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::settings::Settings;
use crate::{bubblewrap, filter, snapshot};

/// What the names of such folders begin with.
const PREFIX: &str = "stratapi-judge-";
/// Where files stand in memory.
pub(crate) const MEMORY: &str = "/dev/shm";
/// Held locked by whoever uses the folder. A lock ends with its process, however that ends.
const LOCK: &str = "lock";

/// A folder of ours, with the copy of the project and all that calls have in common.
#[derive(Debug)]
pub(crate) struct Kept {
    folder: TempDir,
    _lock: File,
    memory: OnceLock<Option<(TempDir, File)>>,
}

impl Kept {
    pub(super) fn new(settings: &Settings) -> Result<Self, String> {
        let failed = |error: io::Error| format!("a folder for the sandbox: {error}");
        let within = std::env::temp_dir();
        remove_leftovers(&within);
        let (folder, lock) = locked(&within).map_err(failed)?;
        let kept = Self { folder, _lock: lock, memory: OnceLock::new() };
        let etc = kept.etc();
        fs::create_dir(&etc).map_err(failed)?;
        for (name, text) in bubblewrap::OWN_ETC {
            fs::write(etc.join(name), text).map_err(failed)?;
        }
        let program = filter::program(false)?;
        fs::write(kept.filter(), filter::bytes(&program)).map_err(failed)?;
        snapshot::copy(&settings.project, &kept.project())
            .map_err(|error| format!("cannot copy `{}`: {error}", settings.project.display()))?;
        Ok(kept)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The copy of the project.
    pub(crate) fn project(&self) -> PathBuf {
        self.path("project")
    }

    pub(crate) fn etc(&self) -> PathBuf {
        self.path("etc")
    }

    pub(crate) fn filter(&self) -> PathBuf {
        self.path("filter")
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A folder in memory, where there is one.
    pub(crate) fn memory(&self) -> Option<&Path> {
        let made = self.memory.get_or_init(|| {
            let within = Path::new(MEMORY);
            remove_leftovers(within);
            locked(within).ok()
        });
        made.as_ref().map(|(folder, _)| folder.path())
    }
}

/// A new folder with its lock. Another run may take a folder for a leftover between the two steps:
/// then there is another one.
fn locked(within: &Path) -> io::Result<(TempDir, File)> {
    loop {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(within)?;
        let Ok(lock) = File::create_new(folder.path().join(LOCK)) else { continue };
        if lock.try_lock().is_ok() && folder.path().join(LOCK).exists() {
            return Ok((folder, lock));
        }
    }
}

/// Removes the folders of those who were killed: ours, and locked by nobody. What can't be removed
/// stays, to be tried again by the next run.
fn remove_leftovers(within: &Path) {
    let Ok(entries) = fs::read_dir(within) else { return };
    let ours = entries.flatten().filter(|entry| {
        let is_named = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let user = rustix::process::geteuid().as_raw();
        is_named && entry.metadata().is_ok_and(|it| it.is_dir() && it.uid() == user)
    });
    for folder in ours.map(|entry| entry.path()) {
        let lock = File::open(folder.join(LOCK));
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            drop(fs::remove_dir_all(folder));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{LOCK, locked, remove_leftovers};

    #[test]
    fn folders_of_the_killed_are_removed_and_those_in_use_are_not() {
        let within = tempfile::TempDir::new().unwrap();
        let (used, lock) = locked(within.path()).unwrap();
        let (left, end) = locked(within.path()).unwrap();
        let left = left.keep();
        fs::create_dir(left.join("project")).unwrap();
        fs::write(left.join("project/main.py"), "x").unwrap();
        let foreign = within.path().join("stratapi-of-somebody");
        fs::create_dir(&foreign).unwrap();
        fs::write(foreign.join(LOCK), "").unwrap();
        remove_leftovers(within.path());
        assert!(left.exists() && used.path().exists(), "both are in use");
        drop(end);
        remove_leftovers(within.path());
        assert!(!left.exists(), "its process is gone");
        assert!(used.path().exists() && foreign.exists());
        drop(lock);
    }
}
