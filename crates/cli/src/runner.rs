//! How the judge runs programs: the project's Python, in a sandbox.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use stratapi_driver::judge::Level;
use stratapi_sandbox::{Permission, Sandbox, Server, Settings, Stage};

use crate::terminal::Terminal;

/// The hidden subcommand by which the sandbox calls this executable.
const STAGE: &str = "__stage";

/// Where the Python of an environment is.
const INNER: &str = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };

/// What the user says about it.
pub(crate) struct Wanted<'a> {
    /// The Python, or the folder of its environment.
    pub(crate) python: Option<&'a Path>,
    /// Whether code may run that nothing keeps in bounds.
    pub(crate) unconfined: bool,
    /// How far the judge goes.
    pub(crate) level: Level,
    /// The server that is lent.
    pub(crate) server: Option<Server>,
    /// Whether the project is served by its own containers.
    pub(crate) composes: bool,
}

/// What runs programs; nothing where that was not asked for and is not at hand, for a level that can
/// do without.
pub(crate) fn of(
    folder: &Path,
    application: Option<&str>,
    wanted: &Wanted<'_>,
    terminal: Terminal,
) -> Option<Sandbox> {
    let python = python(folder, application, wanted.python);
    let asked = wanted.python.is_some() || wanted.unconfined || wanted.level > Level::Structural;
    if python.is_err() && !asked {
        return None;
    }
    let sandbox = sandbox(folder, python, wanted.unconfined, terminal);
    let sandbox = sandbox.lending(wanted.server.clone()).composing(wanted.composes);
    (asked || sandbox.way().is_ok()).then_some(sandbox)
}

/// What runs a Python over a folder.
pub(crate) fn sandbox(
    folder: &Path,
    python: Result<PathBuf, String>,
    unconfined: bool,
    terminal: Terminal,
) -> Sandbox {
    let permission = if unconfined {
        terminal.warn(
            "code of the project runs without a sandbox: it can do whatever you can do on this machine",
        );
        Permission::Unconfined
    } else {
        Permission::Confined
    };
    let stage =
        Stage { path: std::env::current_exe().unwrap_or_default(), arguments: vec![STAGE.into()] };
    Sandbox::new(Settings {
        project: folder.to_owned(),
        python,
        permission,
        stage,
        way: None,
        programs: Vec::new(),
        answers: answers(),
    })
}

/// Where answers are kept that have nothing to do with a project: in the user's folder of caches.
fn answers() -> Option<PathBuf> {
    let caches = etcetera::choose_base_strategy().ok()?.cache_dir();
    caches.is_absolute().then(|| caches.join("stratapi").join("answers"))
}

/// Does the work of the stage, if that is what this process was started for.
pub(crate) fn stage() -> Option<u8> {
    let mut arguments = std::env::args_os().skip(1);
    (arguments.next()? == STAGE).then(|| stratapi_sandbox::stage(arguments))
}

/// The Python at a path, which may be that of its environment.
pub(crate) fn executable(wanted: &Path) -> PathBuf {
    if wanted.is_dir() { wanted.join(INNER) } else { wanted.to_owned() }
}

/// The Python that was named, the one in the project, or the one that `stratapi dev` made.
fn python(
    folder: &Path,
    application: Option<&str>,
    wanted: Option<&Path>,
) -> Result<PathBuf, String> {
    if let Some(wanted) = wanted {
        return Ok(executable(wanted));
    }
    let own = folder.join(".venv");
    let made = application.map(|name| Path::new(".stratapi-dev").join(name).join(".venv"));
    std::iter::once(own)
        .chain(made)
        .find(|environment| environment.symlink_metadata().is_ok())
        .map(|environment| environment.join(INNER))
        .ok_or_else(|| {
            format!("`{}` has no `.venv`, and `stratapi dev` has made none", folder.display())
        })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::python;

    #[test]
    fn the_python_is_the_named_one_or_that_of_the_project() {
        let folder = tempfile::TempDir::new().unwrap();
        let root = folder.path();
        assert!(python(root, None, None).unwrap_err().contains("has no `.venv`"));
        let inner = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
        fs::create_dir_all(root.join(".venv/bin")).unwrap();
        assert_eq!(python(root, None, None), Ok(root.join(".venv").join(inner)));
        let other = root.join("other");
        fs::create_dir(&other).unwrap();
        assert_eq!(python(root, None, Some(&other)), Ok(other.join(inner)));
        let named = Path::new("python3.12");
        assert_eq!(python(root, None, Some(named)), Ok(named.to_owned()));
    }
}
