//! Any bytes as YAML, JSON or TOML: no panic, places inside the file, a reason for every refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stratapi_diagnostics::SourceMap;
use stratapi_fuzz::{One, check_findings, check_span};
use stratapi_ir::syntax::{Node, Text, Value, parse};

fn check(node: &Node, sources: &SourceMap) {
    check_span(sources, node.span);
    match &node.value {
        Value::Text(Text { value, verbatim: true }) => assert_eq!(sources.text(node.span), value),
        Value::Seq(items) => items.iter().for_each(|item| check(item, sources)),
        Value::Map(entries) => {
            for entry in entries {
                check_span(sources, entry.key.span);
                check(&entry.value, sources);
            }
        }
        _ => {}
    }
}

fuzz_target!(|data: &[u8]| {
    for path in ["app.yaml", "app.json", "app.toml"] {
        let mut sources = SourceMap::default();
        let checked = parse(&One(data), path, &mut sources);
        if let Some(node) = &checked.value {
            check(node, &sources);
        }
        check_findings(&checked, &sources);
    }
});
