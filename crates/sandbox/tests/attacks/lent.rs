//! The one way out of the sandbox: to the database server that the user lends, for calls that ask for
//! it, and to nothing else.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use stratapi_qa::{Ended, ToolCall, ToolRunner as _};
use stratapi_sandbox::{Permission, Server, WayName};

use super::outside::Outside;
use super::sandbox;

/// Says `ping` to the socket of the URL, and tries the ports of the machine that it is given.
const SCRIPT: &str = "
import socket, sys
from urllib.parse import parse_qs, urlsplit
url, *ports = sys.argv[1:]
for port in ports:
    try:
        socket.create_connection(('127.0.0.1', int(port)), timeout=2)
        sys.exit('ESCAPED by its own network')
    except OSError:
        pass
client = socket.socket(socket.AF_UNIX)
client.connect(parse_qs(urlsplit(url).query)['host'][0] + '/.s.PGSQL.5432')
client.sendall(b'ping')
assert client.recv(4) == b'pong'
";

pub(crate) fn run() -> Result<String, Vec<String>> {
    let outside = Outside::new();
    let (lent, other) = (listener(), listener());
    let (Ok((port, asked)), Ok((other_port, others))) = (lent, other) else {
        return Err(vec!["no listener".to_owned()]);
    };
    let server = Server::of(&format!("postgresql://u:p@127.0.0.1:{port}/x"));
    let sandbox = sandbox(&outside.project(), Permission::Confined, Some(WayName::Bubblewrap));
    let sandbox = sandbox.lending(server.ok());
    if let Err(reason) = sandbox.way() {
        return Ok(format!("ignored, {reason}"));
    }
    let url = sandbox.server().unwrap_or_default();
    let ports = [port.to_string(), other_port.to_string()];
    let mut call = ToolCall::new("python", &["-c", SCRIPT, &url, &ports[0], &ports[1]]);
    let mut faults = Vec::new();
    if sandbox.run(&call).succeeded() || asked.load(Ordering::Acquire) > 0 {
        faults.push("a call that did not ask for the server has reached it".to_owned());
    }
    call.server = true;
    let outcome = sandbox.run(&call);
    if !outcome.succeeded() || asked.load(Ordering::Acquire) != 1 {
        faults.push(format!("{:?}: {}", outcome.ended, String::from_utf8_lossy(&outcome.stderr)));
    }
    if others.load(Ordering::Acquire) > 0 {
        faults.push("a server was reached that nobody lent".to_owned());
    }
    let landlocked =
        super::sandbox(&outside.project(), Permission::Confined, Some(WayName::Landlock));
    if landlocked.way().is_ok() && !matches!(landlocked.run(&call).ended, Ended::Refused(_)) {
        faults.push("landlock leads to no server, and did not say so".to_owned());
    }
    faults.extend(outside.harm());
    if faults.is_empty() { Ok("ok".to_owned()) } else { Err(faults) }
}

/// A server that answers `pong` and counts who comes.
fn listener() -> std::io::Result<(u16, Arc<AtomicUsize>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            counted.fetch_add(1, Ordering::AcqRel);
            let mut asked = [0; 4];
            if stream.read_exact(&mut asked).is_ok() && &asked == b"ping" {
                drop(stream.write_all(b"pong"));
            }
        }
    });
    Ok((port, count))
}
