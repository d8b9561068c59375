//! Which files a pattern is for: `*` for any text without a slash, `**/` for any folders.

/// A pattern of paths, as its parts between slashes.
#[derive(Debug, Clone)]
pub(super) struct Glob(Vec<String>);

impl Glob {
    pub(super) fn new(pattern: &str) -> Self {
        Self(pattern.split('/').map(str::to_owned).collect())
    }

    /// Whether a path, as its parts between slashes, fits.
    pub(super) fn fits(&self, path: &[&str]) -> bool {
        segments(&self.0, path)
    }
}

fn segments(pattern: &[String], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((first, [])), Some(_)) if first == "**" => true,
        (Some((first, rest)), _) if first == "**" => {
            (0..=path.len()).any(|skipped| segments(rest, &path[skipped..]))
        }
        (Some((first, rest)), Some((name, names))) => part(first, name) && segments(rest, names),
        _ => false,
    }
}

/// One part of a path; each star takes as little as it can.
fn part(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = name.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::Glob;

    fn fits(pattern: &str, path: &str) -> bool {
        Glob::new(pattern).fits(&path.split('/').collect::<Vec<_>>())
    }

    #[test]
    fn stars_stand_for_names_and_double_stars_for_folders() {
        assert!(fits("app/**/*.py", "app/main.py") && fits("app/**/*.py", "app/a/b/c.py"));
        assert!(fits("**/*.py", "a.py") && fits("**", "a/b") && fits("Dockerfile", "Dockerfile"));
        assert!(fits("docker-compose*.yml", "docker-compose.yml"));
        assert!(!fits("app/*.py", "app/a/b.py") && !fits("app/**/*.py", "tests/a.py"));
        assert!(!fits("*.py", "a.pyc") && !fits("a*b*a", "ab") && fits("a*b*a", "abba"));
    }
}
