//! `J0302`: a PostgreSQL server that does not answer. Where there is none, the check says so.

use stratapi_diagnostics::Code;

use crate::database::{Database, Run, run};
use crate::finding::{About, Finding};
use crate::judge::Bench;
use crate::result::Found;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    match run(bench, Database::Postgresql) {
        Run::Done(_) => Found::default(),
        Run::Missing(why) => Found::skipped(format!("PostgreSQL not found: {why}")),
        Run::Obstacle(why, _) => Found::skipped(format!("PostgreSQL was not judged: {why}")),
        Run::Dead(why) => {
            let mut found = Found::default();
            let line = why.lines().next().unwrap_or_default();
            let message = format!("PostgreSQL does not answer: {line}");
            let finding = Finding::error(Code::J0302, message)
                .help("start the server that you name, or name none: one is started then")
                .help("the account needs the right to create databases");
            found.broken(About::App, finding);
            found
        }
    }
}
