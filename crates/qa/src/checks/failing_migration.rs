//! `J0303`: `alembic upgrade head` does not come to a good end on an empty database.

use stratapi_diagnostics::Code;

use crate::database::{self, Database, Run, run};
use crate::finding::{About, Finding};
use crate::judge::Bench;
use crate::result::{Found, Grade};

pub(super) fn check(bench: &Bench<'_>) -> Found {
    let mut found = Found::default();
    for database in Database::ALL {
        let Run::Done(answer) = run(bench, database) else { continue };
        if answer.upgrade.went_well() {
            found.fact(About::App, Grade::Met);
            continue;
        }
        let why = answer.upgrade.failure();
        let message = format!("`alembic upgrade head` fails on {}: {why}", database.title());
        let place = database::frame(bench.subject, &answer.upgrade.output)
            .or_else(|| database::migration(bench.subject));
        let mut finding = Finding::error(Code::J0303, message);
        if let Some(place) = place {
            finding = finding.at(place, "");
        }
        found.broken(About::App, finding);
    }
    if found.facts.is_empty() {
        return Found::skipped("no database was judged");
    }
    found
}
