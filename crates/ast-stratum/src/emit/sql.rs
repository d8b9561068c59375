//! SQL that stands inside of Python: names of constraints and conditions.

use stratapi_plan::{ColumnName, ConstraintName, OnDelete};

use crate::python::build::{from, int, list, text};
use crate::python::{Argument, Expr, UnaryOperator};

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
    text(escaped)
}

/// `server_default=` of a text. Where it contains quotes or nothing at all it is written as SQL:
/// Alembic compares other texts with the catalog as if they had no quotes around them.
pub(super) fn text_default(value: &str, function: Expr) -> Expr {
    if value.is_empty() || value.contains('\'') {
        let literal = format!("'{}'", value.replace('\'', "''"));
        return function.call_with([condition(&literal)]);
    }
    text(value)
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

/// A number of the database as a literal of Python.
pub(super) fn literal(digits: &str) -> Expr {
    if let Ok(value) = digits.parse::<i64>() {
        return int(value);
    }
    match digits.strip_prefix('-') {
        Some(digits) => Expr::Unary(UnaryOperator::Minus, Box::new(Expr::Float(digits.to_owned()))),
        None => Expr::Float(digits.to_owned()),
    }
}

/// An unsigned number as a literal.
pub(super) fn number(value: u32) -> Expr {
    int(i64::from(value))
}
