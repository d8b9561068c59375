//! Running a program on Linux: what is kept for all calls, and which way each call takes.

mod answers;
mod call;
mod kept;
mod relay;
mod start;

use std::path::PathBuf;
use std::sync::OnceLock;

use stratapi_qa::{Ended, ToolCall, ToolOutcome};

use crate::bubblewrap;
use crate::program::{self, Python};
use crate::server::Server;
use crate::settings::{Permission, Settings};
use crate::way::Way;
use call::Prepared;
pub(crate) use kept::Kept;

/// What is kept for all calls.
#[derive(Debug, Default)]
pub(crate) struct Linux {
    kept: OnceLock<Result<Kept, String>>,
    python: OnceLock<Result<Python, String>>,
    way: OnceLock<Result<Way, String>>,
}

impl Linux {
    pub(crate) fn run(
        &self,
        settings: &Settings,
        server: Option<&Server>,
        call: &ToolCall,
    ) -> Result<ToolOutcome, Ended> {
        let program = program::find(&call.program, self.python(settings), &settings.programs)
            .map_err(Ended::Missing)?;
        let way = match self.chosen(settings) {
            Ok(Way::Landlock) if call.loopback => Err(
                "landlock leaves no network at all, and this needs its own loopback: install bubblewrap"
                    .to_owned(),
            ),
            Ok(Way::Landlock) if call.reach.is_some() => {
                Err("landlock leaves no network at all: install bubblewrap".to_owned())
            }
            Ok(Way::Landlock) if call.server => Err(
                "landlock leaves no network at all, and the server that is lent is reached by one: install bubblewrap"
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
        let answers = self.answers(settings, call);
        Prepared::new(kept, settings, self.python(settings).as_ref().ok(), call, &program, way)
            .and_then(|prepared| prepared.knowing(answers))
            .map_err(Ended::Failed)?
            .reaching(server)
            .map_err(Ended::Failed)?
            .run()
            .map_err(Ended::Failed)
    }

    /// What other calls have answered, with the names of the files that the call knows it by.
    fn answers(&self, settings: &Settings, call: &ToolCall) -> Vec<(PathBuf, String)> {
        let asked = call.answers.iter();
        asked
            .filter_map(|(name, call)| Some((self.answer(settings, call)?, name.clone())))
            .collect()
    }

    /// Where the answer of a call is kept; it is run if there is none yet.
    fn answer(&self, settings: &Settings, call: &ToolCall) -> Option<PathBuf> {
        let folder = settings.answers.as_ref()?;
        let place = answers::place(folder, self.python(settings).as_ref().ok()?, call).ok()?;
        if !answers::known(&place) {
            let outcome = self.run(settings, None, call).ok()?;
            let whole = outcome.succeeded() && !outcome.truncated;
            whole.then(|| answers::keep(&place, &outcome.stdout))?.ok()?;
        }
        Some(place)
    }

    /// Whether programs have a network of their own, out of which nothing leads.
    pub(crate) fn has_own_network(&self, settings: &Settings) -> bool {
        matches!(self.chosen(settings), Ok(Way::Bubblewrap(_)))
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

    /// The copy of the project, out here.
    pub(crate) fn copied(&self, settings: &Settings) -> Result<PathBuf, String> {
        Ok(self.kept(settings)?.project())
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
