//! `J0307`: defaults of the database that are not those of the model.

use stratapi_diagnostics::Code;
use stratapi_plan::TablePlan;

use crate::database::{Comparison, Difference, Table, compare};
use crate::judge::Bench;
use crate::result::Found;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    compare(bench, Code::J0307, defaults)
}

fn defaults(comparison: &mut Comparison<'_>, table: &TablePlan, expected: &Table, actual: &Table) {
    for column in &expected.columns {
        let name = column.name.as_str();
        let Some(found) = actual.columns.iter().find(|other| other.name == name) else { continue };
        let message = match (&column.default, &found.default) {
            (None, None) => continue,
            (Some(expected), Some(found)) if expected == found => {
                comparison.met(table);
                continue;
            }
            (Some(expected), Some(found)) => {
                format!(
                    "the default of `{}.{name}` is `{found}` instead of `{expected}`",
                    table.name
                )
            }
            (Some(expected), None) => {
                format!("`{}.{name}` has no default, instead of `{expected}`", table.name)
            }
            (None, Some(found)) => {
                format!("`{}.{name}` has the default `{found}`, and should have none", table.name)
            }
        };
        let of = [column.name.clone()];
        comparison.differs(table, Difference::error(message).at(&[name], &of));
    }
}
