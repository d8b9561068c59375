//! `J0309`: unique constraints that are missing, or that nobody asked for.

use stratapi_diagnostics::{Code, Span};
use stratapi_plan::TablePlan;

use crate::database::{Comparison, Difference, Key, Table, compare};
use crate::judge::Bench;
use crate::result::Found;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    compare(bench, Code::J0309, uniques)
}

fn uniques(comparison: &mut Comparison<'_>, table: &TablePlan, expected: &Table, actual: &Table) {
    for wanted in &expected.uniques {
        let origin = origin(table, wanted);
        let columns = wanted.columns.join(", ");
        let difference = match find(&actual.uniques, wanted) {
            Some(found) if found.more != wanted.more => Difference::error(format!(
                "the unique constraint on `{}` ({columns}) is `{}`, which the application does not ask for",
                table.name, found.more
            )),
            Some(found) if found.columns != wanted.columns => Difference::warning(format!(
                "the unique constraint on `{}` has the columns `{}` instead of `{columns}`",
                table.name,
                found.columns.join(", ")
            )),
            Some(found) if found.name != wanted.name => Difference::warning(format!(
                "the unique constraint on `{}` ({columns}) is called `{}` instead of `{}`",
                table.name, found.name, wanted.name
            )),
            Some(_) => {
                comparison.met(table);
                continue;
            }
            None if has_unique_index(actual, wanted) => Difference::warning(format!(
                "`{}` ({columns}) has a unique index instead of a unique constraint",
                table.name
            )),
            None => Difference::error(format!(
                "rows of `{}` with the same `{columns}` are not refused",
                table.name
            ))
            .help(format!("there should be a unique constraint `{}`", wanted.name)),
        };
        let names = [wanted.name.as_str(), wanted.columns[0].as_str()];
        comparison.differs(table, difference.at(&names, &wanted.columns).from(origin));
    }
    for found in &actual.uniques {
        if find(&expected.uniques, found).is_none() {
            let message = format!(
                "`{}` has a unique constraint on `{}`, which the application does not ask for",
                table.name,
                found.columns.join(", ")
            );
            let names = [found.name.as_str()];
            comparison.differs(table, Difference::error(message).at(&names, &found.columns));
        }
    }
}

/// The one with the same columns, in this order or another.
fn find<'a>(all: &'a [Key], wanted: &Key) -> Option<&'a Key> {
    let sorted = |key: &Key| {
        let mut columns = key.columns.clone();
        columns.sort();
        columns
    };
    let exact = all.iter().find(|key| key.columns == wanted.columns);
    exact.or_else(|| all.iter().find(|key| sorted(key) == sorted(wanted)))
}

fn has_unique_index(table: &Table, wanted: &Key) -> bool {
    table.indexes.iter().any(|index| {
        index.unique
            && index.condition.is_none()
            && index.more.is_empty()
            && index.columns == wanted.columns
    })
}

fn origin(table: &TablePlan, wanted: &Key) -> Option<Span> {
    let mut all = table.uniques.iter();
    all.find(|unique| unique.name.as_str() == wanted.name).map(|unique| unique.span)
}
