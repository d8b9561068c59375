//! Which files a pattern is for: `*` for any text without a slash, `**/` for any folders.

/// Whether a path fits a pattern.
pub(super) fn fits(pattern: &str, path: &str) -> bool {
    let (mut parts, mut names) = (pattern.split('/'), path.split('/'));
    segments(&parts.by_ref().collect::<Vec<_>>(), &names.by_ref().collect::<Vec<_>>())
}

fn segments(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) | (Some((&"**", [])), Some(_)) => true,
        (Some((&"**", rest)), _) => {
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
    use super::fits;

    #[test]
    fn stars_stand_for_names_and_double_stars_for_folders() {
        assert!(fits("app/**/*.py", "app/main.py") && fits("app/**/*.py", "app/a/b/c.py"));
        assert!(fits("**/*.py", "a.py") && fits("**", "a/b") && fits("Dockerfile", "Dockerfile"));
        assert!(fits("docker-compose*.yml", "docker-compose.yml"));
        assert!(!fits("app/*.py", "app/a/b.py") && !fits("app/**/*.py", "tests/a.py"));
        assert!(!fits("*.py", "a.pyc") && !fits("a*b*a", "ab") && fits("a*b*a", "abba"));
    }
}
