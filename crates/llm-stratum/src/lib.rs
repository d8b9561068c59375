//! The contract of slots: which kinds there are, into which files they may be written, and the lock
//! that records what fills them. Nothing here asks a model or touches a file.

mod lock;
pub mod python;
mod slot;

pub use lock::{LockError, Lockfile};
pub use slot::{PathRefused, Slot, SlotKind};
