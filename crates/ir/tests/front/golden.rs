//! The documents under `golden/` load, and say what they mean.

use stratapi_ir::model::Operation;

use crate::world::model;

#[test]
fn every_golden_document_loads() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../golden");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of golden cases") {
        let case = entry.expect("an entry").path();
        let Ok(text) = std::fs::read_to_string(case.join("app.yaml")) else { continue };
        if case.join("diagnostics.txt").exists() {
            continue;
        }
        let ir = model(&text);
        assert!(!ir.domain.entities.is_empty(), "{}", case.display());
        count += 1;
    }
    assert!(count >= 3);
}

#[test]
fn the_smallest_document_gets_every_default() {
    let ir = model(include_str!("../../../../golden/smallest/app.yaml"));
    assert_eq!(ir.app.title, "Notes");
    assert_eq!(ir.api.prefix, "/api/v1");
    let resource = &ir.api.resources[0];
    assert_eq!(resource.path, "notes");
    assert_eq!(
        resource.operations,
        [Operation::List, Operation::Get, Operation::Create, Operation::Update, Operation::Delete]
    );
    assert_eq!((resource.page_size, resource.max_page_size), (20, 100));
    assert!(ir.security.is_none());
}

/// What a model says, without places.
fn facts(ir: &stratapi_ir::model::ApplicationIr) -> String {
    let text = format!("{ir:?}");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("Span { file:") {
        out.push_str(&rest[..at]);
        let end = rest[at..].find('}').expect("a span is closed");
        rest = &rest[at + end + 1..];
    }
    out + rest
}

#[test]
fn the_resolved_form_means_the_same() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../golden");
    for case in ["blog", "shop", "smallest", "obstacles", "relations", "features"] {
        let text = std::fs::read_to_string(format!("{folder}/{case}/app.yaml")).expect(case);
        let first = model(&text);
        let printed = stratapi_ir::resolved(&first);
        let second = model(&printed);
        assert_eq!(facts(&first), facts(&second), "{case}");
        assert_eq!(printed, stratapi_ir::resolved(&second), "{case}");
    }
}
