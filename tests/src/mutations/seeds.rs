//! Mistakes about the rows that every database starts with.

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::Structural;

use super::flows::tested;
use super::{Files, Mutation, line, replace, row};

const SEEDS: &str = "app/seeds.py";
const SEEDING: &str = "app/seeding.py";

pub(super) const ALL: &[Mutation] = &[
    written("seed missing", "has no", |files| {
        line(files, SEEDS, |line| of_one_line(line).then(String::new))
    }),
    written("seed with another value", "is another row", |files| {
        line(files, SEEDS, |line| {
            let (start, _) = line.rsplit_once("\"}").filter(|_| of_one_line(line))?;
            Some(format!("{start} \"}},"))
        })
    }),
    written("seed that the model has not", "the model has not", |files| {
        line(files, SEEDS, |line| {
            let (key, members) = line.split_once("\": {").filter(|_| of_one_line(line))?;
            Some(format!("{line}\n{key} again\": {{{members}"))
        })
    }),
    written("seeds that are not inserted", "`SEEDS`", |files| {
        line(files, SEEDS, |line| line.starts_with("    SeedTable(").then(String::new))
    }),
    tested("deleted seeds that come back", |files| {
        replace(files, SEEDING, "None if key in done else await", "await")
    }),
    tested("seeds not noted as inserted", |files| {
        line(files, SEEDING, |line| line.contains("self._session.add(SeededRow(").then(String::new))
    }),
    tested("seeds beside rows of people that stand for them", |files| {
        replace(files, SEEDING, "alike = or_(*_alike(model, values))", "alike = model is None")
    }),
];

/// Whether a line is a whole seed.
fn of_one_line(line: &str) -> bool {
    line.starts_with("    \"") && line.contains("\": {\"") && line.ends_with("\"},")
}

/// A class that shows in the file of the seeds.
const fn written(
    id: &'static str,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    Mutation { least: 1, ..row(id, Structural, Code::J0129, says, make) }
}
