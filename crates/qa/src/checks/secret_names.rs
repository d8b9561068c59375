//! Names that say that their value is a secret.

/// Words that make a name one of a secret.
const WORDS: &[&str] =
    &["secret", "password", "passwd", "passphrase", "token", "apikey", "credential", "credentials"];
/// Pairs of words that do.
const PAIRS: &[(&str, &str)] =
    &[("api", "key"), ("private", "key"), ("signing", "key"), ("access", "key"), ("auth", "key")];
/// Words that say that the value is about a secret, and not one itself.
const ABOUT: &[&str] = &[
    "algorithm",
    "count",
    "description",
    "detail",
    "error",
    "expiry",
    "field",
    "file",
    "hash",
    "header",
    "hint",
    "id",
    "kind",
    "label",
    "length",
    "limit",
    "lifetime",
    "max",
    "min",
    "name",
    "path",
    "pattern",
    "policy",
    "prefix",
    "required",
    "reset",
    "scheme",
    "scopes",
    "seconds",
    "ttl",
    "type",
    "uri",
    "url",
];

/// Whether a name (`SECRET_KEY`, `jwtSecret`) is that of a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let has = |word: &str| words.iter().any(|other| other == word);
    let pair = words.windows(2).any(|two| PAIRS.iter().any(|(a, b)| two[0] == *a && two[1] == *b));
    (pair || WORDS.iter().any(|word| has(word))) && !ABOUT.iter().any(|word| has(word))
}

fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = '_';
    for letter in name.chars() {
        let starts = letter.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (starts || !letter.is_ascii_alphanumeric())
            && words.last().is_some_and(|w| !w.is_empty())
        {
            words.push(String::new());
        }
        if letter.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(letter.to_ascii_lowercase());
        }
        before = letter;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::is_secret_name;

    #[test]
    fn names_of_secrets_are_told_from_names_about_them() {
        for name in ["SECRET_KEY", "jwtSecret", "db_password", "api_key", "AWS_SECRET_ACCESS_KEY"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in
            ["token_type", "password_hash", "key", "tokenizer", "secret_key_length", "monkey"]
        {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
