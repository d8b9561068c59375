//! Puts a tree into a folder: all of it or, for whoever looks after the next run, nothing.
//!
//! Everything is staged in `.stratapi/stage`, on the same file system. A journal is the point of no
//! return: a process that is killed before it leaves the old tree, one that is killed after it
//! leaves a move that the next run completes. Nothing waits for the disk (no fsync): a killed
//! process loses nothing, a power failure may leave files empty; those differ from the manifest and
//! are reported as edited ones.
//!
//! Only files of the manifest are replaced or removed, and only while their content is what was
//! written. An edited file stays as long as the build would not change it. Links below the root are never followed.

mod current;
pub mod filesystem;
mod lock;
mod place;
mod root;
mod state;
mod survey;
mod unified;

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use stratapi_diagnostics::{Checked, Code, Diagnostic};
use stratapi_plan::ArtifactTree;

pub(crate) use current::note_written;
pub use current::{application_of, current, remember_inputs};
use filesystem::{Disk, FileSystem, Kind};
use lock::Lock;
use root::Root;
use state::{BACKUP, CACHE, Cache, FOLDER, JOURNAL, Journal, MANIFEST, Manifest, Place, STAGE};
use survey::{Known, Survey, Wanted};

/// Keeps everything but the manifest out of version control.
const IGNORE_TEXT: &[u8] = b"*\n!.gitignore\n!manifest.json\n";

type Outcome<T> = Result<T, Box<Diagnostic>>;

/// How to write.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteOptions {
    /// Replace our files that a person has changed, and keep copies under `.stratapi/backup/`.
    pub force: bool,
}

/// What a write did, or would do. Paths are relative to the root, in ascending order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New files.
    pub created: Vec<String>,
    /// Files with new content.
    pub replaced: Vec<String>,
    /// Files that are no longer part of the project.
    pub removed: Vec<String>,
    /// Files that are no longer part of the project, but that a person has changed: they stay.
    pub kept: Vec<String>,
    /// Files that a person has changed and that this build would not change: the edits stay.
    pub edited: Vec<String>,
    /// Copies of files that `force` replaced.
    pub backups: Vec<String>,
    /// How many files were as they shall be.
    pub unchanged: usize,
    /// Whether a build that had been killed was completed first.
    pub recovered: bool,
}

impl Changes {
    /// Whether there was nothing to do.
    pub fn is_empty(&self) -> bool {
        self.created.is_empty() && self.replaced.is_empty() && self.removed.is_empty()
    }
}

/// Makes the folder at `target` hold the tree.
///
/// Refuses as a whole, and changes nothing, if a file that it would replace was changed by hand
/// (`E0903`), was not written by Stratapi (`E0904`) or lies behind a link (`E0906`), and if another
/// process is writing (`E0905`). An I/O error is `E0902`; the next write completes what was begun.
pub fn write(tree: &ArtifactTree, target: &Path, options: WriteOptions) -> Checked<Changes> {
    write_with(&Disk, tree, target, options)
}

/// [`write`] on another file system; tests use one that fails.
pub fn write_with(
    files: &dyn FileSystem,
    tree: &ArtifactTree,
    target: &Path,
    options: WriteOptions,
) -> Checked<Changes> {
    finish(try_write(files, tree, target, options))
}

/// What [`write`] would do, with `force` where files were edited. Changes nothing, not even the lock.
pub fn preview(tree: &ArtifactTree, target: &Path, options: WriteOptions) -> Checked<Changes> {
    finish(try_preview(tree, target, options))
}

/// The changes that [`write`] would make, as a unified diff; binary files by name only.
pub fn diff(tree: &ArtifactTree, target: &Path, changes: &Changes) -> String {
    unified::print(tree, target, changes)
}

fn finish(outcome: Result<Changes, Vec<Diagnostic>>) -> Checked<Changes> {
    match outcome {
        Ok(changes) => Checked::ok(changes),
        Err(diagnostics) => Checked::failed(diagnostics),
    }
}

fn try_write(
    files: &dyn FileSystem,
    tree: &ArtifactTree,
    target: &Path,
    options: WriteOptions,
) -> Result<Changes, Vec<Diagnostic>> {
    let wanted = wanted(tree).map_err(one)?;
    let root = match Root::find(target).map_err(one)? {
        Some(root) => {
            refuse_untouched(files, &root, &wanted)?;
            root
        }
        None => Root::create(target, files).map_err(one)?,
    };
    let _lock = Lock::take(&root).map_err(one)?;
    let recovered = place::recover(files, &root).map_err(one)?;
    let known = known(files, &root).map_err(one)?;
    let survey = look(files, &root, &wanted, &known, options)?;
    let manifest = manifest(&wanted);
    let mut changes = summary(&survey, recovered);
    if survey.is_clean() && manifest == known.manifest {
        remember(files, &root, &manifest, &survey, Some(&known)).map_err(one)?;
        return Ok(changes);
    }
    let journal = journal(files, &root, &wanted, &survey).map_err(one)?;
    changes.backups = journal.place.values().filter_map(|place| place.backup.clone()).collect();
    let skipped = match stage(files, &root, &wanted, &manifest, &journal) {
        Ok(()) => place::complete(files, &root, &journal).map_err(one)?,
        Err(error) => {
            // Best effort: the next run clears the same traces away.
            drop(place::clear_up(files, &root));
            return Err(one(error));
        }
    };
    if !skipped.is_empty() {
        return Err(vec![survey::edited(&skipped)]);
    }
    remember(files, &root, &manifest, &survey, None).map_err(one)?;
    Ok(changes)
}

fn try_preview(
    tree: &ArtifactTree,
    target: &Path,
    options: WriteOptions,
) -> Result<Changes, Vec<Diagnostic>> {
    let wanted = wanted(tree).map_err(one)?;
    let Some(root) = Root::find(target).map_err(one)? else {
        let created = tree.iter().map(|artifact| artifact.path.clone()).collect();
        return Ok(Changes { created, ..Changes::default() });
    };
    let mut known = known(&Disk, &root).map_err(one)?;
    known.journal = state::load(&Disk, &root, JOURNAL)
        .map_err(|error| one(failed(&root.join(JOURNAL), &error)))?;
    let survey = Survey::take(&Disk, &root, &wanted, &known).map_err(one)?.tell_apart(&known);
    let survey = if options.force { survey.forced() } else { survey };
    let refusals = survey.refusals(true);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    Ok(summary(&survey, false))
}

/// A folder that never was ours is refused before even the lock is put into it.
fn refuse_untouched(
    files: &dyn FileSystem,
    root: &Root,
    wanted: &BTreeMap<&str, Wanted<'_>>,
) -> Result<(), Vec<Diagnostic>> {
    let folder = root.join(FOLDER);
    match files.stat(&folder).map_err(|error| one(failed(&folder, &error)))? {
        Some((Kind::Folder, _)) => Ok(()),
        Some(_) => Err(one(link_out(FOLDER))),
        None => look(files, root, wanted, &Known::default(), WriteOptions::default()).map(|_| ()),
    }
}

fn look(
    files: &dyn FileSystem,
    root: &Root,
    wanted: &BTreeMap<&str, Wanted<'_>>,
    known: &Known,
    options: WriteOptions,
) -> Result<Survey, Vec<Diagnostic>> {
    let survey = Survey::take(files, root, wanted, known).map_err(one)?.tell_apart(known);
    let survey = if options.force { survey.forced() } else { survey };
    let refusals = survey.refusals(options.force);
    if refusals.is_empty() { Ok(survey) } else { Err(refusals) }
}

fn wanted(tree: &ArtifactTree) -> Outcome<BTreeMap<&str, Wanted<'_>>> {
    let artifacts: Vec<_> = tree.iter().collect();
    for artifact in &artifacts {
        root::check(&artifact.path)?;
    }
    let mut wanted: BTreeMap<&str, Wanted<'_>> = artifacts
        .into_par_iter()
        .map(|artifact| {
            let bytes = artifact.text.as_bytes();
            (artifact.path.as_str(), Wanted { bytes, hash: state::hash(bytes) })
        })
        .collect();
    let ignore = Wanted { bytes: IGNORE_TEXT, hash: state::hash(IGNORE_TEXT) };
    wanted.insert(state::IGNORE, ignore);
    Ok(wanted)
}

fn known(files: &dyn FileSystem, root: &Root) -> Outcome<Known> {
    let at = |path: &str| root.join(path);
    let manifest: Manifest = state::load(files, root, MANIFEST)
        .map_err(|error| failed(&at(MANIFEST), &error))?
        .unwrap_or_default();
    let cached_at = files.stat(&at(CACHE)).map_err(|error| failed(&at(CACHE), &error))?;
    let cache: Cache = state::load(files, root, CACHE)
        .map_err(|error| failed(&at(CACHE), &error))?
        .unwrap_or_default();
    let cached_at = cached_at.map_or(0, |(_, stat)| stat.modified);
    Ok(Known { manifest, cache, cached_at, journal: None })
}

fn manifest(wanted: &BTreeMap<&str, Wanted<'_>>) -> Manifest {
    Manifest {
        version: 1,
        compiler: env!("CARGO_PKG_VERSION").to_owned(),
        files: wanted.iter().map(|(path, w)| ((*path).to_owned(), w.hash.clone())).collect(),
    }
}

fn summary(survey: &Survey, recovered: bool) -> Changes {
    let shown = |path: &&String| !path.starts_with(FOLDER);
    let replaced: std::collections::BTreeSet<&String> =
        survey.replace.keys().chain(survey.edited.keys()).collect();
    Changes {
        created: survey.create.iter().filter(shown).cloned().collect(),
        replaced: replaced.into_iter().filter(shown).cloned().collect(),
        removed: survey.remove.keys().filter(shown).cloned().collect(),
        kept: survey.kept.clone(),
        edited: survey.own.keys().cloned().collect(),
        backups: Vec::new(),
        unchanged: survey.unchanged,
        recovered,
    }
}

fn journal(
    files: &dyn FileSystem,
    root: &Root,
    wanted: &BTreeMap<&str, Wanted<'_>>,
    survey: &Survey,
) -> Outcome<Journal> {
    let backup = if survey.edited.is_empty() { None } else { Some(next_backup(files, root)?) };
    let place = |path: &String, old: Option<&String>| {
        let kept = backup.as_ref().filter(|_| survey.edited.contains_key(path));
        Place {
            old: old.cloned(),
            new: wanted.get(path.as_str()).map(|want| want.hash.clone()).unwrap_or_default(),
            backup: kept.map(|folder| format!("{folder}/{path}")),
        }
    };
    let fresh = survey.create.iter().map(|path| (path.clone(), place(path, None)));
    let other = survey.replace.iter().chain(&survey.edited);
    let other = other.map(|(path, old)| (path.clone(), place(path, Some(old))));
    Ok(Journal { place: fresh.chain(other).collect(), remove: survey.remove.clone() })
}

/// The first free folder for copies: `.stratapi/backup/1`, `2`, …
fn next_backup(files: &dyn FileSystem, root: &Root) -> Outcome<String> {
    let folder = root.join(BACKUP);
    let taken = match files.stat(&folder).map_err(|error| failed(&folder, &error))? {
        None => Vec::new(),
        Some((Kind::Folder, _)) => files.list(&folder).map_err(|error| failed(&folder, &error))?,
        Some(_) => return Err(link_out(BACKUP)),
    };
    let last = taken.iter().filter_map(|name| name.parse::<u32>().ok()).max().unwrap_or(0);
    Ok(format!("{BACKUP}/{}", last + 1))
}

/// Writes everything beside the tree, and the journal as the last thing.
fn stage(
    files: &dyn FileSystem,
    root: &Root,
    wanted: &BTreeMap<&str, Wanted<'_>>,
    manifest: &Manifest,
    journal: &Journal,
) -> Outcome<()> {
    let mut folders: Vec<&str> = journal
        .place
        .keys()
        .map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder))
        .collect();
    folders.dedup();
    for folder in folders {
        let folder = root.join(&format!("{STAGE}/{folder}"));
        files.create_folders(&folder).map_err(|error| failed(&folder, &error))?;
    }
    let staged: Vec<&String> = journal.place.keys().collect();
    let write = |path: &String| {
        let Some(want) = wanted.get(path.as_str()) else { return Ok(()) };
        let staged = root.join(&format!("{STAGE}/{path}"));
        files.write(&staged, want.bytes).map_err(|error| failed(&root.join(path), &error))
    };
    let (written, (manifest, moves)) = rayon::join(
        || staged.into_par_iter().try_for_each(write),
        || (state::print(manifest, true), state::print(journal, false)),
    );
    written?;
    put(files, root, state::NEXT_MANIFEST, &manifest)?;
    put(files, root, state::NEXT_JOURNAL, &moves)?;
    let (next, journal) = (root.join(state::NEXT_JOURNAL), root.join(JOURNAL));
    files.rename(&next, &journal).map_err(|error| failed(&journal, &error))
}

/// Takes the numbers of all files that hold what was written, so that the next run need not read
/// them. Edited files are left out: their numbers must never vouch for our text.
fn remember(
    files: &dyn FileSystem,
    root: &Root,
    manifest: &Manifest,
    survey: &Survey,
    known: Option<&Known>,
) -> Outcome<()> {
    let paths: Vec<&String> =
        manifest.files.keys().filter(|path| !survey.own.contains_key(*path)).collect();
    let stats: Vec<Option<filesystem::Stat>> = paths
        .par_iter()
        .map(|path| files.stat(&root.join(path)).ok().flatten().map(|(_, stat)| stat))
        .collect();
    let stats: BTreeMap<String, filesystem::Stat> = paths
        .into_iter()
        .zip(stats)
        .filter_map(|(path, stat)| Some((path.clone(), stat?)))
        .collect();
    if known.is_some_and(|known| known.cache.files == stats) {
        return Ok(());
    }
    put(files, root, CACHE, &state::print(&Cache { files: stats }, false))
}

fn put(files: &dyn FileSystem, root: &Root, path: &str, bytes: &[u8]) -> Outcome<()> {
    let path = root.join(path);
    place::clear(files, &path)?;
    files.write(&path, bytes).map_err(|error| failed(&path, &error))
}

#[expect(clippy::boxed_local, reason = "it is boxed where it comes from, to keep results small")]
fn one(diagnostic: Box<Diagnostic>) -> Vec<Diagnostic> {
    vec![*diagnostic]
}

/// An I/O error at a path.
fn failed(path: &Path, error: &std::io::Error) -> Box<Diagnostic> {
    let message = format!("cannot write `{}`: {error}", path.display());
    Box::new(
        Diagnostic::error(Code::E0902, message)
            .help("nothing is lost: the next build completes what this one began"),
    )
}

fn link_out(path: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::E0906, format!("`{path}` is a link, which a build never follows"))
            .help(
                "replace the link by a real folder or file, or choose another folder with `--out`",
            ),
    )
}
