//! Sources in memory.

use std::collections::BTreeMap;

use stratapi_ir::{SourceError, World};

use super::glob;

/// Sources in memory, by path.
///
/// ```
/// use stratapi_driver::MemoryWorld;
/// let world = MemoryWorld::new().with("app.yaml", "include: [domain.yaml]").with("domain.yaml", "");
/// ```
#[derive(Debug, Clone, Default)]
pub struct MemoryWorld {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryWorld {
    /// Without any file.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one file more, or another content at the path.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.files.get(path).cloned().ok_or(SourceError::NotFound)
    }

    fn glob(&self, pattern: &str) -> Result<Vec<String>, SourceError> {
        Ok(self.files.keys().filter(|path| glob::matches(pattern, path)).cloned().collect())
    }
}
