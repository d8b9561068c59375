//! Which way to keep programs in bounds works here.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::program::search_path;
use crate::settings::WayName;
use crate::stage::has_landlock;

/// A way to run programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// By this `bwrap`.
    Bubblewrap(PathBuf),
    /// By landlock.
    Landlock,
    /// Within limits only.
    Plain,
}

impl Way {
    /// Ways to try, from the best to the worst.
    pub(crate) fn candidates(only: Option<WayName>) -> Vec<Self> {
        let mut ways = Vec::new();
        if only.is_none_or(|only| only == WayName::Bubblewrap)
            && let Some(path) = bwrap()
        {
            ways.push(Self::Bubblewrap(path));
        }
        if only.is_none_or(|only| only == WayName::Landlock) && has_landlock() {
            ways.push(Self::Landlock);
        }
        ways
    }

    /// Its name and version, for the report.
    pub(crate) fn version(&self) -> (&'static str, String) {
        match self {
            Self::Bubblewrap(path) => {
                let output = Command::new(path).arg("--version").stdin(Stdio::null()).output();
                let text =
                    output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
                let text = text.unwrap_or_default();
                ("bubblewrap", text.trim().trim_start_matches("bubblewrap ").to_owned())
            }
            Self::Landlock => ("landlock", kernel()),
            Self::Plain => ("sandbox", "none".to_owned()),
        }
    }
}

fn bwrap() -> Option<PathBuf> {
    search_path().into_iter().map(|folder| folder.join("bwrap")).find(|path| path.is_file())
}

/// The release of the kernel.
fn kernel() -> String {
    rustix::system::uname().release().to_string_lossy().into_owned()
}

/// Whether the kernel counts the processes of a user for each namespace: since 5.14. Before, the
/// limit would count all that the user runs.
pub(crate) fn counts_by_namespace() -> bool {
    let release = kernel();
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= (5, 14),
        _ => false,
    }
}
