//! The same walk through an application that its own containers serve, instead of a process in a
//! sandbox.

use std::collections::BTreeMap;

use stratapi_diagnostics::Code;
use stratapi_plan::as_text;

use super::{KEY, Served, Walk, compose};
use crate::containers::{Containers, NotStarted};
use crate::finding::{Finding, Place};
use crate::judge::Bench;
use crate::result::Found;
use crate::tool::ToolOutcome;
use crate::trouble;

/// Creates an account by the project's own command.
const CREATION: &str = "import sys; from app.cli import main; sys.exit(main(sys.argv[1:]))";
/// Prints all that the database holds.
const DUMP: &str = "pg_dump --username=\"$POSTGRES_USER\" --dbname=\"$POSTGRES_DB\"";

/// Builds and starts the containers, walks, and takes them down.
///
/// # Errors
/// If there is no answer: what the check `code` comes to then.
pub(super) fn run(bench: &Bench<'_>, walk: &Walk<'_>, code: Code) -> Result<Served, Found> {
    let text = bench.subject.actual.text(compose::FILE).unwrap_or_default();
    let composition = compose::of(text, environment()).map_err(|reason| {
        let finding = Finding::error(Code::J0507, format!("the containers are not run: {reason}"));
        let help = "leave `--compose` out to serve the project in the sandbox instead";
        Found::from(vec![finding.at(Place::file(compose::FILE), "").help(help)])
    })?;
    let containers = match bench.compose(&composition) {
        Ok(containers) => containers,
        Err(NotStarted::Failed(log)) => return Ok(Served::stopped("build", log)),
        Err(NotStarted::NoEngine(reason)) => {
            let finding =
                Finding::error(Code::J0702, format!("nothing here runs containers: {reason}"));
            let help = "install docker with Compose 2 and start it, or leave `--compose` out";
            return Err(vec![finding.help(help)].into());
        }
    };
    for account in &walk.accounts {
        let arguments = creation(account, &walk.password);
        let command: Vec<&str> = ["python", "-c", CREATION]
            .into_iter()
            .chain(arguments.iter().map(String::as_str))
            .collect();
        let outcome = containers.run(compose::APP, &command);
        if !outcome.succeeded() {
            return Ok(Served::stopped("account", said(&outcome)));
        }
    }
    let mark = bench.mark();
    let call = walk.call(bench.subject, &mark, Some(containers.port()));
    let mut served: Served = trouble::answer(code, &call, &bench.run(&call), &mark)?;
    let log = containers.log(compose::APP);
    if served.stage != "done" {
        served.log = said(&log);
    }
    let secrets = [std::slice::from_ref(&walk.password), &served.secrets].concat();
    served.weak.extend(kept(containers.as_ref(), &log, &secrets));
    Ok(served)
}

fn environment() -> BTreeMap<String, String> {
    let values = [
        ("GRAFANA_PASSWORD", "judged"),
        ("LOG_LEVEL", "WARNING"),
        ("POSTGRES_PASSWORD", "judged"),
        ("SECRET_KEY", KEY),
    ];
    values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Arguments of the project's command that create an account.
fn creation(account: &serde_json::Value, password: &str) -> Vec<String> {
    let mut arguments = vec!["create-user".to_owned(), as_text(&account["login"])];
    arguments.extend(["--password".to_owned(), password.to_owned()]);
    if !account["role"].is_null() {
        arguments.extend(["--role".to_owned(), as_text(&account["role"])]);
    }
    for (name, value) in account["fields"].as_object().into_iter().flatten() {
        arguments.extend(["--field".to_owned(), format!("{name}={}", as_text(value))]);
    }
    arguments
}

/// Where secrets stand as they were sent.
fn kept(containers: &dyn Containers, log: &ToolOutcome, secrets: &[String]) -> Vec<String> {
    let dump = containers.run(compose::DATABASE, &["sh", "-c", DUMP]);
    let holds = |output: &[u8]| {
        let text = String::from_utf8_lossy(output);
        secrets.iter().any(|secret| text.contains(secret))
    };
    let mut wrong = Vec::new();
    if !secrets.is_empty() && !dump.succeeded() {
        wrong.push(format!("what the database holds can't be read: {}", said(&dump)));
    }
    for (place, found) in
        [("database", holds(&dump.stdout)), ("log", holds(&log.stdout) || holds(&log.stderr))]
    {
        if found {
            wrong.push(format!("the {place} holds a password or a refresh token as it was sent"));
        }
    }
    wrong
}

/// The end of what a program said.
fn said(outcome: &ToolOutcome) -> String {
    const LONGEST: usize = 2_000;
    let text = [outcome.stdout.as_slice(), &outcome.stderr].concat();
    let text = String::from_utf8_lossy(&text[text.len().saturating_sub(LONGEST)..]).into_owned();
    if text.trim().is_empty() { format!("it ended by {:?}", outcome.ended) } else { text }
}
