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

/// Renders the files of one plan; what templates see is gathered once.
#[derive(Debug)]
pub struct Renderer {
    context: minijinja::Value,
}

impl Renderer {
    /// Gathers what templates see of this plan.
    pub fn new(plan: &Plan) -> Self {
        Self { context: context::context(plan) }
    }

    /// Renders one file.
    ///
    /// # Panics
    /// If there is no such template or it prints what it may not, which is a bug.
    pub fn render(&self, file: &PlannedFile) -> Artifact {
        let text = engine::render(&file.path, &self.context);
        Artifact { path: file.path.clone(), text, origins: Vec::new() }
    }
}

/// Makes what every rendering needs and keeps; for a thread of its own, beside the reading of the text.
pub fn warm_up() {
    engine::warm_up();
}

/// The paths of all files that templates can make, in ascending order.
pub fn paths() -> impl Iterator<Item = &'static str> {
    engine::paths()
}
