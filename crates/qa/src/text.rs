//! Offsets, lines and columns of a text. Nothing here panics, whatever the numbers are.

use std::ops::Range;

use crate::finding::At;

/// The line of a byte offset, from 1.
pub(crate) fn line(text: &str, offset: usize) -> u32 {
    let before = &text[..floor(text, offset)];
    u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
}

/// The bytes that a place covers, on character boundaries, in the text or at its end.
pub(crate) fn range(text: &str, at: At) -> Range<usize> {
    let (start, end) = match at {
        At::File => (0, 0),
        At::Bytes(start, end) => (start as usize, end as usize),
        At::Line(number) => {
            let (start, line) = nth_line(text, number);
            let indent = line.len() - line.trim_start().len();
            (start + indent, start + line.trim_end().len().max(indent))
        }
        At::Point(number, column) => {
            let (start, line) = nth_line(text, number);
            let skipped = (column as usize).saturating_sub(1);
            let from = line.char_indices().nth(skipped).map_or(line.len(), |(at, _)| at);
            let word = |c: char| c.is_alphanumeric() || c == '_';
            let length = line[from..].find(|c| !word(c)).unwrap_or(line.len() - from);
            (start + from, start + from + length.max(1).min(line.len() - from))
        }
    };
    let start = floor(text, start);
    start..floor(text, end).max(start)
}

/// Where a line starts, and its text without its end; behind the last line, the end of the text.
fn nth_line(text: &str, number: u32) -> (usize, &str) {
    let mut start = 0;
    for _ in 1..number {
        match text[start..].find('\n') {
            Some(length) => start += length + 1,
            None => return (text.len(), ""),
        }
    }
    (start, text[start..].lines().next().unwrap_or(""))
}

fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{line, range};
    use crate::finding::At;

    #[test]
    fn places_become_ranges_of_the_text_whatever_they_are() {
        let text = "ä = 1\n    return wörd\n";
        assert_eq!(&text[range(text, At::Line(2))], "return wörd");
        assert_eq!(&text[range(text, At::Point(2, 12))], "wörd");
        assert_eq!(&text[range(text, At::Point(1, 3))], "=");
        assert_eq!(range(text, At::Bytes(1, 1)), 0..0);
        for at in [At::Line(0), At::Line(9), At::Point(9, 9), At::Point(1, 99), At::Bytes(90, 80)] {
            let range = range(text, at);
            assert!(text.get(range.clone()).is_some(), "{at:?}: {range:?}");
        }
        assert_eq!(line(text, 1), 1);
        assert_eq!(line(text, 7), 2);
        assert_eq!(line(text, 700), 3);
    }
}
