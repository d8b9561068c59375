//! One pinned Python environment for all generated projects of a run.

use std::path::{Path, PathBuf};

use crate::Result;
use crate::process::{captured, command, which};

/// An environment with everything that a generated project and its tools need.
pub(crate) struct Python {
    folder: PathBuf,
}

impl Python {
    /// Creates the environment below `target/`, or takes the one that has these very pins.
    ///
    /// The pins are those of a generated project: its requirements.txt and requirements-dev.txt.
    pub(crate) fn prepare(project: &Path) -> Result<Self> {
        let pins: Vec<PathBuf> = ["requirements.txt", "requirements-dev.txt"]
            .iter()
            .map(|name| project.join(name))
            .collect();
        let mut hasher = blake3::Hasher::new();
        for file in &pins {
            hasher.update(&std::fs::read(file)?);
        }
        let key = hasher.finalize().to_hex();
        let folder = crate::root().join("target/python").join(&key[..16]);
        let environment = Self { folder };
        let stamp = environment.folder.join("complete");
        if !stamp.is_file() {
            environment.create(&pins)?;
            std::fs::write(stamp, key.as_bytes())?;
        }
        Ok(environment)
    }

    fn create(&self, pins: &[PathBuf]) -> Result {
        let interpreter = interpreter()?;
        println!("  installing the Python environment with {}", interpreter.display());
        let home = crate::root();
        captured(command(interpreter, &home).args(["-m", "venv", "--clear"]).arg(&self.folder))?;
        let mut install = if let Some(uv) = which(&["uv"]) {
            let mut install = command(uv, &home);
            install.args(["pip", "install", "--quiet", "--require-hashes", "--python"]);
            install.arg(self.tool("python"));
            install
        } else {
            let mut install = command(self.tool("python"), &home);
            install.args(["-m", "pip", "install", "--quiet", "--require-hashes"]);
            install
        };
        for file in pins {
            install.arg("-r").arg(file);
        }
        captured(&mut install)?;
        Ok(())
    }

    /// A program of the environment.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.folder.join("bin").join(name)
    }

    /// Gives a project a `.venv` with the packages of this environment, as `stratapi dev` leaves
    /// one, so that nothing has to be installed.
    pub(crate) fn lend(&self, project: &Path) -> Result {
        let own = project.join(".venv");
        std::fs::create_dir_all(own.join("bin"))?;
        std::fs::copy(self.folder.join("pyvenv.cfg"), own.join("pyvenv.cfg"))?;
        std::os::unix::fs::symlink(self.folder.join("lib"), own.join("lib"))?;
        let interpreter = self.tool("python").canonicalize()?;
        std::os::unix::fs::symlink(interpreter, own.join("bin/python"))?;
        let version = "import sys; print('# Python %d.%d' % sys.version_info[:2])";
        let version = captured(self.run("python", project).args(["-c", version]))?;
        let requirements = std::fs::read_to_string(project.join("requirements.txt"))?;
        std::fs::write(own.join("stratapi-installed.txt"), version + &requirements)?;
        Ok(())
    }

    /// A command of the environment that runs in `folder`.
    pub(crate) fn run(&self, name: &str, folder: &Path) -> std::process::Command {
        let mut run = command(self.tool(name), folder);
        for variable in
            ["PYTHONPATH", "PYTHONHOME", "DATABASE_URL", "TEST_DATABASE_URL", "SECRET_KEY"]
        {
            run.env_remove(variable);
        }
        run.env("PYTHONDONTWRITEBYTECODE", "1");
        run
    }
}

/// A Python of version 3.11 or later.
fn interpreter() -> Result<PathBuf> {
    let names = ["python3.13", "python3.12", "python3.11", "python3.14", "python3", "python"];
    let test = "import sys; sys.exit(sys.version_info < (3, 11))";
    names
        .iter()
        .filter_map(|name| which(&[name]))
        .find(|path| captured(command(path, Path::new("/")).args(["-c", test])).is_ok())
        .ok_or_else(|| "no Python 3.11 or later was found".into())
}
