//! What bubblewrap is told: a file system of a few read-only folders, a work folder of bounded size,
//! and namespaces of its own for everything.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The work folder, inside.
pub(crate) const WORK: &str = "/run/stratapi/work";
/// The project, inside.
pub(crate) const PROJECT: &str = "/run/stratapi/project";
/// The stage, inside.
pub(crate) const STAGE: &str = "/run/stratapi/stage";
/// The folder with the socket of a server that is lent, inside.
pub(crate) const SERVER: &str = "/run/stratapi/server";
/// The descriptors that bubblewrap gets: the filter of system calls, and where it reports.
pub(crate) const FILTER: i32 = 3;
pub(crate) const STATUS: i32 = 4;

/// Links or folders at the root that belong to `/usr`.
const AT_ROOT: &[&str] = &["/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin"];
/// Files and folders that programs of the system read and in which there is no secret.
pub(crate) const ETC: &[&str] = &[
    "/etc/alternatives",
    "/etc/ca-certificates",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/pki/tls/certs",
    "/etc/protocols",
    "/etc/services",
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
];
/// Files of our own making that stand for those of the system.
pub(crate) const OWN_ETC: &[(&str, &str)] = &[
    ("group", "judge:x:1000:\n"),
    ("hosts", "127.0.0.1 localhost\n::1 localhost\n"),
    ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"),
    ("passwd", "judge:x:1000:1000::/run/stratapi/work:/bin/sh\n"),
];
/// The most bytes of `/tmp`, which only those use who never ask where to.
const OF_TMP: &str = "16777216";
/// What of `/proc` belongs to the whole machine and may be written by who started us, or tells about
/// others.
const PROC_READ_ONLY: &[&str] = &["/proc/sys", "/proc/irq", "/proc/bus", "/proc/fs"];
const PROC_HIDDEN: &[&str] = &[
    "/proc/kallsyms",
    "/proc/kcore",
    "/proc/keys",
    "/proc/kmsg",
    "/proc/kpagecgroup",
    "/proc/kpagecount",
    "/proc/kpageflags",
    "/proc/latency_stats",
    "/proc/mtrr",
    "/proc/sched_debug",
    "/proc/slabinfo",
    "/proc/sysrq-trigger",
    "/proc/timer_list",
    "/proc/vmallocinfo",
];
const PROC_EMPTY: &[&str] = &["/proc/acpi", "/proc/driver", "/proc/dynamic_debug", "/proc/scsi"];

/// What is seen of the file system in one call.
pub(crate) struct View<'a> {
    /// The copy of the project.
    pub(crate) project: &'a Path,
    /// Our own files for `/etc`.
    pub(crate) etc: &'a Path,
    /// The executable of the stage.
    pub(crate) stage: &'a Path,
    /// The folder with the socket of a server, if the call may reach one.
    pub(crate) server: Option<&'a Path>,
    /// Folders of programs.
    pub(crate) folders: &'a [PathBuf],
    /// Files of the work folder, by their names there.
    pub(crate) files: &'a [(PathBuf, String)],
    /// The most bytes of the work folder.
    pub(crate) disk: u64,
}

/// The arguments, up to what is to be run.
pub(crate) fn arguments(view: &View<'_>) -> Vec<OsString> {
    let mut out = Arguments(Vec::new());
    out.words(&[
        "--unshare-user",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup-try",
        "--disable-userns",
        "--uid",
        "1000",
        "--gid",
        "1000",
        "--hostname",
        "judge",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--ro-bind",
        "/usr",
        "/usr",
    ]);
    for path in AT_ROOT {
        match fs::read_link(path) {
            Ok(target) => out.pair("--symlink", &target, Path::new(path)),
            Err(_) => out.bind("--ro-bind-try", Path::new(path)),
        }
    }
    for path in ETC {
        out.bind("--ro-bind-try", Path::new(path));
    }
    for (name, _) in OWN_ETC {
        out.pair("--ro-bind", &view.etc.join(name), &Path::new("/etc").join(name));
    }
    of_proc(&mut out);
    let disk = view.disk.to_string();
    out.words(&["--dev", "/dev", "--size", &disk, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]);
    // Before what may stand below it: an environment in a temporary folder.
    out.words(&["--size", OF_TMP, "--tmpfs", "/tmp"]);
    let outside_usr = view.folders.iter().filter(|folder| !folder.starts_with("/usr"));
    for folder in outside_usr.filter(|folder| folder.is_dir()) {
        out.bind("--ro-bind", folder);
    }
    out.pair("--ro-bind", view.project, Path::new(PROJECT));
    out.pair("--ro-bind", view.stage, Path::new(STAGE));
    if let Some(folder) = view.server {
        out.pair("--ro-bind", folder, Path::new(SERVER));
    }
    out.words(&["--size", &disk, "--tmpfs", WORK]);
    for (file, name) in view.files {
        out.pair("--ro-bind", file, &Path::new(WORK).join(name));
    }
    let (filter, status) = (FILTER.to_string(), STATUS.to_string());
    out.words(&["--chdir", WORK, "--remount-ro", "/"]);
    out.words(&["--seccomp", &filter, "--json-status-fd", &status, "--"]);
    out.0
}

/// A `/proc` of the namespace's own processes, without what belongs to the machine.
fn of_proc(out: &mut Arguments) {
    out.words(&["--proc", "/proc"]);
    for path in PROC_READ_ONLY {
        out.bind("--ro-bind-try", Path::new(path));
    }
    for path in PROC_HIDDEN.iter().filter(|path| Path::new(path).exists()) {
        out.words(&["--ro-bind", "/dev/null", path]);
    }
    for path in PROC_EMPTY.iter().filter(|path| Path::new(path).exists()) {
        out.words(&["--tmpfs", path, "--remount-ro", path]);
    }
}

struct Arguments(Vec<OsString>);

impl Arguments {
    fn words(&mut self, words: &[&str]) {
        self.0.extend(words.iter().map(OsString::from));
    }

    fn pair(&mut self, key: &str, from: &Path, to: &Path) {
        self.0.extend([OsString::from(key), from.into(), to.into()]);
    }

    fn bind(&mut self, key: &str, path: &Path) {
        self.pair(key, path, path);
    }
}
