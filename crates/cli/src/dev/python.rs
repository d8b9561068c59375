//! Finds a Python that can run the project.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use stratapi_driver::diagnostics::{Code, Diagnostic};

/// The oldest Python that the project runs on.
const OLDEST: (u32, u32) = (3, 11);
/// Where to look, in this order; the first that is new enough is taken.
const NAMES: [&str; 7] =
    ["python3", "python", "python3.13", "python3.12", "python3.11", "python3.14", "py"];

/// A Python and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Python {
    pub(crate) path: PathBuf,
    pub(crate) version: (u32, u32),
}

/// Leaves with an error where a package is missing that every project needs.
const COMPLETE: &str = "import importlib.util as util, sys
sys.exit(not all(map(util.find_spec, ('alembic', 'fastapi', 'sqlalchemy', 'uvicorn'))))";

/// The wanted Python, or the first on the search path that is new enough.
pub(crate) fn find(wanted: Option<&Path>) -> Result<Python, Box<Diagnostic>> {
    let candidates: Vec<PathBuf> = match wanted {
        Some(path) => vec![path.to_owned()],
        None => NAMES.iter().map(PathBuf::from).collect(),
    };
    let mut older = None;
    for path in candidates {
        match version(&path) {
            Some(version) if version >= OLDEST => return Ok(Python { path, version }),
            Some(version) => older = older.or(Some(Python { path, version })),
            None => {}
        }
    }
    let seen = match (wanted, older) {
        (_, Some(Python { path, version: (major, minor) })) => {
            format!("`{}` is Python {major}.{minor}", path.display())
        }
        (Some(path), None) => format!("`{}` is no Python", path.display()),
        (None, None) => "there is no Python on the search path".to_owned(),
    };
    let message = format!("Python 3.11 or later is needed: {seen}");
    let error = Diagnostic::error(Code::E0907, message);
    Err(Box::new(error.help("install one, or name it by `--python`")))
}

/// Whether the environment of a Python has what every project needs: somebody may have tidied up.
pub(crate) fn is_complete(python: &Path) -> bool {
    let mut command = Command::new(python);
    command.args(["-c", COMPLETE]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn version(python: &Path) -> Option<(u32, u32)> {
    let output = Command::new(python)
        .args(["-c", "import sys; print(sys.version_info[0], sys.version_info[1])"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (major, minor) = text.trim().split_once(' ')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
