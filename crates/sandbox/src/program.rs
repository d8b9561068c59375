//! Where programs are, and what they must see of the file system to run.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Programs of the database server, which belong to the system; all others belong to the Python.
const OF_POSTGRESQL: &[&str] = &["createdb", "initdb", "pg_ctl", "pg_isready", "postgres", "psql"];

/// A program with the folders that it needs beside those of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Program {
    pub(crate) path: PathBuf,
    pub(crate) folders: Vec<PathBuf>,
}

/// The Python of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Python {
    executable: PathBuf,
    folders: Vec<PathBuf>,
}

impl Python {
    /// The Python at a path, in a virtual environment or not. One in a virtual environment is not
    /// run to find out: it may be part of what nobody trusts.
    pub(crate) fn at(path: &Path) -> Result<Self, String> {
        let path = &named(path).ok_or_else(|| format!("there is no `{}`", path.display()))?;
        let environment = path.parent().and_then(Path::parent);
        if let Some(environment) = environment
            && let Ok(text) = fs::read_to_string(environment.join("pyvenv.cfg"))
        {
            return Self::of_environment(path, environment, &text);
        }
        let real = real(path)?;
        let real = if is_script(&real) { asked(path)? } else { real };
        let folders = real.parent().map(base).transpose()?.unwrap_or_default();
        Ok(Self { executable: real, folders })
    }

    fn of_environment(path: &Path, environment: &Path, text: &str) -> Result<Self, String> {
        let broken = |reason: String| {
            let folder = environment.display();
            format!(
                "the virtual environment `{folder}` is broken: {reason}; remove it and make it anew"
            )
        };
        let mut lines = text.lines().filter_map(|line| line.split_once('='));
        let home = lines.find(|(key, _)| key.trim() == "home").map(|(_, home)| home.trim());
        let home =
            home.ok_or_else(|| broken("`pyvenv.cfg` does not say where its Python is".into()))?;
        let home = Path::new(home);
        let real = real(path).map_err(broken)?;
        if !home.is_absolute() || real.parent() != home.canonicalize().ok().as_deref() {
            let (real, home) = (real.display(), home.display());
            return Err(broken(format!("its Python is `{real}`, which is not in `{home}`")));
        }
        let mut folders = base(home).map_err(broken)?;
        folders.push(environment.to_owned());
        // Packages may be those of another environment.
        if let Ok(lib) = environment.join("lib").canonicalize()
            && !lib.starts_with(environment)
            && has(&lib, "site-packages")
        {
            folders.push(lib);
        }
        Ok(Self { executable: path.to_owned(), folders })
    }

    pub(crate) fn executable(&self) -> &Path {
        &self.executable
    }

    /// The folders of its packages.
    pub(crate) fn packages(&self) -> Vec<PathBuf> {
        let libraries = self.folders.iter().flat_map(|folder| [folder.clone(), folder.join("lib")]);
        let mut found: Vec<PathBuf> =
            libraries.flat_map(|library| in_pythons(&library, "site-packages")).collect();
        found.sort();
        found.dedup();
        found
    }

    /// The folder of its programs.
    pub(crate) fn bin(&self) -> Option<&Path> {
        self.executable.parent()
    }

    /// A program by its name: the Python itself, one installed beside it, or one of the database.
    pub(crate) fn find(&self, name: &str) -> Result<Program, String> {
        let of = |path: PathBuf| Program { path, folders: self.folders.clone() };
        if name == "python" {
            return Ok(of(self.executable.clone()));
        }
        self.bin().map(|bin| bin.join(name)).filter(|path| path.is_file()).map(of).ok_or_else(|| {
            format!(
                "`{name}` is not installed beside `{}`: `pip install -r requirements-dev.txt` does that",
                self.executable.display()
            )
        })
    }
}

/// A program by its name, for the call of a check.
pub(crate) fn find(
    name: &str,
    python: &Result<Python, String>,
    places: &[PathBuf],
) -> Result<Program, String> {
    if name.is_empty() || name.contains(['/', '\\']) {
        return Err(format!("`{name}` is no name of a program"));
    }
    if OF_POSTGRESQL.contains(&name) {
        return of_postgresql(name, places);
    }
    python.as_ref().map_err(Clone::clone)?.find(name)
}

fn of_postgresql(name: &str, places: &[PathBuf]) -> Result<Program, String> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    let newest = versions.into_iter().rev().map(|(_, path)| path);
    let found = places.iter().cloned().chain(search_path()).chain(newest).find_map(|folder| {
        let path = folder.join(name).canonicalize().ok()?;
        path.is_file().then_some(path)
    });
    let path = found.ok_or_else(|| {
        format!(
            "`{name}` is not there: install PostgreSQL, or add the folder of its programs to PATH"
        )
    })?;
    let prefix = path.parent().and_then(Path::parent);
    let folders = prefix.map_or_else(Vec::new, |prefix| {
        ["bin", "lib", "share"].iter().map(|name| prefix.join(name)).collect()
    });
    Ok(Program { path, folders })
}

/// The folders of the search path, without relative ones.
pub(crate) fn search_path() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect()
}

/// A path of a program as it was given: a path, or a name on the search path.
fn named(path: &Path) -> Option<PathBuf> {
    let found = if path.components().count() > 1 {
        std::path::absolute(path).ok()
    } else {
        search_path().into_iter().map(|folder| folder.join(path)).find(|path| path.is_file())
    };
    found.filter(|path| path.symlink_metadata().is_ok())
}

fn real(path: &Path) -> Result<PathBuf, String> {
    let real = path.canonicalize().map_err(|_| {
        let target = fs::read_link(path).unwrap_or_default();
        format!("`{}` leads to `{}`, which is not there", path.display(), target.display())
    })?;
    if !real.is_file() {
        return Err(format!("`{}` is no program", path.display()));
    }
    Ok(real)
}

/// The folders of an interpreter and its library, by the folder of the interpreter.
fn base(bin: &Path) -> Result<Vec<PathBuf>, String> {
    let prefix = bin.parent().unwrap_or(bin);
    let libraries: Vec<PathBuf> = ["lib", "lib64"]
        .iter()
        .map(|name| prefix.join(name))
        .filter(|it| has(it, "os.py"))
        .collect();
    if libraries.is_empty() {
        return Err(format!("there is no Python in `{}`", prefix.display()));
    }
    let given = libraries.into_iter().chain([bin.to_owned()]);
    // Both names of a folder lead to it, as out here.
    let mut folders: Vec<PathBuf> =
        given.flat_map(|path| [path.canonicalize().unwrap_or_default(), path]).collect();
    folders.retain(|path| path.is_absolute());
    folders.sort();
    folders.dedup();
    Ok(folders)
}

/// Files or folders of this name in the Pythons' folders of a library folder.
fn in_pythons<'n>(library: &Path, name: &'n str) -> impl Iterator<Item = PathBuf> + use<'n> {
    let entries = fs::read_dir(library).into_iter().flatten().flatten();
    let pythons =
        entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("python3"));
    pythons.map(move |entry| entry.path().join(name)).filter(|path| path.exists())
}

/// Whether one of the Pythons' folders of a library folder has this file or folder.
fn has(library: &Path, name: &str) -> bool {
    in_pythons(library, name).next().is_some()
}

fn is_script(path: &Path) -> bool {
    use std::io::Read as _;
    let mut start = [0; 2];
    fs::File::open(path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok())
        && start == *b"#!"
}

/// Where the Python behind a script is: version managers put such scripts on the search path. The
/// user named it, or it is what the user would get by its name.
fn asked(path: &Path) -> Result<PathBuf, String> {
    let output = Command::new(path)
        .args([OsStr::new("-I"), OsStr::new("-c"), OsStr::new("import sys; print(sys.executable)")])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(|error| format!("`{}` can't be started: {error}", path.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let found = Path::new(text.trim());
    if !output.status.success() || !found.is_absolute() {
        return Err(format!("`{}` is no Python", path.display()));
    }
    real(found)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use tempfile::TempDir;

    use super::{Python, find};

    fn environment(folder: &Path, config: &str) -> std::path::PathBuf {
        fs::create_dir_all(folder.join("bin")).unwrap();
        fs::write(folder.join("pyvenv.cfg"), config).unwrap();
        folder.join("bin/python")
    }

    #[test]
    fn what_is_missing_or_broken_is_told_with_what_to_do() {
        let folder = TempDir::new().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let told = |path: &Path| Python::at(path).unwrap_err();
        assert!(told(&root.join("bin/python")).starts_with("there is no `"));
        let python = environment(&root.join("gone"), "home = /nowhere/bin\n");
        symlink("/nowhere/bin/python3", &python).unwrap();
        let text = told(&python);
        assert!(text.contains("leads to `/nowhere/bin/python3`"), "{text}");
        assert!(text.ends_with("remove it and make it anew"), "{text}");
        let python = environment(&root.join("silent"), "version = 3.11\n");
        fs::write(&python, "").unwrap();
        assert!(told(&python).contains("does not say where its Python is"));
        assert!(find("ruff", &Err("none".to_owned()), &[]).unwrap_err().contains("none"));
        assert!(find("../sh", &Err(String::new()), &[]).is_err());
    }

    /// Otherwise an environment that somebody made could open any folder of the user.
    #[test]
    fn an_environment_opens_only_folders_of_a_python() {
        let folder = TempDir::new().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("secrets/lib")).unwrap();
        fs::create_dir_all(root.join("secrets/bin")).unwrap();
        fs::write(root.join("secrets/bin/python3"), "").unwrap();
        let config = format!("home = {}\n", root.join("secrets/bin").display());
        let python = environment(&root.join("env"), &config);
        symlink(root.join("secrets/bin/python3"), &python).unwrap();
        symlink(root.join("secrets"), root.join("env/lib")).unwrap();
        assert!(Python::at(&python).unwrap_err().contains("there is no Python in"));
        fs::create_dir_all(root.join("secrets/lib/python3.11")).unwrap();
        fs::write(root.join("secrets/lib/python3.11/os.py"), "").unwrap();
        let found = Python::at(&python).unwrap();
        let expected = [root.join("secrets/bin"), root.join("secrets/lib"), root.join("env")];
        assert_eq!(found.folders, expected);
    }
}
