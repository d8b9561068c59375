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

/// Whether a text nests no deeper than a careful person would ever write. What stands in texts and
/// comments is counted as well.
pub(crate) fn is_shallow(text: &str) -> bool {
    let (mut open, mut run, mut elifs) = (0_usize, 0_usize, 0_usize);
    for line in text.lines() {
        let code = line.trim_start_matches([' ', '\t']);
        elifs += usize::from(code.starts_with("elif"));
        if line.len() - code.len() > INDENTATION || elifs > ELIFS {
            return false;
        }
        // Inside brackets, and behind a backslash, the line goes on.
        if open == 0 && !line.ends_with('\\') {
            run = 0;
        }
        let mut word = false;
        for byte in code.bytes() {
            match byte {
                b'(' | b'[' | b'{' => (open, run) = (open + 1, run + 1),
                b')' | b']' | b'}' => open = open.saturating_sub(1),
                b',' => run = 0,
                b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'~'
                | b'<' | b'>' | b'=' => run += 1,
                // `not not not x`, `a if b else c if d else e`, `lambda: lambda: x`
                b' ' | b':' => run += usize::from(word),
                _ => {}
            }
            word = byte.is_ascii_alphanumeric() || byte == b'_';
            if open > BRACKETS || run > RUN {
                return false;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_shallow;

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
}
