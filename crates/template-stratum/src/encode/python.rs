//! Texts as Python source that `ruff format` leaves as it is.

use unicode_width::UnicodeWidthStr as _;

/// Longest line of the generated project.
const WIDTH: usize = 100;
const INDENT: &str = "    ";

/// A string literal on one line.
pub(crate) fn literal(text: &str) -> String {
    // The formatter prefers double quotes unless single ones need fewer escapes.
    let double = text.matches('"').count();
    let quote = if double > text.matches('\'').count() { '\'' } else { '"' };
    let mut out = String::from(quote);
    for c in text.chars() {
        if c == quote {
            out.push('\\');
        }
        push(&mut out, c);
    }
    out.push(quote);
    out
}

/// The statement `NAME = …`, over several lines if need be.
pub(crate) fn constant(name: &str, text: &str) -> String {
    let whole = literal(text);
    if name.len() + 3 + whole.width() <= WIDTH {
        return format!("{name} = {whole}");
    }
    let parts = if INDENT.len() + whole.width() <= WIDTH { vec![whole] } else { split(text) };
    let lines: Vec<_> = parts.iter().map(|part| format!("{INDENT}{part}\n")).collect();
    format!("{name} = (\n{})", lines.concat())
}

/// Literals that fit a line each and make up the text together; broken behind spaces where possible.
fn split(text: &str) -> Vec<String> {
    let room = WIDTH - INDENT.len() - 2;
    let mut parts = Vec::new();
    let (mut start, mut width, mut space) = (0, 0, None);
    for (at, c) in text.char_indices() {
        let mut escaped = String::new();
        push(&mut escaped, c);
        let more = escaped.width() + usize::from(matches!(c, '"' | '\''));
        if width + more > room {
            let end = space.unwrap_or(at);
            parts.push(literal(&text[start..end]));
            (start, space) = (end, None);
            width = literal(&text[start..at]).width();
        }
        width += more;
        if c == ' ' {
            space = Some(at + 1);
        }
    }
    parts.push(literal(&text[start..]));
    parts
}

/// Pushes a character of a literal, except for its quote. What could be taken for something else is
/// escaped: linters refuse confusable letters, and editors obey bidirectional controls.
fn push(out: &mut String, c: char) {
    use std::fmt::Write as _;
    let written = match c {
        '\\' => out.write_str("\\\\"),
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        '\t' => out.write_str("\\t"),
        ' '..='~' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' => out.write_char(c),
        '\0'..='ÿ' => write!(out, "\\x{:02x}", u32::from(c)),
        '\u{100}'..='\u{ffff}' => write!(out, "\\u{:04x}", u32::from(c)),
        _ => write!(out, "\\U{:08x}", u32::from(c)),
    };
    written.unwrap_or_else(|_| stratapi_diagnostics::bug!("a string refused text"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_need_the_fewest_escapes() {
        assert_eq!(literal("it's"), "\"it's\"");
        assert_eq!(literal("a \"b\""), "'a \"b\"'");
        assert_eq!(literal("'\"\\"), "\"'\\\"\\\\\"");
        assert_eq!(
            literal("é\u{430}\u{202e}\u{1f600}\u{7f}"),
            "\"é\\u0430\\u202e\\U0001f600\\x7f\""
        );
    }

    #[test]
    fn constants_break_behind_spaces_and_anywhere_else_if_they_must() {
        assert_eq!(constant("A", "b"), "A = \"b\"");
        let line = "x".repeat(94);
        assert_eq!(constant("NAME", &line), format!("NAME = (\n    \"{line}\"\n)"));
        let words = format!("{} {}", "a".repeat(60), "b".repeat(60));
        let (a, b) = words.split_once(' ').unwrap();
        assert_eq!(constant("A", &words), format!("A = (\n    \"{a} \"\n    \"{b}\"\n)"));
        let long = "y".repeat(200);
        assert!(constant("A", &long).lines().all(|line| line.len() <= WIDTH));
    }
}
