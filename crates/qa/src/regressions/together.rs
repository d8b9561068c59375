//! Patterns that are searched for together: one pass over a file tells which of them may stand in it.

use aho_corasick::AhoCorasick;

use super::pattern::{Kind, Pattern, Search};

/// Searches for files, with what tells quickly that one of them need not be made.
pub(crate) struct Together<'a> {
    searches: Vec<(&'a Pattern, &'a Search)>,
    /// Finds the hints of all; nothing where they are too many to be looked for at once.
    hints: Option<AhoCorasick>,
    /// The search that each hint belongs to.
    owners: Vec<usize>,
}

impl<'a> Together<'a> {
    pub(crate) fn new(patterns: impl Iterator<Item = &'a Pattern>) -> Self {
        let searches: Vec<(&Pattern, &Search)> = patterns
            .filter_map(|pattern| match &pattern.kind {
                Kind::Search(search) => Some((pattern, search)),
                Kind::MustExist(_) => None,
            })
            .collect();
        let hints = || searches.iter().flat_map(|(_, search)| search.hints());
        let automaton = AhoCorasick::new(hints()).ok();
        let owner = |(owner, (_, search)): (usize, &(&Pattern, &Search))| {
            std::iter::repeat_n(owner, search.hints().len())
        };
        let owners = searches.iter().enumerate().flat_map(owner).collect();
        Self { hints: automaton, owners, searches }
    }

    /// The searches to make in a file.
    pub(crate) fn of_file(
        &self,
        path: &str,
        text: &str,
    ) -> impl Iterator<Item = (&'a Pattern, &'a Search)> + use<'a, '_> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits: Vec<bool> =
            self.searches.iter().map(|(_, search)| search.is_for(&parts)).collect();
        let mut hinted: Vec<bool> = self
            .searches
            .iter()
            .map(|(_, search)| search.hints().is_empty() || self.hints.is_none())
            .collect();
        let mut open =
            fits.iter().zip(&hinted).filter(|(fits, hinted)| **fits && !**hinted).count();
        if let Some(automaton) = self.hints.as_ref().filter(|_| open > 0) {
            for hit in automaton.find_overlapping_iter(text) {
                let owner = self.owners[hit.pattern().as_usize()];
                open -= usize::from(fits[owner] && !hinted[owner]);
                hinted[owner] = true;
                if open == 0 {
                    break;
                }
            }
        }
        let wanted = fits.into_iter().zip(hinted).map(|(fits, hinted)| fits && hinted);
        self.searches.iter().zip(wanted).filter(|(_, wanted)| *wanted).map(|(one, _)| *one)
    }
}

#[cfg(test)]
mod tests {
    use super::Together;
    use crate::regressions::shipped;

    #[test]
    fn the_searches_of_a_file_are_those_of_its_path_whose_hints_stand_in_it() {
        let together = Together::new(shipped().iter());
        let ids = |path: &str, text: &str| -> Vec<String> {
            together.of_file(path, text).map(|(pattern, _)| pattern.id.clone()).collect()
        };
        assert_eq!(ids("app/main.py", "x = eval(y)  # noqa"), ["REG-016", "REG-025"]);
        // One hint may stand inside another, and belong to several.
        assert_eq!(ids("tests/a.py", "pytest_x; PYTEST_; sys.modules"), ["REG-021", "REG-022"]);
        assert!(ids("docs/a.md", "eval( noqa pytest_").is_empty());
        assert!(ids("app/main.py", "").is_empty());
    }
}
