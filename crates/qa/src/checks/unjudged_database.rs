//! `J0301`: a database that could not be judged: no Python, a broken environment, no end.

use stratapi_diagnostics::Code;

use crate::database::{Database, Run, run};
use crate::finding::{About, Finding};
use crate::judge::Bench;
use crate::result::{Found, Grade};

pub(super) fn check(bench: &Bench<'_>) -> Found {
    let mut found = Found::default();
    for database in Database::ALL {
        let (what, help) = match run(bench, database) {
            Run::Obstacle(what, help) => (what, help),
            Run::Missing(what) | Run::Dead(what) if database == Database::Sqlite => {
                (what, "SQLite is a part of Python: is it complete?".to_owned())
            }
            _ => {
                found.fact(About::App, Grade::Met);
                continue;
            }
        };
        let message = format!("{} could not be judged: {what}", database.title());
        found.broken(About::App, Finding::error(Code::J0301, message).help(help));
    }
    found
}
