//! Reading a project's folder for the judge: whatever stands there, nothing stops it.

use std::fs::{self, File, FileType};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_qa::{Content, Tree, is_foreign_file, is_foreign_folder};

/// Longest file that is read, in bytes.
const LONGEST: u64 = 8 << 20;
/// Most files that are read.
const MOST: usize = 200_000;
/// Deepest folder.
const DEEPEST: usize = 64;

/// All files of a folder.
///
/// # Errors
/// If the folder can't be listed, or holds more files than a project has.
pub(super) fn read(folder: &Path) -> Result<Tree, Box<Diagnostic>> {
    let mut files = Vec::new();
    list(folder, "", 0, &mut files).map_err(|error| failed(folder, &error))?;
    if files.len() > MOST {
        let message = format!("`{}` holds more than {MOST} files", folder.display());
        return Err(Box::new(Diagnostic::error(Code::E0901, message)));
    }
    let read: Vec<(String, Content)> =
        files.into_par_iter().map(|(path, full, kind)| (path, content(&full, kind))).collect();
    let mut tree = Tree::default();
    read.into_iter().for_each(|(path, content)| tree.insert(path, content));
    Ok(tree)
}

type Listed = (String, PathBuf, FileType);

fn list(folder: &Path, path: &str, depth: usize, files: &mut Vec<Listed>) -> io::Result<()> {
    if files.len() > MOST || depth > DEEPEST {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // A name that is no UTF-8 is shown as well as it can be.
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type()?;
        let inner = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        if kind.is_dir() {
            if !is_foreign_folder(&name) {
                list(&entry.path(), &inner, depth + 1, files)?;
            }
        } else if !is_foreign_file(&name) {
            files.push((inner, entry.path(), kind));
        }
    }
    Ok(())
}

fn content(path: &Path, kind: FileType) -> Content {
    if kind.is_symlink() {
        return Content::Unread("it is a link".to_owned());
    }
    if !kind.is_file() {
        return Content::Unread("it is no regular file".to_owned());
    }
    let mut bytes = Vec::new();
    let done = File::open(path).and_then(|file| {
        // One more than it has, so that its end is seen without more room.
        let length = file.metadata()?.len().min(LONGEST) + 1;
        bytes.reserve_exact(usize::try_from(length).unwrap_or(0));
        file.take(LONGEST + 1).read_to_end(&mut bytes)
    });
    match done {
        Err(error) => Content::Unread(error.kind().to_string()),
        Ok(length) if length as u64 > LONGEST => {
            Content::Unread(format!("it is longer than {} MiB", LONGEST >> 20))
        }
        Ok(_) => Content::of_bytes(bytes),
    }
}

fn failed(folder: &Path, error: &io::Error) -> Box<Diagnostic> {
    let message = format!("cannot read `{}`: {error}", folder.display());
    Box::new(Diagnostic::error(Code::E0901, message).help("give the folder of a built project"))
}
