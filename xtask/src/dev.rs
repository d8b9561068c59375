//! `stratapi dev` for real: it serves, follows changes, survives mistakes, and leaves nothing behind.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

use crate::process::{captured, command};
use crate::python::Python;
use crate::report::{self, Case};
use crate::{Result, root};

/// Name of the case, beside those of the golden ones.
pub(crate) const NAME: &str = "dev";
/// How long each step may take, on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_mins(2);
/// The exit code of a command that the user ended.
const INTERRUPTED: i32 = 130;

/// The case, in a folder below this one.
pub(crate) fn case(folder: &Path, python: &Python) -> Case {
    report::case(format!("{NAME}: rebuild, error, end"), || {
        let home = folder.join(NAME);
        fs::create_dir_all(&home)?;
        walk(&home, python)?;
        Ok(None)
    })
}

fn walk(home: &Path, python: &Python) -> Result {
    let app = home.join("app.yaml");
    let project = home.join("project");
    fs::copy(root().join("examples/blog.yaml"), &app)?;
    let mut build = command(root().join("target/debug/stratapi"), home);
    captured(build.args(["build", "app.yaml", "--out", "project"]))?;
    python.lend(&project)?;

    let mut dev = Dev::start(home, "first.log")?;
    dev.until("it serves", |dev| dev.log().contains("Serving"))?;
    dev.until("it serves the blog", |dev| dev.document().contains("Users write posts"))?;
    edit(&app, "body: text\n", "body: text\n        subtitle: string(1..100)?\n")?;
    dev.until("the attribute is there", |dev| dev.document().contains("\"subtitle\""))?;
    check(project.join("dev.db.1").is_file(), "the database with the old tables was not kept")?;
    edit(&app, "Users write posts", "People write posts")?;
    dev.until("the description is there", |dev| dev.document().contains("People write posts"))?;
    check(!project.join("dev.db.2").exists(), "the database was put aside without need")?;

    edit(&app, "subtitle: string", "subtitle: strng")?;
    dev.until("the mistake is told", |dev| dev.log().contains("error[E0204]"))?;
    dev.until("it says what is served", |dev| dev.log().contains("as before"))?;
    check(dev.document().contains("\"subtitle\""), "after a mistake the old one is not served")?;
    edit(&app, "subtitle: strng", "standfirst: string")?;
    dev.until("the mended one is there", |dev| dev.document().contains("\"standfirst\""))?;
    dev.end(Signal::INT, &project)?;

    let mut dev = Dev::start(home, "second.log")?;
    dev.until("it serves again", |dev| dev.log().contains("Serving"))?;
    check(dev.document().contains("\"standfirst\""), "the last state is not served")?;
    dev.end(Signal::TERM, &project)
}

fn check(holds: bool, otherwise: &str) -> Result {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

fn edit(file: &Path, from: &str, to: &str) -> Result {
    let text = fs::read_to_string(file)?;
    check(text.matches(from).count() == 1, &format!("`{from}` is not there once"))?;
    fs::write(file, text.replace(from, to))?;
    Ok(())
}

/// A running `stratapi dev`.
struct Dev {
    child: Child,
    log: PathBuf,
    port: u16,
}

impl Dev {
    fn start(home: &Path, log: &str) -> Result<Self> {
        let log = home.join(log);
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut dev = command(root().join("target/debug/stratapi"), home);
        dev.args(["dev", "app.yaml", "--out", "project", "--port", &port.to_string()]);
        dev.env_remove("DATABASE_URL").stdout(Stdio::null()).stderr(fs::File::create(&log)?);
        Ok(Self { child: dev.spawn()?, log, port })
    }

    /// What it has said so far.
    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// The published document of what is served; empty where nothing is.
    fn document(&self) -> String {
        get(self.port, "/openapi.json").unwrap_or_default()
    }

    fn until(&mut self, what: &str, reached: impl Fn(&Self) -> bool) -> Result {
        let start = Instant::now();
        while !reached(self) {
            let ended = self.child.try_wait()?;
            if ended.is_some() || start.elapsed() > PATIENCE {
                let state = ended.map_or("it runs".to_owned(), |status| status.to_string());
                return Err(format!("not reached: {what} ({state})\n{}", self.log()).into());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// Ends it by a signal: soon, with the exit code for that, and with all that it started.
    fn end(mut self, signal: Signal, project: &Path) -> Result {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).ok_or("no process")?;
        rustix::process::kill_process(id, signal)?;
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait()? {
                break status;
            }
            check(start.elapsed() < PATIENCE, &format!("it goes on\n{}", self.log()))?;
            std::thread::sleep(Duration::from_millis(20));
        };
        let log = self.log();
        check(status.code() == Some(INTERRUPTED), &format!("it ended with {status}\n{log}"))?;
        check(log.contains("Stopped"), &format!("it does not say that it stopped\n{log}"))?;
        check(!log.contains("Installing"), &format!("it installed what was there\n{log}"))?;
        check(get(self.port, "/").is_none(), "somebody still answers")?;
        let left = processes_in(&project.canonicalize()?);
        check(left.is_empty(), &format!("left behind: {}", left.join(", ")))
    }
}

impl Drop for Dev {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            // By this signal it can end its server too.
            if let Some(id) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
                let _ = rustix::process::kill_process(id, Signal::TERM);
            }
            drop(self.child.wait());
        }
    }
}

/// The answer to a GET, if there is one.
fn get(port: u16, path: &str) -> Option<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned())
}

/// The commands of all processes whose folder is this one; none where the system doesn't tell.
fn processes_in(folder: &Path) -> Vec<String> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let here = processes.filter(|process| {
        fs::read_link(process.path().join("cwd")).is_ok_and(|path| path == folder)
    });
    here.map(|process| {
        let line = fs::read(process.path().join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).replace('\0', " ")
    })
    .collect()
}
