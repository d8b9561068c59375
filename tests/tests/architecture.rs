//! Invariants of the whole pipeline that no single crate can test.

use std::collections::BTreeSet;

use stratapi_driver::{Build, Config, FileWorld, MemoryWorld, compile};
use stratapi_plan::{SlotPlan, Stratum, Subject};

fn golden(name: &str) -> Build {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden").join(name);
    let checked = compile(&FileWorld::new(&folder), &Config::new("app.yaml"));
    let said: Vec<_> =
        checked.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
    checked.value.unwrap_or_else(|| panic!("{name}: {said:#?}"))
}

#[test]
fn the_tree_holds_exactly_the_planned_files() {
    for name in stratapi_tests::golden_cases() {
        let build = golden(&name);
        let planned: BTreeSet<&str> =
            build.plan.files.iter().map(|file| file.path.as_str()).collect();
        let made: BTreeSet<&str> = build.tree.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(planned, made, "{name}");
        assert_eq!(planned.len(), build.plan.files.len(), "{name}: a path is planned twice");
    }
}

#[test]
fn no_file_is_planned_for_a_model_where_nothing_was_declared_for_one() {
    for name in stratapi_tests::golden_cases() {
        let build = golden(&name);
        let left = build.plan.files.iter().filter(|file| file.stratum == Stratum::Llm);
        let left: Vec<&str> = left.map(|file| file.path.as_str()).collect();
        let mut declared: Vec<String> = build.plan.slots.iter().map(SlotPlan::path).collect();
        declared.sort();
        assert_eq!(left, declared, "{name}");
    }
}

#[test]
fn files_of_an_entity_know_their_place_in_the_ir() {
    let build = golden("blog");
    for planned in &build.plan.files {
        if planned.stratum == Stratum::Ast && matches!(planned.subject, Subject::Entity(_)) {
            let artifact =
                build.tree.get(&planned.path).unwrap_or_else(|| panic!("{}", planned.path));
            assert!(!artifact.origins.is_empty(), "{} has no origins", planned.path);
        }
    }
}

#[test]
fn text_files_end_with_one_line_feed_and_have_no_trailing_space() {
    for name in stratapi_tests::golden_cases() {
        for file in golden(&name).tree.iter().filter(|file| !file.text.is_empty()) {
            assert!(
                file.text.ends_with('\n') && !file.text.ends_with("\n\n"),
                "{name}: {}",
                file.path
            );
            assert!(!file.text.contains('\r'), "{name}: {}", file.path);
            let trailing = file.text.lines().any(|line| line.ends_with(' '));
            assert!(!trailing, "{name}: {} has trailing space", file.path);
        }
    }
}

#[test]
fn the_smallest_application_needs_three_lines() {
    let text =
        "stratapi: 1\napp: {name: tiny}\ndomain: {entities: {Note: {attributes: {text: text}}}}\n";
    let world = MemoryWorld::new().with("app.yaml", text);
    let checked = compile(&world, &Config::new("app.yaml"));
    let said: Vec<_> =
        checked.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
    let build = checked.value.unwrap_or_else(|| panic!("{said:#?}"));
    for path in [
        "app/models/note.py",
        "app/schemas/note.py",
        "app/routers/notes.py",
        "migrations/versions/0001_initial.py",
    ] {
        assert!(build.tree.get(path).is_some(), "{path}");
    }
}
