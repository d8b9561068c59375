//! `stratapi dev` where its surroundings fail it: each failure has a code, and an exit code. What it
//! does where they don't is part of the gate's end-to-end tests.
#![cfg(unix)]

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A program that says it is Python 3.12 with all packages, and fails at everything else.
const LOOKALIKE: &str = "#!/bin/sh
case \"$*\" in
    *version_info*) echo 3 12 ;;
    *find_spec*) ;;
    *) echo 'this is no Python' >&2; exit 1 ;;
esac
";

/// A folder with an application, and with nothing on the search path.
struct Scene(TempDir);

impl Scene {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let app = "stratapi: 1\napp: {name: notes}\ndomain: {entities: {Note: {attributes: {text: text}}}}\n";
        fs::write(folder.path().join("app.yaml"), app).unwrap();
        fs::create_dir(folder.path().join("bin")).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn program(path: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, LOOKALIKE).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn stratapi(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_stratapi"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("PATH", self.path("bin"))
            .env_remove("DATABASE_URL")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    fn dev(&self, arguments: &[&str]) -> Output {
        let all = [&["dev", "app.yaml", "--out", "notes", "--once"], arguments].concat();
        self.stratapi(&all)
    }
}

#[track_caller]
fn assert_failed(output: &Output, code: &str, message: &str, exit: i32) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("error[{code}]: {message}")), "{said}");
    assert_eq!(output.status.code(), Some(exit), "{said}");
}

#[test]
fn a_taken_port_is_told_before_anything_is_installed() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let scene = Scene::new();
    let ended = scene.dev(&["--port", &port.to_string()]);
    assert_failed(&ended, "E0909", &format!("port {port} is taken"), 5);
    assert!(!scene.path("notes/.venv").exists());
}

#[test]
fn without_a_python_that_is_new_enough_nothing_starts() {
    let scene = Scene::new();
    let needed = "Python 3.11 or later is needed: ";
    assert_failed(&scene.dev(&[]), "E0907", &format!("{needed}there is no Python"), 5);
    let missing = scene.dev(&["--python", "bin/none"]);
    assert_failed(&missing, "E0907", &format!("{needed}`bin/none` is no Python"), 5);
    let old = scene.path("bin/python3");
    Scene::program(&old);
    fs::write(&old, LOOKALIKE.replace("3 12", "3 9")).unwrap();
    assert_failed(&scene.dev(&[]), "E0907", &format!("{needed}`python3` is Python 3.9"), 5);
}

#[test]
fn an_environment_that_cannot_be_made_is_told() {
    let scene = Scene::new();
    Scene::program(&scene.path("bin/python3"));
    assert_failed(&scene.dev(&[]), "E0908", "the requirements could not be installed", 5);
}

#[test]
fn migrations_that_fail_are_told() {
    let scene = Scene::new();
    Scene::program(&scene.path("bin/python3"));
    assert!(scene.stratapi(&["build", "app.yaml", "--out", "notes"]).status.success());
    Scene::program(&scene.path("notes/.venv/bin/python"));
    let requirements = fs::read_to_string(scene.path("notes/requirements.txt")).unwrap();
    let stamp = scene.path("notes/.venv/stratapi-installed.txt");
    fs::write(stamp, format!("# Python 3.12\n{requirements}")).unwrap();
    assert_failed(&scene.dev(&[]), "E0910", "the migrations failed", 1);
}
