//! The served application.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use stratapi_driver::diagnostics::{Code, Diagnostic};

use super::Interrupt;
use super::process::Process;
use crate::exit::Exit;
use crate::terminal::Terminal;

/// How long the application may take until it is ready.
const PATIENCE: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(50);

/// A running server; it ends with this value.
pub(crate) struct Server {
    process: Process,
    terminal: Terminal,
    interrupt: Interrupt,
}

impl Server {
    pub(crate) fn new(process: Process, terminal: Terminal, interrupt: Interrupt) -> Self {
        Self { process, terminal, interrupt }
    }

    /// Fails if it has ended.
    pub(crate) fn check(&mut self) -> Result<(), Exit> {
        if self.process.has_ended() {
            return Err(self.failed("the server has ended".to_owned()));
        }
        Ok(())
    }

    fn failed(&self, message: String) -> Exit {
        self.terminal
            .fail(Diagnostic::error(Code::E0910, message).help("what it said before stands above"))
    }

    /// Waits until `/health/ready` answers 200.
    pub(crate) fn wait_until_ready(&mut self, port: u16) -> Result<(), Exit> {
        let start = Instant::now();
        let mut last = None;
        while start.elapsed() < PATIENCE {
            if self.interrupt.noted() {
                return Err(Exit::Interrupted);
            }
            if self.process.has_ended() {
                return Err(self.failed("the server ended before it was ready".to_owned()));
            }
            last = status(port).or(last);
            if last == Some(200) {
                return Ok(());
            }
            std::thread::sleep(PAUSE);
        }
        let answer = last.map_or("nothing".to_owned(), |status| format!("status {status}"));
        Err(self.failed(format!("`/health/ready` answers {answer} after a minute")))
    }
}

/// The status with which the application answers.
fn status(port: u16) -> Option<u16> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let request = "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.take(64 * 1024).read_to_end(&mut answer).ok()?;
    String::from_utf8_lossy(&answer).split(' ').nth(1)?.parse().ok()
}

/// The wanted port, or 8000, or any free one.
pub(crate) fn port(wanted: Option<u16>, terminal: Terminal) -> Result<u16, Exit> {
    let free = |port: u16| {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
        listener.local_addr().ok().map(|address| address.port())
    };
    let found = match wanted {
        Some(port) => free(port),
        None => free(8000).or_else(|| free(0)),
    };
    found.ok_or_else(|| {
        let message = wanted.map_or("no port is free on 127.0.0.1".to_owned(), |port| {
            format!("port {port} is taken on 127.0.0.1")
        });
        let help = "name another one by `--port`, or leave that out to get a free one";
        terminal.fail(Diagnostic::error(Code::E0909, message).help(help))
    })
}
