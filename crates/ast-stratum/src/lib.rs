//! Emits the files whose content follows the model, through typed trees.
//! It decides nothing (the plan did) and joins no text into Python.

mod emit;
mod json;
pub mod python;
mod schemas;
mod types;

pub use emit::{emit, slot_examples};
