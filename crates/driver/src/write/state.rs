//! What the writer remembers in `.stratapi/`: the manifest of its files, a cache of their numbers,
//! and the journal of a move under way. Only the manifest is worth committing to a repository.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use super::Root;
use super::filesystem::{FileSystem, Stat};

/// Folder of the writer below the project's root.
pub(super) const FOLDER: &str = ".stratapi";
/// What the compiler wrote last.
pub(super) const MANIFEST: &str = ".stratapi/manifest.json";
/// The next manifest, until everything else is in place.
pub(super) const NEXT_MANIFEST: &str = ".stratapi/manifest.next.json";
/// Numbers of the files, so that most need not be read again.
pub(super) const CACHE: &str = ".stratapi/cache.json";
/// What the last build was made from, if it had nothing to say.
pub(super) const INPUTS: &str = ".stratapi/inputs.json";
/// Moves that have been decided.
pub(super) const JOURNAL: &str = ".stratapi/journal.json";
/// The journal while it is being written.
pub(super) const NEXT_JOURNAL: &str = ".stratapi/journal.next.json";
/// New files before they are moved.
pub(super) const STAGE: &str = ".stratapi/stage";
/// What `--force` replaced.
pub(super) const BACKUP: &str = ".stratapi/backup";
/// Keeps all but the manifest out of version control.
pub(super) const IGNORE: &str = ".stratapi/.gitignore";
/// The lock, held while a build writes.
pub(super) const LOCK: &str = ".stratapi/lock";

/// A blake3 hash in hexadecimal digits.
pub(super) type Hash = String;

/// The hash of a text.
pub(super) fn hash(bytes: &[u8]) -> Hash {
    blake3::hash(bytes).to_hex().to_string()
}

/// Which files are ours, and what we wrote into them. The same for the same tree, on every machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub(super) struct Manifest {
    /// Version of this format.
    pub(super) version: u32,
    /// Version of the compiler that wrote the tree.
    pub(super) compiler: String,
    /// Hash by path.
    pub(super) files: BTreeMap<String, Hash>,
}

/// What may be forgotten at the cost of time.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Cache {
    /// Numbers by path, taken when the content was that of the manifest.
    pub(super) files: BTreeMap<String, Stat>,
}

/// A move that has been decided: whoever finds it completes it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Staged files by path.
    pub(super) place: BTreeMap<String, Place>,
    /// Hashes of files that go, by path.
    pub(super) remove: BTreeMap<String, Hash>,
}

/// What happens to the file at the path of a staged one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Place {
    /// Hash of the present content; anything else is a person's and stays.
    pub(super) old: Option<Hash>,
    /// Hash of the new content.
    pub(super) new: Hash,
    /// Path to which the present content is moved first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) backup: Option<String>,
}

/// Reads a file of the state; one that is absent or malformed counts as absent.
pub(super) fn load<T: for<'a> Deserialize<'a>>(
    files: &dyn FileSystem,
    root: &Root,
    path: &str,
) -> io::Result<Option<T>> {
    let path = root.join(path);
    match files.stat(&path)? {
        Some((super::Kind::File, _)) => Ok(serde_json::from_slice(&files.read(&path)?).ok()),
        _ => Ok(None),
    }
}

/// The bytes of a file of the state.
pub(super) fn print<T: Serialize>(value: &T, pretty: bool) -> Vec<u8> {
    let printed = if pretty { serde_json::to_vec_pretty(value) } else { serde_json::to_vec(value) };
    let mut bytes = printed.unwrap_or_else(|e| stratapi_diagnostics::bug!("state: {e}"));
    bytes.push(b'\n');
    bytes
}
