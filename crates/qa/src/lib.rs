//! Judges an artifact tree against the model and reports at the YAML line.
//! It repairs nothing and writes nothing.

mod checks;
mod python;

use stratapi_diagnostics::Diagnostic;
use stratapi_plan::ArtifactTree;

/// Runs every check on every file. What it finds is a mistake of the compiler, never of the user.
pub fn judge(tree: &ArtifactTree) -> Vec<Diagnostic> {
    checks::ALL.iter().flat_map(|check| check(tree)).collect()
}
