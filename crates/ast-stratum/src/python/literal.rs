//! Literals: the one place where text becomes Python source.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use memchr::memchr_iter;

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
pub(super) fn quote_for(text: &str) -> char {
    quote_for_all(std::iter::once(text))
}

/// [`quote_for`] a literal that consists of these.
pub(super) fn quote_for_all<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> char {
    let count = |quote: u8, text: &str| memchr_iter(quote, text.as_bytes()).count();
    let double: usize = texts.clone().map(|text| count(b'"', text)).sum();
    if double > 0 && double > texts.map(|text| count(b'\'', text)).sum() { '\'' } else { '"' }
}

/// Whether all of a text may stand between these quotes as it is. Looks at every byte, which is
/// faster than to stop at the first that may not.
fn is_content(text: &str, quote: char) -> bool {
    let refused = |byte: u8| {
        byte.wrapping_sub(b' ') > b'~' - b' ' || byte == b'\\' || char::from(byte) == quote
    };
    !text.bytes().fold(false, |found, byte| found | refused(byte))
}

/// The inside of a literal between these quotes.
pub(super) fn content(out: &mut String, text: &str, quote: char) {
    // What most texts are is copied as a whole.
    if is_content(text, quote) {
        return out.push_str(text);
    }
    for character in text.chars() {
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
        return string(out, text, quote_for(text));
    }
    out.push_str("r\"");
    out.push_str(text);
    out.push('"');
}

/// A bytes literal.
pub(super) fn bytes(out: &mut String, bytes: &[u8]) {
    let ascii: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let quote = quote_for(&ascii);
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
/// The same where the line is still too long, since its name is long or it stands deep.
pub(super) const SHORTER_PARTS: [usize; 3] = [56, 36, 16];

/// Whether [`parts`] could make more than one of a text.
pub(super) fn may_be_divided(text: &str, limit: usize) -> bool {
    // No byte of a text takes more than the four columns of `\x1b`.
    text.len() > limit || text.len() > limit / 4 && !is_content(text, '"')
}

/// The parts of a text that is too long for one line, of so many columns at the most, cut behind spaces
/// where there are any.
pub(super) fn parts(text: &str, limit: usize) -> Vec<Cow<'_, str>> {
    if !may_be_divided(text, limit) {
        return vec![text.into()];
    }
    let quote = quote_for(text);
    let mut parts = vec![String::new()];
    let mut used = 0;
    let mut push = |piece: &str, width: usize| {
        if used > 0 && used + width > limit {
            parts.push(String::new());
            used = 0;
        }
        used += width;
        if let Some(last) = parts.last_mut() {
            last.push_str(piece);
        }
    };
    for word in text.split_inclusive(' ') {
        let width = columns(word, quote);
        if width <= limit {
            push(word, width);
        } else {
            for character in word.chars() {
                let mut letters = [0; 4];
                let letter = character.encode_utf8(&mut letters);
                push(letter, columns(letter, quote));
            }
        }
    }
    parts.into_iter().map(Cow::from).collect()
}

/// Columns that the inside of a literal takes between these quotes.
fn columns(text: &str, quote: char) -> usize {
    if is_content(text, quote) {
        return text.len();
    }
    let mut escaped = String::new();
    content(&mut escaped, text, quote);
    super::layout::width(&escaped)
}
