//! Breaks the lines that are too long, one logical line at a time, by ruff's own formatter.
//! Everything else is laid out by the writer, so that most lines never come here.

use ruff_formatter::LineWidth;
use ruff_python_ast::{PySourceType, PythonVersion};
use ruff_python_formatter::{PyFormatOptions, format_module_source};
use stratapi_diagnostics::bug;
use unicode_width::UnicodeWidthChar as _;

/// Limit of a line, in columns.
pub(super) const WIDTH: usize = 100;

/// Columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

/// Starts a line at this column.
pub(crate) fn spaces(out: &mut String, columns: usize) {
    const SPACES: &str = "                                ";
    let mut left = columns;
    while left > 0 {
        let next = left.min(SPACES.len());
        out.push_str(&SPACES[..next]);
        left -= next;
    }
}

/// The lines of a logical line that starts at column `indent`; `frame` stands before and behind
/// it, where it is no statement by itself.
pub(super) fn broken(frame: (&str, &str), line: &str, indent: usize) -> String {
    let columns = u16::try_from(WIDTH.saturating_sub(indent)).unwrap_or(1);
    let options = PyFormatOptions::from_source_type(PySourceType::Python)
        .with_target_version(PythonVersion::PY311)
        .with_line_width(LineWidth::try_from(columns.max(1)).unwrap_or_default());
    let mut text = [frame.0, line, frame.1, "\n"].concat();
    // What it makes is not always a fixed point of it.
    for _ in 0..4 {
        let next = match format_module_source(&text, options.clone()) {
            Ok(printed) => printed.into_code(),
            Err(error) => bug!("printed Python does not parse: {error}\n{text}"),
        };
        if next == text {
            break;
        }
        text = next;
    }
    let text = text.trim_end();
    let text = text.strip_prefix(frame.0).unwrap_or(text);
    text.strip_suffix(frame.1).unwrap_or(text).to_owned()
}
