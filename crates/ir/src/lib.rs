//! Turns text into a resolved, type-checked `ApplicationIR`.
//! It knows no Python code, no FastAPI and no SQL, and touches neither files nor clock.

pub mod model;
mod names;
mod pattern;
mod read;
mod resolve;
mod resolved;
pub mod schema;
mod shape;
mod shorthand;
mod suggest;
pub mod syntax;
mod types;
mod world;

use stratapi_diagnostics::{Checked, SourceMap};

pub use resolved::resolved;
pub use world::{SourceError, World};

/// Reads the document `entry` of a world, with all that it includes, and resolves it. Every
/// finding is in the result; the model is withheld if one of them is an error.
pub fn load(
    world: &dyn World,
    entry: &str,
    sources: &mut SourceMap,
) -> Checked<model::ApplicationIr> {
    syntax::parse(world, entry, sources).and_then(resolve::resolve).withheld_on_error()
}
