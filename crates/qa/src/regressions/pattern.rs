//! One known mistake: what to look for, where, and what to say.

use std::ops::Range;

use fancy_regex::{Regex, RegexBuilder};

use super::glob::Glob;

/// Steps after which a search is given up.
const STEPS: usize = 1_000_000;
/// Largest automaton of a pattern, in bytes.
const SIZE: usize = 8 << 20;
/// Most findings of one pattern in one file.
const MOST: usize = 20;

/// How bad a mistake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Gravity {
    Critical,
    High,
    Medium,
    Low,
}

/// What a mistake leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Action {
    /// The check fails.
    Block,
    /// Strict compliance suffers.
    Warn,
}

/// A known mistake.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    pub(crate) id: String,
    pub(crate) gravity: Gravity,
    pub(crate) action: Action,
    pub(crate) kind: Kind,
    pub(crate) description: String,
    pub(crate) help: Option<String>,
    /// What it finds, as its file says; the file was not read unless that is so.
    #[cfg(test)]
    pub(crate) example_bad: String,
    /// What it does not find, as its file says.
    #[cfg(test)]
    pub(crate) example_good: String,
}

/// What is looked for.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// A text that no file may hold.
    Search(Search),
    /// A file that must be there.
    MustExist(String),
}

/// A search through files.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    regex: Regex,
    files: Vec<Glob>,
    /// Texts one of which every hit contains: a file without any of them is not searched.
    hints: Vec<String>,
    /// Texts that no hit contains.
    unless: Vec<String>,
}

/// A search gave up: the pattern tries too many ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GaveUp;

impl Gravity {
    /// Its word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

impl Search {
    /// A search.
    ///
    /// # Errors
    /// If the pattern is none: why.
    pub(super) fn new(
        pattern: &str,
        files: &[String],
        hints: Vec<String>,
        unless: Vec<String>,
    ) -> Result<Self, String> {
        let regex = RegexBuilder::new(pattern)
            .backtrack_limit(STEPS)
            .delegate_size_limit(SIZE)
            .build()
            .map_err(|error| error.to_string())?;
        let files = files.iter().map(|one| Glob::new(one)).collect();
        Ok(Self { regex, files, hints, unless })
    }

    /// The pattern as it is written.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        self.regex.as_str()
    }

    /// Whether files at this path, given as its parts between slashes, are searched.
    pub(super) fn is_for(&self, path: &[&str]) -> bool {
        self.files.iter().any(|pattern| pattern.fits(path))
    }

    /// Texts one of which every hit contains; none if nothing is known.
    pub(super) fn hints(&self) -> &[String] {
        &self.hints
    }

    /// Every place of a text at which the pattern stands, up to a bound.
    ///
    /// # Errors
    /// If the search was given up: then nothing is known about the text.
    pub(crate) fn find(&self, text: &str) -> Result<Vec<Range<usize>>, GaveUp> {
        let mut found = Vec::new();
        for hit in self.regex.find_iter(text) {
            let hit = hit.map_err(|_| GaveUp)?;
            if !self.unless.iter().any(|other| hit.as_str().contains(other)) {
                found.push(hit.start()..hit.end());
            }
            if found.len() == MOST {
                break;
            }
        }
        Ok(found)
    }
}
