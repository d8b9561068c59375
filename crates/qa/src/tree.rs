//! The judged files, as they are: what a person, a model or an accident made of them.

use std::collections::BTreeMap;

use stratapi_plan::ArtifactTree;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text in UTF-8.
    Text(String),
    /// Bytes that are no text in UTF-8; the first one that is not, by its offset.
    Binary {
        /// Offset of the first byte that is no UTF-8.
        valid_up_to: usize,
        /// All bytes.
        bytes: Vec<u8>,
    },
    /// Not read: why.
    Unread(String),
}

impl Content {
    /// What bytes hold: text, if they are text in UTF-8.
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text),
            Err(error) => {
                let valid_up_to = error.utf8_error().valid_up_to();
                Self::Binary { valid_up_to, bytes: error.into_bytes() }
            }
        }
    }
}

/// All files of a judged project, in ascending order of their paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<String, Content>,
    written: BTreeMap<String, bool>,
}

impl Tree {
    /// Adds a file, or replaces it. Paths have forward slashes.
    pub fn insert(&mut self, path: impl Into<String>, content: Content) {
        self.files.insert(path.into(), content);
    }

    /// Adds a text, or replaces it.
    pub fn insert_text(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.insert(path, Content::Text(text.into()));
    }

    /// Removes a file and says whether it was there.
    pub fn remove(&mut self, path: &str) -> bool {
        self.files.remove(path).is_some()
    }

    /// Notes what is known of a file that a build wrote: whether it still holds what was written.
    pub fn note_written(&mut self, path: impl Into<String>, untouched: bool) {
        self.written.insert(path.into(), untouched);
    }

    /// Whether a file still holds what a build wrote there; `None` if no build is known to have
    /// written it.
    pub fn is_untouched(&self, path: &str) -> Option<bool> {
        self.written.get(path).copied()
    }

    /// What a file holds.
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.files.get(path)
    }

    /// The text of a file, if it is there and is text.
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.files.get(path) {
            Some(Content::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// All files, in ascending order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Content)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content))
    }

    /// All texts, in ascending order of their paths.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter_map(|(path, content)| match content {
            Content::Text(text) => Some((path, text.as_str())),
            _ => None,
        })
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

impl From<&ArtifactTree> for Tree {
    fn from(tree: &ArtifactTree) -> Self {
        let mut all = Self::default();
        for artifact in tree.iter() {
            all.insert_text(artifact.path.as_str(), artifact.text.as_str());
        }
        all
    }
}
