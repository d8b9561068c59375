//! "Did you mean": the closest of the known names.

/// The closest candidate, if one is close enough to be what was meant.
pub(crate) fn closest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // A name this long is no slip of the finger, and comparing it costs its square.
    if name.len() > 64 {
        return None;
    }
    let lower = name.to_lowercase();
    let length = name.chars().count();
    let limit = if length < 3 { 0 } else { (length / 3).max(1) };
    candidates
        .into_iter()
        .map(|candidate| (distance(&lower, &candidate.to_lowercase(), limit), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How far two names are apart; one that begins with the other is a shortened form of it.
fn distance(name: &str, candidate: &str, limit: usize) -> usize {
    if limit > 0 && (candidate.starts_with(name) || name.starts_with(candidate)) {
        return 1;
    }
    if candidate.len().abs_diff(name.len()) > limit + 1 {
        return usize::MAX;
    }
    strsim::damerau_levenshtein(name, candidate)
}

/// Advice on an unknown name: the closest candidate, or else what there is.
pub(crate) fn advice<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    if let Some(found) = closest(name, candidates.clone()) {
        return format!("did you mean `{found}`?");
    }
    listed(candidates)
}

/// What there is, shortened to what fits on a line or two.
pub(crate) fn listed<'a>(candidates: impl IntoIterator<Item = &'a str>) -> String {
    let mut names = candidates.into_iter();
    let shown: Vec<String> = names.by_ref().take(20).map(|name| format!("`{name}`")).collect();
    let more = names.count();
    match (shown.is_empty(), more) {
        (true, _) => "there is none to choose from".to_owned(),
        (false, 0) => format!("known here: {}", shown.join(", ")),
        (false, _) => format!("known here: {} and {more} more", shown.join(", ")),
    }
}
