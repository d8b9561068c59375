//! Worlds: where sources come from. One is a map in memory, one a folder.

mod file;
mod glob;
mod memory;

pub use file::FileWorld;
pub use memory::MemoryWorld;
