//! How deep a text may nest before it is given to a parser: the trees are walked and dropped by
//! recursion, and a file of a hundred thousand brackets must be a finding, not the end of the
//! process. Python itself refuses more than 200 brackets and 100 levels of indentation.

/// Most brackets that may be open at once.
const BRACKETS: usize = 200;
/// Longest run of operators, calls, attributes and the like without a comma or a line's end.
const RUN: usize = 4_000;
/// Most `elif` in one file: each nests in the one before.
const ELIFS: usize = 2_000;
/// Widest indentation, in characters.
const INDENTATION: usize = 1_000;

/// What a byte means to the bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter, a digit or an underscore.
    Word,
    Opens,
    Closes,
    Comma,
    Operator,
    /// A space or a colon behind which a word may nest: `not not not x`,
    /// `a if b else c if d else e`, `lambda: lambda: x`.
    Gap,
    Other,
}

static CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut all = [Class::Other; 256];
    let mut byte: u8 = 0;
    loop {
        all[byte as usize] = match byte {
            b'(' | b'[' | b'{' => Class::Opens,
            b')' | b']' | b'}' => Class::Closes,
            b',' => Class::Comma,
            b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'~' | b'<'
            | b'>' | b'=' => Class::Operator,
            b' ' | b':' => Class::Gap,
            b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Word,
            _ => Class::Other,
        };
        if byte == u8::MAX {
            return all;
        }
        byte += 1;
    }
}

/// Whether a text nests no deeper than a careful person would ever write. What stands in texts and
/// comments is counted as well.
pub fn is_shallow(text: &str) -> bool {
    is_plain(text.as_bytes()) || is_followed(text)
}

/// Whether a text stays within the bounds whatever the order of its bytes is in parts of this size.
/// That holds for nearly all files, and is many times faster to tell.
fn is_plain(text: &[u8]) -> bool {
    // Sums that fit into a byte are made by many lanes at once.
    const PART: usize = u8::MAX as usize;
    let (mut open, mut run) = (0_usize, 0_usize);
    for part in text.chunks(PART) {
        let count = |counts: fn(u8) -> bool| -> usize {
            usize::from(part.iter().map(|byte| u8::from(counts(*byte))).sum::<u8>())
        };
        let opens = count(|byte| matches!(byte, b'(' | b'[' | b'{'));
        let closes = count(|byte| matches!(byte, b')' | b']' | b'}'));
        let commas = count(|byte| byte == b',');
        let others = count(|byte| !byte.is_ascii_alphanumeric());
        if open + opens > BRACKETS || run + others > RUN {
            return false;
        }
        // What is closed that was never open may have stood before all that is opened.
        open = (open + opens).saturating_sub(closes).max(opens);
        run = if commas > 0 { others } else { run + others };
    }
    // A wide indentation fills a whole part of half its width.
    let is_blank = |part: &[u8]| part.iter().all(|byte| matches!(byte, b' ' | b'\t'));
    (text.len() <= 4 * ELIFS || memchr::memmem::find_iter(text, b"elif").count() <= ELIFS)
        && !text.chunks(INDENTATION / 2).any(is_blank)
}

/// Whether a text stays within the bounds, followed byte by byte.
fn is_followed(text: &str) -> bool {
    let (mut open, mut run, mut elifs) = (0_usize, 0_usize, 0_usize);
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest);
        let (line, more) = rest.split_at(end.unwrap_or(rest.len()));
        rest = more.get(1..).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let indentation = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let code = &line[indentation..];
        elifs += usize::from(code.starts_with(b"elif"));
        if indentation > INDENTATION || elifs > ELIFS {
            return false;
        }
        // Inside brackets, and behind a backslash, the line goes on.
        if open == 0 && !line.ends_with(b"\\") {
            run = 0;
        }
        let mut word = false;
        for byte in code {
            let class = CLASSES[usize::from(*byte)];
            match class {
                Class::Word | Class::Other => {}
                Class::Opens => (open, run) = (open + 1, run + 1),
                Class::Closes => open = open.saturating_sub(1),
                Class::Comma => run = 0,
                Class::Operator => run += 1,
                Class::Gap => run += usize::from(word),
            }
            word = class == Class::Word;
            if open > BRACKETS || run > RUN {
                return false;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{BRACKETS, ELIFS, INDENTATION, RUN, is_followed, is_plain, is_shallow};

    #[test]
    fn deep_texts_are_refused_and_long_ones_are_not() {
        assert!(!is_shallow(&"(".repeat(100_000)));
        assert!(!is_shallow(&format!("x = {}1", "-".repeat(100_000))));
        assert!(!is_shallow(&format!("x = {}y", "not ".repeat(100_000))));
        assert!(!is_shallow(&format!("x = a{}", ".a".repeat(100_000))));
        assert!(!is_shallow(&format!("x = a{}", "()".repeat(100_000))));
        assert!(!is_shallow(&format!("x = {}1", "1 + \\\n".repeat(100_000))));
        assert!(!is_shallow(&format!("if a:\n    b\n{}", "elif a:\n    b\n".repeat(5_000))));
        assert!(!is_shallow(&format!("f'{}'", "{".repeat(100_000))));
        assert!(is_shallow(&format!("x = [{}]", "(1 + 2) * 3, ".repeat(100_000))));
        assert!(is_shallow(&"def f(a):\n    return a.b(c)[d] + e\n".repeat(50_000)));
    }

    #[test]
    fn what_is_plain_would_pass_when_followed() {
        let long = format!("\n{}", "abc,\n".repeat(2 * RUN));
        for (text, most) in [("(", BRACKETS), ("x+", RUN), ("elif\n", ELIFS), (" ", INDENTATION)] {
            let within = format!("{}x", text.repeat(most));
            let beyond = format!("{}x", text.repeat(most + 1));
            for (head, tail) in [("", ""), ("", long.as_str()), (long.as_str(), "")] {
                let (within, beyond) =
                    (format!("{head}{within}{tail}"), format!("{head}{beyond}{tail}"));
                assert!(is_followed(&within) && is_shallow(&within), "{text} {}", head.len());
                assert!(!is_followed(&beyond) && !is_plain(beyond.as_bytes()), "{text}");
            }
        }
        assert!(is_plain(b"def f(a):\n    return a.b(c)[d] + e\n"));
    }
}
