//! The writer: nothing foreign is touched, nothing is torn, and a kill at any step is mended by the
//! next run.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use stratapi_diagnostics::{Checked, Code};
use stratapi_driver::write::filesystem::{Disk, FileSystem, Kind, Stat};
use stratapi_driver::write::{Changes, WriteOptions, diff, preview, write, write_with};
use stratapi_plan::{Artifact, ArtifactTree};
use tempfile::TempDir;

const FORCE: WriteOptions = WriteOptions { force: true };
const PLAIN: WriteOptions = WriteOptions { force: false };

fn tree(files: &[(&str, &str)]) -> ArtifactTree {
    let mut tree = ArtifactTree::default();
    for (path, text) in files {
        tree.insert(Artifact {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
            origins: Vec::new(),
        });
    }
    tree
}

fn old_tree() -> ArtifactTree {
    tree(&[
        ("README.md", "old readme\n"),
        ("app/__init__.py", ""),
        ("app/main.py", "old main\n"),
        ("app/models/post.py", "old post\n"),
        ("app/models/legacy/thing.py", "thing\n"),
        ("same.txt", "same\n"),
    ])
}

fn new_tree() -> ArtifactTree {
    tree(&[
        ("README.md", "new readme\n"),
        ("app/__init__.py", ""),
        ("app/main.py", "new main\n"),
        ("app/models/post.py", "new post\n"),
        ("app/schemas/deep/post.py", "schema\n"),
        ("app/schemas/tag.py", "tag\n"),
        ("docs/erd.md", "erd\n"),
        ("same.txt", "same\n"),
    ])
}

fn contents(tree: &ArtifactTree) -> BTreeMap<String, String> {
    tree.iter().map(|a| (a.path.clone(), a.text.clone())).collect()
}

/// All files below a folder but the writer's own, by path.
fn read(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    collect(root, root, &mut found);
    found
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.ends_with(".stratapi") {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn done(result: Checked<Changes>) -> Changes {
    assert!(result.diagnostics.is_empty(), "{:#?}", result.diagnostics);
    result.value.unwrap()
}

fn refused(result: &Checked<Changes>) -> Vec<Code> {
    assert!(result.value.is_none());
    result.diagnostics.iter().map(|d| d.code).collect()
}

fn folder() -> (TempDir, PathBuf) {
    let temporary = TempDir::new().unwrap();
    let out = temporary.path().join("out");
    (temporary, out)
}

fn stamps(root: &Path) -> BTreeMap<PathBuf, std::time::SystemTime> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            found.insert(path.clone(), fs::metadata(&path).unwrap().modified().unwrap());
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    found
}

#[test]
fn a_second_build_of_the_same_tree_changes_no_file() {
    let (_temporary, out) = folder();
    let changes = done(write(&old_tree(), &out, PLAIN));
    assert_eq!(changes.created.len(), old_tree().len());
    assert_eq!(read(&out), contents(&old_tree()));
    done(write(&old_tree(), &out, PLAIN));
    let before = stamps(&out);
    std::thread::sleep(std::time::Duration::from_millis(20));
    let changes = done(write(&old_tree(), &out, PLAIN));
    assert!(changes.is_empty());
    let mut after = stamps(&out);
    // The lock says who holds it; it is the only thing that a build without work writes.
    let lock = out.join(".stratapi/lock");
    after.insert(lock.clone(), before[&lock]);
    assert_eq!(before, after);
}

#[test]
fn an_update_rewrites_only_what_differs_and_removes_what_is_no_longer_wanted() {
    let (_temporary, out) = folder();
    done(write(&old_tree(), &out, PLAIN));
    let before = stamps(&out);
    std::thread::sleep(std::time::Duration::from_millis(20));
    let planned = done(preview(&new_tree(), &out, PLAIN));
    assert_eq!(read(&out), contents(&old_tree()), "a preview writes nothing");
    let changes = done(write(&new_tree(), &out, PLAIN));
    assert_eq!(planned, changes);
    assert_eq!(changes.created, ["app/schemas/deep/post.py", "app/schemas/tag.py", "docs/erd.md"]);
    assert_eq!(changes.replaced, ["README.md", "app/main.py", "app/models/post.py"]);
    assert_eq!(changes.removed, ["app/models/legacy/thing.py"]);
    assert_eq!(read(&out), contents(&new_tree()));
    assert!(!out.join("app/models/legacy").exists(), "an empty folder goes too");
    let after = stamps(&out);
    for path in ["same.txt", "app/__init__.py"] {
        assert_eq!(before[&out.join(path)], after[&out.join(path)], "{path}");
    }
}

#[test]
fn an_edited_file_is_refused_and_with_force_kept_as_a_copy() {
    let (_temporary, out) = folder();
    done(write(&old_tree(), &out, PLAIN));
    // Same length, and the old time of change: only the content tells.
    let path = out.join("app/main.py");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, "My main\n\n").unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    let result = write(&new_tree(), &out, PLAIN);
    assert_eq!(refused(&result), [Code::E0903]);
    assert!(result.diagnostics[0].message.contains("`app/main.py`"));
    assert_eq!(fs::read_to_string(out.join("README.md")).unwrap(), "old readme\n");

    let changes = done(write(&new_tree(), &out, FORCE));
    assert_eq!(changes.backups, [".stratapi/backup/1/app/main.py"]);
    assert_eq!(
        fs::read_to_string(out.join(".stratapi/backup/1/app/main.py")).unwrap(),
        "My main\n\n"
    );
    assert_eq!(read(&out), contents(&new_tree()));
}

#[test]
fn an_edit_where_the_build_changes_nothing_stays_and_is_refused_once_it_would() {
    let (_temporary, out) = folder();
    done(write(&old_tree(), &out, PLAIN));
    let path = out.join("app/main.py");
    fs::write(&path, "mine\n").unwrap();
    for _ in 0..2 {
        let changes = done(write(&old_tree(), &out, PLAIN));
        assert!(changes.is_empty());
        assert_eq!(changes.edited, ["app/main.py"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine\n");
    }
    assert_eq!(refused(&write(&new_tree(), &out, PLAIN)), [Code::E0903]);
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine\n");
    let planned = done(preview(&new_tree(), &out, PLAIN));
    assert!(
        planned.replaced.contains(&"app/main.py".to_owned()),
        "a preview shows it all the same"
    );
    let changes = done(write(&old_tree(), &out, FORCE));
    assert_eq!(changes.backups, [".stratapi/backup/1/app/main.py"]);
    assert_eq!(read(&out), contents(&old_tree()));
}

#[test]
fn an_edited_file_that_is_no_longer_wanted_stays_with_its_owner() {
    let (_temporary, out) = folder();
    done(write(&old_tree(), &out, PLAIN));
    fs::write(out.join("app/models/legacy/thing.py"), "mine\n").unwrap();
    let changes = done(write(&new_tree(), &out, PLAIN));
    assert_eq!(changes.kept, ["app/models/legacy/thing.py"]);
    assert_eq!(fs::read_to_string(out.join("app/models/legacy/thing.py")).unwrap(), "mine\n");
    assert_eq!(refused(&write(&old_tree(), &out, PLAIN)), [Code::E0904]);
}

#[test]
fn a_foreign_file_is_never_touched_not_even_with_force() {
    let (_temporary, out) = folder();
    fs::create_dir_all(out.join("app")).unwrap();
    fs::write(out.join("app/main.py"), "theirs\n").unwrap();
    fs::write(out.join("same.txt"), "same\n").unwrap();
    for options in [PLAIN, FORCE] {
        let result = write(&old_tree(), &out, options);
        assert_eq!(refused(&result), [Code::E0904]);
        assert!(result.diagnostics[0].message.contains("`app/main.py`"));
        assert!(!result.diagnostics[0].message.contains("same.txt"), "equal files are adopted");
    }
    assert_eq!(read(&out).len(), 2);
    assert!(!out.join(".stratapi").exists(), "a refused folder stays as it was");
}

#[test]
#[cfg(unix)]
fn a_link_is_never_followed() {
    use std::os::unix::fs::symlink;
    let (temporary, out) = folder();
    let outside = temporary.path().join("outside");
    fs::create_dir_all(&outside).unwrap();
    fs::create_dir_all(&out).unwrap();
    symlink(&outside, out.join("app")).unwrap();
    assert_eq!(refused(&write(&old_tree(), &out, FORCE)), [Code::E0906]);
    fs::remove_file(out.join("app")).unwrap();
    symlink(outside.join("target"), out.join("README.md")).unwrap();
    assert_eq!(refused(&write(&old_tree(), &out, FORCE)), [Code::E0906]);
    fs::remove_file(out.join("README.md")).unwrap();
    symlink(&outside, out.join(".stratapi")).unwrap();
    assert_eq!(refused(&write(&old_tree(), &out, FORCE)), [Code::E0906]);
    assert_eq!(read(&outside), BTreeMap::new());
}

#[test]
fn a_path_that_leads_out_of_the_root_is_refused() {
    let (temporary, out) = folder();
    for path in ["../evil", "/evil", "a/../../evil", "a//b", ".stratapi/manifest.json", "C:\\evil"]
    {
        assert_eq!(refused(&write(&tree(&[(path, "x")]), &out, FORCE)), [Code::E0902], "{path}");
    }
    assert_eq!(read(temporary.path()), BTreeMap::new());
}

#[test]
fn a_second_build_at_once_stops_and_names_the_first() {
    let (_temporary, out) = folder();
    done(write(&old_tree(), &out, PLAIN));
    let holder = fs::File::options().write(true).open(out.join(".stratapi/lock")).unwrap();
    holder.lock().unwrap();
    fs::write(out.join(".stratapi/lock"), "4711").unwrap();
    let result = write(&new_tree(), &out, PLAIN);
    assert_eq!(refused(&result), [Code::E0905]);
    assert!(result.diagnostics[0].message.contains("process 4711"));
    assert_eq!(read(&out), contents(&old_tree()));
    drop(holder);
    done(write(&new_tree(), &out, PLAIN));
}

#[test]
fn a_diff_shows_what_a_write_would_change() {
    let (_temporary, out) = folder();
    done(write(&tree(&[("a.txt", "1\n2\n"), ("b.txt", "b\n")]), &out, PLAIN));
    let next = tree(&[("a.txt", "1\n3\n"), ("c.txt", "c\n")]);
    let changes = done(preview(&next, &out, PLAIN));
    insta::assert_snapshot!(diff(&next, &out, &changes), @r"
    --- a/a.txt
    +++ b/a.txt
    @@ -1,2 +1,2 @@
     1
    -2
    +3
    --- a/b.txt
    +++ /dev/null
    @@ -1 +0,0 @@
    -b
    --- /dev/null
    +++ b/c.txt
    @@ -0,0 +1 @@
    +c
    ");
}

/// The disk until a step, and then none: every further call fails, as after a kill.
struct Failing {
    steps: AtomicUsize,
    at: usize,
    once: bool,
}

impl Failing {
    fn new(at: usize, once: bool) -> Self {
        Self { steps: AtomicUsize::new(0), at, once }
    }

    fn step(&self) -> io::Result<()> {
        let step = self.steps.fetch_add(1, Ordering::SeqCst);
        if step == self.at || (step > self.at && !self.once) {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "no space left on device"));
        }
        Ok(())
    }

    fn alive(&self) -> io::Result<()> {
        if !self.once && self.steps.load(Ordering::SeqCst) > self.at {
            return Err(io::Error::other("killed"));
        }
        Ok(())
    }
}

impl FileSystem for Failing {
    fn stat(&self, path: &Path) -> io::Result<Option<(Kind, Stat)>> {
        self.alive()?;
        Disk.stat(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        self.alive()?;
        Disk.list(path)
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.alive()?;
        Disk.read(path)
    }
    fn create_folders(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        Disk.create_folders(path)
    }
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step() {
            // A kill in the middle of a write leaves a torn file.
            Disk.write(path, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        Disk.write(path, bytes)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        Disk.rename(from, to)
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        Disk.remove_file(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        Disk.remove_folder(path)
    }
}

/// Every file is wholly old or wholly new, and a person's files are as they were.
fn assert_nothing_torn(out: &Path, at: usize) {
    let (old, new) = (contents(&old_tree()), contents(&new_tree()));
    for (path, text) in read(out) {
        if path == "app/mine.py" {
            assert_eq!(text, "mine\n", "step {at}");
        } else {
            let whole = old.get(&path) == Some(&text) || new.get(&path) == Some(&text);
            assert!(whole, "step {at}: {path} is torn: {text:?}");
        }
    }
}

/// Runs an update with a failure at each step in turn; returns the number of steps.
fn at_every_step(once: bool, mut check: impl FnMut(usize, &Path)) -> usize {
    for at in 0.. {
        let (_temporary, out) = folder();
        done(write(&old_tree(), &out, PLAIN));
        fs::write(out.join("app/mine.py"), "mine\n").unwrap();
        let failing = Failing::new(at, once);
        let result = write_with(&failing, &new_tree(), &out, PLAIN);
        if failing.steps.load(Ordering::SeqCst) <= at {
            done(result);
            return at;
        }
        assert_eq!(refused(&result), [Code::E0902], "step {at}");
        assert_nothing_torn(&out, at);
        check(at, &out);
    }
    unreachable!("the loop ends by itself")
}

fn finished() -> BTreeMap<String, String> {
    let mut finished = contents(&new_tree());
    finished.insert("app/mine.py".to_owned(), "mine\n".to_owned());
    finished
}

#[test]
fn after_a_kill_at_any_step_the_next_run_completes() {
    let steps = at_every_step(false, |at, out| {
        done(write(&new_tree(), out, PLAIN));
        assert_eq!(read(out), finished(), "step {at}");
        assert!(done(write(&new_tree(), out, PLAIN)).is_empty(), "step {at}");
        assert!(!out.join(".stratapi/stage").exists(), "step {at}");
    });
    assert!(steps > 25, "{steps} steps");
}

#[test]
fn after_a_kill_at_any_step_the_old_tree_can_be_had_back() {
    at_every_step(false, |at, out| {
        done(write(&old_tree(), out, PLAIN));
        let mut old = contents(&old_tree());
        old.insert("app/mine.py".to_owned(), "mine\n".to_owned());
        assert_eq!(read(out), old, "step {at}");
    });
}

#[test]
fn after_an_error_at_any_step_the_next_run_completes() {
    at_every_step(true, |at, out| {
        done(write(&new_tree(), out, PLAIN));
        assert_eq!(read(out), finished(), "step {at}");
    });
}

#[test]
fn what_a_person_writes_after_a_kill_is_not_lost() {
    at_every_step(false, |at, out| {
        fs::write(out.join("app/main.py"), "rescued\n").unwrap();
        // Where the new text had been placed already, the build has nothing to change there.
        match write(&new_tree(), out, PLAIN) {
            Checked { value: Some(changes), .. } => {
                assert_eq!(changes.edited, ["app/main.py"], "step {at}");
            }
            result => assert_eq!(refused(&result), [Code::E0903], "step {at}"),
        }
        assert_eq!(fs::read_to_string(out.join("app/main.py")).unwrap(), "rescued\n", "step {at}");
        let backups = done(write(&new_tree(), out, FORCE)).backups;
        assert_eq!(fs::read_to_string(out.join(&backups[0])).unwrap(), "rescued\n", "step {at}");
        assert_eq!(read(out), finished(), "step {at}");
    });
}

#[test]
fn a_first_build_that_is_killed_is_completed_too() {
    for at in 0.. {
        let (_temporary, out) = folder();
        let failing = Failing::new(at, false);
        let result = write_with(&failing, &new_tree(), &out, PLAIN);
        if result.value.is_some() {
            assert!(at > 15, "{at} steps");
            return;
        }
        assert_nothing_torn(&out, at);
        done(write(&new_tree(), &out, PLAIN));
        assert_eq!(read(&out), contents(&new_tree()), "step {at}");
    }
}

#[test]
fn a_forced_build_that_is_killed_keeps_the_edit() {
    for at in 0.. {
        let (_temporary, out) = folder();
        done(write(&old_tree(), &out, PLAIN));
        fs::write(out.join("app/main.py"), "edit\n").unwrap();
        let failing = Failing::new(at, false);
        let result = write_with(&failing, &new_tree(), &out, FORCE);
        if result.value.is_some() {
            return;
        }
        done(write(&new_tree(), &out, FORCE));
        assert_eq!(read(&out), contents(&new_tree()), "step {at}");
        let copy = fs::read_to_string(out.join(".stratapi/backup/1/app/main.py"));
        assert_eq!(copy.unwrap(), "edit\n", "step {at}");
    }
}

#[test]
fn many_replacements_are_mended_after_a_kill_too() {
    let many = |text: &str| {
        let mut tree = ArtifactTree::default();
        for index in 0..80 {
            let path = format!("app/file_{index:02}.py");
            tree.insert(Artifact { path, text: format!("{text} {index}\n"), origins: Vec::new() });
        }
        tree
    };
    for at in (80..330).step_by(7) {
        let (_temporary, out) = folder();
        done(write(&many("old"), &out, PLAIN));
        drop(write_with(&Failing::new(at, false), &many("new"), &out, PLAIN));
        done(write(&many("new"), &out, PLAIN));
        assert_eq!(read(&out), contents(&many("new")), "step {at}");
    }
}
