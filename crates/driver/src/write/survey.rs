//! Compares the tree with the folder and says what is to be done. It changes nothing.

use std::collections::BTreeMap;

use rayon::prelude::*;
use stratapi_diagnostics::{Code, Diagnostic};

use super::filesystem::{FileSystem, Kind, Stat};
use super::root::{Folders, Root, Way};
use super::state::{self, Cache, Hash, Journal, Manifest};
use super::{Outcome, failed, link_out};

/// A file as it shall be.
pub(super) struct Wanted<'a> {
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// Their hash.
    pub(super) hash: Hash,
}

/// What we know about the folder from earlier builds.
#[derive(Default)]
pub(super) struct Known {
    /// What was written last.
    pub(super) manifest: Manifest,
    /// Numbers of the files then.
    pub(super) cache: Cache,
    /// When the cache was written; only files that are older may be trusted unread.
    pub(super) cached_at: i128,
    /// Moves that were decided but not finished; only where they can't be completed first.
    pub(super) journal: Option<Journal>,
}

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Paths where nothing stands yet.
    pub(super) create: Vec<String>,
    /// Paths of our files with the hash of their present content.
    pub(super) replace: BTreeMap<String, Hash>,
    /// Paths of our files that a person has changed, with the hash of their present content.
    pub(super) edited: BTreeMap<String, Hash>,
    /// Paths of our files that a person has changed and that this build would not: the edits
    /// stay. With the hash of their present content.
    pub(super) own: BTreeMap<String, Hash>,
    /// Paths at which something stands that we did not write.
    pub(super) foreign: Vec<String>,
    /// Links on the way.
    pub(super) links: Vec<String>,
    /// Our untouched files that are no longer wanted.
    pub(super) remove: BTreeMap<String, Hash>,
    /// Files that are no longer wanted, but that a person has changed: they are theirs now.
    pub(super) kept: Vec<String>,
    /// How many files are as they shall be.
    pub(super) unchanged: usize,
}

/// What stands at the path of a file.
enum Found {
    Nothing,
    File { hash: Hash, ours: bool },
    Foreign,
    Link(String),
}

impl Known {
    fn wrote(&self, path: &str, hash: &str) -> bool {
        self.manifest.files.get(path).is_some_and(|known| known == hash)
            || self.journal.as_ref().is_some_and(|journal| {
                journal.place.get(path).is_some_and(|place| place.new == hash)
            })
    }

    /// The hash of a file whose numbers are those of the last write.
    pub(super) fn trusted(&self, path: &str, stat: &Stat) -> Option<&Hash> {
        let old_enough = stat.modified < self.cached_at && stat.changed < self.cached_at;
        let same = old_enough && self.cache.files.get(path) == Some(stat);
        self.manifest.files.get(path).filter(|_| same)
    }
}

impl Survey {
    /// Compares.
    pub(super) fn take(
        files: &dyn FileSystem,
        root: &Root,
        wanted: &BTreeMap<&str, Wanted<'_>>,
        known: &Known,
    ) -> Outcome<Self> {
        let leftover = known.manifest.files.keys().map(String::as_str);
        let mut paths: Vec<&str> = wanted.keys().copied().chain(leftover).collect();
        paths.sort_unstable();
        paths.dedup();
        let mut folders = Folders::new(files, root);
        let mut survey = Self::default();
        let mut open = Vec::with_capacity(paths.len());
        for path in paths {
            match folders.way(path)? {
                Way::Open => open.push(path),
                Way::Absent => survey.sort_in(path, wanted, known, Found::Nothing),
                Way::Blocked(link, Kind::Link) => {
                    survey.sort_in(path, wanted, known, Found::Link(link));
                }
                Way::Blocked(..) => survey.sort_in(path, wanted, known, Found::Foreign),
            }
        }
        let found: Vec<Found> = open
            .par_iter()
            .map(|path| look(files, root, known, path))
            .collect::<Outcome<Vec<Found>>>()?;
        for (path, found) in open.into_iter().zip(found) {
            survey.sort_in(path, wanted, known, found);
        }
        // Paths that need no look were sorted in before the others.
        survey.create.sort_unstable();
        survey.kept.sort_unstable();
        survey.links.sort_unstable();
        survey.links.dedup();
        Ok(survey)
    }

    fn sort_in(
        &mut self,
        path: &str,
        wanted: &BTreeMap<&str, Wanted<'_>>,
        known: &Known,
        found: Found,
    ) {
        let path_text = path.to_owned();
        match (wanted.get(path), found) {
            (None, Found::Nothing) => {}
            (None, Found::File { hash, ours: true }) => {
                self.remove.insert(path_text, hash);
            }
            (None, _) => self.kept.push(path_text),
            (Some(_), Found::Nothing) => self.create.push(path_text),
            (Some(want), Found::File { hash, .. }) if hash == want.hash => self.unchanged += 1,
            (Some(_), Found::File { hash, ours: true }) => {
                self.replace.insert(path_text, hash);
            }
            (Some(want), Found::File { hash, ours: false })
                if known.manifest.files.get(path) == Some(&want.hash) =>
            {
                self.own.insert(path_text, hash);
            }
            (Some(_), Found::File { hash, ours: false }) => {
                self.edited.insert(path_text, hash);
            }
            (Some(_), Found::Foreign) => self.foreign.push(path_text),
            (Some(_), Found::Link(link)) => self.links.push(link),
        }
    }

    /// Moves what we never wrote from the edited files to the foreign ones.
    pub(super) fn tell_apart(mut self, known: &Known) -> Self {
        let (edited, foreign) = std::mem::take(&mut self.edited)
            .into_iter()
            .partition(|(path, _)| known.manifest.files.contains_key(path));
        self.edited = edited;
        self.foreign.extend(foreign.into_keys());
        self.foreign.sort_unstable();
        self
    }

    /// Takes the generated text for every edited file, also where nothing else asks for it.
    pub(super) fn forced(mut self) -> Self {
        self.edited.append(&mut self.own);
        self
    }

    /// Why nothing may be written, if so.
    pub(super) fn refusals(&self, force: bool) -> Vec<Diagnostic> {
        let mut refusals: Vec<Diagnostic> = self.links.iter().map(|l| *link_out(l)).collect();
        if !self.foreign.is_empty() {
            refusals.push(foreign(&self.foreign));
        }
        if !self.edited.is_empty() && !force {
            let paths: Vec<String> = self.edited.keys().cloned().collect();
            refusals.push(edited(&paths));
        }
        refusals
    }

    /// Whether there is nothing to do.
    pub(super) fn is_clean(&self) -> bool {
        self.create.is_empty()
            && self.replace.is_empty()
            && self.edited.is_empty()
            && self.remove.is_empty()
    }
}

fn look(files: &dyn FileSystem, root: &Root, known: &Known, path: &str) -> Outcome<Found> {
    let full = root.join(path);
    Ok(match files.stat(&full).map_err(|error| failed(&full, &error))? {
        None => Found::Nothing,
        Some((Kind::File, stat)) => {
            if let Some(hash) = known.trusted(path, &stat) {
                return Ok(Found::File { hash: hash.clone(), ours: true });
            }
            let bytes = files.read(&full).map_err(|error| failed(&full, &error))?;
            let hash = state::hash(&bytes);
            let ours = known.wrote(path, &hash);
            Found::File { hash, ours }
        }
        Some((Kind::Link, _)) => Found::Link(path.to_owned()),
        Some((Kind::Folder | Kind::Other, _)) => Found::Foreign,
    })
}

/// The refusal to overwrite what a person has changed.
pub(super) fn edited(paths: &[String]) -> Diagnostic {
    Diagnostic::error(
        Code::E0903,
        format!("{} since the last build: {}", changed(paths), list(paths)),
    )
    .help("`--force` replaces them and keeps copies under `.stratapi/backup/`")
    .help("`--diff` shows what the build would change")
}

fn foreign(paths: &[String]) -> Diagnostic {
    let message = format!("Stratapi did not write what stands at {}", list(paths));
    Diagnostic::error(Code::E0904, message)
        .help("move it away, or choose another folder with `--out`")
}

fn changed(paths: &[String]) -> String {
    match paths.len() {
        1 => "1 file was changed by hand".to_owned(),
        count => format!("{count} files were changed by hand"),
    }
}

fn list(paths: &[String]) -> String {
    const SHOWN: usize = 20;
    let mut text: Vec<String> = paths.iter().take(SHOWN).map(|path| format!("`{path}`")).collect();
    if paths.len() > SHOWN {
        text.push(format!("and {} more", paths.len() - SHOWN));
    }
    text.join(", ")
}
