//! Many requests at once to golden projects on PostgreSQL: of two that race one wins, no update is lost,
//! invariants hold whoever comes first, and nobody waits for ever; what is sent again is done once, whatever is
//! killed. `load/requests.py` asks.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::postgres::Postgres;
use crate::process::captured;
use crate::python::Python;
use crate::report::{self, Case, Totals};
use crate::{Result, e2e, root};

/// Golden cases, and what is asked of them.
/// The arguments make an account that nobody can register.
const SCENARIOS: &[(&str, &[&str], &[&str])] = &[
    ("blog", &["registrations", "transitions", "comments", "mixed"], &[]),
    ("behaviour", &["versions"], &[]),
    ("shop", &["checkouts", "repeats", "interrupted"], CLERK),
];

const CLERK: &[&str] = &[
    "clerk@example.com",
    "--role",
    "clerk",
    "--password",
    "correct horse battery",
    "--field",
    "name=Clerk",
];

/// How long an application may take to start.
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs all scenarios.
pub(crate) fn run() -> Result {
    report::conclude(&cases()?, Totals::default())
}

/// One case a scenario; skipped without PostgreSQL, where SQLite would let one writer in at a time.
pub(crate) fn cases() -> Result<Vec<Case>> {
    let Some(postgres) = Postgres::start()? else {
        let skipped = || Ok(Some("PostgreSQL not found".to_owned()));
        return Ok(vec![report::case("requests at once", skipped)]);
    };
    let folder = tempfile::Builder::new().prefix("stratapi-load-").tempdir()?;
    let python = Python::prepare(&e2e::richest(folder.path())?)?;
    let mut cases = Vec::new();
    for (name, scenarios, account) in SCENARIOS {
        let project = e2e::generate(name, folder.path(), "load")?;
        let database = postgres.database(name)?;
        let mut migrate = python.run("alembic", &project);
        captured(migrate.args(["upgrade", "head"]).env("DATABASE_URL", &database))?;
        if !account.is_empty() {
            let mut make = python.run("python", &project);
            make.args(["-m", "app.cli", "create-user"]).args(*account);
            captured(make.env("DATABASE_URL", &database))?;
        }
        let served = Served::start(&project, &python, &database)?;
        cases.extend(scenarios.iter().map(|scenario| {
            report::case(format!("{name}: {scenario} at once"), || {
                let mut asked = python.run("python", &project);
                let script = root().join("xtask/src/load/requests.py");
                asked.env("SERVER_PID", served.child.id().to_string());
                let said = captured(asked.arg(script).args([*scenario, &served.address]))?;
                println!("    {}", said.trim_end());
                Ok(None)
            })
        }));
    }
    Ok(cases)
}

/// A running application; it is stopped when dropped.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(project: &Path, python: &Python, database: &str) -> Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let log = project.join("served.log");
        let mut serve = python.run("uvicorn", project);
        serve.args(["app.main:app", "--workers", "2", "--no-access-log", "--port"]);
        serve.arg(port.to_string());
        // All requests come from one address.
        serve.env("DATABASE_URL", database).env("AUTH_RATE_LIMIT", "100000/minute");
        serve.env("RATE_LIMITS_ENABLED", "false");
        serve.env("SECRET_KEY", "one that both workers sign and verify tokens with");
        serve.stdout(File::create(&log)?).stderr(File::options().append(true).open(&log)?);
        let mut served =
            Self { child: serve.spawn()?, address: format!("http://127.0.0.1:{port}") };
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if Instant::now() > until || served.child.try_wait()?.is_some() {
                return Err(format!("it does not start:\n{}", std::fs::read_to_string(log)?).into());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(served)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.child);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let _ = self.child.wait();
    }
}
