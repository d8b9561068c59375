//! Moves staged files into place by the journal. It may be stopped after any step: whoever runs it
//! again, in this process or a later one, ends in the same state.

use std::path::Path;

use super::filesystem::{FileSystem, Kind};
use super::root::{Folders, Root, Way};
use super::state::{self, JOURNAL, Journal, MANIFEST, NEXT_JOURNAL, NEXT_MANIFEST, Place, STAGE};
use super::{Outcome, failed};

/// With more replacements than this the old file goes first: replacing by a rename makes ext4 wait
/// for the disk each time. Below it each replacement is atomic on its own as well.
const ATOMIC_REPLACEMENTS: usize = 64;

/// Completes what an earlier process left, or clears it away if nothing had been decided.
/// Returns whether there was a decided move.
pub(super) fn recover(files: &dyn FileSystem, root: &Root) -> Outcome<bool> {
    let journal: Option<Journal> =
        state::load(files, root, JOURNAL).map_err(|e| failed(&root.join(JOURNAL), &e))?;
    if let Some(journal) = &journal {
        complete(files, root, journal)?;
        return Ok(true);
    }
    clear_up(files, root)?;
    Ok(false)
}

/// Carries out a journal that is on disk. Returns the paths that changed under our hands: they are
/// left as they are.
pub(super) fn complete(
    files: &dyn FileSystem,
    root: &Root,
    journal: &Journal,
) -> Outcome<Vec<String>> {
    let replacements = journal.place.values().filter(|place| place.old.is_some()).count();
    let mut mover = Mover {
        files,
        root,
        journal,
        clear_first: replacements > ATOMIC_REPLACEMENTS,
        skipped: Vec::new(),
    };
    if files.stat(&root.join(STAGE)).map_err(|e| failed(&root.join(STAGE), &e))?.is_some() {
        mover.folder("")?;
    }
    mover.removals()?;
    let skipped = mover.skipped;
    let next = root.join(NEXT_MANIFEST);
    if files.stat(&next).map_err(|e| failed(&next, &e))?.is_some() {
        rename(files, &next, &root.join(MANIFEST))?;
    }
    clear_up(files, root)?;
    Ok(skipped)
}

/// Removes all traces of a build. The journal goes first: without it nothing staged counts.
pub(super) fn clear_up(files: &dyn FileSystem, root: &Root) -> Outcome<()> {
    for path in [JOURNAL, NEXT_JOURNAL, NEXT_MANIFEST, STAGE] {
        clear(files, &root.join(path))?;
    }
    Ok(())
}

/// Removes a file or link, or a folder with all in it, if it is there.
pub(super) fn clear(files: &dyn FileSystem, path: &Path) -> Outcome<()> {
    match files.stat(path).map_err(|error| failed(path, &error))? {
        None => Ok(()),
        Some((Kind::Folder, _)) => {
            for name in files.list(path).map_err(|error| failed(path, &error))? {
                clear(files, &path.join(name))?;
            }
            files.remove_folder(path).map_err(|error| failed(path, &error))
        }
        Some(_) => files.remove_file(path).map_err(|error| failed(path, &error)),
    }
}

struct Mover<'a> {
    files: &'a dyn FileSystem,
    root: &'a Root,
    journal: &'a Journal,
    clear_first: bool,
    skipped: Vec<String>,
}

impl Mover<'_> {
    /// Moves the contents of a staged folder. Where the project has no such folder yet, the whole
    /// folder moves at once.
    fn folder(&mut self, folder: &str) -> Outcome<()> {
        let staged_folder = self.root.join(&format!("{STAGE}/{folder}"));
        let names = self.files.list(&staged_folder).map_err(|e| failed(&staged_folder, &e))?;
        for name in names {
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let staged = self.root.join(&format!("{STAGE}/{path}"));
            let target = self.root.join(&path);
            let found = self.kind(&target)?;
            match (self.kind(&staged)?, found) {
                (Some(Kind::Folder), None) => rename(self.files, &staged, &target)?,
                (Some(Kind::Folder), Some(Kind::Folder)) => self.folder(&path)?,
                (Some(Kind::File), found) => self.file(path, &staged, &target, found)?,
                _ => self.skipped.push(path),
            }
        }
        Ok(())
    }

    fn file(
        &mut self,
        path: String,
        staged: &Path,
        target: &Path,
        found: Option<Kind>,
    ) -> Outcome<()> {
        let Some(place) = self.journal.place.get(&path) else { return Ok(()) };
        match found {
            None => rename(self.files, staged, target),
            Some(Kind::File) => {
                let bytes = self.files.read(target).map_err(|e| failed(target, &e))?;
                let present = state::hash(&bytes);
                if present == place.new {
                    return Ok(());
                }
                if place.old.as_ref() != Some(&present) {
                    self.skipped.push(path);
                    return Ok(());
                }
                self.make_room(place, target)?;
                rename(self.files, staged, target)
            }
            Some(_) => {
                self.skipped.push(path);
                Ok(())
            }
        }
    }

    fn make_room(&self, place: &Place, target: &Path) -> Outcome<()> {
        if let Some(backup) = &place.backup {
            let backup = self.root.join(backup);
            if let Some(folder) = backup.parent() {
                self.files.create_folders(folder).map_err(|e| failed(folder, &e))?;
            }
            rename(self.files, target, &backup)
        } else if self.clear_first {
            self.files.remove_file(target).map_err(|e| failed(target, &e))
        } else {
            Ok(())
        }
    }

    fn removals(&mut self) -> Outcome<()> {
        for (path, hash) in &self.journal.remove {
            let mut folders = Folders::new(self.files, self.root);
            if matches!(folders.way(path)?, Way::Blocked(..)) {
                continue;
            }
            let target = self.root.join(path);
            if self.kind(&target)? == Some(Kind::File) {
                let bytes = self.files.read(&target).map_err(|e| failed(&target, &e))?;
                if state::hash(&bytes) != *hash {
                    self.skipped.push(path.clone());
                    continue;
                }
                self.files.remove_file(&target).map_err(|e| failed(&target, &e))?;
            }
            self.prune(path)?;
        }
        Ok(())
    }

    /// Removes the folders above a removed file that hold nothing any more.
    fn prune(&self, path: &str) -> Outcome<()> {
        for (end, _) in path.rmatch_indices('/') {
            let folder = self.root.join(&path[..end]);
            match self.kind(&folder)? {
                None => continue,
                Some(Kind::Folder) => {}
                Some(_) => break,
            }
            if !self.files.list(&folder).map_err(|e| failed(&folder, &e))?.is_empty() {
                break;
            }
            self.files.remove_folder(&folder).map_err(|e| failed(&folder, &e))?;
        }
        Ok(())
    }

    fn kind(&self, path: &Path) -> Outcome<Option<Kind>> {
        let found = self.files.stat(path).map_err(|error| failed(path, &error))?;
        Ok(found.map(|(kind, _)| kind))
    }
}

fn rename(files: &dyn FileSystem, from: &Path, to: &Path) -> Outcome<()> {
    files.rename(from, to).map_err(|error| failed(to, &error))
}
