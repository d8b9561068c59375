//! Literals: the one place where text becomes Python source.

use std::fmt::Write as _;
use std::sync::LazyLock;

/// Characters that look like others (ruff's RUF001 to RUF003), as ranges.
static CONFUSABLE: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
    let number = |text: &str| u32::from_str_radix(text, 16).unwrap_or(0);
    include_str!("confusable.txt")
        .split_whitespace()
        .map(|range| range.split_once('-').unwrap_or((range, range)))
        .map(|(first, last)| (number(first), number(last)))
        .collect()
});

/// Whether a character may stand in a source file as it is: printable, and unlike any other.
fn is_plain(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    let code = u32::from(character);
    let after = CONFUSABLE.partition_point(|range| range.0 <= code);
    let confusable = after > 0 && code <= CONFUSABLE[after - 1].1;
    !confusable && character.escape_debug().len() == 1
}

/// `\u2019`, `\x1b`, `\U0001f600`
fn escape(out: &mut String, character: char) {
    let code = u32::from(character);
    let written = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
    debug_assert!(written.is_ok(), "writing to a String succeeds");
}

/// The quote that needs fewer escapes; double where it makes no difference.
pub(super) fn quote_for(texts: &[&str]) -> char {
    let count = |quote: char| texts.iter().map(|text| text.matches(quote).count()).sum::<usize>();
    if count('"') > count('\'') { '\'' } else { '"' }
}

/// The inside of a literal between these quotes.
pub(super) fn content(out: &mut String, text: &str, quote: char) {
    // What most texts are is copied as a whole.
    let special =
        |byte: u8| !matches!(byte, b' '..=b'~') || byte == b'\\' || char::from(byte) == quote;
    let plain = text.bytes().position(special).unwrap_or(text.len());
    out.push_str(&text[..plain]);
    for character in text[plain..].chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            _ if character == quote => {
                out.push('\\');
                out.push(character);
            }
            _ if is_plain(character) => out.push(character),
            _ => escape(out, character),
        }
    }
}

/// A text literal.
pub(super) fn string(out: &mut String, text: &str, quote: char) {
    out.push(quote);
    content(out, text, quote);
    out.push(quote);
}

/// A raw text literal where that is possible, else a plain one.
pub(super) fn raw_string(out: &mut String, text: &str) {
    let raw = text.contains('\\')
        && !text.ends_with('\\')
        && !text.contains('"')
        && text.chars().all(is_plain);
    if !raw {
        return string(out, text, quote_for(&[text]));
    }
    out.push_str("r\"");
    out.push_str(text);
    out.push('"');
}

/// A bytes literal.
pub(super) fn bytes(out: &mut String, bytes: &[u8]) {
    let ascii: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let quote = quote_for(&[&ascii]);
    out.push('b');
    out.push(quote);
    for byte in bytes {
        match char::from(*byte) {
            character if character.is_ascii() => {
                content(out, character.encode_utf8(&mut [0; 4]), quote);
            }
            character => escape(out, character),
        }
    }
    out.push(quote);
}

/// Text inside an f-string: braces are doubled.
pub(super) fn fstring_content(out: &mut String, text: &str, quote: char) {
    let mut escaped = String::new();
    content(&mut escaped, text, quote);
    out.push_str(&escaped.replace('{', "{{").replace('}', "}}"));
}

/// A word of a docstring: backslashes, runs of quotes and doubtful characters become `\u`
/// escapes, which the rules about docstrings accept.
pub(super) fn docstring_word(word: &str) -> String {
    let mut out = String::new();
    for character in word.chars() {
        match character {
            '\\' => out.push_str("\\u005c"),
            '"' if word.contains("\"\"") => out.push_str("\\u0022"),
            _ if is_plain(character) => out.push(character),
            _ if u32::from(character) <= 0xff => {
                let written = write!(out, "\\u{:04x}", u32::from(character));
                debug_assert!(written.is_ok(), "writing to a String succeeds");
            }
            _ => escape(&mut out, character),
        }
    }
    out
}

/// A word of a comment: doubtful characters can't be escaped there, so they are spelt out.
pub(super) fn comment_word(word: &str) -> String {
    let mut out = String::new();
    for character in word.chars() {
        if is_plain(character) { out.push(character) } else { escape(&mut out, character) }
    }
    out
}

/// Columns that a part of a long literal takes at the most.
pub(super) const PART: usize = 72;

/// The parts of a text that is too long for one line, cut behind spaces where there are any.
pub(super) fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0;
    for word in text.split_inclusive(' ') {
        let long = columns(word) > PART;
        let mut letters = [0; 4];
        let whole = (!long).then_some(word).into_iter().map(str::to_owned);
        let single = word.chars().filter(|_| long);
        let pieces = whole.chain(single.map(|c| c.encode_utf8(&mut letters).to_owned()));
        for piece in pieces {
            let width = columns(&piece);
            if used > 0 && used + width > PART {
                parts.push(String::new());
                used = 0;
            }
            used += width;
            if let Some(last) = parts.last_mut() {
                last.push_str(&piece);
            }
        }
    }
    parts
}

/// Columns that the inside of a literal takes.
fn columns(text: &str) -> usize {
    let mut escaped = String::new();
    content(&mut escaped, text, quote_for(&[text]));
    super::layout::width(&escaped)
}
