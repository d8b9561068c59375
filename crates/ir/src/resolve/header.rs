//! Names of headers that an application may give a meaning.

/// Headers that mean something else, in lower case.
const OTHERS: &[&str] = &[
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "keep-alive",
    "origin",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-request-id",
];

/// What the names of headers that browsers and proxies write start with.
const STARTS: &[&str] = &["accept", "access-control-", "proxy-", "sec-"];

/// Longest name, in characters.
const LONGEST: usize = 64;

/// Whether this can be the name of a header: letters, digits and `-`.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && text.len() <= LONGEST
}

/// Whether a header means something else.
pub(super) fn is_taken(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    OTHERS.contains(&lower.as_str()) || STARTS.iter().any(|start| lower.starts_with(start))
}
