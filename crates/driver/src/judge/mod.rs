//! The judge over finished files: over what was compiled just now, and over a folder.

mod folder;
mod remembered;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use stratapi_diagnostics::{Checked, Diagnostic, SourceMap};
use stratapi_ir::World;
use stratapi_plan::{ArtifactTree, Plan};
pub use stratapi_qa::{
    Check, Ended, Facts, Layer, Level, Limits, Report, Silent, ToolCall, ToolOutcome, ToolRunner,
    Watch, report,
};
use stratapi_qa::{Subject, Tree};

use crate::compile::{self, Config};
use crate::write;

/// What to judge, and how far.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The project's folder.
    pub folder: &'a Path,
    /// How far.
    pub level: Level,
    /// Whether to look only at what has changed since the last judgement that found nothing.
    pub changed: bool,
    /// Tells this compiler from any other; see [`write::current`].
    pub compiler: &'a str,
    /// Runs programs, for the levels that need it.
    pub runner: Option<&'a dyn ToolRunner>,
}

/// The first layer of a level for which there is no check yet.
pub fn missing_layer(level: Level) -> Option<Layer> {
    let has = |layer: &Layer| stratapi_qa::checks().iter().any(|check| check.layer == *layer);
    level.layers().iter().copied().find(|layer| !has(layer))
}

/// How many checks a level takes in.
pub fn count(level: Level) -> usize {
    let layers = level.layers();
    stratapi_qa::checks().iter().filter(|check| layers.contains(&check.layer)).count()
}

/// Judges a folder by the application whose file is `entry`. The sources of the application are
/// added to `sources`, for whoever shows the diagnostics; the report has its own.
///
/// There is no report if the application has errors, or if the folder can't be read (`E0901`).
pub fn judge(
    world: &dyn World,
    entry: &str,
    request: &Request<'_>,
    sources: &mut SourceMap,
    watch: &dyn Watch,
) -> Checked<Report> {
    let start = Instant::now();
    let config = Config::new(entry);
    let build = compile::compile_with(world, &config, sources, &crate::Silent);
    let compiled = start.elapsed();
    build.and_then(|build| {
        let start = Instant::now();
        let mut actual = match folder::read(request.folder) {
            Ok(tree) => tree,
            Err(error) => return Checked::failed(vec![*error]),
        };
        write::note_written(request.folder, &mut actual);
        let mut subject = Subject::new(&build.plan, &build.tree, &actual);
        let input_hash = build.inputs.hash(request.compiler);
        let hashes = hashes(&actual);
        let versions = versions(&build.plan, request.runner);
        let changed = if request.changed {
            remembered::changed(request, &input_hash, &versions, &hashes)
        } else {
            None
        };
        let changed_only = changed.is_some();
        if let Some(changed) = changed {
            subject = subject.limited_to(changed);
        }
        let read = start.elapsed();
        let start = Instant::now();
        let verdict = stratapi_qa::judge(&subject, request.level.layers(), request.runner, watch);
        let judged = start.elapsed();
        let facts = Facts {
            level: request.level,
            input_hash: input_hash.clone(),
            tree_hash: tree_hash(&hashes),
            changed_only,
            versions,
        };
        let mut report = Report::new(&subject, verdict, facts, sources);
        report.times.extend([("(compile)", compiled), ("(read)", read), ("(all checks)", judged)]);
        remembered::remember(request, &input_hash, hashes, &report);
        Checked::ok(report)
    })
}

/// What the judge says about files that were compiled just now: mistakes of the compiler, never of
/// the user. The sources grow by the files in which something was found.
pub(crate) fn own_work(
    plan: &Plan,
    tree: &ArtifactTree,
    sources: &mut SourceMap,
) -> Vec<Diagnostic> {
    let actual = Tree::from(tree);
    let subject = Subject::new(plan, tree, &actual);
    let level = Level::Structural;
    let verdict = stratapi_qa::judge(&subject, level.layers(), None, &Silent);
    let facts = Facts {
        level,
        input_hash: String::new(),
        tree_hash: String::new(),
        changed_only: false,
        versions: BTreeMap::new(),
    };
    let diagnosed = Report::new(&subject, verdict, facts, sources).diagnosed("");
    *sources = diagnosed.sources;
    diagnosed.diagnostics
}

fn versions(plan: &Plan, runner: Option<&dyn ToolRunner>) -> BTreeMap<String, String> {
    let mut versions = runner.map(ToolRunner::versions).unwrap_or_default();
    versions.insert("stratapi".to_owned(), plan.app.compiler.to_owned());
    versions
}

/// One hash over all files, by their paths.
fn tree_hash(files: &BTreeMap<String, String>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, content) in files {
        hasher.update(path.as_bytes());
        hasher.update(&[0]);
        hasher.update(content.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex().to_string()
}

fn content_hash(content: &stratapi_qa::Content) -> String {
    use stratapi_qa::Content;
    let bytes = match content {
        Content::Text(text) => text.as_bytes(),
        Content::Binary { bytes, .. } => bytes,
        Content::Unread(reason) => reason.as_bytes(),
    };
    blake3::hash(bytes).to_hex().to_string()
}

/// Paths of files, each with what it holds.
fn hashes(tree: &Tree) -> BTreeMap<String, String> {
    let files: Vec<_> = tree.iter().collect();
    let one = |(path, content): (&str, &_)| (path.to_owned(), content_hash(content));
    files.into_par_iter().map(one).collect::<Vec<_>>().into_iter().collect()
}

/// Paths whose content is another one, or that are in one of the two only.
fn differing(
    before: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
) -> BTreeSet<String> {
    let paths = before.keys().chain(now.keys());
    paths.filter(|path| before.get(*path) != now.get(*path)).cloned().collect()
}
