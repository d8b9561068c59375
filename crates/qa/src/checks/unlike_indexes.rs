//! `J0312`: indexes that are missing, or that hold other rows, or that nobody asked for.

use stratapi_diagnostics::{Code, Span};
use stratapi_plan::TablePlan;

use crate::database::{Comparison, Difference, Index, Table, compare};
use crate::judge::Bench;
use crate::result::Found;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    compare(bench, Code::J0312, indexes)
}

fn indexes(comparison: &mut Comparison<'_>, table: &TablePlan, expected: &Table, actual: &Table) {
    // Those of the same name, then those that do the same; the rest is of nobody.
    let mut rest: Vec<&Index> = actual.indexes.iter().collect();
    let mut take = |fits: &dyn Fn(&Index) -> bool| {
        let at = rest.iter().position(|index| fits(index))?;
        Some(rest.remove(at))
    };
    let mut pairs: Vec<(&Index, Option<&Index>)> = Vec::new();
    for wanted in &expected.indexes {
        pairs.push((wanted, take(&|index| index.name == wanted.name)));
    }
    for (wanted, found) in pairs.iter_mut().filter(|(_, found)| found.is_none()) {
        *found = take(&|index| does_the_same(index, wanted));
    }
    for (wanted, found) in pairs {
        match difference(table, wanted, found) {
            None => comparison.met(table),
            Some(difference) => {
                let names = [wanted.name.as_str(), wanted.columns[0].as_str()];
                let origin = origin(table, wanted);
                comparison.differs(table, difference.at(&names, &wanted.columns).from(origin));
            }
        }
    }
    for found in rest {
        let stands_for_constraint = found.unique
            && found.condition.is_none()
            && expected.uniques.iter().any(|unique| unique.columns == found.columns);
        if stands_for_constraint {
            continue;
        }
        let message = format!(
            "`{}` has an index `{}`, which the application does not ask for",
            table.name, found.name
        );
        let names = [found.name.as_str()];
        // A unique one refuses rows; another one only costs time.
        let difference =
            if found.unique { Difference::error(message) } else { Difference::warning(message) };
        comparison.differs(table, difference.at(&names, &found.columns));
    }
}

fn does_the_same(one: &Index, other: &Index) -> bool {
    one.columns == other.columns
        && one.unique == other.unique
        && one.condition == other.condition
        && one.more == other.more
}

fn difference(
    table: &TablePlan,
    wanted: &Index,
    found: Option<&Index>,
) -> Option<Difference<'static>> {
    let index = format!("the index `{}` of `{}`", wanted.name, table.name);
    let Some(found) = found else {
        let message = format!(
            "`{}` has no index on `{}`: `{}`",
            table.name,
            wanted.columns.join(", "),
            wanted.name
        );
        return Some(Difference::error(message));
    };
    let text =
        |index: &Index| index.condition_text.clone().unwrap_or_else(|| "all rows".to_owned());
    Some(if found.columns != wanted.columns {
        Difference::error(format!(
            "{index} sorts by `{}` instead of `{}`",
            found.columns.join(", "),
            wanted.columns.join(", ")
        ))
    } else if found.unique != wanted.unique {
        let word = if wanted.unique { "does not refuse" } else { "refuses" };
        Difference::error(format!("{index} {word} equal rows"))
    } else if found.condition != wanted.condition {
        Difference::error(format!(
            "{index} holds rows by `{}` instead of `{}`",
            text(found),
            text(wanted)
        ))
    } else if found.more != wanted.more {
        Difference::error(format!(
            "{index} is `{}`, which the application does not ask for",
            found.more
        ))
    } else if found.name != wanted.name {
        Difference::warning(format!("{index} is called `{}`", found.name))
    } else {
        return None;
    })
}

fn origin(table: &TablePlan, wanted: &Index) -> Option<Span> {
    table.indexes.iter().find(|one| one.name.as_str() == wanted.name).map(|index| index.span)
}
