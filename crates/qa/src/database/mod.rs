//! The database as the migrations make it, beside the one that the model asks for.
//!
//! A script of ours runs in the project's environment: it migrates an empty database up and down and
//! tells what the catalog holds in between. The comparison is ours as well: it needs no Python.

mod catalog;
mod compare;
mod expected;
mod expression;
mod place;
mod revisions;
mod sqlite;
mod token;

use std::time::Duration;

use serde::Deserialize;

use crate::judge::Bench;
use crate::tool::{Ended, Limits, ToolCall, ToolOutcome};
pub(crate) use catalog::{Catalog, Check, Column, ForeignKey, Index, Key, Table};
pub(crate) use compare::{Comparison, Difference, compare, databases};
pub(crate) use place::{frame, migration, table as table_place};
pub(crate) use revisions::{Revision, revisions};

/// A database that generated projects run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Database {
    /// Always at hand: it is part of Python.
    Sqlite,
    /// A server that the caller lends, or one that is started from the programs found.
    Postgresql,
}

impl Database {
    /// Both of them.
    pub(crate) const ALL: [Self; 2] = [Self::Sqlite, Self::Postgresql];

    /// Its name for people.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgresql => "PostgreSQL",
        }
    }
}

/// What became of a database.
pub(crate) enum Run {
    /// Alembic was run on it.
    Done(Box<Answer>),
    /// There is none: why.
    Missing(String),
    /// Its server does not answer: why.
    Dead(String),
    /// Something else stood in the way: what, and what to do about it.
    Obstacle(String, String),
}

/// What the script tells.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Answer {
    missing: Option<String>,
    dead: Option<String>,
    /// How `upgrade head` ended.
    pub(crate) upgrade: Step,
    catalog: Option<catalog::RawCatalog>,
    /// How `downgrade base` ended.
    pub(crate) downgrade: Step,
    left: Option<catalog::RawCatalog>,
}

impl Answer {
    /// Whether nothing of it is missing.
    fn is_whole(&self) -> bool {
        let down =
            self.catalog.is_some() && self.left.is_some() && !self.downgrade.ended.is_empty();
        !self.upgrade.ended.is_empty() && (down || !self.upgrade.went_well())
    }

    /// What the migrations made, if they came to their end.
    pub(crate) fn catalog(&self, database: Database) -> Option<Catalog> {
        self.catalog.clone().map(|raw| Catalog::of(database, raw))
    }

    /// What was left after the way down, which may have come to no end.
    pub(crate) fn left(&self, database: Database) -> Option<Catalog> {
        self.left.clone().map(|raw| Catalog::of(database, raw))
    }
}

/// How a run of Alembic ended.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Step {
    ended: String,
    /// The last that it printed.
    pub(crate) output: String,
}

impl Step {
    /// Whether it ended well.
    pub(crate) fn went_well(&self) -> bool {
        self.ended == "well"
    }

    /// How it ended badly, in words.
    pub(crate) fn failure(&self) -> String {
        match self.ended.as_str() {
            "hung" => format!("it does not come to an end within {STEP} s"),
            "flooded" => "it prints more than 32 MiB".to_owned(),
            _ => said(&self.output).unwrap_or_else(|| "it fails without a word".to_owned()),
        }
    }
}

/// The line of a traceback that says what happened: the last one that names an error.
fn said(output: &str) -> Option<String> {
    let is_name = |text: &str| {
        text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let of_alembic = |line: &&str| line.starts_with("FAILED: ");
    let names = |line: &&str| {
        let (name, rest) = line.split_once(": ").unwrap_or((line, ""));
        is_name(name) && (!rest.is_empty() || name.contains("Error"))
    };
    let lines = || output.lines().rev().map(str::trim_end).filter(|line| !line.is_empty());
    let line = lines().find(|line| of_alembic(line) || names(line)).or_else(|| lines().next())?;
    Some(line.strip_prefix("FAILED: ").unwrap_or(line).chars().take(500).collect())
}

const SCRIPT: &str = include_str!("migrate.py");

/// Longest time for one way, in seconds.
const STEP: u32 = 30;

/// Longest time for both ways on one database, with the start of a server.
const TIME: Duration = Duration::from_mins(2);

fn call(database: Database, server: Option<&str>) -> ToolCall {
    let mut call = ToolCall::new("python", &["-I", "-"]);
    call.arguments.push(database.title().to_lowercase());
    if database == Database::Postgresql {
        call.server = server.is_some();
        call.arguments.extend(server.map(str::to_owned));
    }
    call.environment.insert("STRATAPI_STEP_SECONDS".to_owned(), STEP.to_string());
    call.input = SCRIPT.as_bytes().to_vec();
    call.limits = Limits { time: TIME, output: 256 << 20, ..Limits::default() };
    call
}

/// Migrates a database up and down; all checks share one run of each.
pub(crate) fn run(bench: &Bench<'_>, database: Database) -> Run {
    let outcome = bench.run(&call(database, bench.server().as_deref()));
    match obstacle(&outcome) {
        Some((what, help)) => Run::Obstacle(what, help.to_owned()),
        None => read(&outcome),
    }
}

/// The last line of what the script prints is its answer.
fn read(outcome: &ToolOutcome) -> Run {
    let text = String::from_utf8_lossy(&outcome.stdout);
    let line = text.trim_end().lines().next_back().unwrap_or_default();
    match serde_json::from_str::<Answer>(line) {
        Ok(Answer { missing: Some(why), .. }) => Run::Missing(why),
        Ok(Answer { dead: Some(why), .. }) => Run::Dead(why),
        Ok(answer) if answer.is_whole() => Run::Done(Box::new(answer)),
        _ => Run::Obstacle(
            "what it printed is no answer".to_owned(),
            "is something printed by the project as soon as Python starts?".to_owned(),
        ),
    }
}

/// Why the script did not come to its end.
fn obstacle(outcome: &ToolOutcome) -> Option<(String, &'static str)> {
    let again =
        "run it again on a machine with less to do; if it stays so, look at `migrations/env.py`";
    let install = "`stratapi dev` makes the project's environment; a broken one is made anew after \
                   its folder `.venv` is deleted";
    Some(match &outcome.ended {
        Ended::Exit(0) if outcome.truncated => ("it printed too much".to_owned(), again),
        Ended::Exit(0) => return None,
        Ended::Exit(code) => {
            let stderr = String::from_utf8_lossy(&outcome.stderr);
            let said = said(&stderr).unwrap_or_else(|| format!("it ended with {code}"));
            (said, install)
        }
        Ended::Signal(signal) => (format!("it was ended by signal {signal}"), again),
        Ended::TimedOut => (format!("it took more than {} s", TIME.as_secs()), again),
        Ended::OutOfBounds(what) => (format!("it wanted more than it may have: {what}"), again),
        Ended::Missing(what) => (what.clone(), install),
        Ended::Refused(why) => (format!("it was not started: {why}"), "allow it to be run"),
        Ended::Failed(why) => (format!("it could not be started: {why}"), install),
    })
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn the_line_that_names_the_error_is_told() {
        let output = "Traceback (most recent call last):\n  File \"m.py\", line 3, in upgrade\n\
            sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) near \"x\": syntax error\n\
            [SQL: CREATE x]\n(Background on this error at: https://sqlalche.me/e/20/e3q8)\n";
        assert!(said(output).is_some_and(|line| line.starts_with("sqlalchemy.exc.Oper")));
        let output = "FAILED: Multiple head revisions are present\n";
        assert_eq!(said(output).as_deref(), Some("Multiple head revisions are present"));
        assert_eq!(said("  File \"m.py\"\nNameError\n").as_deref(), Some("NameError"));
        assert_eq!(said("only this\n\n").as_deref(), Some("only this"));
        assert_eq!(said(""), None);
    }
}
