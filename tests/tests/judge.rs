//! The judge on what the compiler makes: it has nothing to say about it.

use std::fmt::Write as _;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config as Random, RngAlgorithm, TestRng, TestRunner};
use rayon::prelude::*;
use stratapi_diagnostics::{Code, SourceMap, render};
use stratapi_driver::{Config, FileWorld, MemoryWorld, Silent, World, compile_with};
use stratapi_qa::{Content, Layer, Subject, Tree, report};
use stratapi_tests::judged::Compiled;
use stratapi_tests::random_ir::{applications, yaml};

/// Random applications that are judged.
const APPLICATIONS: u64 = 200;

/// What the judge says about the files of an application; nothing if it finds nothing.
fn said(world: &dyn World) -> Option<String> {
    let config = Config { judge: true, ..Config::new("app.yaml") };
    let mut sources = SourceMap::default();
    let build = compile_with(world, &config, &mut sources, &Silent);
    let said = render::short(&build.diagnostics, &sources);
    (build.value.is_none() || said.contains("[J")).then_some(said)
}

#[test]
fn the_judge_finds_nothing_in_any_golden_case() {
    let mut found = String::new();
    for name in stratapi_tests::golden_cases() {
        if let Some(said) = said(&FileWorld::new(stratapi_tests::golden(&name))) {
            let _ = writeln!(found, "{name}:\n{said}");
        }
    }
    assert!(found.is_empty(), "{found}");
}

#[test]
fn the_judge_finds_nothing_in_any_random_application() {
    let found: Vec<String> = (0..APPLICATIONS)
        .into_par_iter()
        .filter_map(|seed| {
            let mut bytes = [7; 32];
            bytes[..8].copy_from_slice(&seed.to_le_bytes());
            let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
            let mut runner = TestRunner::new_with_rng(Random::default(), rng);
            let choices = applications().new_tree(&mut runner).expect("an application").current();
            let text = yaml(&choices);
            let said = said(&MemoryWorld::new().with("app.yaml", text.as_str()))?;
            Some(format!("seed {seed}:\n{said}\n{text}"))
        })
        .collect();
    assert!(found.is_empty(), "{} of {APPLICATIONS}:\n{}", found.len(), found[0]);
}

#[test]
fn what_is_no_text_is_told_and_not_judged() {
    let compiled = Compiled::of(&FileWorld::new(stratapi_tests::golden("smallest")));
    let mut actual = Tree::from(&compiled.build.tree);
    actual.insert("app/main.py", Content::of_bytes(vec![b'x', 0xff]));
    actual.insert("app/more.py", Content::Unread("it is a link".to_owned()));
    actual.insert("docs/logo.png", Content::of_bytes(vec![0x89, 0xff]));
    let subject = Subject::new(&compiled.build.plan, &compiled.build.tree, &actual);
    let verdict = stratapi_qa::judge(&subject, &[Layer::Structural], None, &stratapi_qa::Silent);
    let found: Vec<String> = verdict
        .results
        .iter()
        .flat_map(|result| &result.findings)
        .map(|finding| {
            let path = finding.place.as_ref().map_or("", |place| place.path.as_str());
            format!("{} {path}: {}", finding.code, finding.message)
        })
        .collect();
    assert_eq!(
        found,
        [
            "J0106 app/main.py: it is no text in UTF-8, from byte 1 on",
            "J0106 app/more.py: it was not read: it is a link",
        ]
    );
}

#[test]
fn a_finding_knows_the_file_and_the_line_of_the_application() {
    let compiled = Compiled::of(&FileWorld::new(stratapi_tests::golden("blog")));
    let mut files = compiled.files();
    let text = files.get_mut("app/models/post.py").expect("the model");
    *text = text.replace("String(200), unique=True", "String(200), unique=DOUBLE");
    let (found, sources) = compiled.findings(&files);
    let finding = found.iter().find(|finding| finding.code == Code::J0109).expect("a finding");
    let places: Vec<String> = finding
        .labels
        .iter()
        .map(|label| {
            format!("{}: {}", sources.file(label.span.file).name, sources.text(label.span))
        })
        .collect();
    assert_eq!(places[0], "app/models/post.py: DOUBLE");
    assert!(places[1].starts_with("app.yaml: slug"), "{places:?}");
}

#[test]
fn the_same_files_give_the_same_report() {
    let compiled = Compiled::of(&FileWorld::new(stratapi_tests::golden("access")));
    let mut files = compiled.files();
    for text in files.values_mut() {
        *text = text.replace("await self._", "self._");
    }
    let print = || {
        let mut report = compiled.judge(&files);
        report.times.clear();
        let forms = [report::json(&report), report::junit(&report), report.sarif("x/")];
        (forms, report::html(&report), report::human(&report, "x/", false, None))
    };
    let first = print();
    assert!(first.0[0].contains("J0113"), "{}", first.0[0]);
    for _ in 0..3 {
        assert!(print() == first);
    }
    let value: serde_json::Value = serde_json::from_str(&first.0[0]).expect("JSON");
    assert_eq!(value["passed"], false);
    assert!(value["entities"].as_array().is_some_and(|all| !all.is_empty()));
    assert!(first.1.contains("Content-Security-Policy") && !first.1.contains("<script"));
}
