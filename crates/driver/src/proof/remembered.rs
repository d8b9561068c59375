//! What was proved in a folder, so that it is not proved again. It may be forgotten at the cost of
//! time.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where it is kept, below the project's folder.
const FILE: &str = ".stratapi/proved.json";

/// The hashes of what was proved.
pub(super) fn load(target: &Path) -> BTreeSet<String> {
    let bytes = std::fs::read(path(target)).ok();
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Keeps the hashes of what was proved. A folder that no build has written is left as it is.
pub(super) fn store(target: &Path, proved: &BTreeSet<String>) {
    let path = path(target);
    if *proved == load(target) || !path.parent().is_some_and(Path::is_dir) {
        return;
    }
    if let Ok(bytes) = serde_json::to_vec(proved) {
        drop(std::fs::write(path, bytes));
    }
}

fn path(target: &Path) -> PathBuf {
    target.join(FILE)
}
