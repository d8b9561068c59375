//! Judges an artifact tree against the model and reports at the YAML line.
//! It repairs nothing and writes nothing.

mod checks;
mod python;

use stratapi_diagnostics::Diagnostic;
use stratapi_plan::ArtifactTree;

/// What is judged; each Python file is parsed once.
struct Subject<'a> {
    tree: &'a ArtifactTree,
    modules: Vec<python::Module<'a>>,
}

/// Runs every check on every file. What it finds is a mistake of the compiler, never of the user.
pub fn judge(tree: &ArtifactTree) -> Vec<Diagnostic> {
    let subject = Subject { tree, modules: python::modules(tree) };
    checks::ALL.iter().flat_map(|check| check(&subject)).collect()
}
