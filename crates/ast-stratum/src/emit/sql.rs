//! SQL that stands inside of Python: names of constraints and conditions.

use stratapi_plan::{ColumnName, ConstraintName, OnDelete};

use crate::python::build::{from, int, list, text};
use crate::python::{Argument, Expr};

/// Columns that a text literal may take in one line of generated code.
const PART: usize = 72;

/// `conv("…")`: a name that the naming convention must leave alone.
pub(super) fn conv(name: &ConstraintName) -> Expr {
    from("sqlalchemy.schema", "conv").call_with([text(name.as_str())])
}

/// `name=…` where the convention does not make it.
pub(super) fn name_argument(name: &ConstraintName, conventional: bool) -> Option<Argument> {
    (!conventional).then(|| crate::python::build::kw("name", conv(name)))
}

/// A condition as `SQLAlchemy`'s `text` reads it: a colon before a word would be a parameter.
pub(super) fn condition(sql: &str) -> Expr {
    let mut escaped = String::new();
    let mut previous = ' ';
    let mut characters = sql.chars().peekable();
    while let Some(character) = characters.next() {
        let parameter = character == ':'
            && previous != ':'
            && characters.peek().is_some_and(|next| next.is_alphanumeric() || *next == '_');
        if parameter {
            escaped.push('\\');
        }
        escaped.push(character);
        previous = character;
    }
    long_text(&escaped)
}

/// A text literal, in parts where it is too long for one line.
pub(super) fn long_text(value: &str) -> Expr {
    let mut parts = vec![String::new()];
    let mut used = 0;
    for word in value.split_inclusive(' ') {
        for piece in pieces(word) {
            let width = piece.chars().map(|c| if c.is_ascii() { 1 } else { 6 }).sum::<usize>();
            if used > 0 && used + width > PART {
                parts.push(String::new());
                used = 0;
            }
            used += width;
            if let Some(last) = parts.last_mut() {
                last.push_str(piece);
            }
        }
    }
    if parts.len() == 1 { text(value) } else { Expr::StrParts(parts) }
}

/// A word that is longer than a line is cut.
fn pieces(word: &str) -> Vec<&str> {
    let limit = PART / 6;
    let mut pieces = Vec::new();
    let mut rest = word;
    while word.len() > PART && rest.chars().count() > limit {
        let end = rest.char_indices().nth(limit).map_or(rest.len(), |(index, _)| index);
        let (piece, tail) = rest.split_at(end);
        pieces.push(piece);
        rest = tail;
    }
    pieces.push(rest);
    pieces
}

/// What `ondelete=` takes.
pub(super) fn on_delete(action: OnDelete) -> Expr {
    text(match action {
        OnDelete::Cascade => "CASCADE",
        OnDelete::Restrict => "RESTRICT",
        OnDelete::SetNull => "SET NULL",
    })
}

/// Column names as a list of texts.
pub(super) fn names(columns: &[ColumnName]) -> Expr {
    list(columns.iter().map(|column| text(column.as_str())))
}

/// An unsigned number as a literal.
pub(super) fn number(value: u32) -> Expr {
    int(i64::from(value))
}
