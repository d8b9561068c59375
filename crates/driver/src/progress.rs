//! How a build tells how far it is.

use stratapi_plan::Phase;

/// Told how far a build is, from several threads at once. A phase may begin before the one before it
/// is over. Every method may do nothing.
pub trait Progress: Sync {
    /// A phase begins; it has this many steps (entities, or files), at least one.
    fn begin(&self, phase: Phase, steps: usize) {
        let _ = (phase, steps);
    }

    /// This many steps of the phase are done.
    fn advance(&self, phase: Phase, done: usize) {
        let _ = (phase, done);
    }

    /// The phase is over.
    fn end(&self, phase: Phase) {
        let _ = phase;
    }
}

/// Nobody listens.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {}
