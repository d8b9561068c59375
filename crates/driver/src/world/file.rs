//! Sources in a folder.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use stratapi_ir::{SourceError, World};

use super::glob;

/// Longest source that is read, in bytes.
const LIMIT: u64 = 4 * 1024 * 1024;
/// Most files and folders that one pattern may look at.
const MAX_LOOKS: usize = 100_000;

/// Sources in a folder. Regular files of at most 4 MiB are read; nothing outside of the folder is,
/// whether named by `..`, by an absolute path or by a link.
#[derive(Debug, Clone)]
pub struct FileWorld {
    root: PathBuf,
    /// How the folder is called in paths: empty, or ending with `/`.
    prefix: String,
}

impl FileWorld {
    /// The world of the folder `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), prefix: String::new() }
    }

    /// The world of the folder in which a file stands, and the path of the file in it. A plain
    /// relative path such as `examples/blog.yaml` is kept, so that messages show it as it was given.
    pub fn of_file(path: &Path) -> (Self, String) {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let root = parent.unwrap_or_else(|| Path::new("."));
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let plain = |part: Component<'_>| match part {
            Component::Normal(name) => name.to_str().map(str::to_owned),
            _ => None,
        };
        let parts: Option<Vec<String>> = root.components().map(plain).collect();
        let prefix = parts.map(|parts| format!("{}/", parts.join("/"))).unwrap_or_default();
        let entry = format!("{prefix}{name}");
        (Self { root: root.to_owned(), prefix }, entry)
    }

    /// Where a source stands on disk.
    pub fn location(&self, path: &str) -> PathBuf {
        self.root.join(path.strip_prefix(&self.prefix).unwrap_or(path))
    }

    fn locate(&self, path: &str) -> Result<PathBuf, SourceError> {
        let inner = path.strip_prefix(&self.prefix).ok_or_else(outside)?;
        if inner.split('/').any(|part| matches!(part, "" | "." | "..")) || inner.contains('\\') {
            return Err(outside());
        }
        let root = self.root.canonicalize().map_err(|error| describe(&error))?;
        let real = root.join(inner).canonicalize().map_err(|error| describe(&error))?;
        if real.starts_with(&root) { Ok(real) } else { Err(outside()) }
    }

    fn walk(
        &self,
        folder: &str,
        pattern: &str,
        looks: &mut usize,
        found: &mut Vec<String>,
    ) -> Result<(), SourceError> {
        let entries = fs::read_dir(self.root.join(folder)).map_err(|error| describe(&error))?;
        for entry in entries {
            let entry = entry.map_err(|error| describe(&error))?;
            *looks += 1;
            if *looks > MAX_LOOKS {
                let message = format!("the pattern looks at more than {MAX_LOOKS} files");
                return Err(SourceError::Other(message));
            }
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let kind = entry.file_type().map_err(|error| describe(&error))?;
            if kind.is_dir() {
                if glob::may_hold(pattern, &path)
                    && !entry.file_name().as_encoded_bytes().starts_with(b".")
                {
                    self.walk(&path, pattern, looks, found)?;
                }
            } else if glob::matches(pattern, &path) {
                found.push(format!("{}{path}", self.prefix));
            }
        }
        Ok(())
    }
}

impl World for FileWorld {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let real = self.locate(path)?;
        let metadata = fs::metadata(&real).map_err(|error| describe(&error))?;
        if !metadata.is_file() {
            return Err(SourceError::Other("not a regular file".to_owned()));
        }
        if metadata.len() > LIMIT {
            return Err(SourceError::TooLarge { limit: LIMIT });
        }
        let file = fs::File::open(&real).map_err(|error| describe(&error))?;
        let mut bytes = Vec::new();
        // It may grow while it is read.
        file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| describe(&error))?;
        if bytes.len() as u64 > LIMIT {
            return Err(SourceError::TooLarge { limit: LIMIT });
        }
        Ok(bytes)
    }

    fn glob(&self, pattern: &str) -> Result<Vec<String>, SourceError> {
        let inner = pattern.strip_prefix(&self.prefix).ok_or_else(outside)?;
        let mut found = Vec::new();
        self.walk("", inner, &mut 0, &mut found)?;
        found.sort_unstable();
        Ok(found)
    }
}

fn outside() -> SourceError {
    SourceError::Other("it is outside of the application's folder".to_owned())
}

fn describe(error: &io::Error) -> SourceError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SourceError::NotFound,
        io::ErrorKind::PermissionDenied => SourceError::Other("permission denied".to_owned()),
        kind => SourceError::Other(kind.to_string()),
    }
}
