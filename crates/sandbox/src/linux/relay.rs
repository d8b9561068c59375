//! The way out of the sandbox to one server, mostly that of a database: a socket in a folder, behind which we pass on
//! what is said to that server and to nobody else.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tempfile::TempDir;

use crate::server::Target;

/// What the socket is called: as PostgreSQL's clients expect it.
pub(super) const NAME: &str = ".s.PGSQL.5432";
/// How long the server may take to answer at all.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most connections at once.
const MOST: usize = 64;

/// Passes on to a server for as long as it exists.
pub(super) struct Relay {
    folder: TempDir,
    over: Arc<AtomicBool>,
}

impl Relay {
    pub(super) fn new(within: &Path, target: Target) -> Result<Self, String> {
        let failed = |error: io::Error| format!("a socket for the server: {error}");
        let folder = tempfile::Builder::new().prefix("server-").tempdir_in(within);
        let folder = folder.map_err(failed)?;
        let listener = UnixListener::bind(folder.path().join(NAME)).map_err(failed)?;
        let over = Arc::new(AtomicBool::new(false));
        let (ended, open) = (Arc::clone(&over), Arc::new(AtomicUsize::new(0)));
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if ended.load(Ordering::Acquire) {
                    break;
                }
                if open.fetch_add(1, Ordering::AcqRel) >= MOST {
                    open.fetch_sub(1, Ordering::AcqRel);
                    continue;
                }
                let (target, open) = (target.clone(), Arc::clone(&open));
                std::thread::spawn(move || {
                    pass_on(client, &target);
                    open.fetch_sub(1, Ordering::AcqRel);
                });
            }
        });
        Ok(Self { folder, over })
    }

    /// The folder with the socket.
    pub(super) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Release);
        // Wakes the thread that waits for clients.
        drop(UnixStream::connect(self.folder.path().join(NAME)));
    }
}

fn pass_on(mut client: UnixStream, target: &Target) {
    let done = match target {
        Target::Tcp(host, port) => connect(host, *port).map(OwnedFd::from),
        Target::Socket(path) => UnixStream::connect(path).map(OwnedFd::from),
    };
    // What follows is the same for both: bytes there, bytes back, and an end.
    let done = done.and_then(|server| both_ways(&client, UnixStream::from(server)));
    if let Err(error) = done {
        drop(refuse(&mut client, &format!("the judge cannot reach {target}: {error}")));
    }
}

fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Passes on until one side has nothing more to say. Errors from then on concern the two alone.
fn both_ways(client: &UnixStream, server: UnixStream) -> io::Result<()> {
    let (mut from, mut to) = (client.try_clone()?, client.try_clone()?);
    let (mut upwards, mut downwards) = (server.try_clone()?, server.try_clone()?);
    let other = std::thread::spawn(move || {
        drop(io::copy(&mut from, &mut upwards));
        drop(server.shutdown(Shutdown::Both));
    });
    drop(io::copy(&mut downwards, &mut to));
    drop(client.shutdown(Shutdown::Both));
    drop(other.join());
    Ok(())
}

/// Says in PostgreSQL's own words that there is no server, so that whoever asked hears why.
fn refuse(client: &mut UnixStream, message: &str) -> io::Result<()> {
    client.set_read_timeout(Some(PATIENCE))?;
    client.read_exact(&mut [0; 8])?;
    let mut fields = Vec::new();
    for (kind, text) in [(b'S', "FATAL"), (b'V', "FATAL"), (b'C', "08001"), (b'M', message)] {
        fields.push(kind);
        fields.extend(text.bytes().filter(|byte| *byte != 0).chain([0]));
    }
    fields.push(0);
    let length = u32::try_from(fields.len() + 4).unwrap_or(u32::MAX);
    client.write_all(b"E")?;
    client.write_all(&length.to_be_bytes())?;
    client.write_all(&fields)?;
    client.shutdown(Shutdown::Write)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Shutdown, TcpListener};
    use std::os::unix::net::UnixStream;

    use super::{NAME, Relay};
    use crate::server::Target;

    #[test]
    fn what_is_said_reaches_the_server_and_the_answer_comes_back() {
        let within = tempfile::TempDir::new().unwrap();
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = server.local_addr().unwrap().port();
        let relay = Relay::new(within.path(), Target::Tcp("127.0.0.1".to_owned(), port)).unwrap();
        let answers = std::thread::spawn(move || {
            let (mut stream, _) = server.accept().unwrap();
            let mut asked = [0; 4];
            stream.read_exact(&mut asked).unwrap();
            stream.write_all(b"pong").unwrap();
            asked
        });
        let mut client = UnixStream::connect(relay.folder().join(NAME)).unwrap();
        client.write_all(b"ping").unwrap();
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        assert_eq!((answer.as_str(), &answers.join().unwrap()), ("pong", b"ping"));
        let folder = relay.folder();
        drop(relay);
        assert!(!folder.exists());
    }

    #[test]
    fn a_server_that_is_not_there_is_named_in_its_own_protocol() {
        let within = tempfile::TempDir::new().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let relay = Relay::new(within.path(), Target::Tcp("127.0.0.1".to_owned(), port)).unwrap();
        let mut client = UnixStream::connect(relay.folder().join(NAME)).unwrap();
        client.write_all(&[0, 0, 0, 8, 0, 3, 0, 0]).unwrap();
        client.shutdown(Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).unwrap();
        let said = String::from_utf8_lossy(&answer);
        assert!(said.starts_with('E') && said.contains(&format!("127.0.0.1:{port}")), "{said:?}");
    }
}
