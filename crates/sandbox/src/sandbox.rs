//! The runner of the judge.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use stratapi_qa::{Composition, Ended, NotStarted, Started, ToolCall, ToolOutcome, ToolRunner};

#[cfg(target_os = "linux")]
use crate::compose::{self, Patience};
use crate::server::Server;
use crate::settings::Settings;

/// Runs programs so that they can do no harm; see the crate.
#[derive(Debug)]
pub struct Sandbox {
    settings: Settings,
    secret: String,
    server: Option<Server>,
    composes: bool,
    #[cfg(target_os = "linux")]
    linux: crate::linux::Linux,
}

impl Sandbox {
    /// A sandbox over a project. Nothing is run or copied before the first call.
    pub fn new(settings: Settings) -> Self {
        Self {
            #[cfg(target_os = "linux")]
            linux: crate::linux::Linux::default(),
            settings,
            secret: secret(),
            server: None,
            composes: false,
        }
    }

    /// The same, with a PostgreSQL server that programs may reach which ask for it.
    #[must_use]
    pub fn lending(mut self, server: Option<Server>) -> Self {
        self.server = server;
        self
    }

    /// The same, if the project is to be served by its own containers.
    #[must_use]
    pub fn composing(mut self, composes: bool) -> Self {
        self.composes = composes;
        self
    }

    /// How programs are kept in bounds: `bubblewrap 0.8.0`.
    ///
    /// # Errors
    /// If nothing here can do it: why, and what to do about it.
    pub fn way(&self) -> Result<String, String> {
        #[cfg(target_os = "linux")]
        {
            self.linux.way(&self.settings)
        }
        #[cfg(not(target_os = "linux"))]
        {
            Err(ELSEWHERE.to_owned())
        }
    }

    /// What it was made with.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }
}

#[cfg(not(target_os = "linux"))]
const ELSEWHERE: &str = "generated code is run on Linux only, where it can be kept in bounds";

impl ToolRunner for Sandbox {
    fn run(&self, call: &ToolCall) -> ToolOutcome {
        let start = Instant::now();
        #[cfg(target_os = "linux")]
        let done = self.linux.run(&self.settings, self.server.as_ref(), call);
        #[cfg(not(target_os = "linux"))]
        let done = Err(Ended::Refused(ELSEWHERE.to_owned()));
        let mut outcome = done.unwrap_or_else(not_started);
        outcome.time = start.elapsed();
        outcome
    }

    fn versions(&self) -> BTreeMap<String, String> {
        let mut versions = BTreeMap::new();
        #[cfg(target_os = "linux")]
        versions.extend([self.linux.versions(&self.settings)]);
        #[cfg(target_os = "linux")]
        if self.composes {
            let engine = compose::engine(&self.settings.programs, &Patience::default());
            versions.insert("docker".to_owned(), engine.unwrap_or_else(|_| "none".to_owned()));
        }
        for program in ["python", "postgres"] {
            let mut call = ToolCall::new(program, &["--version"]);
            call.limits.time = Duration::from_secs(10);
            let outcome = self.run(&call);
            let text = String::from_utf8_lossy(&outcome.stdout);
            let number = text.split_whitespace().find(|word| word.starts_with(char::is_numeric));
            if let (true, Some(number)) = (outcome.succeeded(), number) {
                let name = if program == "postgres" { "postgresql" } else { program };
                versions.insert(name.to_owned(), number.to_owned());
            }
        }
        versions
    }

    fn server(&self) -> Option<String> {
        let server = self.server.as_ref()?;
        #[cfg(target_os = "linux")]
        if self.linux.has_own_network(&self.settings) {
            return Some(server.url_in(crate::bubblewrap::SERVER));
        }
        Some(server.url().to_owned())
    }

    fn composes(&self) -> bool {
        self.composes
    }

    fn compose(&self, composition: &Composition) -> Started {
        #[cfg(target_os = "linux")]
        {
            let project = self.linux.copied(&self.settings).map_err(NotStarted::Failed)?;
            let programs = &self.settings.programs;
            compose::start(&project, composition, programs, Patience::default())
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = composition;
            Err(NotStarted::NoEngine(ELSEWHERE.to_owned()))
        }
    }

    fn secret(&self) -> String {
        self.secret.clone()
    }

    fn project(&self) -> String {
        #[cfg(target_os = "linux")]
        {
            self.linux.project(&self.settings)
        }
        #[cfg(not(target_os = "linux"))]
        {
            "/project".to_owned()
        }
    }
}

/// Letters that nobody can guess: the standard library takes its keys from the kernel's generator.
fn secret() -> String {
    use std::hash::{BuildHasher as _, RandomState};
    let word = |_| format!("{:016x}", RandomState::new().hash_one(std::process::id()));
    (0..2).map(word).collect()
}

fn not_started(ended: Ended) -> ToolOutcome {
    ToolOutcome {
        ended,
        stdout: Vec::new(),
        stderr: Vec::new(),
        truncated: false,
        time: Duration::ZERO,
    }
}
