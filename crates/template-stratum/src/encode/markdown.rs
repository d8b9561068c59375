//! Texts inside a heading or a paragraph of Markdown.

use std::fmt::Write as _;

use super::invisible;

/// One run of text: white space is one space, and nothing is markup.
pub(crate) fn inline(text: &str) -> String {
    let words = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    for (at, c) in words.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if invisible(c) => {
                let written = write!(out, "&#x{:x};", u32::from(c));
                written.unwrap_or_else(|_| stratapi_diagnostics::bug!("a string refused text"));
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' => {
                out.push('\\');
                out.push(c);
            }
            // Only at the start do these make a list, a rule or a heading.
            '-' | '+' | '=' | ':' if at == 0 => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if words[..at].bytes().all(|b| b.is_ascii_digit()) && at > 0 => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(inline("  # a\n\n<b> *c* `d`"), "\\# a &lt;b&gt; \\*c\\* \\`d\\`");
        assert_eq!(inline("1. x - y"), "1\\. x - y");
        assert_eq!(inline("- [x](y) ${z}"), "\\- \\[x\\](y) \\${z}");
        assert_eq!(inline("a\u{202e}b"), "a&#x202e;b");
    }
}
