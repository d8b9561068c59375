//! Texts for markup. One encoder serves HTML and XML: both know these five entities.

use std::fmt::Write as _;

/// A text as content or as an attribute in double quotes. Characters that XML cannot hold become
/// the replacement character.
pub(super) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // In an attribute they would be read as spaces.
            '\n' | '\r' | '\t' => drop(write!(out, "&#{};", u32::from(letter))),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            // Marks that change the direction of a line could make it read as another one.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::markup;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(
            markup("<script>alert(\"1\" & '2')</script>\n\u{0}\u{202e}ä"),
            "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;&#10;\u{fffd}\u{fffd}ä"
        );
    }
}
