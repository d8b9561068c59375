//! The printer's entry points.

use stratapi_plan::{Artifact, PlannedFile};

use super::tree::Module;

/// The text of a module.
pub fn print(module: &Module) -> String {
    format!("{module:?}")
}

/// A printed module as the artifact of a planned file.
pub fn artifact(file: &PlannedFile, module: &Module) -> Artifact {
    Artifact { path: file.path.clone(), text: print(module), origins: Vec::new() }
}
