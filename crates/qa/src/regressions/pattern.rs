//! One known mistake: what to look for, where, and what to say.

use std::ops::Range;
use std::sync::OnceLock;

use fancy_regex::{Regex, RegexBuilder};
use stratapi_diagnostics::bug;

use super::ascii;
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
    Search(Box<Search>),
    /// A file that must be there.
    MustExist(String),
}

/// A search through files.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    pattern: String,
    /// Made when a file has one of the hints: that costs more than reading all patterns.
    regex: OnceLock<Regex>,
    /// The same for files of ASCII alone.
    of_ascii: OnceLock<Regex>,
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
    /// A search for a pattern of which nobody knows yet whether it is one; see [`Self::compile`].
    pub(super) fn new(
        pattern: String,
        files: &[String],
        hints: Vec<String>,
        unless: Vec<String>,
    ) -> Self {
        let files = files.iter().map(|one| Glob::new(one)).collect();
        Self { pattern, regex: OnceLock::new(), of_ascii: OnceLock::new(), files, hints, unless }
    }

    /// Makes the search ready for all files, which the first [`Self::find`] would do otherwise.
    ///
    /// # Errors
    /// If the pattern is none: why.
    pub(super) fn compile(&self) -> Result<(), String> {
        let regex = compiled(&self.pattern)?;
        self.regex.get_or_init(|| regex);
        Ok(())
    }

    /// The pattern as it is written.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        &self.pattern
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
        let regex = if text.is_ascii() { self.of_ascii() } else { self.regex() };
        let mut found = Vec::new();
        for hit in regex.find_iter(text) {
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

    fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            compiled(&self.pattern).unwrap_or_else(|error| bug!("a pattern is none: {error}"))
        })
    }

    fn of_ascii(&self) -> &Regex {
        self.of_ascii.get_or_init(|| {
            compiled(&ascii::narrowed(&self.pattern)).unwrap_or_else(|_| self.regex().clone())
        })
    }
}

fn compiled(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern)
        .backtrack_limit(STEPS)
        .delegate_size_limit(SIZE)
        .build()
        .map_err(|error| error.to_string())
}
