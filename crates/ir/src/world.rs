//! The border to the outside: how sources are read.

/// Why a source could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// There is no such file.
    #[error("no such file")]
    NotFound,
    /// It is longer than the limit, in bytes.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// Anything else that the system said.
    #[error("{0}")]
    Other(String),
}

/// What the compiler sees of its surroundings. Paths are relative to the world's root and have
/// forward slashes; a world decides what they mean (a folder, a map in memory, a git revision).
pub trait World: Sync {
    /// The bytes of a source.
    ///
    /// # Errors
    /// If there is no such file, or it cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError>;

    /// The files that match a glob (`*`, `?` and `**`), in ascending order of their paths.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    fn glob(&self, pattern: &str) -> Result<Vec<String>, SourceError>;
}
