//! The generated project as something to install, migrate and serve.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use stratapi_driver::diagnostics::{Code, Diagnostic};

use super::process::Process;
use super::server::Server;
use super::{Interrupt, python};
use crate::exit::Exit;
use crate::terminal::Terminal;

/// File in the environment that says what is installed there.
const STAMP: &str = ".venv/stratapi-installed.txt";
/// The database, where the user has not set `DATABASE_URL`.
const DATABASE: &str = "dev.db";

/// A project on disk.
pub(crate) struct Project {
    folder: PathBuf,
    terminal: Terminal,
    interrupt: Interrupt,
}

impl Project {
    pub(crate) fn new(folder: &Path, terminal: Terminal, interrupt: Interrupt) -> Self {
        // The environment's Python is started from another directory than ours.
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Self { folder, terminal, interrupt }
    }

    /// Makes the environment and installs the requirements, if they are not installed yet. Returns
    /// the environment's Python.
    pub(crate) fn install(&self, wanted: Option<&Path>) -> Result<PathBuf, Exit> {
        let found = python::find(wanted).map_err(|error| self.terminal.fail(*error))?;
        let requirements = self.folder.join("requirements.txt");
        let requirements = fs::read_to_string(&requirements).map_err(|error| {
            let message = format!("cannot read `{}`: {error}", requirements.display());
            self.terminal.fail(Diagnostic::error(Code::E0901, message))
        })?;
        let (major, minor) = found.version;
        let stamp = format!("# Python {major}.{minor}\n{requirements}");
        let python = self.environment_python();
        let installed = fs::read_to_string(self.folder.join(STAMP)).ok();
        if installed.as_deref() == Some(&stamp) && python::is_complete(&python) {
            return Ok(python);
        }
        self.terminal.say("Installing", &format!("requirements.txt for Python {major}.{minor}"));
        if !(self.uv(&found.path)? || self.pip(&found.path, &python)?) {
            return Err(self.terminal.fail(
                Diagnostic::error(Code::E0908, "the requirements could not be installed")
                    .help("the reason stands above")
                    .help("`uv`, or a Python with `venv` and `pip`, and the network are needed"),
            ));
        }
        fs::write(self.folder.join(STAMP), stamp).map_err(|error| {
            let message = format!("cannot write `{STAMP}`: {error}");
            self.terminal.fail(Diagnostic::error(Code::E0902, message))
        })?;
        Ok(python)
    }

    /// Brings the database to the newest revision, with all its seeds. A database of our own that an earlier form of
    /// the first migration made can't be brought there: it is put aside.
    pub(crate) fn migrate(&self, python: &Path, rewritten: bool) -> Result<(), Exit> {
        let database = self.folder.join(DATABASE);
        if rewritten && database.exists() && std::env::var_os("DATABASE_URL").is_none() {
            self.put_aside(&database)?;
        }
        self.prepare(python, &["-m", "alembic", "upgrade", "head"], "the migrations failed")?;
        if self.folder.join("app/seeds.py").exists() {
            let failure = "the seeds could not be inserted";
            self.prepare(python, &["-m", "app.cli", "seed"], failure)?;
        }
        Ok(())
    }

    /// Runs a command that the database needs; `failure` is said where it fails.
    fn prepare(&self, python: &Path, arguments: &[&str], failure: &str) -> Result<(), Exit> {
        if self.run(&mut self.command(python, arguments))? {
            return Ok(());
        }
        let finding = Diagnostic::error(Code::E0910, failure);
        Err(self.terminal.fail(finding.help("the reason stands above")))
    }

    fn put_aside(&self, database: &Path) -> Result<(), Exit> {
        let aside = (1..=u32::MAX)
            .map(|number| format!("{DATABASE}.{number}"))
            .find(|name| !self.folder.join(name).exists())
            .unwrap_or_default();
        self.terminal
            .say("Database", &format!("the tables changed: `{DATABASE}` is now `{aside}`"));
        for suffix in ["", "-wal", "-shm"] {
            let from = database.with_file_name(format!("{DATABASE}{suffix}"));
            let to = self.folder.join(format!("{aside}{suffix}"));
            if from.exists()
                && let Err(error) = fs::rename(&from, to)
            {
                let message = format!("cannot move `{}`: {error}", from.display());
                return Err(self.terminal.fail(Diagnostic::error(Code::E0902, message)));
            }
        }
        Ok(())
    }

    /// Starts the server.
    pub(crate) fn serve(&self, python: &Path, port: u16, reload: bool) -> Result<Server, Exit> {
        let port = port.to_string();
        let mut arguments =
            vec!["-m", "uvicorn", "app.main:app", "--host", "127.0.0.1", "--port", &port];
        if reload {
            arguments.extend(["--reload", "--reload-dir", "app"]);
        }
        let process = Process::start(&mut self.command(python, &arguments));
        let process = process.map_err(|error| self.cannot_start(python, &error))?;
        Ok(Server::new(process, self.terminal, self.interrupt.clone()))
    }

    fn environment_python(&self) -> PathBuf {
        let name = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
        self.folder.join(".venv").join(name)
    }

    /// By uv, where it is there; `false` where it is not or does not manage.
    fn uv(&self, python: &Path) -> Result<bool, Exit> {
        let asked = Command::new("uv").arg("--version").output();
        if !asked.is_ok_and(|answer| answer.status.success()) {
            return Ok(false);
        }
        let mut venv = self.command(Path::new("uv"), &["venv", "--quiet", "--clear", "--python"]);
        venv.arg(python).arg(".venv");
        let install = ["pip", "install", "--quiet", "--python", ".venv", "-r", "requirements.txt"];
        let done =
            self.run(&mut venv)? && self.run(&mut self.command(Path::new("uv"), &install))?;
        if !done {
            self.terminal.say("Installing", "by pip, since uv did not manage");
        }
        Ok(done)
    }

    fn pip(&self, python: &Path, environment: &Path) -> Result<bool, Exit> {
        let venv = ["-m", "venv", "--clear", ".venv"];
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        let mut install = self.command(environment, &pip);
        install.args(["-r", "requirements.txt"]);
        Ok(self.run(&mut self.command(python, &venv))? && self.run(&mut install)?)
    }

    fn command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.folder).env("UV_PYTHON_DOWNLOADS", "never");
        command.env_remove("VIRTUAL_ENV").env_remove("PYTHONPATH").env_remove("PYTHONHOME");
        if std::env::var_os("DATABASE_URL").is_none() {
            command.env("DATABASE_URL", format!("sqlite+aiosqlite:///./{DATABASE}"));
        }
        command
    }

    /// Runs a command to its end and says whether it succeeded.
    fn run(&self, command: &mut Command) -> Result<bool, Exit> {
        let program = PathBuf::from(command.get_program());
        let ended = Process::start(command).and_then(|process| process.finish(&self.interrupt));
        match ended {
            Ok(Some(status)) => Ok(status.success()),
            Ok(None) => Err(Exit::Interrupted),
            Err(error) => Err(self.cannot_start(&program, &error)),
        }
    }

    fn cannot_start(&self, program: &Path, error: &std::io::Error) -> Exit {
        let message = format!("cannot start `{}`: {error}", program.display());
        self.terminal.fail(
            Diagnostic::error(Code::E0908, message).help("remove `.venv` to have it made anew"),
        )
    }
}
