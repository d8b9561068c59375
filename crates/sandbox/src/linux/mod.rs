//! Running a program on Linux: what is kept for all calls, and which way each call takes.

mod call;
mod start;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use stratapi_qa::{Ended, ToolCall, ToolOutcome};
use tempfile::TempDir;

use crate::program::{self, Python};
use crate::settings::{Permission, Settings};
use crate::way::Way;
use crate::{bubblewrap, filter, snapshot};
use call::Prepared;

/// What is kept for all calls.
#[derive(Debug, Default)]
pub(crate) struct Linux {
    kept: OnceLock<Result<Kept, String>>,
    python: OnceLock<Result<Python, String>>,
    way: OnceLock<Result<Way, String>>,
}

/// A folder of ours, with the copy of the project and all that calls have in common.
#[derive(Debug)]
pub(crate) struct Kept {
    folder: TempDir,
}

impl Kept {
    fn new(settings: &Settings) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("a folder for the sandbox: {error}");
        let folder = tempfile::Builder::new().prefix("stratapi-").tempdir().map_err(failed)?;
        let kept = Self { folder };
        let etc = kept.etc();
        fs::create_dir(&etc).map_err(failed)?;
        for (name, text) in bubblewrap::OWN_ETC {
            fs::write(etc.join(name), text).map_err(failed)?;
        }
        let program = filter::program(false)?;
        fs::write(kept.filter(), filter::bytes(&program)).map_err(failed)?;
        snapshot::copy(&settings.project, &kept.project())
            .map_err(|error| format!("cannot copy `{}`: {error}", settings.project.display()))?;
        Ok(kept)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The copy of the project.
    pub(crate) fn project(&self) -> PathBuf {
        self.path("project")
    }

    pub(crate) fn etc(&self) -> PathBuf {
        self.path("etc")
    }

    pub(crate) fn filter(&self) -> PathBuf {
        self.path("filter")
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Linux {
    pub(crate) fn run(&self, settings: &Settings, call: &ToolCall) -> Result<ToolOutcome, Ended> {
        let program = program::find(&call.program, self.python(settings), &settings.programs)
            .map_err(Ended::Missing)?;
        let way = match self.chosen(settings) {
            Ok(Way::Landlock) if call.loopback => Err(
                "landlock leaves no network at all, and this needs its own loopback: install bubblewrap"
                    .to_owned(),
            ),
            chosen => chosen.cloned(),
        };
        let may = !call.untrusted || settings.permission == Permission::Unconfined;
        let way = match way {
            Err(reason) if !may => return Err(Ended::Refused(reason)),
            Err(_) => Way::Plain,
            Ok(way) => way,
        };
        let kept = self.kept(settings).map_err(Ended::Failed)?;
        Prepared::new(kept, settings, self.python(settings).as_ref().ok(), call, &program, way)
            .map_err(Ended::Failed)?
            .run()
            .map_err(Ended::Failed)
    }

    pub(crate) fn way(&self, settings: &Settings) -> Result<String, String> {
        let (name, version) = self.chosen(settings)?.version();
        Ok(format!("{name} {version}"))
    }

    pub(crate) fn versions(&self, settings: &Settings) -> (String, String) {
        let way = self.chosen(settings).unwrap_or(&Way::Plain);
        let (name, version) = way.version();
        (name.to_owned(), version)
    }

    pub(crate) fn project(&self, settings: &Settings) -> String {
        match (self.chosen(settings), self.kept(settings)) {
            (Ok(Way::Bubblewrap(_)), _) | (_, Err(_)) => bubblewrap::PROJECT.to_owned(),
            (_, Ok(kept)) => kept.project().to_string_lossy().into_owned(),
        }
    }

    fn python(&self, settings: &Settings) -> &Result<Python, String> {
        self.python.get_or_init(|| {
            settings.python.as_ref().map_err(Clone::clone).and_then(|path| Python::at(path))
        })
    }

    fn kept(&self, settings: &Settings) -> Result<&Kept, String> {
        self.kept.get_or_init(|| Kept::new(settings)).as_ref().map_err(Clone::clone)
    }

    /// The best way that works: found out once, by taking it.
    fn chosen(&self, settings: &Settings) -> Result<&Way, String> {
        if settings.permission == Permission::Unconfined {
            return Ok(&Way::Plain);
        }
        let chosen = self.way.get_or_init(|| {
            let kept = self.kept(settings)?;
            let mut reasons = Vec::new();
            for way in Way::candidates(settings.way) {
                match call::probe(kept, settings, way.clone()) {
                    Ok(()) => return Ok(way),
                    Err(reason) => reasons.push(format!("{}: {reason}", way.version().0)),
                }
            }
            if reasons.is_empty() {
                reasons.push("there is neither bubblewrap 0.8 nor landlock (Linux 6.12)".to_owned());
            }
            Err(format!(
                "nothing here keeps generated code in bounds ({}): install bubblewrap, or say `--unconfined`",
                reasons.join("; ")
            ))
        });
        chosen.as_ref().map_err(Clone::clone)
    }
}
