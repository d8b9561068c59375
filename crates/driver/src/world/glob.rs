//! Patterns of paths: `*` and `?` within a name, `**` for any folders, none included.

/// Whether a path matches. Names that start with a dot match only a pattern that does so too.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    parts(&pattern, &path)
}

/// Whether a folder may hold matches.
pub(super) fn may_hold(pattern: &str, folder: &str) -> bool {
    let mut pattern = pattern.split('/');
    for name in folder.split('/') {
        match pattern.next() {
            None => return false,
            Some("**") => return true,
            Some(part) if !name_matches(part, name) => return false,
            Some(_) => {}
        }
    }
    pattern.next().is_some()
}

fn parts(pattern: &[&str], path: &[&str]) -> bool {
    match pattern.split_first() {
        None => path.is_empty(),
        Some((&"**", rest)) => {
            let hidden = path.iter().position(|name| name.starts_with('.')).unwrap_or(path.len());
            (0..=hidden).any(|skipped| parts(rest, &path[skipped..]))
        }
        Some((first, rest)) => path
            .split_first()
            .is_some_and(|(name, path)| name_matches(first, name) && parts(rest, path)),
    }
}

fn name_matches(pattern: &str, name: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    // The usual two pointers: on a mismatch, the last star takes one character more.
    let (mut at, mut star) = ((0, 0), None);
    while at.1 < name.len() {
        match pattern.get(at.0) {
            Some('*') => {
                star = Some((at.0 + 1, at.1));
                at.0 += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == name[at.1] => at = (at.0 + 1, at.1 + 1),
            _ => {
                let Some((after, taken)) = star else { return false };
                star = Some((after, taken + 1));
                at = (after, taken + 1);
            }
        }
    }
    pattern[at.0..].iter().all(|rest| *rest == '*')
}

#[cfg(test)]
mod tests {
    use super::{matches, may_hold};

    #[test]
    fn stars_stay_within_a_name_and_double_stars_do_not() {
        let table = [
            ("domain/*.yaml", "domain/post.yaml", true),
            ("domain/*.yaml", "domain/a/post.yaml", false),
            ("**/*.yaml", "post.yaml", true),
            ("**/*.yaml", "a/b/post.yaml", true),
            ("a/**/b/*.y?ml", "a/b/x.yaml", true),
            ("a/**/b/*.y?ml", "a/c/d/b/x.yaml", true),
            ("a/**/b/*.y?ml", "a/c/d/x.yaml", false),
            ("*", ".hidden", false),
            ("**/*", "a/.git/x", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b", "xxaxxbxx", false),
            ("?", "ä", true),
        ];
        for (pattern, path, expected) in table {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_folder_is_entered_only_where_matches_may_be() {
        assert!(may_hold("domain/*.yaml", "domain"));
        assert!(may_hold("a/**/*.yaml", "a/b/c"));
        assert!(!may_hold("domain/*.yaml", "other"));
        assert!(!may_hold("*.yaml", "domain"));
    }
}
