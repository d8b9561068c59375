//! `J0311`: checks of the database that are missing, that say something else, or that nobody asked
//! for: bounds of numbers, values of enums, declared conditions.

use stratapi_diagnostics::{Code, Span};
use stratapi_plan::TablePlan;

use crate::database::{Check, Comparison, Difference, Table, compare};
use crate::judge::Bench;
use crate::result::Found;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    compare(bench, Code::J0311, checks)
}

fn checks(comparison: &mut Comparison<'_>, table: &TablePlan, expected: &Table, actual: &Table) {
    // Those of the same name and those of the same condition belong together; the rest is of nobody.
    let mut rest: Vec<&Check> = actual.checks.iter().collect();
    let mut take = |fits: &dyn Fn(&Check) -> bool| {
        let at = rest.iter().position(|check| fits(check))?;
        Some(rest.remove(at))
    };
    let mut pairs: Vec<(&Check, Option<&Check>)> = Vec::new();
    for wanted in &expected.checks {
        pairs.push((wanted, take(&|check| check.name == wanted.name)));
    }
    for (wanted, found) in pairs.iter_mut().filter(|(_, found)| found.is_none()) {
        *found = take(&|check| check.condition == wanted.condition);
    }
    for (wanted, found) in pairs {
        match difference(table, wanted, found) {
            None => comparison.met(table),
            Some(difference) => {
                let (column, origin) = origin(table, wanted);
                let of: Vec<String> = column.into_iter().collect();
                let mut names = vec![wanted.name.as_str()];
                names.extend(of.iter().map(String::as_str));
                comparison.differs(table, difference.at(&names, &of).from(origin));
            }
        }
    }
    for found in rest {
        let message = format!(
            "`{}` has a check `{}`, which the application does not ask for",
            table.name, found.text
        );
        let names = [found.name.as_str()];
        comparison.differs(table, Difference::error(message).at(&names, &[]));
    }
    for other in &actual.others {
        let message = format!(
            "`{}` has a constraint `{other}`, which the application does not ask for",
            table.name
        );
        comparison.differs(table, Difference::error(message));
    }
}

fn difference(
    table: &TablePlan,
    wanted: &Check,
    found: Option<&Check>,
) -> Option<Difference<'static>> {
    let name = &wanted.name;
    let Some(found) = found else {
        let message = format!("`{}` has no check `{name}`", table.name);
        return Some(Difference::error(message).help(format!("it should be `{}`", wanted.text)));
    };
    Some(if found.condition != wanted.condition {
        let message = format!("the check `{name}` of `{}` is `{}`", table.name, found.text);
        Difference::error(message).help(format!("it should be `{}`", wanted.text))
    } else if found.more != wanted.more {
        Difference::error(format!("the check `{name}` of `{}` is `{}`", table.name, found.more))
    } else if found.name != wanted.name {
        Difference::warning(format!(
            "the check `{name}` of `{}` is called `{}`",
            table.name, found.name
        ))
    } else {
        return None;
    })
}

/// The column of an enum's check, or where another one was declared.
fn origin(table: &TablePlan, wanted: &Check) -> (Option<String>, Option<Span>) {
    let declared = table.checks.iter().find(|check| check.name.as_str() == wanted.name);
    let of_enum = table.columns.iter().find(|column| {
        column.enum_check.as_ref().is_some_and(|check| check.name.as_str() == wanted.name)
    });
    (of_enum.map(|column| column.name.as_str().to_owned()), declared.map(|check| check.span))
}
