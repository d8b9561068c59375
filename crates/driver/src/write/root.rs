//! The folder of a project and the paths below it. No path leads out of it, by `..` or by a link.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use stratapi_diagnostics::{Code, Diagnostic};

use super::filesystem::{FileSystem, Kind};
use super::{Outcome, failed};

/// The folder of a project, free of links itself.
#[derive(Debug, Clone)]
pub(super) struct Root(PathBuf);

impl Root {
    /// The folder at `path`, which may be a link to one. `None` if nothing stands there.
    pub(super) fn find(path: &Path) -> Outcome<Option<Self>> {
        match path.canonicalize() {
            Ok(real) if real.is_dir() => Ok(Some(Self(real))),
            Ok(_) => Err(Box::new(
                Diagnostic::error(
                    Code::E0902,
                    format!("cannot write to `{}`: it is not a folder", path.display()),
                )
                .help("choose another folder with `--out`"),
            )),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(path, &error)),
        }
    }

    /// Makes the folder and those above it.
    pub(super) fn create(path: &Path, files: &dyn FileSystem) -> Outcome<Self> {
        files.create_folders(path).map_err(|error| failed(path, &error))?;
        let real = path.canonicalize().map_err(|error| failed(path, &error))?;
        Ok(Self(real))
    }

    /// The absolute path of a path with forward slashes below the root.
    pub(super) fn join(&self, path: &str) -> PathBuf {
        let mut joined = self.0.clone();
        joined.extend(path.split('/').filter(|part| !part.is_empty()));
        joined
    }
}

/// What stands on the way to a path.
pub(super) enum Way {
    /// Folders.
    Open,
    /// Folders and then nothing, so that nothing stands at the path either.
    Absent,
    /// The first thing that is no folder.
    Blocked(String, Kind),
}

/// What stands at the folders of planned paths, each looked at once.
pub(super) struct Folders<'a> {
    files: &'a dyn FileSystem,
    root: &'a Root,
    seen: BTreeMap<String, Option<Kind>>,
}

impl<'a> Folders<'a> {
    /// Nothing looked at yet.
    pub(super) fn new(files: &'a dyn FileSystem, root: &'a Root) -> Self {
        Self { files, root, seen: BTreeMap::new() }
    }

    /// The way to `path`.
    pub(super) fn way(&mut self, path: &str) -> Outcome<Way> {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            let kind = match self.seen.get(folder) {
                Some(kind) => *kind,
                None => self.look(folder)?,
            };
            match kind {
                Some(Kind::Folder) => {}
                None => return Ok(Way::Absent),
                Some(other) => return Ok(Way::Blocked(folder.to_owned(), other)),
            }
        }
        Ok(Way::Open)
    }

    fn look(&mut self, folder: &str) -> Outcome<Option<Kind>> {
        let path = self.root.join(folder);
        let kind = self.files.stat(&path).map_err(|e| failed(&path, &e))?.map(|(kind, _)| kind);
        self.seen.insert(folder.to_owned(), kind);
        Ok(kind)
    }
}

/// Refuses a path that is not plainly below the root, or that belongs to the writer itself.
pub(super) fn check(path: &str) -> Outcome<()> {
    let plain = !path.is_empty()
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains(['\\', '\0', ':'])
        && !path.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(super::FOLDER));
    if plain {
        return Ok(());
    }
    let message = format!("cannot write to `{path}`: it is not a path below the project's root");
    Err(Box::new(Diagnostic::error(Code::E0902, message)))
}
