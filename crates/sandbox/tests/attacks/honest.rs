//! What programs need that mean no harm, and what is left when the judge itself is killed.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use stratapi_qa::{Ended, PROJECT, ToolCall, ToolRunner as _, WORK};
use stratapi_sandbox::{Permission, Sandbox, Settings, WayName};

use super::outside::Outside;
use super::sandbox;

const SCRIPT: &str = "
import asyncio, os, subprocess, sys, tempfile
assert open('app.py').read() == 'x = 1\\n', os.listdir()
assert open(sys.argv[1] + '/given/script.txt').read() == 'given'
assert sys.argv[2] == os.getcwd(), (sys.argv[2], os.getcwd())
assert os.environ['MINE'] == sys.argv[1] + '/x'
with tempfile.NamedTemporaryFile('w') as file:
    file.write('x')
assert subprocess.run([sys.executable, '-c', 'print(7)'], capture_output=True).stdout == b'7\\n'
# Threads wake the loop by a pair of sockets.
assert asyncio.run(asyncio.to_thread(lambda: 8)) == 8
sys.exit(int(sys.stdin.read()))
";
const LOOPBACK: &str = "
import socket
server = socket.create_server(('127.0.0.1', 0))
client = socket.create_connection(server.getsockname())
client.sendall(b'x')
assert server.accept()[0].recv(1) == b'x'
";
const WRITING: &str = "
open('app.py', 'a').write('y = 2\\n')
open('new.py', 'w').write('')
";

/// What has nothing to do with the project, and is another text each time it is run.
const ANSWER: &str = "
import os, sys
print(len(os.listdir()), os.urandom(8).hex())
sys.exit(int(sys.argv[1]))
";
const ASKING: &str = "
import os, sys
assert os.path.isfile(sys.argv[1]) and sys.argv[2] == 'more', sys.argv
name = os.path.dirname(__file__) + '/answer'
print(open(name).read() if os.path.exists(name) else 'none', end='')
";

/// A database server, where the machine has one.
const SERVER: &str = "
import os, shutil, socket, subprocess, sys, time
if not shutil.which('initdb') or not shutil.which('postgres'):
    sys.exit(0)
data = os.environ['HOME'] + '/data'
subprocess.run(['initdb', '-D', data, '-N'], check=True, stdout=subprocess.DEVNULL)
server = subprocess.Popen(['postgres', '-D', data, '-h', '127.0.0.1', '-k', os.environ['HOME']])
for _ in range(100):
    try:
        socket.create_connection(('127.0.0.1', 5432)).close()
        break
    except OSError:
        time.sleep(0.1)
else:
    sys.exit('no answer')
server.terminate()
sys.exit(server.wait())
";

fn calls(way: WayName) -> Vec<(ToolCall, Ended)> {
    let mut usual = ToolCall::new("python", &["-c", SCRIPT, WORK, PROJECT]);
    usual.files.insert("given/script.txt".to_owned(), "given".to_owned());
    usual.environment.insert("MINE".to_owned(), format!("{WORK}/x"));
    usual.input = b"7".to_vec();
    let mut writing = ToolCall::new("python", &["-c", WRITING]);
    writing.writable = true;
    let mut loopback = ToolCall::new("python", &["-c", LOOPBACK]);
    loopback.loopback = true;
    let mut out = ToolCall::new("python", &["-c", "print(1)"]);
    "../..".clone_into(&mut out.folder);
    let mut all = vec![
        (usual, Ended::Exit(7)),
        (writing, Ended::Exit(0)),
        (out, Ended::Failed("`../..` leads out of its folder".to_owned())),
    ];
    if way == WayName::Bubblewrap {
        all.push((loopback, Ended::Exit(0)));
        let mut server = ToolCall::new("python", &["-c", SERVER]);
        server.loopback = true;
        all.push((server, Ended::Exit(0)));
        let mut initdb = ToolCall::new("initdb", &["-D", "{work}/data", "-N"]);
        WORK.clone_into(&mut initdb.folder);
        all.push((initdb, Ended::Exit(0)));
    }
    all
}

/// What a program reads of an answer that ends with this code.
fn asked(sandbox: &Sandbox, code: &str) -> String {
    let mut answer = ToolCall::new("python", &["-c", ANSWER, code]);
    WORK.clone_into(&mut answer.folder);
    let mut call = ToolCall::new("python", &["more"]);
    call.launcher = Some("launch.py".to_owned());
    call.files.insert("launch.py".to_owned(), ASKING.to_owned());
    call.answers.insert("answer".to_owned(), answer);
    let outcome = sandbox.run(&call);
    let said = [outcome.stdout, outcome.stderr].concat();
    format!("{:?} {}", outcome.ended, String::from_utf8_lossy(&said).trim_end())
}

/// An answer is made once for all projects; where it fails, or is not to be kept, there is none.
pub(crate) fn answered(way: WayName) -> Result<String, Vec<String>> {
    let (one, other) = (Outside::new(), Outside::new());
    let folder = one.folder().join("answers");
    let of = |outside: &Outside, answers: Option<&Path>| {
        let plain = sandbox(&outside.project(), Permission::Confined, Some(way));
        let answers = answers.map(Path::to_owned);
        Sandbox::new(Settings { answers, ..plain.settings().clone() })
    };
    if let Err(reason) = of(&one, None).way() {
        return Ok(format!("ignored, {reason}"));
    }
    let first = asked(&of(&one, Some(&folder)), "0");
    let second = asked(&of(&other, Some(&folder)), "0");
    let failed = asked(&of(&one, Some(&folder)), "1");
    let unkept = asked(&of(&one, None), "0");
    let none = "Exit(0) none";
    // The work folder of the answer has no file of the other call.
    let good = first.starts_with("Exit(0) 0 ") && first == second;
    if good && failed == none && unkept == none {
        return Ok("ok".to_owned());
    }
    Err(vec![first, second, failed, unkept])
}

pub(crate) fn run(way: WayName) -> Result<String, Vec<String>> {
    let outside = Outside::new();
    let sandbox = sandbox(&outside.project(), Permission::Confined, Some(way));
    if let Err(reason) = sandbox.way() {
        return Ok(format!("ignored, {reason}"));
    }
    let mut faults = outside.harm();
    let calls = calls(way);
    let count = calls.len();
    for (call, expected) in calls {
        let outcome = sandbox.run(&call);
        // Not every machine has a database server.
        if outcome.ended != expected && !matches!(outcome.ended, Ended::Missing(_)) {
            let said = String::from_utf8_lossy(&outcome.stderr).into_owned();
            faults.push(format!("{} {:?}: {:?} {said}", call.program, call.folder, outcome.ended));
        }
    }
    if way == WayName::Landlock {
        let mut call = ToolCall::new("python", &["-c", "print(1)"]);
        call.loopback = true;
        if !matches!(sandbox.run(&call).ended, Ended::Refused(_)) {
            faults.push("a network was promised where there is none".to_owned());
        }
    }
    faults.extend(outside.harm());
    if faults.is_empty() { Ok(format!("ok, {count} calls")) } else { Err(faults) }
}

pub(crate) fn bytes() -> Result<String, Vec<String>> {
    let outside = Outside::new();
    let sandbox = sandbox(&outside.project(), Permission::Confined, None);
    if let Err(reason) = sandbox.way() {
        return Ok(format!("ignored, {reason}"));
    }
    let script = "import os; os.write(1, bytes(range(256))); os.write(2, b'\\xff')";
    let mut call = ToolCall::new("python", &["-c", script]);
    // Nobody reads it.
    call.input = vec![0xff; 8 << 20];
    let outcome = sandbox.run(&call);
    let all: Vec<u8> = (0..=255).collect();
    if outcome.succeeded() && outcome.stdout == all && outcome.stderr == [0xff] {
        return Ok("ok".to_owned());
    }
    Err(vec![format!("{outcome:?}")])
}

/// The way, if this process is to hold a program until it is killed.
pub(crate) fn asked_to_hold() -> Option<WayName> {
    match std::env::var("STRATAPI_TEST_HOLD").ok()?.as_str() {
        "landlock" => Some(WayName::Landlock),
        _ => Some(WayName::Bubblewrap),
    }
}

pub(crate) fn hold(way: WayName) -> ExitCode {
    let project = std::env::var("STRATAPI_TEST_PROJECT").unwrap_or_default();
    let mark = std::env::var("STRATAPI_TEST_MARK").unwrap_or_default();
    let script = "import os, time
if os.fork() == 0:
    try:
        os.setsid()
    except OSError:
        pass
time.sleep(50)";
    let call = ToolCall::new("python", &["-c", script, &mark]);
    sandbox(Path::new(&project), Permission::Confined, Some(way)).run(&call);
    ExitCode::FAILURE
}

pub(crate) fn killed() -> Result<String, Vec<String>> {
    let mut faults = Vec::new();
    let mut ways = 0;
    for (name, way) in [("bubblewrap", WayName::Bubblewrap), ("landlock", WayName::Landlock)] {
        let outside = Outside::new();
        if works(&sandbox(&outside.project(), Permission::Confined, Some(way))) {
            ways += 1;
            faults.extend(killed_in(name, &outside));
        }
    }
    match (ways, faults.is_empty()) {
        (0, _) => Ok("ignored, nothing here keeps programs in bounds".to_owned()),
        (_, true) => Ok(format!("ok, {ways} ways")),
        (_, false) => Err(faults),
    }
}

fn works(sandbox: &Sandbox) -> bool {
    sandbox.way().is_ok()
}

fn killed_in(way: &str, outside: &Outside) -> Vec<String> {
    let own = std::env::current_exe().unwrap_or_default();
    let mut judge = Command::new(Path::new(&own))
        .env("STRATAPI_TEST_HOLD", way)
        .env("STRATAPI_TEST_MARK", outside.mark())
        .env("STRATAPI_TEST_PROJECT", outside.project())
        // What it can't remove any more goes with our own folder.
        .env("TMPDIR", outside.folder())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("this very program");
    let started = until(Duration::from_secs(20), || outside.left_over().len() >= 3);
    let killed = judge.kill().and_then(|()| judge.wait());
    let gone = until(Duration::from_secs(3), || outside.left_over().is_empty());
    let mut faults = Vec::new();
    if !started || killed.is_err() {
        faults.push(format!("{way}: the program to kill was not there"));
    }
    if !gone {
        faults.extend(outside.left_over().into_iter().map(|text| format!("{way}: {text}")));
    }
    faults
}

fn until(patience: Duration, mut over: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !over() {
        if start.elapsed() > patience {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    true
}
