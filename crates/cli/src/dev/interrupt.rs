//! Ctrl-C, noticed where it is convenient.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the user wants to stop.
#[derive(Debug, Clone)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From now on, signals to stop are noted instead of ending the process.
    pub(crate) fn install() -> Self {
        let noted = Arc::new(AtomicBool::new(false));
        let note = Arc::clone(&noted);
        // It fails only where a handler is installed already, and ours is the only one.
        drop(ctrlc::set_handler(move || note.store(true, Ordering::SeqCst)));
        Self(noted)
    }

    /// Whether one has come.
    pub(crate) fn noted(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
