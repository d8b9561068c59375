//! Docstrings and comments: wrapped, and such that the rules about them hold for any text.

use unicode_width::UnicodeWidthStr as _;

use super::literal::{comment_word, docstring_word};

/// Limit of a line.
const WIDTH: usize = 100;

/// Columns of the quotes around a docstring.
const QUOTES: usize = 6;

/// Words that start a section where they stand alone on a line.
const SECTIONS: &[&str] = &[
    "args",
    "arguments",
    "attention",
    "attributes",
    "caution",
    "danger",
    "error",
    "example",
    "examples",
    "hint",
    "important",
    "keyword args",
    "keyword arguments",
    "methods",
    "note",
    "notes",
    "raises",
    "return",
    "returns",
    "see also",
    "tip",
    "todo",
    "warning",
    "warnings",
    "warns",
    "yield",
    "yields",
];

/// The lines of a docstring with its quotes, without indentation; an empty line is empty.
pub(super) fn docstring(text: &str, indent: usize) -> Vec<String> {
    if is_plain_summary(text, WIDTH - indent) {
        return vec![["\"\"\"", &closed(capitalized(text)), "\"\"\""].concat()];
    }
    let paragraphs = paragraphs(text, WIDTH - indent);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph);
    }
    if let Some(last) = lines.last_mut().filter(|last| last.ends_with('"')) {
        last.pop();
        last.push_str("\\u0022");
    }
    lines[0] = format!("\"\"\"{}", guard_first(&lines[0]));
    if lines.len() == 1 {
        lines[0].push_str("\"\"\"");
    } else {
        lines.push("\"\"\"".to_owned());
    }
    lines
}

/// What Python makes of a docstring's text: wrapped, and without its escapes.
pub(super) fn documented(text: &str, indent: usize) -> String {
    if is_plain_summary(text, WIDTH - indent) {
        return closed(capitalized(text));
    }
    let lines = docstring(text, indent).join("\n");
    let inner = lines.trim_start_matches("\"\"\"").trim_end_matches("\"\"\"").trim_end();
    unescaped(inner)
}

/// Undoes `\u005c` and the like.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let width = match after.chars().next() {
            Some('u') => 4,
            Some('U') => 8,
            _ => 2,
        };
        let digits = after.get(1..=width).unwrap_or_default();
        out.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32));
        rest = after.get(width + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn guard_first(line: &str) -> String {
    line.strip_prefix('"').map_or_else(|| line.to_owned(), |rest| format!("\\u0022{rest}"))
}

/// Whether a text is one line that fits as it is: what nearly all are. The general way, which
/// works word by word, would come to the same.
fn is_plain_summary(text: &str, width: usize) -> bool {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    text.len() + 1 + QUOTES <= width
        && text.bytes().all(plain)
        && !text.is_empty()
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains("  ")
}

/// A summary of one line, then the rest.
fn paragraphs(text: &str, width: usize) -> Vec<Vec<String>> {
    let mut blocks: Vec<Vec<Vec<String>>> = vec![Vec::new()];
    for line in text.lines() {
        let words: Vec<String> = line.split_whitespace().map(docstring_word).collect();
        match (words.is_empty(), blocks.last_mut()) {
            (true, Some(last)) if !last.is_empty() => blocks.push(Vec::new()),
            (false, Some(last)) => last.push(words),
            _ => {}
        }
    }
    blocks.retain(|block| !block.is_empty());
    let (summary, rest) = summary(&mut blocks, width - QUOTES);
    let mut paragraphs = vec![vec![summary]];
    if let Some(rest) = rest {
        paragraphs.push(wrap(&rest, width));
    }
    for block in &blocks {
        paragraphs.push(block.iter().flat_map(|line| wrap(line, width)).collect());
    }
    paragraphs
}

/// The first line; where it is too long, its first sentence or its start.
fn summary(blocks: &mut Vec<Vec<Vec<String>>>, width: usize) -> (String, Option<Vec<String>>) {
    if blocks.is_empty() {
        return ("Undocumented.".to_owned(), None);
    }
    let words = blocks[0].remove(0);
    if blocks[0].is_empty() {
        blocks.remove(0);
    }
    let whole = finished(&words);
    if whole.width() <= width {
        return (whole, None);
    }
    let sentence = words.iter().position(|word| word.ends_with(['.', '!', '?']));
    if let Some(end) = sentence.map(|last| last + 1).filter(|end| *end < words.len()) {
        let first = finished(&words[..end]);
        if first.width() <= width {
            return (first, Some(words[end..].to_vec()));
        }
    }
    let fitting = (1..words.len())
        .rev()
        .map(|end| format!("{}...", capitalized(&words[..end].join(" "))))
        .find(|start| start.width() <= width);
    (fitting.unwrap_or_else(|| "Described below.".to_owned()), Some(words))
}

/// Starts with a capital and ends like a sentence.
fn finished(words: &[String]) -> String {
    closed(capitalized(&words.join(" ")))
}

fn closed(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

/// A first word of plain letters starts with a capital.
fn capitalized(text: &str) -> String {
    let word = text.split(' ').next().unwrap_or(text);
    let plain = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    if plain.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'') && !plain.is_empty() {
        return text[..1].to_ascii_uppercase() + &text[1..];
    }
    text.to_owned()
}

/// Words in lines; none starts with the title of a section.
fn wrap(words: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<Vec<&str>> = Vec::new();
    let mut used = 0;
    for word in words {
        let fits = used + 1 + word.width() <= width;
        match lines.last_mut() {
            Some(line) if fits => {
                line.push(word);
                used += 1 + word.width();
            }
            last => {
                let title = word.trim_end_matches(':').to_lowercase();
                let glued = if SECTIONS.contains(&title.as_str()) {
                    last.filter(|line| line.len() > 1).and_then(Vec::pop)
                } else {
                    None
                };
                let line: Vec<&str> = glued.into_iter().chain([word.as_str()]).collect();
                used = line.join(" ").width();
                lines.push(line);
            }
        }
    }
    lines.iter().map(|line| line.join(" ")).collect()
}

/// The lines of a comment.
pub(super) fn comment(text: &str, indent: usize) -> Vec<String> {
    let words: Vec<String> = text.split_whitespace().map(comment_word).collect();
    wrap(&words, WIDTH - indent - 2).iter().map(|line| format!("# {line}")).collect()
}
