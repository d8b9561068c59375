//! Turns text into a resolved, type-checked `ApplicationIR`.
//! It knows no Python code, no FastAPI and no SQL, and touches neither files nor clock.

pub mod model;
pub mod syntax;
mod world;

pub use world::{SourceError, World};
