//! The words of the YAML scanner in ours.

use stratapi_diagnostics::{Code, Diagnostic};

use super::reading::{Document, Reading};

/// What the scanner says, by a part of its message; with what we say instead, and advice.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "a `: ` can't stand here",
        "if it is part of a text, put the text in quotes; else check the indentation",
    ),
    ("tab", "a tab can't be used for indentation", "indent with spaces"),
    (
        "simple key expect",
        "expected `key: value`",
        "check that the line has a `:` and its indentation",
    ),
    ("unexpected end of stream", "the quote is never closed", "close it with the same quote"),
    ("invalid trailing content after", "text behind the closing quote", "put all of it in quotes"),
    ("unknown escape character", "an unknown escape in this text", "write `\\\\` for a backslash"),
    ("invalid indentation", "the indentation fits no line above", "align it with its siblings"),
    ("expected ',' or ']'", "expected `,` or `]`", "the list in brackets is not closed"),
    ("expected ',' or '}'", "expected `,` or `}`", "the mapping in braces is not closed"),
    ("did not find expected key", "expected a key", "align it with the keys above"),
    ("unexpected character", "this character can't start a value", "put the text in quotes"),
    (
        "misplaced bracket",
        "a closing bracket without an opening one",
        "remove it, or put the text in quotes",
    ),
    ("expected node content", "a value is missing", "write it, or remove the sign before it"),
    (
        "block sequence entries are not allowed",
        "a list can't start here",
        "put its `-` on a line of its own below the key",
    ),
    (
        "only valid inside a block",
        "a `-` can't stand in brackets",
        "remove it: a comma parts the items",
    ),
];

/// An error about what the scanner found at a byte.
pub(super) fn explain(document: Document<'_>, at: usize, info: &str) -> Diagnostic {
    let span = document.character(at);
    if info.contains("recursion limit") {
        let mut reading = Reading::new();
        reading.too_deep(span);
        return reading.found.remove(0);
    }
    if info.contains("unknown anchor") {
        return Diagnostic::error(Code::E0103, "YAML aliases are not supported")
            .at(span, "an alias")
            .help("put the text in quotes if it only looks like one");
    }
    if info.contains("tag") || info.contains("TAG") {
        return Diagnostic::error(Code::E0103, "YAML tags are not supported")
            .at(span, "a tag")
            .help("put the text in quotes if it only looks like one");
    }
    if info.contains("invalid Unicode character escape") {
        return Diagnostic::error(Code::E0108, "an escape is no character")
            .at(span, "in this text")
            .help(
                "surrogates (\\uD800 to \\uDFFF) are halves of characters: use `\\U` with 8 digits",
            );
    }
    let known = KNOWN.iter().find(|(part, ..)| info.contains(part));
    let (message, help) = known.map_or((info, ""), |(_, message, help)| (*message, *help));
    let error = Diagnostic::error(Code::E0101, message).at(span, "");
    if help.is_empty() { error } else { error.help(help) }
}
