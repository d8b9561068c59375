//! The documents under `golden/` load, and say what they mean.

use stratapi_ir::model::{
    Access, AttributeType, Condition, Literal, Operation, OwnerPath, Relationship, RelationshipKind,
};

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

#[test]
fn the_rules_of_the_blog_are_trees() {
    let ir = model(include_str!("../../../../golden/blog/app.yaml"));
    let post = ir.api.resources.iter().find(|found| found.path == "posts").expect("posts");
    let Access::Any(parts) = &post.access[&Operation::List] else { panic!("{:?}", post.access) };
    assert!(matches!(parts[0], Access::Row(Condition::Compare(..))));
    assert!(matches!(&parts[1], Access::Owner(OwnerPath { steps }) if steps.len() == 1));
    assert!(matches!(&parts[2], Access::Role(roles) if roles.len() == 2));
    // A specific rule wins over its group.
    assert_eq!(post.access[&Operation::Create], Access::Authenticated);
    let user = ir.api.resources.iter().find(|found| found.path == "users").expect("users");
    assert!(!user.operations.contains(&Operation::Create));
    let comment = ir.api.resources.iter().find(|found| found.path == "comments").expect("comments");
    assert_eq!(comment.under.as_ref().map(|under| under.parent.index()), Some(2));
}

#[test]
fn the_matrix_of_relationships_is_resolved() {
    let ir = model(include_str!("../../../../golden/relations/app.yaml"));
    let entity = |name: &str| {
        ir.domain.entities.iter().find(|found| found.name.value == name).expect("an entity")
    };
    let relationship = |name: &str, end: &str| -> &Relationship {
        entity(name).relationships.iter().find(|found| found.name.value == end).expect("one")
    };
    let RelationshipKind::Through { near, far, .. } = relationship("Project", "members").kind
    else {
        panic!("through an entity");
    };
    assert_eq!((near.index(), far.index()), (1, 0));
    assert_eq!(entity("Employee").inverses.len(), 9);
    assert_eq!(entity("Country").table, "countries");
}

#[test]
fn attributes_hold_what_was_written() {
    let ir = model(include_str!("../../../../golden/features/app.yaml"));
    let all = &ir.domain.entities[1].attributes;
    let find = |name: &str| all.iter().find(|found| found.name.value == name).expect("one");
    // Those of the mixins come first, and a slug knows its source behind them.
    assert_eq!(all[0].name.value, "name");
    assert!(matches!(all[1].ty, AttributeType::Slug { from } if from.index() == 0));
    assert!(all[1].flags.unique);
    assert_eq!(find("title").example, Some(Literal::Text("A thing".to_owned())));
    let AttributeType::Decimal { precision, scale, bounds } = &find("price").ty else {
        panic!("a decimal");
    };
    assert_eq!((*precision, *scale, bounds.max.as_deref()), (12, 2, Some("99999.99")));
}

/// What a model says, without places.
pub(crate) fn facts(ir: &stratapi_ir::model::ApplicationIr) -> String {
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
