//! `J0313`: `alembic downgrade base` that fails, or that leaves something behind.

use stratapi_diagnostics::Code;

use crate::database::{self, Database, Run, run};
use crate::finding::{About, Finding, Place};
use crate::judge::Bench;
use crate::result::{Found, Grade};

pub(super) fn check(bench: &Bench<'_>) -> Found {
    let mut found = Found::default();
    for database in Database::ALL {
        let Run::Done(answer) = run(bench, database) else { continue };
        if !answer.upgrade.went_well() {
            found.skipped.get_or_insert(format!("the migrations fail on {}", database.title()));
            continue;
        }
        if answer.downgrade.went_well() {
            found.fact(About::App, Grade::Met);
        } else {
            let why = answer.downgrade.failure();
            let message = format!("`alembic downgrade base` fails on {}: {why}", database.title());
            let place = database::frame(bench.subject, &answer.downgrade.output);
            broken(&mut found, bench, message, place);
            // What it did not come to is left, too: that says nothing more.
            continue;
        }
        let left = answer.left(database).unwrap_or_default();
        let tables = left.tables.keys().map(|name| ("table", name.as_str()));
        let others = left.others.iter().map(|(kind, name)| (kind.as_str(), name.as_str()));
        let left: Vec<String> =
            tables.chain(others).map(|(kind, name)| format!("the {kind} `{name}`")).collect();
        if !left.is_empty() {
            let message = format!(
                "`alembic downgrade base` leaves {} behind on {}",
                left.join(", "),
                database.title()
            );
            broken(&mut found, bench, message, None);
        }
    }
    if found.facts.is_empty() && found.skipped.is_none() {
        return Found::skipped("no database was judged");
    }
    found
}

fn broken(found: &mut Found, bench: &Bench<'_>, message: String, place: Option<Place>) {
    let mut finding = Finding::error(Code::J0313, message);
    if let Some(place) = place.or_else(|| database::migration(bench.subject)) {
        finding = finding.at(place, "");
    }
    found.broken(About::App, finding);
}
