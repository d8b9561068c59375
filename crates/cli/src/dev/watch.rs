//! Notices changes of the application's files.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::exit::Exit;
use crate::terminal::Terminal;

/// Editors write in several steps; this long nothing must happen before we look.
const CALM: Duration = Duration::from_millis(100);

/// A watch on some files.
pub(crate) struct Watch {
    events: Receiver<notify::Result<Event>>,
    files: Vec<PathBuf>,
    contents: Vec<Option<Vec<u8>>>,
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Starts to watch. The folders are watched, since many editors replace files.
    pub(crate) fn start(files: Vec<PathBuf>, terminal: Terminal) -> Result<Self, Exit> {
        let (sender, events) = channel();
        let mut folders: Vec<PathBuf> = files
            .iter()
            .map(|file| match file.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
                _ => PathBuf::from("."),
            })
            .collect();
        folders.sort_unstable();
        folders.dedup();
        let watcher = notify::recommended_watcher(sender).and_then(|mut watcher| {
            for folder in &folders {
                watcher.watch(folder, RecursiveMode::NonRecursive)?;
            }
            Ok(watcher)
        });
        let watcher = watcher.map_err(|error| {
            terminal.complain(&format!("cannot watch the application's files: {error}"));
            Exit::Environment
        })?;
        let contents = read(&files);
        Ok(Self { events, files, contents, _watcher: watcher })
    }

    /// Whether a file has another content than before; waits at most this long for it.
    pub(crate) fn changed(&mut self, wait: Duration) -> bool {
        if self.events.recv_timeout(wait).is_err() {
            return false;
        }
        while self.events.recv_timeout(CALM).is_ok() {}
        let contents = read(&self.files);
        let changed = contents != self.contents;
        self.contents = contents;
        changed
    }
}

fn read(files: &[PathBuf]) -> Vec<Option<Vec<u8>>> {
    files.iter().map(|file| std::fs::read(file).ok()).collect()
}
