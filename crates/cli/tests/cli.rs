//! The command as people and scripts meet it: output, files, exit codes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

fn stratapi(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stratapi"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A folder with the blog in `app.yaml`.
fn blog() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::copy(example("blog.yaml"), folder.path().join("app.yaml")).unwrap();
    folder
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// Every file below a folder but the writer's own.
fn read(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with(".stratapi") {
                folders.push(path);
            } else if path.is_file() {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn a_build_writes_beside_the_file_and_a_second_one_has_nothing_to_do() {
    let folder = blog();
    let built = stratapi(folder.path(), &["build", "app.yaml"]);
    assert_eq!(code(&built), 0, "{}", err(&built));
    assert_eq!(out(&built), "", "results go to stdout, and a build has none");
    assert!(!err(&built).contains('\u{1b}'), "no colours into a pipe");
    assert!(err(&built).contains("model calls 0"), "{}", err(&built));
    assert!(folder.path().join("blog/app/models/post.py").is_file());
    let again = stratapi(folder.path(), &["build", "app.yaml"]);
    assert_eq!(code(&again), 0);
    assert!(err(&again).contains("Unchanged"), "{}", err(&again));
}

#[test]
fn errors_are_shown_with_their_lines_and_end_with_1() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("app.yaml"), "stratapi: 1\napp: {name: x}\ndomian: {}\n").unwrap();
    for command in ["check", "build", "plan", "ir"] {
        let output = stratapi(folder.path(), &[command, "app.yaml"]);
        assert_eq!(code(&output), 1, "{command}: {}", err(&output));
        assert!(err(&output).contains("app.yaml:3:1"), "{command}: {}", err(&output));
        assert!(err(&output).contains("E0203"), "{command}: {}", err(&output));
    }
    assert_eq!(read(folder.path()).len(), 1, "nothing is written");
    let json = stratapi(folder.path(), &["check", "app.yaml", "--format", "json"]);
    assert_eq!((code(&json), err(&json)), (1, ""));
    assert!(out(&json).contains("E0203"));
    serde_json::from_str::<serde_json::Value>(out(&json)).unwrap();
    let sarif = stratapi(folder.path(), &["check", "app.yaml", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(out(&sarif)).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
}

#[test]
fn the_other_exit_codes_are_as_documented() {
    let folder = blog();
    let run = |arguments: &[&str]| code(&stratapi(folder.path(), arguments));
    assert_eq!(run(&["build"]), 2);
    assert_eq!(run(&["frobnicate"]), 2);
    assert_eq!(run(&["explain", "E9999"]), 2);
    assert_eq!(run(&["judge", ".", "--ir", "app.yaml", "--compose"]), 2);
    assert_eq!(run(&["--help"]), 0);
    assert_eq!(run(&["check", "absent.yaml"]), 4);
    assert_eq!(run(&["check", "."]), 4);
    assert_eq!(run(&["build", "app.yaml", "--out", "app.yaml"]), 4);
    assert_eq!(run(&["dev", "app.yaml", "--once", "--python", "/bin/false"]), 5);
    fs::create_dir(folder.path().join("foreign")).unwrap();
    fs::write(folder.path().join("foreign/README.md"), "theirs").unwrap();
    assert_eq!(run(&["build", "app.yaml", "--out", "foreign"]), 3);
    assert_eq!(read(&folder.path().join("foreign")).len(), 1);
}

#[test]
fn an_input_with_an_error_is_never_built() {
    let folder = TempDir::new().unwrap();
    let twice = "stratapi: 1\napp:\n  name: x\n  title: A\n  title: B\n\
                 domain: {entities: {N: {attributes: {a: string}}}}\n";
    fs::write(folder.path().join("app.yaml"), twice).unwrap();
    for command in ["check", "build", "plan", "ir"] {
        let run = stratapi(folder.path(), &[command, "app.yaml"]);
        assert_eq!(code(&run), 1, "{command}");
        assert!(err(&run).contains("E0102"), "{command}");
    }
    assert!(!folder.path().join("x").exists());
}

#[test]
fn edits_are_refused_and_with_force_copied() {
    let folder = blog();
    assert_eq!(code(&stratapi(folder.path(), &["build", "app.yaml"])), 0);
    let edited = folder.path().join("blog/README.md");
    fs::write(&edited, "mine\n").unwrap();
    let kept = stratapi(folder.path(), &["build", "app.yaml"]);
    assert_eq!(code(&kept), 0);
    assert!(err(&kept).contains("Kept README.md"), "{}", err(&kept));
    let input = folder.path().join("app.yaml");
    let text = fs::read_to_string(&input).unwrap();
    fs::write(&input, text.replacen("title: Blog", "title: Our blog", 1)).unwrap();
    let refused = stratapi(folder.path(), &["build", "app.yaml"]);
    assert_eq!(code(&refused), 3);
    assert!(err(&refused).contains("README.md"), "{}", err(&refused));
    let diff = stratapi(folder.path(), &["build", "app.yaml", "--diff"]);
    assert!(out(&diff).contains("\n-mine\n"), "{}", out(&diff));
    assert_eq!(fs::read_to_string(&edited).unwrap(), "mine\n");
    assert_eq!(code(&stratapi(folder.path(), &["build", "app.yaml", "--force"])), 0);
    let copy = folder.path().join("blog/.stratapi/backup/1/README.md");
    assert_eq!(fs::read_to_string(copy).unwrap(), "mine\n");
    assert_ne!(fs::read_to_string(&edited).unwrap(), "mine\n");
}

#[test]
fn a_dry_run_lists_exactly_what_the_build_writes() {
    let folder = blog();
    let dry = stratapi(folder.path(), &["build", "app.yaml", "--dry-run"]);
    assert!(!folder.path().join("blog").exists());
    let mut listed: Vec<String> = out(&dry)
        .lines()
        .map(|line| line.trim_start().strip_prefix("create ").unwrap().to_owned())
        .collect();
    listed.sort_unstable();
    let plan = stratapi(folder.path(), &["plan", "app.yaml", "--format", "json"]);
    let plan: serde_json::Value = serde_json::from_str(out(&plan)).unwrap();
    let planned: Vec<&str> =
        plan["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(listed, planned);
    assert_eq!(code(&stratapi(folder.path(), &["build", "app.yaml"])), 0);
    let written: Vec<String> = read(&folder.path().join("blog")).into_keys().collect();
    assert_eq!(listed, written);
}

#[test]
fn the_resolved_form_compiles_to_the_same_files() {
    let folder = blog();
    let resolved = stratapi(folder.path(), &["ir", "app.yaml", "--resolved"]);
    assert_eq!(code(&resolved), 0, "{}", err(&resolved));
    fs::write(folder.path().join("resolved.yaml"), &resolved.stdout).unwrap();
    for (file, folder_name) in [("app.yaml", "a"), ("resolved.yaml", "b")] {
        let output = stratapi(folder.path(), &["build", file, "--out", folder_name]);
        assert_eq!(code(&output), 0, "{}", err(&output));
    }
    assert_eq!(read(&folder.path().join("a")), read(&folder.path().join("b")));
}

#[test]
fn new_writes_a_file_that_builds_and_never_overwrites_one() {
    for start in ["minimal", "blog"] {
        let folder = TempDir::new().unwrap();
        let new = stratapi(folder.path(), &["new", "my-app", "--start", start]);
        assert_eq!(code(&new), 0, "{}", err(&new));
        let built = stratapi(folder.path(), &["build", "app.yaml"]);
        assert_eq!(code(&built), 0, "{}", err(&built));
        assert!(folder.path().join("my-app/app/main.py").is_file());
        let text = fs::read(folder.path().join("app.yaml")).unwrap();
        let again = stratapi(folder.path(), &["new", "other"]);
        assert_eq!(code(&again), 3);
        assert_eq!(fs::read(folder.path().join("app.yaml")).unwrap(), text);
    }
    let folder = TempDir::new().unwrap();
    assert_eq!(code(&stratapi(folder.path(), &["new", "Not a name"])), 1);
    assert_eq!(code(&stratapi(folder.path(), &["new"])), 2, "nobody can be asked");
    assert!(read(folder.path()).is_empty());
}

#[test]
fn explain_knows_codes_names_and_near_misses() {
    let folder = TempDir::new().unwrap();
    let page = stratapi(folder.path(), &["explain", "e0203"]);
    assert!(out(&page).starts_with("# E0203"));
    assert_eq!(stratapi(folder.path(), &["explain", "unknown-key"]).stdout, page.stdout);
    let miss = stratapi(folder.path(), &["explain", "unknwon-key"]);
    assert!(err(&miss).contains("did you mean `unknown-key`?"), "{}", err(&miss));
}

#[test]
fn every_shell_has_completions() {
    let folder = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = stratapi(folder.path(), &["completions", shell]);
        assert!(out(&script).contains("explain"), "{shell}");
    }
}

#[test]
fn a_second_build_at_once_stops_within_a_second() {
    let folder = blog();
    assert_eq!(code(&stratapi(folder.path(), &["build", "app.yaml"])), 0);
    let lock =
        fs::File::options().write(true).open(folder.path().join("blog/.stratapi/lock")).unwrap();
    lock.lock().unwrap();
    fs::write(
        folder.path().join("app.yaml"),
        "stratapi: 1\napp: {name: blog}\ndomain: {entities: {A: {attributes: {b: text}}}}\n",
    )
    .unwrap();
    let start = Instant::now();
    let output = stratapi(folder.path(), &["build", "app.yaml"]);
    // Compiling in a debug build takes part of it.
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(code(&output), 3);
    assert!(err(&output).contains("E0905"), "{}", err(&output));
}

#[test]
fn after_kills_at_any_moment_the_next_build_completes() {
    let folder = blog();
    let started = Instant::now();
    assert_eq!(code(&stratapi(folder.path(), &["build", "app.yaml", "--out", "whole"])), 0);
    let whole_time = started.elapsed();
    for part in 1..=12 {
        let mut build = Command::new(env!("CARGO_BIN_EXE_stratapi"))
            .args(["build", "app.yaml", "--out", "killed"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole_time * part / 12);
        drop(build.kill());
        build.wait().unwrap();
    }
    let last = stratapi(folder.path(), &["build", "app.yaml", "--out", "killed"]);
    assert_eq!(code(&last), 0, "{}", err(&last));
    assert_eq!(read(&folder.path().join("killed")), read(&folder.path().join("whole")));
    let own = read(&folder.path().join("killed/.stratapi"));
    assert!(!own.keys().any(|name| name.contains("journal") || name.contains("stage")), "{own:?}");
}
