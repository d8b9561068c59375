//! `J0129`: the rows that every database starts with are others than the model's. Nothing else would
//! tell: a test compares the database with the same file.

use std::collections::BTreeMap;

use ruff_python_ast::comparable::ComparableExpr;
use ruff_python_ast::{DictItem, Expr, Stmt};
use ruff_text_size::Ranged as _;
use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::python::{self, Project};
use crate::result::Found;
use crate::subject::Subject;

const FILE: &str = "app/seeds.py";
const HELP: &str = "change the seeds of the model instead, and build the project again";

pub(super) fn check(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let mut findings = Vec::new();
    for (file, text) in subject.differing().filter(|(file, _)| file.path == FILE) {
        if let (Some(Ok(one)), Some(Ok(other))) = (python::parse(&file.text), python::parse(text)) {
            compare(&constants(&one), &constants(&other), text, &mut findings);
        }
    }
    findings.into()
}

/// What stands in the constants of a module; of several values of one name the last counts.
fn constants<'t>(body: &'t [Stmt]) -> BTreeMap<&'t str, &'t Expr> {
    let value = |statement: &'t Stmt| match statement {
        Stmt::AnnAssign(it) => it.target.as_name_expr().zip(it.value.as_deref()),
        Stmt::Assign(it) => {
            it.targets.first().and_then(Expr::as_name_expr).map(|name| (name, &*it.value))
        }
        _ => None,
    };
    body.iter().filter_map(value).map(|(name, value)| (name.id.as_str(), value)).collect()
}

fn compare(
    expected: &BTreeMap<&str, &Expr>,
    actual: &BTreeMap<&str, &Expr>,
    text: &str,
    findings: &mut Vec<Finding>,
) {
    let mut say = |message: String, place: Place| {
        findings.push(Finding::error(Code::J0129, message).at(place, "").help(HELP));
    };
    let line =
        |node: &Expr| Place::line(FILE, crate::text::line(text, node.range().start().to_usize()));
    for (name, one) in expected {
        let Some(other) = actual.get(name) else {
            say(format!("there is no `{name}`"), Place::file(FILE));
            continue;
        };
        let (Some(rows), Some(found)) = (rows(one), rows(other)) else {
            if ComparableExpr::from(*one) != ComparableExpr::from(*other) {
                say(format!("`{name}` is another one"), line(other));
            }
            continue;
        };
        for (key, row) in &rows {
            match found.iter().find(|(other, _)| other == key) {
                None => say(format!("`{name}` has no `{key}`"), line(other)),
                Some((_, same)) if same == row => {}
                Some(_) => {
                    let place = found.iter().find(|(other, _)| other == key);
                    let place = place.map_or_else(|| line(other), |(_, it)| line(it.0));
                    say(format!("`{key}` of `{name}` is another row"), place);
                }
            }
        }
        for (key, row) in found.iter().filter(|(key, _)| rows.iter().all(|(it, _)| it != key)) {
            say(format!("`{name}` has `{key}`, which the model has not"), line(row.0));
        }
    }
}

/// A row, equal to another as a tree: layout is everybody's own affair.
#[derive(Clone, Copy)]
struct Row<'t>(&'t Expr);

impl PartialEq for Row<'_> {
    fn eq(&self, other: &Self) -> bool {
        ComparableExpr::from(self.0) == ComparableExpr::from(other.0)
    }
}

/// The rows of a mapping by their names, if it is one.
fn rows(value: &Expr) -> Option<Vec<(&str, Row<'_>)>> {
    value.as_dict_expr()?.items.iter().map(row).collect()
}

fn row(item: &DictItem) -> Option<(&str, Row<'_>)> {
    let key = item.key.as_ref()?.as_string_literal_expr()?;
    Some((key.value.to_str(), Row(&item.value)))
}
