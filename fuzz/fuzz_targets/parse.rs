//! Any bytes as YAML, JSON or TOML: no panic, places inside the file, a reason for every refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stratapi_diagnostics::{SourceMap, Span, render};
use stratapi_ir::syntax::{Node, Text, Value, parse};
use stratapi_ir::{SourceError, World};

struct One<'a>(&'a [u8]);

impl World for One<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        if path.starts_with("app.") { Ok(self.0.to_vec()) } else { Err(SourceError::NotFound) }
    }

    fn glob(&self, _pattern: &str) -> Result<Vec<String>, SourceError> {
        Ok(Vec::new())
    }
}

fn check_span(sources: &SourceMap, span: Span) {
    let range = span.start as usize..span.end as usize;
    assert!(sources.file(span.file).text.get(range).is_some(), "{span:?}");
}

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
        assert!(checked.value.is_some() || !checked.diagnostics.is_empty());
        if let Some(node) = &checked.value {
            check(node, &sources);
        }
        for label in checked.diagnostics.iter().flat_map(|d| &d.labels) {
            check_span(&sources, label.span);
        }
        render::human(&checked.diagnostics, &sources, true, None);
        render::sarif(&checked.diagnostics, &sources);
    }
});
