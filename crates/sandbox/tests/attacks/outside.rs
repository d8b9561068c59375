//! What stands outside of the sandbox for attacks to reach for, and what became of it.

use std::io::Write as _;
use std::net::{TcpListener, UdpSocket};
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{SocketAddr, UnixDatagram, UnixListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::io::FdFlags;
use tempfile::TempDir;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Files, sockets and a process of the host.
pub(crate) struct Outside {
    folder: TempDir,
    tcp: TcpListener,
    udp: UdpSocket,
    unix: UnixListener,
    nameless: UnixListener,
    /// Sockets for datagrams: one by a path, one by a name only.
    datagrams: [UnixDatagram; 2],
    /// Open in every process that we start.
    inherited: std::fs::File,
    victim: std::sync::Mutex<Child>,
    victim_pid: u32,
    mark: String,
    name: String,
}

impl Outside {
    pub(crate) fn new() -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let mark = format!("stratapi-attack-{}-{number}", std::process::id());
        let name = format!("{mark}-socket");
        let folder = TempDir::new().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("secret"), "the secret").expect("a file");
        std::fs::set_permissions(path("secret"), std::fs::Permissions::from_mode(0o600))
            .expect("a mode");
        std::fs::create_dir(path("project")).expect("a folder");
        std::fs::write(path("project/app.py"), "x = 1\n").expect("a file");
        std::fs::write(path("project/.env"), "SECRET_KEY=the secret\n").expect("a file");
        let inherited = std::fs::File::open(path("secret")).expect("the file");
        rustix::io::fcntl_setfd(&inherited, FdFlags::empty()).expect("a descriptor to inherit");
        let unix = UnixListener::bind(path("socket")).expect("a socket");
        let address = SocketAddr::from_abstract_name(&name).expect("an address");
        let nameless = UnixListener::bind_addr(&address).expect("a socket");
        let address = SocketAddr::from_abstract_name(format!("{name}-datagrams"));
        let datagrams = [
            UnixDatagram::bind(path("datagrams")).expect("a socket"),
            UnixDatagram::bind_addr(&address.expect("an address")).expect("a socket"),
        ];
        for one in &datagrams {
            one.set_nonblocking(true).expect("a socket");
        }
        let tcp = TcpListener::bind("127.0.0.1:0").expect("a port");
        let udp = UdpSocket::bind("127.0.0.1:0").expect("a port");
        tcp.set_nonblocking(true).expect("a socket");
        unix.set_nonblocking(true).expect("a socket");
        nameless.set_nonblocking(true).expect("a socket");
        let answering = udp.try_clone().expect("a socket");
        std::thread::spawn(move || {
            let mut buffer = [0; 16];
            while let Ok((count, from)) = answering.recv_from(&mut buffer) {
                if &buffer[..count] == b"end" {
                    break;
                }
                drop(answering.send_to(b"answer", from));
            }
        });
        let victim = Command::new("sleep").arg("300").stdin(Stdio::null()).spawn().expect("sleep");
        let victim_pid = victim.id();
        let victim = std::sync::Mutex::new(victim);
        Self {
            folder,
            tcp,
            udp,
            unix,
            nameless,
            datagrams,
            inherited,
            victim,
            victim_pid,
            mark,
            name,
        }
    }

    pub(crate) fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// An argument by which the processes of the attacks are known.
    pub(crate) fn mark(&self) -> &str {
        &self.mark
    }

    /// A script with the places of all that it reaches for.
    pub(crate) fn fill(&self, script: &str) -> String {
        let out = self.folder.path().display().to_string();
        let port = self.tcp.local_addr().expect("a port").port();
        let udp = self.udp.local_addr().expect("a port").port();
        let calls = [
            ("@PTRACE@", libc::SYS_ptrace),
            ("@ADD_KEY@", libc::SYS_add_key),
            ("@BPF@", libc::SYS_bpf),
            ("@USERFAULTFD@", libc::SYS_userfaultfd),
            ("@PERF@", libc::SYS_perf_event_open),
        ];
        let mut script = script
            .replace("@PROJECT@", &self.project().display().to_string())
            .replace("@OUT@", &out)
            .replace("@PORT@", &port.to_string())
            .replace("@UDP@", &udp.to_string())
            .replace("@ABSTRACT@", &self.name)
            .replace("@PID@", &std::process::id().to_string())
            .replace("@VICTIM@", &self.victim_pid.to_string());
        for (name, number) in calls {
            script = script.replace(name, &number.to_string());
        }
        script
    }

    /// What has happened to it.
    pub(crate) fn harm(&self) -> Vec<String> {
        let mut harm = Vec::new();
        if self.tcp.accept().is_ok() || self.unix.accept().is_ok() || self.nameless.accept().is_ok()
        {
            harm.push("somebody connected".to_owned());
        }
        if self.datagrams.iter().any(|one| one.recv(&mut [0; 8]).is_ok()) {
            harm.push("somebody sent a datagram".to_owned());
        }
        let path = |name: &str| self.folder.path().join(name);
        if rustix::io::fcntl_getfd(&self.inherited).is_ok_and(|flags| !flags.is_empty()) {
            harm.push("there was no descriptor to inherit".to_owned());
        }
        if path("written").exists() {
            harm.push("a file was written".to_owned());
        }
        let mode = path("secret").metadata().map(|data| data.permissions().mode() & 0o777);
        if !mode.is_ok_and(|mode| mode == 0o600) {
            harm.push("the mode of a file was changed".to_owned());
        }
        if std::fs::read_to_string(path("project/app.py")).ok().as_deref() != Some("x = 1\n") {
            harm.push("the project was changed".to_owned());
        }
        let mut victim = self.victim.lock().expect("nobody panics");
        if !matches!(victim.try_wait(), Ok(None)) {
            harm.push("a process was ended".to_owned());
        }
        harm
    }

    /// Processes of attacks that are still there.
    pub(crate) fn left_over(&self) -> Vec<String> {
        let own = std::process::id().to_string();
        let processes = std::fs::read_dir("/proc").expect("/proc").flatten();
        let names = processes.filter_map(|entry| entry.file_name().into_string().ok());
        names
            .filter(|name| *name != own)
            .filter_map(|pid| {
                let line = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).ok()?;
                line.contains(&self.mark).then(|| format!("process {pid} is left"))
            })
            .collect()
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        drop(self.udp.local_addr().and_then(|address| self.udp.send_to(b"end", address)));
        let victim = self.victim.get_mut().expect("nobody panics");
        drop(victim.kill());
        drop(victim.wait());
        drop(std::io::stdout().flush());
    }
}
