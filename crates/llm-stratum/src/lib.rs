//! The contract of slots: which kinds there are, into which files they may be written, what may fill
//! one, and the lock that records what does. Nothing here asks a model, runs anything or touches a
//! file.

mod accept;
mod fill;
mod lock;
pub mod python;
mod signature;
mod slot;

pub use accept::accept;
pub use fill::{file_name, filled, unfilled, unreadable};
pub use lock::{LockError, Lockfile};
pub use signature::signature;
pub use slot::{PathRefused, Slot, SlotKind};
