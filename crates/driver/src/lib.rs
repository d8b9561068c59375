//! The compiler as a library: `compile` has the phases in order on one page, `write` puts the files
//! on disk. Only `write` and [`FileWorld`] touch the file system.
//!
//! ```
//! use stratapi_driver::{Config, MemoryWorld, compile};
//!
//! let world = MemoryWorld::new().with(
//!     "app.yaml",
//!     "stratapi: 1\napp: {name: notes}\ndomain: {entities: {Note: {attributes: {body: text}}}}\n",
//! );
//! let build = compile(&world, &Config::new("app.yaml")).value.expect("it is valid");
//! assert!(build.tree.get("app/models/note.py").is_some());
//! ```

mod compile;
mod inputs;
pub mod judge;
mod language;
mod progress;
pub mod proof;
mod slots;
mod world;
pub mod write;

pub use compile::{Build, Config, Summary, artifact, check, compile, compile_with, plan};
pub use inputs::Inputs;
pub use language::{name, resolved, schema};
pub use progress::{Progress, Silent};
pub use stratapi_diagnostics as diagnostics;
pub use stratapi_ir::{SourceError, World};
pub use stratapi_plan::{Artifact, ArtifactTree, Phase, Plan, PlannedFile, Stratum, Subject};
pub use world::{FileWorld, MemoryWorld};
