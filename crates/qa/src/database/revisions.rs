//! The revisions of the migrations, as they stand in the files.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::place::migrations;
use crate::finding::Place;
use crate::python;
use crate::subject::Subject;

/// A migration.
pub(crate) struct Revision {
    /// Where it says which one it is.
    pub(crate) place: Place,
    /// Its name; `None` if that is no plain text.
    pub(crate) name: Option<String>,
    /// Those that come before it; `None` if they are no plain texts.
    pub(crate) after: Option<Vec<String>>,
}

/// All migrations, in the order of their paths; `None` if one is no Python, which J0101 says.
pub(crate) fn revisions(subject: &Subject<'_>) -> Option<Vec<Revision>> {
    let mut all = Vec::new();
    for (path, text) in migrations(subject) {
        let Some(Ok(body)) = python::parse(text) else { return None };
        let mut revision = Revision { place: Place::file(path), name: None, after: None };
        for statement in &body {
            let Some((name, value)) = assigned(statement) else { continue };
            match name {
                "revision" => {
                    let range = statement.range();
                    revision.place =
                        Place::bytes(path, range.start().to_usize(), range.end().to_usize());
                    revision.name = python::string(value).map(str::to_owned);
                }
                "down_revision" => revision.after = texts(value),
                _ => {}
            }
        }
        all.push(revision);
    }
    Some(all)
}

/// `name = value` and `name: type = value`.
fn assigned(statement: &Stmt) -> Option<(&str, &Expr)> {
    let (target, value) = match statement {
        Stmt::Assign(s) => (s.targets.first()?, &*s.value),
        Stmt::AnnAssign(s) => (&*s.target, s.value.as_deref()?),
        _ => return None,
    };
    match target {
        Expr::Name(name) => Some((name.id.as_str(), value)),
        _ => None,
    }
}

/// `None`, a text, or several.
fn texts(value: &Expr) -> Option<Vec<String>> {
    let several = match value {
        Expr::Tuple(tuple) => &tuple.elts,
        Expr::List(list) => &list.elts,
        Expr::NoneLiteral(_) => return Some(Vec::new()),
        one => return python::string(one).map(|text| vec![text.to_owned()]),
    };
    several.iter().map(|one| python::string(one).map(str::to_owned)).collect()
}
