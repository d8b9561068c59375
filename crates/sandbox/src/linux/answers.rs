//! Answers of calls that have nothing to do with a project, kept for later judgements in the same
//! environment. Nothing here runs a call.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustix::fs::{Timespec, Timestamps, UTIME_NOW, futimens};
use stratapi_qa::ToolCall;

use crate::program::Python;

/// Answers that are kept: of this many environments, as a rule.
const MOST: usize = 8;
/// The end of their names.
const ENDING: &str = "answer";

/// Where the answer of a call is kept. An environment that was made anew or got other packages has
/// another one.
pub(super) fn place(folder: &Path, python: &Python, call: &ToolCall) -> io::Result<PathBuf> {
    let mut key = vec![format!("{call:?}")];
    let mut parts = vec![python.executable().to_owned()];
    parts.extend(python.executable().ancestors().nth(2).map(|it| it.join("pyvenv.cfg")));
    parts.extend(python.packages());
    for path in parts {
        // Nobody but the kernel decides about the time of the last change of a node.
        let node = match path.symlink_metadata() {
            Ok(found) => (found.dev(), found.ino(), found.ctime(), found.ctime_nsec()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        key.push(format!("{} {node:?}", path.display()));
    }
    Ok(folder.join(format!("{}.{ENDING}", blake3::hash(key.join("\n").as_bytes()).to_hex())))
}

/// Whether the answer is there; it counts as used now.
pub(super) fn known(place: &Path) -> bool {
    let Ok(file) = File::options().append(true).open(place) else { return false };
    let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
    futimens(&file, &Timestamps { last_access: now, last_modification: now }).is_ok()
}

/// Keeps an answer, and forgets those that were not used for longest.
pub(super) fn keep(place: &Path, answer: &[u8]) -> io::Result<()> {
    let folder = place.parent().unwrap_or(place);
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(answer)?;
    file.persist(place)?;
    let mut all: Vec<(SystemTime, PathBuf)> = fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == ENDING))
        .filter_map(|path| Some((path.metadata().ok()?.modified().ok()?, path)))
        .collect();
    all.sort();
    let surplus = all.len().saturating_sub(MOST);
    for (_, path) in all.drain(..surplus) {
        fs::remove_file(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{MOST, keep, known};

    #[test]
    fn the_last_used_are_kept() {
        let within = tempfile::TempDir::new().unwrap();
        let folder = within.path().join("answers");
        let place = |number: usize| folder.join(format!("{number}.answer"));
        for number in 0..=MOST {
            keep(&place(number), b"x").unwrap();
            assert!(known(&place(0)), "{number}");
        }
        assert!(!known(&place(1)), "nobody has asked for it since");
        assert!(known(&place(MOST)));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), MOST);
    }
}
