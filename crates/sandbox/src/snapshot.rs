//! A copy of the project's files for programs to see. A copy, not the folder itself: a developer's
//! secrets (`.env`), repository and sockets stay out of sight, and what runs is what was judged.

use std::fs;
use std::io;
use std::path::Path;

use stratapi_qa::{is_foreign_file, is_foreign_folder};

/// Deepest folder.
const DEEPEST: usize = 64;
/// Longest file.
const LONGEST: u64 = 64 << 20;
/// All files together.
const MOST: u64 = 512 << 20;

/// Copies the regular files of a folder, without what is no part of a project.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut room = MOST;
    copy_folder(from, to, DEEPEST, &mut room)
}

fn copy_folder(from: &Path, to: &Path, depth: usize, room: &mut u64) -> io::Result<()> {
    fs::create_dir_all(to)?;
    if depth == 0 {
        return Ok(());
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let text = name.to_string_lossy();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !is_foreign_folder(&text) {
                copy_folder(&entry.path(), &to.join(&name), depth - 1, room)?;
            }
        } else if kind.is_file() && !is_of_developers(&text) {
            let length = entry.metadata()?.len();
            if length > LONGEST {
                continue;
            }
            *room = room.checked_sub(length).ok_or_else(|| {
                io::Error::other(format!("its files have more than {} MiB", MOST >> 20))
            })?;
            fs::copy(entry.path(), to.join(&name))?;
        }
    }
    Ok(())
}

/// `.env.example` is part of the project; what developers made of it is theirs.
fn is_of_developers(name: &str) -> bool {
    name == ".env" || is_foreign_file(name)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    #[test]
    fn the_copy_has_the_files_of_the_project_and_nothing_of_its_developers() {
        let (from, to) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        for path in ["app/main.py", ".env", ".env.example", ".git/config", ".venv/bin/x", "dev.db"]
        {
            let path = from.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("/", from.path().join("root")).unwrap();
        super::copy(from.path(), to.path()).unwrap();
        let mut names: Vec<_> = fs::read_dir(to.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, [".env.example", "app"]);
        assert_eq!(fs::read(to.path().join("app/main.py")).unwrap(), b"x");
    }
}
