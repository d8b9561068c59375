//! The pipeline: text, model, plan, files, judgement. It touches nothing outside of its arguments.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Once, OnceLock};

use rayon::prelude::*;
use stratapi_diagnostics::{Checked, SourceMap, bug};
use stratapi_ir::World;
use stratapi_plan::{Artifact, ArtifactTree, Phase, Plan, PlannedFile, Stratum, Subject};
use stratapi_template_stratum::Renderer;

use crate::inputs::{Inputs, Recorder};
use crate::{Progress, Silent, judge, slots};

/// All strata, in order.
const STRATA: [Stratum; 3] = [Stratum::Template, Stratum::Ast, Stratum::Llm];

/// What to compile, and how.
#[derive(Debug, Clone)]
pub struct Config {
    /// Path of the application's file in the world.
    pub entry: String,
    /// Whether the finished files are judged as well, for example by a second parser of Python.
    /// Off by default, since it takes longer than compiling and finds mistakes of the compiler only.
    pub judge: bool,
}

/// A compiled application.
#[derive(Debug, Clone)]
pub struct Build {
    /// Every decision that was taken.
    pub plan: Plan,
    /// Every file.
    pub tree: ArtifactTree,
    /// The sources that were read; diagnostics and origins point into them.
    pub sources: SourceMap,
    /// What was read and listed on the way.
    pub inputs: Inputs,
    /// What it comes to.
    pub summary: Summary,
}

/// What a build comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How many entities there are.
    pub entities: usize,
    /// How many files each stratum made.
    pub files: BTreeMap<Stratum, usize>,
    /// Their size together, in bytes.
    pub bytes: usize,
    /// How often a model was asked.
    pub model_calls: usize,
}

impl Config {
    /// Compiles the application whose file stands at this path of the world.
    pub fn new(entry: impl Into<String>) -> Self {
        Self { entry: entry.into(), judge: false }
    }
}

/// Compiles an application.
///
/// The diagnostics may include warnings where there is a value; without one there is at least one
/// error. To show them with their source lines, see [`compile_with`].
pub fn compile(world: &dyn World, config: &Config) -> Checked<Build> {
    compile_with(world, config, &mut SourceMap::default(), &Silent)
}

/// [`compile`], which keeps the sources for the caller even where it fails, and tells how far it is.
pub fn compile_with(
    world: &dyn World,
    config: &Config,
    sources: &mut SourceMap,
    progress: &dyn Progress,
) -> Checked<Build> {
    rayon::spawn(stratapi_template_stratum::warm_up);
    let recorder = Recorder::new(world);
    let filled = filled(&recorder, &config.entry, sources);
    let inputs = recorder.finish();
    filled.and_then(|(plan, slots)| {
        let tree = make(&plan, &slots, progress);
        let findings =
            if config.judge { judge::own_work(&plan, &tree, sources) } else { Vec::new() };
        let summary = Summary::of(&plan, &tree);
        Checked::new(Build { plan, tree, sources: sources.clone(), inputs, summary }, findings)
    })
}

/// Decides everything and makes nothing.
pub fn plan(world: &dyn World, entry: &str, sources: &mut SourceMap) -> Checked<Plan> {
    stratapi_ir::load(world, entry, sources).and_then(|ir| stratapi_plan::lower(&ir))
}

/// [`plan`], if something may fill every slot.
pub fn check(world: &dyn World, entry: &str, sources: &mut SourceMap) -> Checked<Plan> {
    filled(world, entry, sources).and_then(|(plan, _)| Checked::ok(plan))
}

/// The plan, and what fills its slots.
fn filled(
    world: &dyn World,
    entry: &str,
    sources: &mut SourceMap,
) -> Checked<(Plan, Vec<Artifact>)> {
    plan(world, entry, sources).and_then(|plan| {
        let filled = slots::fill(world, entry, &plan, sources);
        filled.and_then(|filled| Checked::ok((plan, filled)))
    })
}

/// Makes one file of a plan, if the plan has it and it is no slot's: the way to test an emitter from
/// outside.
pub fn artifact(plan: &Plan, path: &str) -> Option<Artifact> {
    let maker = Maker { plan, slots: &[], templates: Renderer::new(plan) };
    let file = plan.files.iter().find(|file| file.path == path)?;
    (file.stratum != Stratum::Llm).then(|| maker.make(file))
}

/// Every file. They are begun phase by phase and made side by side, and beside all of them the few
/// that tell of every entity: the longest ones, and none can be split.
fn make(plan: &Plan, slots: &[Artifact], progress: &dyn Progress) -> ArtifactTree {
    let (whole, others): (Vec<&PlannedFile>, Vec<&PlannedFile>) = plan
        .files
        .iter()
        .partition(|file| file.stratum == Stratum::Ast && file.subject == Subject::App);
    let maker = Maker { plan, slots, templates: Renderer::new(plan) };
    let make_whole = |file: &PlannedFile| maker.make(file);
    let (whole, others) = rayon::join(
        || whole.into_par_iter().map(make_whole).collect::<Vec<Artifact>>(),
        || make_phases(&maker, others, progress),
    );
    let mut tree = ArtifactTree::default();
    others.into_iter().chain(whole).for_each(|artifact| tree.insert(artifact));
    tree
}

fn make_phases(
    maker: &Maker<'_>,
    files: Vec<&PlannedFile>,
    progress: &dyn Progress,
) -> Vec<Artifact> {
    let phases: Vec<PhaseSteps<'_>> = steps(files).into_iter().map(PhaseSteps::new).collect();
    // First in, first out: no phase waits for the last file of the one before.
    rayon::scope_fifo(|scope| {
        for phase in &phases {
            for (files, made) in &phase.steps {
                scope.spawn_fifo(move |_| {
                    phase.begun.call_once(|| progress.begin(phase.phase, phase.steps.len()));
                    let artifacts = files.iter().map(|file| maker.make(file));
                    let first = made.set(artifacts.collect()).is_ok();
                    debug_assert!(first, "a step is made once");
                    let done = phase.done.fetch_add(1, Ordering::Relaxed) + 1;
                    progress.advance(phase.phase, done);
                    if done == phase.steps.len() {
                        progress.end(phase.phase);
                    }
                });
            }
        }
    });
    let made = phases.into_iter().flat_map(|phase| phase.steps);
    made.filter_map(|(_, made)| made.into_inner()).flatten().collect()
}

/// A phase under way.
struct PhaseSteps<'a> {
    phase: Phase,
    /// The files of each step, and what they became.
    steps: Vec<(Vec<&'a PlannedFile>, OnceLock<Vec<Artifact>>)>,
    begun: Once,
    done: AtomicUsize,
}

impl<'a> PhaseSteps<'a> {
    fn new((phase, steps): (Phase, Vec<Vec<&'a PlannedFile>>)) -> Self {
        let steps = steps.into_iter().map(|files| (files, OnceLock::new())).collect();
        Self { phase, steps, begun: Once::new(), done: AtomicUsize::new(0) }
    }
}

/// The steps of each phase: an entity with all its files, or a single file.
fn steps(files: Vec<&PlannedFile>) -> BTreeMap<Phase, Vec<Vec<&PlannedFile>>> {
    let mut groups: BTreeMap<Phase, BTreeMap<_, Vec<&PlannedFile>>> = BTreeMap::new();
    for file in files {
        let group = match file.subject {
            Subject::Entity(_) if file.phase == Phase::Entities => (Some(file.subject), ""),
            _ => (None, file.path.as_str()),
        };
        groups.entry(file.phase).or_default().entry(group).or_default().push(file);
    }
    groups.into_iter().map(|(phase, steps)| (phase, steps.into_values().collect())).collect()
}

/// Makes files by their strata.
struct Maker<'a> {
    plan: &'a Plan,
    /// What fills the slots, in their order.
    slots: &'a [Artifact],
    templates: Renderer,
}

impl Maker<'_> {
    fn make(&self, file: &PlannedFile) -> Artifact {
        match (file.stratum, file.subject) {
            (Stratum::Template, _) => self.templates.render(file),
            (Stratum::Ast, _) => stratapi_ast_stratum::emit(self.plan, file),
            (Stratum::Llm, Subject::Slot(index)) => self.slots[index].clone(),
            (Stratum::Llm, _) => bug!("nothing fills {}", file.path),
        }
    }
}

impl Summary {
    /// From the numbers of files by stratum, in the order of the strata.
    pub(crate) fn from_parts(entities: usize, files: &[usize], bytes: usize) -> Self {
        let files = STRATA.into_iter().zip(files.iter().copied()).collect();
        Self { entities, files, bytes, model_calls: 0 }
    }

    fn of(plan: &Plan, tree: &ArtifactTree) -> Self {
        let mut files: BTreeMap<Stratum, usize> = STRATA.map(|stratum| (stratum, 0)).into();
        for file in &plan.files {
            *files.entry(file.stratum).or_default() += 1;
        }
        let bytes = tree.iter().map(|artifact| artifact.text.len()).sum();
        Self { entities: plan.entities.len(), files, bytes, model_calls: 0 }
    }
}
