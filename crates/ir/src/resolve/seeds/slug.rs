//! Slugs of seeds, made as the service makes those of other rows.

use unicode_normalization::UnicodeNormalization;

/// Longest slug, and longest one with room for a number behind it.
const LONGEST: usize = 200;
const ROOM: usize = 194;

/// The words of a text, joined by hyphens; empty if there are none.
pub(super) fn of(text: &str) -> String {
    let ascii: String = text.nfkd().filter(char::is_ascii).collect();
    let lower = ascii.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(ROOM);
    slug.trim_end_matches('-').to_owned()
}

/// The slug, or the first of `slug-2`, `slug-3`… that no seed before has.
pub(super) fn free(slug: &str, taken: &[String]) -> String {
    let mut found = slug.to_owned();
    let mut number = 2;
    while taken.contains(&found) {
        found = format!("{slug}-{number}");
        number += 1;
    }
    found
}

/// Whether a text is a slug.
pub(super) fn is_one(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    text.len() <= LONGEST && text.split('-').all(word)
}

#[cfg(test)]
mod tests {
    use super::{free, is_one, of};

    #[test]
    fn words_become_slugs() {
        assert_eq!(of("Breaking News!"), "breaking-news");
        assert_eq!(of("  Über Köln – 2 "), "uber-koln-2");
        assert_eq!(of("日本"), "");
        assert!(of(&"ab ".repeat(100)).len() <= 194);
    }

    #[test]
    fn the_first_free_number_is_taken() {
        let taken = ["news", "news-2"].map(str::to_owned);
        assert_eq!(free("news", &taken), "news-3");
        assert_eq!(free("sport", &taken), "sport");
    }

    #[test]
    fn slugs_are_told_from_other_texts() {
        assert!(is_one("news") && is_one("news-2"));
        assert!(!["", "News", "-news", "a--b", "a b"].into_iter().any(is_one));
    }
}
