//! Skeletons of new parts, so that each lands in the right places.

use crate::Result;

/// Writes the skeleton of a part of this kind.
pub fn run(kind: &str, name: &str) -> Result {
    Err(format!("cannot write a new {kind} named {name} yet").into())
}
