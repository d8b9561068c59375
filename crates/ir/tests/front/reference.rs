//! The examples of `docs/reference.md` are documents, or entities of one.

use crate::world::model;

#[test]
fn every_example_of_the_documents_loads() {
    for (name, text, least) in [
        ("reference", include_str!("../../../../docs/reference.md"), 9),
        ("tutorial", include_str!("../../../../docs/tutorial.md"), 4),
        ("README", include_str!("../../../../README.md"), 1),
    ] {
        let count = examples(text);
        assert!(count >= least, "{name}: {count} examples");
    }
}

fn examples(text: &str) -> usize {
    let mut count = 0;
    for block in text.split("\n```yaml").skip(1) {
        let (kind, rest) = block.split_once('\n').expect("a fence has lines");
        let body = rest.split("\n```").next().expect("a fence is closed");
        let document = match kind.trim() {
            "" => body.to_owned(),
            "entity" => format!("stratapi: 1\napp: {{name: a}}\ndomain:\n  entities:\n{body}\n"),
            other => panic!("what is a fence of the kind {other}?"),
        };
        let _ = model(&document);
        count += 1;
    }
    count
}
