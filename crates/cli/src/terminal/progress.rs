//! One bar a phase of a build, and one for a judgement, on a terminal only.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use stratapi_driver::judge::{Check, Watch};
use stratapi_driver::{Phase, Progress};

/// The bars of one build.
pub(crate) struct Bars {
    all: Option<MultiProgress>,
    /// Those of the phases that have begun and are not over.
    current: Mutex<BTreeMap<Phase, ProgressBar>>,
}

impl Bars {
    pub(crate) fn new(visible: bool) -> Self {
        Self { all: visible.then(MultiProgress::new), current: Mutex::default() }
    }

    fn with(&self, act: impl FnOnce(&mut BTreeMap<Phase, ProgressBar>)) {
        act(&mut self.current.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Progress for Bars {
    fn begin(&self, phase: Phase, steps: usize) {
        let Some(all) = &self.all else { return };
        let bar = all.add(ProgressBar::new(steps as u64));
        if let Ok(style) = ProgressStyle::with_template("{prefix:>12.green.bold} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_prefix(name(phase));
        self.with(|current| drop(current.insert(phase, bar)));
    }

    fn advance(&self, phase: Phase, done: usize) {
        self.with(|current| {
            // Steps end in any order; the bar never goes back.
            if let Some(bar) = current.get(&phase) {
                bar.set_position(bar.position().max(done as u64));
            }
        });
    }

    fn end(&self, phase: Phase) {
        self.with(|current| {
            if let Some(bar) = current.remove(&phase) {
                bar.finish();
            }
        });
    }
}

/// The bar of one judgement.
pub(crate) struct Checks(Option<ProgressBar>);

impl Checks {
    pub(crate) fn new(visible: bool, count: usize) -> Self {
        Self(visible.then(|| {
            let bar = ProgressBar::new(count as u64);
            let template = "{prefix:>12.green.bold} {pos}/{len} {wide_msg}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.with_prefix("Judging")
        }))
    }
}

impl Watch for Checks {
    fn begin(&self, check: &Check) {
        if let Some(bar) = &self.0 {
            bar.set_message(check.name());
        }
    }

    fn end(&self, _: &Check) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }
}

impl Drop for Checks {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

fn name(phase: Phase) -> &'static str {
    match phase {
        Phase::Core => "Core",
        Phase::Entities => "Entities",
        Phase::Support => "Support",
        Phase::Application => "Application",
        Phase::Tests => "Tests",
        Phase::Migrations => "Migrations",
    }
}
