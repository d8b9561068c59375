//! Shared parts of the end-to-end tests.

pub mod random_ir;

use std::collections::BTreeMap;

use stratapi_ir::{SourceError, World};

/// Files in memory, by their paths.
#[derive(Debug, Clone, Default)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Memory {
    /// A world of one file.
    pub fn one(path: &str, content: impl Into<Vec<u8>>) -> Self {
        Self(BTreeMap::from([(path.to_owned(), content.into())]))
    }
}

impl World for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.0.get(path).cloned().ok_or(SourceError::NotFound)
    }

    /// Knows `*` for any text without a slash, once in a pattern.
    fn glob(&self, pattern: &str) -> Result<Vec<String>, SourceError> {
        let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
        let fits = |path: &&String| {
            let middle = path.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            middle.is_some_and(|middle| !middle.contains('/'))
        };
        Ok(self.0.keys().filter(fits).cloned().collect())
    }
}
