//! `J0310`: foreign keys that are missing, that lead elsewhere, or that do something else when the
//! other row is deleted.

use stratapi_diagnostics::Code;
use stratapi_plan::TablePlan;

use crate::database::{Comparison, Difference, ForeignKey, Table, compare};
use crate::judge::Bench;
use crate::result::Found;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    compare(bench, Code::J0310, foreign_keys)
}

fn foreign_keys(
    comparison: &mut Comparison<'_>,
    table: &TablePlan,
    expected: &Table,
    actual: &Table,
) {
    for wanted in &expected.foreign_keys {
        let found = find(&actual.foreign_keys, wanted);
        let Some(difference) = difference(table, wanted, found) else {
            comparison.met(table);
            continue;
        };
        let names = [wanted.name.as_str(), wanted.columns[0].as_str()];
        comparison.differs(table, difference.at(&names, &wanted.columns));
    }
    for found in &actual.foreign_keys {
        if !expected.foreign_keys.iter().any(|wanted| wanted.columns == found.columns) {
            let message = format!(
                "`{}` has a foreign key from `{}` to `{}`, which the application does not ask for",
                table.name,
                found.columns.join(", "),
                found.target
            );
            let names = [found.name.as_str()];
            comparison.differs(table, Difference::error(message).at(&names, &found.columns));
        }
    }
}

/// The one of the same columns; of several, the one that leads to the same table.
fn find<'a>(all: &'a [ForeignKey], wanted: &ForeignKey) -> Option<&'a ForeignKey> {
    let same = |key: &&ForeignKey| key.columns == wanted.columns;
    let exact = all.iter().filter(same).find(|key| key.target == wanted.target);
    exact.or_else(|| all.iter().find(same))
}

fn difference(
    table: &TablePlan,
    wanted: &ForeignKey,
    found: Option<&ForeignKey>,
) -> Option<Difference<'static>> {
    let columns = wanted.columns.join(", ");
    let key = format!("the foreign key `{}` ({columns})", table.name);
    let target = |key: &ForeignKey| format!("{} ({})", key.target, key.target_columns.join(", "));
    let Some(found) = found else {
        let message = format!("`{}` ({columns}) refers to nothing", table.name);
        let help = format!("there should be a foreign key to `{}`", target(wanted));
        return Some(Difference::error(message).help(help));
    };
    let elsewhere = found.target != wanted.target
        || (!found.target_columns.is_empty() && found.target_columns != wanted.target_columns);
    Some(if elsewhere {
        Difference::error(format!(
            "{key} leads to `{}` instead of `{}`",
            target(found),
            target(wanted)
        ))
    } else if found.on_delete != wanted.on_delete {
        Difference::error(format!(
            "{key} does `{}` instead of `{}` when the other row is deleted",
            found.on_delete, wanted.on_delete
        ))
    } else if found.more != wanted.more {
        Difference::error(format!(
            "{key} is `{}`, which the application does not ask for",
            found.more
        ))
    } else if found.name != wanted.name {
        Difference::warning(format!(
            "{key} is called `{}` instead of `{}`",
            found.name, wanted.name
        ))
    } else {
        return None;
    })
}
