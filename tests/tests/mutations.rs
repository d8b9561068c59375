//! Every class of mistakes is seen by the layer and the check that its row names, in every golden
//! project in which it can be made.

use std::fmt::Write as _;

use rayon::prelude::*;
use stratapi_driver::FileWorld;
use stratapi_qa::{Finding, Level, Report};
use stratapi_tests::judged::Compiled;
use stratapi_tests::mutations::{self, Files, Mutation};

/// Classes that there must be at the least.
const CLASSES: usize = 60;

struct Project {
    name: String,
    compiled: Compiled,
    files: Files,
}

fn projects() -> Vec<Project> {
    stratapi_tests::golden_cases()
        .into_par_iter()
        .map(|name| {
            let compiled = Compiled::of(&FileWorld::new(stratapi_tests::golden(&name)));
            let files = compiled.files();
            Project { name, compiled, files }
        })
        .collect()
}

/// The files after a mistake, and where it was made; nothing where it can't be made.
fn made(mutation: &Mutation, project: &Project) -> Option<(Files, String)> {
    let mut files = project.files.clone();
    let path = (mutation.make)(&mut files)?;
    assert!(files != project.files, "{}: nothing changed in {}", mutation.id, project.name);
    Some((files, path))
}

fn sees(finding: &Finding, mutation: &Mutation, path: &str) -> bool {
    finding.code == mutation.code
        && finding.message.contains(mutation.says)
        && finding.place.as_ref().is_none_or(|place| place.path == path)
}

/// The cheapest layer with an error or a warning in the right place.
fn is_caught(report: &Report, mutation: &Mutation, path: &str) -> bool {
    report.layers.iter().any(|layer| {
        layer.layer == mutation.layer
            && layer
                .checks
                .iter()
                .flat_map(|check| &check.findings)
                .any(|finding| sees(finding, mutation, path))
    })
}

#[test]
fn every_class_of_mistakes_is_caught_by_its_check() {
    let projects = projects();
    let mut classes = mutations::all();
    // Those of the other layers need Python: `cargo xtask trial`.
    classes.retain(|class| Level::Structural.layers().contains(&class.layer));
    assert!(classes.len() >= CLASSES, "{} classes", classes.len());
    let faults: Vec<String> = classes
        .par_iter()
        .flat_map_iter(|mutation| {
            let mut faults = String::new();
            let mut made_in = 0;
            for project in &projects {
                let Some((files, path)) = made(mutation, project) else { continue };
                made_in += 1;
                let report = project.compiled.judge(&files);
                if !is_caught(&report, mutation, &path) {
                    let said: Vec<String> = report
                        .findings()
                        .map(|finding| format!("{}: {}", finding.code, finding.message))
                        .collect();
                    let _ = writeln!(
                        faults,
                        "{}: not caught in {} ({path}); said: {said:?}",
                        mutation.id, project.name
                    );
                }
            }
            if made_in < mutation.least {
                let _ = writeln!(faults, "{}: made in {made_in} projects only", mutation.id);
            }
            (!faults.is_empty()).then_some(faults)
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.concat());
}

#[test]
fn classes_have_names_of_their_own() {
    let mut names: Vec<&str> = mutations::all().iter().map(|mutation| mutation.id).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

/// What the page about the trial says of each class: its name, its layer and its check.
#[test]
fn the_page_about_the_trial_has_every_class() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/trial.md");
    let page = std::fs::read_to_string(path).expect("docs/trial.md");
    let rows = page.lines().filter(|line| line.starts_with("| ")).skip(1);
    let said: Vec<String> = rows
        .map(|line| line.rsplit_once(" | ").map_or(line, |(classes, _)| classes).to_owned())
        .collect();
    let row = |class: &Mutation| {
        let (layer, code) = (class.layer.name(), class.code);
        format!("| {} | {layer} | [{code}](errors/{code}.md)", class.id)
    };
    let known: Vec<String> = mutations::all().iter().map(row).collect();
    assert_eq!(said, known, "`cargo xtask trial --write` writes the page");
}
