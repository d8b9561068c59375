//! Notices changes of the application's files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use stratapi_driver::diagnostics::{Code, Diagnostic};

use crate::exit::Exit;
use crate::terminal::Terminal;

/// Editors write in several steps; this long nothing must happen before we look.
const CALM: Duration = Duration::from_millis(100);
/// Where something happens all the time, we look nevertheless.
const LONGEST: Duration = Duration::from_secs(1);

/// The folder beside an application's file in which stands what fills its slots.
const SLOTS: &str = "slots";

/// A file, and what the compiler read there, if it came to that.
pub(crate) type Seen = (PathBuf, Option<String>);

/// A watch on some files.
pub(crate) struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    folders: BTreeSet<PathBuf>,
    files: Vec<File>,
    /// Whether the compiler could read all that there is: otherwise any file may be what it misses.
    complete: bool,
    /// Whether a change is known already.
    pending: bool,
    terminal: Terminal,
}

struct File {
    path: PathBuf,
    content: Option<Vec<u8>>,
}

impl Watch {
    /// Starts to watch, for the present nothing.
    pub(crate) fn start(terminal: Terminal) -> Result<Self, Exit> {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(sender);
        let watcher = watcher.map_err(|error| unwatched(terminal, &error))?;
        Ok(Self {
            watcher,
            events,
            folders: BTreeSet::new(),
            files: Vec::new(),
            complete: true,
            pending: false,
            terminal,
        })
    }

    /// From now on, watches what the compiler has read: all that there is, or, where that failed,
    /// more than before. What has changed since it was read is a change.
    pub(crate) fn follow(&mut self, seen: Vec<Seen>, complete: bool) -> Result<(), Exit> {
        self.complete = complete;
        if complete {
            self.files.retain(|file| seen.iter().any(|(path, _)| *path == file.path));
        }
        for (path, text) in seen {
            if self.files.iter().any(|file| file.path == path) {
                continue;
            }
            self.watch(&path)?;
            let content = std::fs::read(&path).ok();
            self.pending |= content.as_deref() != text.as_ref().map(String::as_bytes);
            self.files.push(File { path, content });
        }
        self.watch_slots()
    }

    /// Watches the folders in which files of slots stand, or are still missing.
    fn watch_slots(&mut self) -> Result<(), Exit> {
        let folders: BTreeSet<PathBuf> =
            self.files.iter().map(|file| file.path.with_file_name(SLOTS)).collect();
        folders.iter().filter(|folder| folder.is_dir()).try_for_each(|folder| {
            // What is watched is the folder of a file, whatever the file is called.
            self.watch(&folder.join(SLOTS))
        })
    }

    /// Watches the folder of a file, since many editors replace files.
    fn watch(&mut self, file: &Path) -> Result<(), Exit> {
        let folder = match file.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        if self.folders.contains(&folder) {
            return Ok(());
        }
        let watched = self.watcher.watch(&folder, RecursiveMode::NonRecursive);
        watched.map_err(|error| unwatched(self.terminal, &error))?;
        self.folders.insert(folder);
        Ok(())
    }

    /// Whether there is something else to read than before; waits at most this long for it.
    pub(crate) fn changed(&mut self, wait: Duration) -> bool {
        if std::mem::take(&mut self.pending) {
            return true;
        }
        let Ok(first) = self.events.recv_timeout(wait) else { return false };
        let mut events = vec![first];
        let start = Instant::now();
        while start.elapsed() < LONGEST
            && let Ok(event) = self.events.recv_timeout(CALM)
        {
            events.push(event);
        }
        // Reading is an event too, and ours must not wake us again.
        let written = |event: &notify::Result<Event>| {
            event.as_ref().is_ok_and(|event| !matches!(event.kind, EventKind::Access(_)))
        };
        events.retain(written);
        if events.is_empty() {
            return false;
        }
        let mut changed = events.iter().flatten().any(|event| self.may_be_read(event));
        for file in &mut self.files {
            let content = std::fs::read(&file.path).ok();
            changed |= content != file.content;
            file.content = content;
        }
        changed
    }

    /// Whether a file that is not known yet may be one of the application: a new one may match
    /// what is included.
    fn may_be_read(&self, event: &Event) -> bool {
        let came_or_went = matches!(
            event.kind,
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        );
        if self.complete && (self.files.len() == 1 || !came_or_went) {
            return false;
        }
        event.paths.iter().any(|path| {
            let known = |extension: &&str| path.extension().is_some_and(|it| it == *extension);
            let fills = !self.complete
                && (known(&"py") || path.file_name().is_some_and(|name| name == SLOTS));
            fills || ["yaml", "yml", "json", "toml"].iter().any(known)
        })
    }
}

fn unwatched(terminal: Terminal, error: &notify::Error) -> Exit {
    let message = format!("cannot watch the application's files: {error}");
    terminal.fail(
        Diagnostic::error(Code::E0908, message).help("`stratapi dev --once` does without a watch"),
    )
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::time::Duration;

    use tempfile::TempDir;

    use super::Watch;
    use crate::terminal::{Color, Terminal};

    /// In one step: a file that is seen empty first would be two changes on a slow machine.
    fn write(folder: &TempDir, name: &str, text: &str) -> PathBuf {
        let (part, path) = (folder.path().join("part"), folder.path().join(name));
        fs::write(&part, text).unwrap();
        fs::rename(&part, &path).unwrap();
        path
    }

    fn watch() -> Watch {
        Watch::start(Terminal::new(Color::Never)).unwrap()
    }

    fn settled(watch: &mut Watch) -> bool {
        (0..50).all(|_| !watch.changed(Duration::from_millis(10)))
    }

    fn noticed(watch: &mut Watch) -> bool {
        (0..50).any(|_| watch.changed(Duration::from_millis(200)))
    }

    #[test]
    fn what_was_changed_while_the_compiler_worked_is_noticed() {
        let folder = TempDir::new().unwrap();
        let app = write(&folder, "app.yaml", "new");
        let mut watch = watch();
        watch.follow(vec![(app, Some("old".to_owned()))], true).unwrap();
        assert!(watch.changed(Duration::ZERO));
        assert!(settled(&mut watch));
    }

    #[test]
    fn a_change_is_noticed_once_and_reading_is_none() {
        let folder = TempDir::new().unwrap();
        let app = write(&folder, "app.yaml", "1");
        let mut watch = watch();
        watch.follow(vec![(app.clone(), Some("1".to_owned()))], true).unwrap();
        assert_eq!(fs::read(&app).unwrap(), b"1");
        write(&folder, "notes.txt", "x");
        write(&folder, "other.yaml", "x");
        assert!(settled(&mut watch));
        write(&folder, "app.yaml", "2");
        assert!(noticed(&mut watch));
        assert!(settled(&mut watch));
    }

    #[test]
    fn a_file_that_may_be_included_is_noticed() {
        let folder = TempDir::new().unwrap();
        let app = write(&folder, "app.yaml", "1");
        let part = write(&folder, "part.yaml", "1");
        let seen = |path: &PathBuf| (path.clone(), Some("1".to_owned()));
        let mut watch = watch();
        watch.follow(vec![seen(&app), seen(&part)], true).unwrap();
        write(&folder, "another.yaml", "1");
        assert!(noticed(&mut watch));
        // After an error, any file of the kind may be what was missing.
        watch.follow(vec![seen(&app)], false).unwrap();
        assert!(settled(&mut watch));
        write(&folder, "another.yaml", "2");
        assert!(noticed(&mut watch));
    }

    #[test]
    fn a_file_that_may_fill_a_slot_is_noticed() {
        let folder = TempDir::new().unwrap();
        let app = write(&folder, "app.yaml", "1");
        let seen = |path: &PathBuf| (path.clone(), Some("1".to_owned()));
        let mut watch = watch();
        watch.follow(vec![seen(&app)], false).unwrap();
        fs::create_dir(folder.path().join("slots")).unwrap();
        assert!(noticed(&mut watch));
        watch.follow(vec![seen(&app)], false).unwrap();
        let body = write(&folder, "slots/price.py", "1");
        assert!(noticed(&mut watch));
        watch.follow(vec![seen(&app), seen(&body)], true).unwrap();
        write(&folder, "slots/price.py", "2");
        assert!(noticed(&mut watch));
    }
}
