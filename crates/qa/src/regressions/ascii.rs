//! Patterns for texts of ASCII alone. A class like `\w` means some hundred ranges of letters of all
//! scripts, and most of the time of making a pattern ready goes into these; nearly every file has
//! letters of ASCII alone.

/// The same pattern for texts of ASCII alone.
pub(super) fn narrowed(pattern: &str) -> String {
    let mut narrow = String::with_capacity(pattern.len() * 2);
    let mut letters = pattern.chars();
    // How many classes are open: `[^[\w.]]`.
    let mut open = 0_usize;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let escaped = letters.next().unwrap_or_default();
                match members(escaped) {
                    Some(members) if open > 0 => narrow.push_str(members),
                    Some(members) => narrow.extend(["[", members, "]"]),
                    None => narrow.extend([letter, escaped]),
                }
                continue;
            }
            '[' => open += 1,
            ']' => open = open.saturating_sub(1),
            _ => {}
        }
        narrow.push(letter);
    }
    narrow
}

/// What a class holds of ASCII.
fn members(escaped: char) -> Option<&'static str> {
    match escaped {
        'w' => Some("0-9A-Z_a-z"),
        'd' => Some("0-9"),
        's' => Some(r"\t-\r "),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use fancy_regex::Regex;

    use super::narrowed;

    #[test]
    fn classes_are_narrowed_where_they_stand() {
        assert_eq!(narrowed(r"\w+[\w.-]\s\\w"), r"[0-9A-Z_a-z]+[0-9A-Z_a-z.-][\t-\r ]\\w");
        assert_eq!(narrowed(r"\[\d\]\b\S"), r"\[[0-9]\]\b\S");
    }

    #[test]
    fn a_narrowed_class_holds_what_the_wide_one_holds_of_ascii() {
        for class in [r"\w", r"\d", r"\s", r"[^\w.]", r"[\s\d]"] {
            let (wide, narrow) =
                (Regex::new(class).unwrap(), Regex::new(&narrowed(class)).unwrap());
            for letter in (0..128_u8).map(|byte| char::from(byte).to_string()) {
                let same = wide.is_match(&letter).unwrap() == narrow.is_match(&letter).unwrap();
                assert!(same, "{class} {letter:?}");
            }
        }
    }
}
