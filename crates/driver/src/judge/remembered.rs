//! What the last judgement that found nothing was about, so that the next one need look only at
//! what has changed. It may be forgotten at the cost of time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use stratapi_qa::Report;

use super::{Request, differing};

/// Where it is kept, below the project's folder.
const FILE: &str = ".stratapi/judged.json";

#[derive(Serialize, Deserialize)]
struct Judged {
    compiler: String,
    level: String,
    input_hash: String,
    /// Another Python or another server may come to another verdict on the same files.
    versions: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

/// Paths of the files that have changed; `None` if everything must be looked at: nothing is
/// remembered, or it was another compiler, another application, or a lower level.
pub(super) fn changed(
    request: &Request<'_>,
    input_hash: &str,
    versions: &BTreeMap<String, String>,
    files: &BTreeMap<String, String>,
) -> Option<BTreeSet<String>> {
    let bytes = std::fs::read(path(request)).ok()?;
    let judged: Judged = serde_json::from_slice(&bytes).ok()?;
    let same = judged.compiler == request.compiler
        && judged.level == request.level.name()
        && judged.input_hash == input_hash
        && judged.versions == *versions;
    same.then(|| differing(&judged.files, files))
}

/// Remembers a judgement that found nothing. Where that is not possible, the next one takes longer.
pub(super) fn remember(
    request: &Request<'_>,
    input_hash: &str,
    files: BTreeMap<String, String>,
    report: &Report,
) {
    let path = path(request);
    // A folder that no build has written is left as it is.
    if !report.passed() || !path.parent().is_some_and(std::path::Path::is_dir) {
        return;
    }
    let judged = Judged {
        compiler: request.compiler.to_owned(),
        level: request.level.name().to_owned(),
        input_hash: input_hash.to_owned(),
        versions: report.facts.versions.clone(),
        files,
    };
    if let Ok(bytes) = serde_json::to_vec(&judged) {
        drop(std::fs::write(path, bytes));
    }
}

fn path(request: &Request<'_>) -> PathBuf {
    request.folder.join(FILE)
}
