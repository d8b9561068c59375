//! What a build was made from: every source that was read, and every pattern that was listed. The
//! compiler is a function of these, so that a build with the same inputs need not be made again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use stratapi_ir::{SourceError, World};

/// Everything that a compilation asked its world, and the answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// Hash of the content by path; `None` for what could not be read.
    reads: BTreeMap<String, Option<String>>,
    /// Paths found by pattern; `None` for what could not be listed.
    globs: BTreeMap<String, Option<Vec<String>>>,
}

impl Inputs {
    /// One hash over all of it and the compiler that reads it.
    pub(crate) fn hash(&self, compiler: &str) -> String {
        let text = serde_json::to_vec(&(compiler, self))
            .unwrap_or_else(|error| stratapi_diagnostics::bug!("inputs: {error}"));
        blake3::hash(&text).to_hex().to_string()
    }

    /// Whether a world still gives the same answers.
    pub fn hold_in(&self, world: &dyn World) -> bool {
        self.reads.iter().all(|(path, known)| hash(&world.read(path)) == *known)
            && self.globs.iter().all(|(pattern, known)| world.glob(pattern).ok() == *known)
    }
}

/// A world that notes what it is asked.
pub(crate) struct Recorder<'a> {
    world: &'a dyn World,
    seen: Mutex<Inputs>,
}

impl<'a> Recorder<'a> {
    pub(crate) fn new(world: &'a dyn World) -> Self {
        Self { world, seen: Mutex::new(Inputs::default()) }
    }

    pub(crate) fn finish(self) -> Inputs {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, note: impl FnOnce(&mut Inputs)) {
        note(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl World for Recorder<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let answer = self.world.read(path);
        self.note(|seen| drop(seen.reads.insert(path.to_owned(), hash(&answer))));
        answer
    }

    fn glob(&self, pattern: &str) -> Result<Vec<String>, SourceError> {
        let answer = self.world.glob(pattern);
        self.note(|seen| drop(seen.globs.insert(pattern.to_owned(), answer.clone().ok())));
        answer
    }
}

fn hash(answer: &Result<Vec<u8>, SourceError>) -> Option<String> {
    answer.as_ref().ok().map(|bytes| blake3::hash(bytes).to_hex().to_string())
}
