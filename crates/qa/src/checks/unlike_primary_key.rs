//! `J0308`: a primary key that is not that of the model.

use stratapi_diagnostics::Code;
use stratapi_plan::TablePlan;

use crate::database::{Comparison, Difference, Key, Table, compare};
use crate::judge::Bench;
use crate::result::Found;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    compare(bench, Code::J0308, key)
}

fn key(comparison: &mut Comparison<'_>, table: &TablePlan, expected: &Table, actual: &Table) {
    let Some(wanted) = &expected.primary_key else { return };
    let columns = |key: &Key| key.columns.join(", ");
    let place = [wanted.name.as_str(), "id"];
    let difference = match &actual.primary_key {
        None => {
            let message =
                format!("`{}` has no primary key, instead of `{}`", table.name, columns(wanted));
            Difference::error(message)
        }
        Some(found) if found.columns != wanted.columns => Difference::error(format!(
            "the primary key of `{}` is `{}` instead of `{}`",
            table.name,
            columns(found),
            columns(wanted)
        )),
        Some(found) if found.more != wanted.more => Difference::error(format!(
            "the primary key of `{}` is `{}`, which the application does not ask for",
            table.name, found.more
        )),
        Some(found) if found.name != wanted.name => Difference::warning(format!(
            "the primary key of `{}` is called `{}` instead of `{}`",
            table.name, found.name, wanted.name
        )),
        Some(_) => return comparison.met(table),
    };
    comparison.differs(table, difference.at(&place, &wanted.columns));
}
