//! Bytes to text: encoding, size and forbidden characters. It knows none of the formats.

use stratapi_diagnostics::{Code, Diagnostic, FileId, SourceMap, Span};

use super::reading::{MAX_BYTES, Reading, narrow};

/// Most forbidden characters of one file that are reported.
const MAX_CHARACTERS: usize = 20;

/// The byte order mark of UTF-8.
pub(super) const BOM: char = '\u{feff}';

/// Adds a source to the map. `None` if it is no text that we read; the reasons are in `reading`.
pub(super) fn decode(
    name: &str,
    bytes: Vec<u8>,
    sources: &mut SourceMap,
    reading: &mut Reading,
) -> Option<FileId> {
    if bytes.len() > MAX_BYTES {
        let start = empty_source(name, sources);
        reading.push(
            Diagnostic::error(Code::E0105, format!("`{name}` is too large"))
                .at(start, format!("it has {} bytes, the limit is {MAX_BYTES}", bytes.len()))
                .help("split it with `include`"),
        );
        return None;
    }
    if let Some(encoding) = foreign_encoding(&bytes) {
        let start = empty_source(name, sources);
        reading.push(
            Diagnostic::error(Code::E0104, format!("`{name}` is not UTF-8"))
                .at(start, format!("this looks like {encoding}"))
                .help("save the file as UTF-8"),
        );
        return None;
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            broken_text(name, error, sources, reading);
            return None;
        }
    };
    let file = sources.add(name, text);
    forbidden_characters(file, &sources.file(file).text, reading).then_some(file)
}

fn empty_source(name: &str, sources: &mut SourceMap) -> Span {
    Span::new(sources.add(name, ""), 0, 0)
}

/// UTF-16 and UTF-32 by their marks, or by the zeros beside an ASCII character at the start.
fn foreign_encoding(bytes: &[u8]) -> Option<&'static str> {
    let zeros: Vec<bool> = bytes.iter().take(4).map(|byte| *byte == 0).collect();
    match (bytes, zeros.as_slice()) {
        ([0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..], _)
        | (_, [true, true, true, false] | [false, true, true, true]) => Some("UTF-32"),
        ([0xff, 0xfe, ..] | [0xfe, 0xff, ..], _)
        | (_, [true, false, true, false] | [false, true, false, true]) => Some("UTF-16"),
        _ => None,
    }
}

fn broken_text(
    name: &str,
    error: std::string::FromUtf8Error,
    sources: &mut SourceMap,
    reading: &mut Reading,
) {
    let valid = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let byte = bytes[valid];
    // What is shown must be text: the valid part stands as it is, so its offsets are right.
    let file = sources.add(name, String::from_utf8_lossy(&bytes).into_owned());
    let width = char::REPLACEMENT_CHARACTER.len_utf8();
    reading.push(
        Diagnostic::error(Code::E0104, format!("`{name}` is not UTF-8"))
            .at(
                Span::new(file, narrow(valid), narrow(valid + width)),
                format!("the byte 0x{byte:02x} can't stand here"),
            )
            .help("save the file as UTF-8"),
    );
}

fn forbidden_characters(file: FileId, text: &str, reading: &mut Reading) -> bool {
    let before = reading.found.len();
    let body = text.strip_prefix(BOM).unwrap_or(text);
    let base = text.len() - body.len();
    let mut rest = body.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let lone_return = c == '\r' && !matches!(rest.peek(), Some((_, '\n')));
        if !lone_return && !is_forbidden(c) {
            continue;
        }
        let start = base + at;
        reading.push(
            forbidden(c)
                .at(Span::new(file, narrow(start), narrow(start + c.len_utf8())), "remove this"),
        );
        if reading.found.len() >= before + MAX_CHARACTERS {
            break;
        }
    }
    reading.found.len() == before
}

/// Characters that text of an IR never has, raw or by an escape: they are invisible, change how
/// the text around them looks, or can't be stored (`PostgreSQL` has no NUL).
pub(super) fn is_forbidden(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let reordering = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    control || reordering || matches!(c, BOM | '\u{fffe}' | '\u{ffff}')
}

/// An error about such a character, without its place.
pub(super) fn forbidden(c: char) -> Diagnostic {
    let what = match c {
        '\0' => "a NUL character",
        '\r' => "a carriage return without a line feed",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a control character that reorders text"
        }
        BOM => "a byte order mark inside the text",
        _ => "a control character",
    };
    Diagnostic::error(Code::E0108, format!("{what} (U+{:04X}) is not allowed", u32::from(c)))
}
