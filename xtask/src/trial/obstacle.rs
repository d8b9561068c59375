//! What stands in the judge's way, each with the finding that says so.

use std::path::PathBuf;

use stratapi_tests::mutations::Files;

use crate::runner::Plain;

/// What stands in the judge's way.
pub(super) struct Obstacle {
    /// What it is.
    pub(super) name: &'static str,
    /// The finding that says so.
    pub(super) code: &'static str,
    /// What its message contains.
    pub(super) says: &'static str,
    /// What is done to the files.
    pub(super) change: fn(&mut Files),
    /// What is done to the environment.
    pub(super) hinder: fn(&mut Plain),
    /// The server that is named.
    pub(super) server: Option<&'static str>,
}

/// All of them.
pub(super) const ALL: &[Obstacle] = &[
    Obstacle {
        name: "no Python",
        code: "J0301",
        says: "there is no `python`",
        change: |_| {},
        hinder: |plain| plain.programs = "/nowhere".into(),
        server: None,
    },
    Obstacle {
        name: "an environment without Alembic",
        code: "J0303",
        says: "No module named 'alembic'",
        change: |_| {},
        hinder: |plain| plain.programs = bare_python(plain).unwrap_or_default(),
        server: None,
    },
    Obstacle {
        name: "a migration without an end",
        code: "J0303",
        says: "come to an end",
        change: |files| in_environment(files, "import time\n\ntime.sleep(600)\n"),
        hinder: |plain| {
            plain.environment.insert("STRATAPI_STEP_SECONDS".to_owned(), "2".to_owned());
        },
        server: None,
    },
    Obstacle {
        name: "output of a gigabyte",
        code: "J0303",
        says: "32 MiB",
        change: |files| in_environment(files, "for _ in range(1024):\n    print(\"x\" * 2**20)\n"),
        hinder: |_| {},
        server: None,
    },
    Obstacle {
        name: "a migration that ends the process",
        code: "J0303",
        says: "`alembic upgrade head` fails",
        change: |files| in_environment(files, "import os\n\nos._exit(0)\n"),
        hinder: |_| {},
        server: None,
    },
    Obstacle {
        name: "a module of the project in the way of Python's own",
        code: "J0303",
        says: "in the way",
        change: |files| {
            files.insert("sqlite3.py".to_owned(), "raise ImportError(\"in the way\")\n".to_owned());
        },
        hinder: |_| {},
        server: None,
    },
    Obstacle {
        name: "a dead server",
        code: "J0302",
        says: "does not answer",
        change: |_| {},
        hinder: |_| {},
        server: Some("postgresql://nobody@127.0.0.1:1/nothing"),
    },
];

fn in_environment(files: &mut Files, code: &str) {
    if let Some(text) = files.get_mut("migrations/env.py") {
        text.push_str(code);
        *text = text.replacen("import asyncio\n", &format!("import asyncio\n\n{code}"), 1);
    }
}

/// An environment beside the project in which nothing is installed.
fn bare_python(plain: &Plain) -> Option<PathBuf> {
    let programs = plain.project.join("bare/bin");
    std::fs::create_dir_all(&programs).ok()?;
    std::fs::write(plain.project.join("bare/pyvenv.cfg"), "home = /nowhere\n").ok()?;
    let python = plain.programs.join("python").canonicalize().ok()?;
    std::os::unix::fs::symlink(python, programs.join("python")).ok()?;
    Some(programs)
}
