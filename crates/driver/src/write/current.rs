//! Is the folder what a build of these inputs would make it? Asked before compiling; the answer
//! `None` costs only the time of a build.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use stratapi_ir::World;

use super::filesystem::{Disk, FileSystem as _, Kind};
use super::state::{self, INPUTS, JOURNAL, MANIFEST};
use super::survey::Known;
use super::{Manifest, Outcome, Root, known, put};
use crate::compile::{Build, Summary};
use crate::inputs::Inputs;

/// What made the folder.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    compiler: String,
    entry: String,
    /// Where the application's file stands, for whoever has the folder only.
    #[serde(default)]
    location: Option<PathBuf>,
    inputs: Inputs,
    manifest: state::Hash,
    entities: usize,
    files: Vec<usize>,
    bytes: usize,
}

/// What a build of `entry` would come to, if the folder is already what it would make.
///
/// `compiler` tells compilers apart that are not alike: the answer is for the same one only. A
/// build that had something to say is never current, so that it says it again.
pub fn current(world: &dyn World, entry: &str, target: &Path, compiler: &str) -> Option<Summary> {
    let root = Root::find(target).ok()??;
    let record: Record = state::load(&Disk, &root, INPUTS).ok()??;
    if record.compiler != compiler || record.entry != entry || !record.inputs.hold_in(world) {
        return None;
    }
    let manifest = Disk.read(&root.join(MANIFEST)).ok()?;
    let interrupted = Disk.stat(&root.join(JOURNAL)).ok()?.is_some();
    if interrupted || state::hash(&manifest) != record.manifest {
        return None;
    }
    let known = known(&Disk, &root).ok()?;
    is_untouched(&root, &known)
        .then(|| Summary::from_parts(record.entities, &record.files, record.bytes))
}

/// Notes what the folder was made from, for [`current`]. To be called after a write of the build
/// that had nothing to say.
pub fn remember_inputs(
    build: &Build,
    (entry, location): (&str, &Path),
    target: &Path,
    compiler: &str,
) -> Outcome<()> {
    let Some(root) = Root::find(target)? else { return Ok(()) };
    let path = root.join(MANIFEST);
    let manifest = Disk.read(&path).map_err(|error| super::failed(&path, &error))?;
    let record = Record {
        compiler: compiler.to_owned(),
        entry: entry.to_owned(),
        location: location.canonicalize().ok(),
        inputs: build.inputs.clone(),
        manifest: state::hash(&manifest),
        entities: build.summary.entities,
        files: build.summary.files.values().copied().collect(),
        bytes: build.summary.bytes,
    };
    let before: Option<Record> = state::load(&Disk, &root, INPUTS).unwrap_or_default();
    if before.as_ref() == Some(&record) {
        return Ok(());
    }
    put(&Disk, &root, INPUTS, &state::print(&record, false))
}

/// Where the application's file stands that a folder was built from, as far as that is remembered
/// and still true.
pub fn application_of(target: &Path) -> Option<PathBuf> {
    let root = Root::find(target).ok()??;
    let record: Record = state::load(&Disk, &root, INPUTS).ok()??;
    record.location.filter(|location| location.is_file())
}

/// Notes which files of a judged tree still hold what a build wrote.
pub(crate) fn note_written(target: &Path, tree: &mut stratapi_qa::Tree) {
    let Ok(Some(root)) = Root::find(target) else { return };
    let Ok(Some(manifest)) = state::load::<Manifest>(&Disk, &root, MANIFEST) else { return };
    for (path, hash) in manifest.files {
        if let Some(text) = tree.text(&path) {
            let untouched = state::hash(text.as_bytes()) == hash;
            tree.note_written(path, untouched);
        }
    }
}

/// Whether every file of the manifest is as it was written, by its numbers alone where they tell.
fn is_untouched(root: &Root, known: &Known) -> bool {
    known.manifest.files.par_iter().all(|(path, hash)| {
        let full = root.join(path);
        match Disk.stat(&full) {
            Ok(Some((Kind::File, stat))) => {
                known.trusted(path, &stat).is_some()
                    || Disk.read(&full).is_ok_and(|bytes| state::hash(&bytes) == *hash)
            }
            _ => false,
        }
    })
}
