//! A temporary PostgreSQL cluster on a free loopback port, from the machine's own binaries.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::Result;
use crate::process::{captured, command, which};

/// A running cluster; it is stopped and deleted when dropped.
pub(crate) struct Postgres {
    folder: TempDir,
    bin: PathBuf,
    port: u16,
}

impl Postgres {
    /// Starts a cluster; `None` where the machine has no PostgreSQL.
    pub(crate) fn start() -> Result<Option<Self>> {
        let Some(bin) = find() else { return Ok(None) };
        let folder = tempfile::Builder::new().prefix("stratapi-pg-").tempdir()?;
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let cluster = Self { folder, bin, port };
        cluster.give_away()?;
        let data = cluster.data();
        captured(cluster.tool("initdb").arg("-D").arg(&data).args([
            "-A",
            "trust",
            "-U",
            "postgres",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]))?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off \
             -c max_connections=200"
        );
        let log = data.join("log");
        captured(
            cluster
                .tool("pg_ctl")
                .arg("-D")
                .arg(&data)
                .arg("-l")
                .arg(log)
                .args(["-w", "-o", &options, "start"]),
        )?;
        Ok(Some(cluster))
    }

    /// A new, empty database; its URL.
    pub(crate) fn database(&self, name: &str) -> Result<String> {
        let port = self.port.to_string();
        captured(self.tool("createdb").args([
            "-h",
            "127.0.0.1",
            "-p",
            &port,
            "-U",
            "postgres",
            name,
        ]))?;
        Ok(format!("postgresql://postgres@127.0.0.1:{port}/{name}"))
    }

    /// URL of the cluster; its account may create databases.
    pub(crate) fn server(&self) -> String {
        format!("postgresql://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// PostgreSQL refuses to run as root: the folder goes to its own account then.
    fn give_away(&self) -> Result {
        if is_root() {
            captured(command("chown", Path::new("/")).arg("postgres").arg(self.folder.path()))?;
        }
        Ok(())
    }

    fn tool(&self, name: &str) -> Command {
        let program = self.bin.join(name);
        if is_root() {
            let mut command = command("setpriv", Path::new("/"));
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
            command
        } else {
            command(program, Path::new("/"))
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.data();
        let stopped =
            self.tool("pg_ctl").arg("-D").arg(data).args(["-m", "immediate", "stop"]).output();
        if let Err(error) = stopped {
            eprintln!("PostgreSQL could not be stopped: {error}");
        }
    }
}

fn find() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    versions.sort();
    let known = versions.into_iter().rev().find(|bin| bin.join("initdb").is_file());
    known.or_else(|| which(&["initdb"]).and_then(|path| path.parent().map(Path::to_path_buf)))
}

fn is_root() -> bool {
    captured(command("id", Path::new("/")).arg("-u")).is_ok_and(|text| text.trim() == "0")
}
