//! `J0306`: columns that are missing, or of another type, or that nobody asked for.

use stratapi_diagnostics::Code;
use stratapi_plan::TablePlan;

use crate::database::{Column, Comparison, Difference, Table, compare};
use crate::judge::Bench;
use crate::result::Found;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    compare(bench, Code::J0306, columns)
}

fn columns(comparison: &mut Comparison<'_>, table: &TablePlan, expected: &Table, actual: &Table) {
    let find = |all: &[Column], name: &str| all.iter().find(|column| column.name == name).cloned();
    for column in &expected.columns {
        let name = format!("`{}.{}`", table.name, column.name);
        let of = [column.name.clone()];
        let said = match find(&actual.columns, &column.name) {
            Some(found) => differences(&name, column, &found),
            None => vec![format!("there is no column {name}")],
        };
        if said.is_empty() {
            comparison.met(table);
        }
        for message in said {
            comparison.differs(table, Difference::error(message).at(&[&of[0]], &of));
        }
    }
    for column in &actual.columns {
        if find(&expected.columns, &column.name).is_none() {
            let of = [column.name.clone()];
            let message = format!(
                "there is a column `{}.{}`, which the application does not have",
                table.name, column.name
            );
            comparison.differs(table, Difference::error(message).at(&[&of[0]], &of));
        }
    }
}

fn differences(name: &str, expected: &Column, found: &Column) -> Vec<String> {
    let mut said = Vec::new();
    if expected.ty != found.ty {
        said.push(format!("{name} is of type `{}` instead of `{}`", found.ty, expected.ty));
    }
    if expected.nullable != found.nullable {
        let (is, must) = if found.nullable { ("may", "must not") } else { ("must not", "may") };
        said.push(format!("{name} {is} be null, though it {must}"));
    }
    if expected.counts != found.counts {
        let word = if found.counts { "counts" } else { "does not count" };
        said.push(format!("{name} {word} up by itself"));
    }
    if expected.more != found.more {
        said.push(format!("{name} is `{}`, which the application does not ask for", found.more));
    }
    said
}
