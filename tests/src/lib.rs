//! Shared parts of the end-to-end tests.

pub mod judged;
pub mod mutations;
pub mod patch;
pub mod random_ir;

use std::path::{Path, PathBuf};

use stratapi_diagnostics::{Code, SourceMap};
use stratapi_driver::MemoryWorld;

/// The folder of a golden case.
pub fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden").join(name)
}

/// Names of the golden cases that compile, in ascending order.
///
/// # Panics
/// If there are fewer than there must be.
pub fn golden_cases() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(golden(""))
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().join("app.yaml").is_file())
        .filter(|entry| !entry.path().join("diagnostics.txt").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 6, "{names:?}");
    names
}

/// Whether the compiler refuses an application since a condition of it says nothing, or leads over a
/// reference that is taken as optional.
pub fn says_nothing(application: &str) -> bool {
    let world = MemoryWorld::new().with("app.yaml", application);
    let ir = stratapi_ir::load(&world, "app.yaml", &mut SourceMap::default());
    let told = |code: Code| ir.diagnostics.iter().any(|finding| finding.code == code);
    told(Code::E0321) || (told(Code::W0002) && told(Code::E0313))
}
