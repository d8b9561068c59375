//! `J0114`: a call that stops the event loop, in a coroutine: every other request waits.

use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::Source;
use crate::subject::Subject;

/// Functions that wait, by their full names.
const CALLS: &[&str] = &[
    "os.system",
    "os.wait",
    "socket.create_connection",
    "sqlite3.connect",
    "subprocess.Popen",
    "subprocess.call",
    "subprocess.check_call",
    "subprocess.check_output",
    "subprocess.run",
    "time.sleep",
    "urllib.request.urlopen",
];
/// Modules all of whose functions wait for the network.
const MODULES: &[&str] = &["requests", "urllib3", "http.client", "smtplib", "ftplib"];
/// The functions of HTTP clients that wait, beside those that do not.
const CLIENTS: &[&str] = &["delete", "get", "head", "options", "patch", "post", "put", "request"];

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for call in &source.calls {
        if !source.function(call).is_some_and(|function| function.is_async) {
            continue;
        }
        if let Some(name) = call.name.as_deref().filter(|name| blocks(name)) {
            found.push(
                Finding::error(Code::J0114, format!("`{name}` stops the event loop"))
                    .at(source.place(call.node), "every other request waits here")
                    .help("await its asynchronous counterpart, or run it in a thread"),
            );
        }
    }
    found
}

fn blocks(name: &str) -> bool {
    let (module, function) = name.rsplit_once('.').unwrap_or(("", name));
    CALLS.contains(&name)
        || MODULES.contains(&module)
        || (matches!(module, "httpx" | "httpx2") && CLIENTS.contains(&function))
}
