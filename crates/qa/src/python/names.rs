//! The names of a scope: they are looked up far more often than anything else, and most scopes have
//! few.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// Up to so many names are compared one by one; that takes less than to keep a table.
const FEW: usize = 12;

/// Names, each once.
#[derive(Debug, Clone)]
pub(crate) enum Names<'a> {
    Few(Vec<&'a str>),
    Many(IndexSet<&'a str, FxBuildHasher>),
}

impl Default for Names<'_> {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl<'a> Names<'a> {
    /// Adds a name, if it is not there.
    pub(crate) fn insert(&mut self, name: &'a str) {
        match self {
            Self::Few(names) if names.contains(&name) => {}
            Self::Few(names) if names.len() < FEW => names.push(name),
            Self::Few(names) => {
                let mut many: IndexSet<_, _> = std::mem::take(names).into_iter().collect();
                many.insert(name);
                *self = Self::Many(many);
            }
            Self::Many(names) => drop(names.insert(name)),
        }
    }

    /// Whether a name is there.
    pub(crate) fn contains(&self, name: &str) -> bool {
        match self {
            Self::Few(names) => names.contains(&name),
            Self::Many(names) => names.contains(name),
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Few(names) => names.len(),
            Self::Many(names) => names.len(),
        }
    }

    /// All names, in the order in which they were added.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a str> {
        let (few, many) = match self {
            Self::Few(names) => (Some(names), None),
            Self::Many(names) => (None, Some(names)),
        };
        few.into_iter().flatten().chain(many.into_iter().flatten()).copied()
    }
}

impl<'a> Extend<&'a str> for Names<'a> {
    fn extend<I: IntoIterator<Item = &'a str>>(&mut self, names: I) {
        names.into_iter().for_each(|name| self.insert(name));
    }
}

impl<'a> FromIterator<&'a str> for Names<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut all = Self::default();
        all.extend(names);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW, Names};

    #[test]
    fn few_names_and_many_are_kept_alike() {
        let texts: Vec<String> = (0..3 * FEW).map(|number| format!("name{}", number / 2)).collect();
        let mut names = Names::default();
        for (position, text) in texts.iter().enumerate() {
            assert_eq!(names.contains(text), position % 2 == 1, "{text}");
            names.insert(text);
            assert!(names.contains(text) && !names.contains("name"), "{text}");
        }
        let once: Vec<&str> = texts.iter().step_by(2).map(String::as_str).collect();
        assert_eq!(names.iter().collect::<Vec<_>>(), once);
        assert!(matches!(names, Names::Many(_)));
    }
}
