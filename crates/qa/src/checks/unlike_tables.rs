//! `J0305`: tables that the migrations do not make, or that nobody asked for.

use stratapi_diagnostics::{Code, Severity};
use stratapi_plan::TablePlan;

use crate::database::{Catalog, Comparison, Difference, Table, databases, table_place};
use crate::judge::Bench;
use crate::result::Found;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    databases(bench, Code::J0305, compare)
}

fn compare(comparison: &mut Comparison<'_>, catalog: &Catalog) {
    let plan = comparison.subject.plan;
    let is_planned = |name: &str| plan.tables.iter().any(|table| table.name.as_str() == name);
    for table in &plan.tables {
        if catalog.tables.contains_key(table.name.as_str()) {
            comparison.met(table);
            continue;
        }
        let mut all = catalog.tables.iter().filter(|(name, _)| !is_planned(name));
        let renamed = all.find(|(_, other)| has_columns_of(table, other));
        let mut difference = Difference::error(format!("there is no table `{}`", table.name));
        if let Some((name, _)) = renamed {
            difference = difference.help(format!("`{name}` has the same columns"));
        }
        comparison.differs(table, difference);
    }
    for name in catalog.tables.keys().filter(|name| !is_planned(name)) {
        let at = table_place(comparison.subject, name, &[]);
        let message = format!("there is a table `{name}`, which the application does not have");
        comparison.unknown(Severity::Error, message, at);
    }
    for (kind, name) in &catalog.others {
        let message = format!("there is a {kind} `{name}`, which the application does not have");
        comparison.unknown(Severity::Warning, message, None);
    }
}

fn has_columns_of(table: &TablePlan, other: &Table) -> bool {
    table.columns.len() == other.columns.len()
        && table
            .columns
            .iter()
            .all(|column| other.columns.iter().any(|found| found.name == column.name.as_str()))
}
