//! `stratapi.lock`: what fills the slots. An application without slots has an empty one.

/// Version of the format that this compiler reads and writes.
const VERSION: u32 = 1;
const HEAD: &str = "# What fills the slots of this application. Commit it; do not edit it.\n";

/// What fills the slots of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lockfile {
    version: u32,
}

/// Why a lock can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockError {
    /// It has a version that this compiler does not know.
    Unknown(u32),
    /// This line, from 1, is not part of the format.
    Malformed(usize),
    /// It does not say its version.
    NoVersion,
}

impl Default for Lockfile {
    fn default() -> Self {
        Self { version: VERSION }
    }
}

impl Lockfile {
    /// Reads a lock.
    ///
    /// # Errors
    /// If the text is no lock, or one of a version that is not known.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let mut version = None;
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let malformed = LockError::Malformed(index + 1);
            match line.split_once('=') {
                Some((key, value)) if key.trim() == "version" && version.is_none() => {
                    version = Some(value.trim().parse::<u32>().map_err(|_| malformed)?);
                }
                // A newer format may have more lines: its version is the better reason.
                _ if version.is_some_and(|version| version > VERSION) => break,
                _ => return Err(malformed),
            }
        }
        match version {
            None => Err(LockError::NoVersion),
            Some(VERSION) => Ok(Self { version: VERSION }),
            Some(other) => Err(LockError::Unknown(other)),
        }
    }

    /// The text of the lock.
    pub fn print(&self) -> String {
        format!("{HEAD}version = {}\n", self.version)
    }
}

impl std::fmt::Display for LockError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown(version) => {
                write!(f, "the lock has version {version}, and this compiler knows {VERSION}")
            }
            Self::Malformed(line) => write!(f, "line {line} is not part of a lock"),
            Self::NoVersion => f.write_str("the lock does not say its version"),
        }
    }
}

impl std::error::Error for LockError {}

#[cfg(test)]
mod tests {
    use super::{LockError, Lockfile};

    #[test]
    fn an_empty_lock_comes_back_as_it_was() {
        let lock = Lockfile::default();
        assert_eq!(Lockfile::parse(&lock.print()), Ok(lock));
        assert_eq!(Lockfile::parse("version=1\r\n"), Ok(lock));
    }

    #[test]
    fn other_texts_are_refused_with_their_reason() {
        assert_eq!(Lockfile::parse(""), Err(LockError::NoVersion));
        assert_eq!(Lockfile::parse("version = 7\n[[slot]]\n"), Err(LockError::Unknown(7)));
        assert_eq!(Lockfile::parse("# c\nversion = x\n"), Err(LockError::Malformed(2)));
        assert_eq!(Lockfile::parse("version = 1\nslot\n"), Err(LockError::Malformed(2)));
        assert_eq!(Lockfile::parse("version = 0\n"), Err(LockError::Unknown(0)));
    }
}
