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

/// A condition as `SQLAlchemy`'s `text` reads it: a colon before a word is a parameter, unless a
/// word, a colon or a backslash stands before it, and a backslash before a colon is taken away.
/// Neither is so where another colon follows the word.
pub(super) fn condition(sql: &str) -> Expr {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut escaped = String::new();
    let mut before = ' ';
    for (at, character) in sql.char_indices() {
        if character == ':' {
            let rest = sql[at + 1..].trim_start_matches(is_word);
            let has_word = rest.len() < sql.len() - at - 1;
            let parameter = has_word && before != ':' && !is_word(before);
            if !rest.starts_with(':') && (parameter || before == '\\') {
                escaped.push('\\');
            }
        }
        escaped.push(character);
        before = character;
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

#[cfg(test)]
mod tests {
    use super::condition;
    use crate::python::build::text;

    /// Each text beside the one that `SQLAlchemy` 2.1 makes it of again.
    #[test]
    fn colons_are_escaped_where_they_would_be_read_as_parameters() {
        for (sql, escaped) in [
            ("x = 'a'", "x = 'a'"),
            ("x = ':a'", "x = '\\:a'"),
            ("x = 'a:b'", "x = 'a:b'"),
            ("x = '2001:db8::1'", "x = '2001:db8::1'"),
            ("x = ' :bind ::cast'", "x = ' \\:bind ::cast'"),
            ("x = '\\:'", "x = '\\\\:'"),
            ("x = '\\:a'", "x = '\\\\:a'"),
            ("x = '\\:a:'", "x = '\\:a:'"),
            ("x = '{\"a\":1}'", "x = '{\"a\"\\:1}'"),
        ] {
            assert_eq!(condition(sql), text(escaped), "{sql}");
        }
    }
}
