//! Renders the files whose shape is fixed. It decides nothing: `context` names what the plan decided,
//! and templates print that. See `templates/README.md` for the law.

mod context;
mod encode;
mod engine;
mod layout;
mod stack;
mod syntax;
mod value;

use stratapi_plan::{Artifact, Plan, PlannedFile};

/// Renders one file.
///
/// # Panics
/// If there is no such template or it prints what it may not, which is a bug.
pub fn render(plan: &Plan, file: &PlannedFile) -> Artifact {
    let text = engine::render(&file.path, &context::context(plan));
    Artifact { path: file.path.clone(), text, origins: Vec::new() }
}

/// The paths of all files that templates can make, in ascending order.
pub fn paths() -> impl Iterator<Item = &'static str> {
    engine::paths()
}
