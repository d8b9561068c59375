//! Finished files, before they are written.

use std::collections::BTreeMap;

use stratapi_diagnostics::Span;

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path below the project's root, with forward slashes.
    pub path: String,
    /// Its text, ending with a line feed; empty for `__init__.py` and the like.
    pub text: String,
    /// Which lines come from where in the IR, in ascending order; may be empty.
    pub origins: Vec<Origin>,
}

/// Lines of an artifact that come from one place of the IR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// First line, from 1.
    pub first_line: u32,
    /// Last line, inclusive.
    pub last_line: u32,
    /// The place.
    pub span: Span,
}

/// All finished files, in ascending order of their paths.
#[derive(Debug, Clone, Default)]
pub struct ArtifactTree {
    files: BTreeMap<String, Artifact>,
}

impl ArtifactTree {
    /// Adds a file.
    ///
    /// # Panics
    /// If the path is taken: the plan gives each path to one maker.
    pub fn insert(&mut self, artifact: Artifact) {
        let path = artifact.path.clone();
        if self.files.insert(path, artifact).is_some() {
            stratapi_diagnostics::bug!("two artifacts claim one path");
        }
    }

    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<&Artifact> {
        self.files.get(path)
    }

    /// All files, in ascending order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &Artifact> {
        self.files.values()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
