//! Random and mutated documents: the compiler never panics, and every place that it names lies on
//! character boundaries inside its file.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use stratapi_diagnostics::{Diagnostic, SourceMap, Span, render};
use stratapi_driver::MemoryWorld;
use stratapi_ir::syntax::{Node, Text, Value, parse};

const SEEDS: [(&str, &str); 5] = [
    ("app.yaml", include_str!("../../golden/smallest/app.yaml")),
    ("app.yaml", include_str!("../../golden/blog/app.yaml")),
    ("app.yaml", include_str!("../../golden/shop/app.yaml")),
    (
        "app.json",
        r#"{"stratapi": 1, "app": {"name": "a\u00e9\n"}, "domain": {"entities": {"A": {"attributes": {"b": "text"}}}}}"#,
    ),
    (
        "app.toml",
        "stratapi = 1\n[app]\nname = 'é'\n[domain.entities.A.attributes]\nb = \"text\"\nc = { type = \"int\" }\n",
    ),
];

/// Pieces that mean something to one of the readers.
const PIECES: &[&str] = &[
    ":",
    ": ",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " #",
    "&a ",
    "*a",
    "!t ",
    "|\n",
    ">-\n",
    "'",
    "\"",
    "\\",
    "\\u00",
    "\\ud800",
    "%",
    "@",
    "`",
    "---\n",
    "...\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "  ",
    "<<: ",
    "é",
    "日本",
    "👩‍👩‍👧",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "~",
    "null",
    "true",
    "0x1F",
    "1e9",
    "(",
    ")",
    "..",
    "=",
    "?",
    "[]",
    "'''",
    "\"\"\"",
    "[[",
    "]]",
    ".",
    "role(a, b)",
    "string(1..2)",
    "many_to_one A",
];

fn check_spans(sources: &SourceMap, spans: &[Span]) -> TestCaseResult {
    for span in spans {
        let text = &sources.file(span.file).text;
        let range = span.start as usize..span.end as usize;
        prop_assert!(text.get(range).is_some(), "{span:?} in {text:?}");
    }
    Ok(())
}

fn places(found: &[Diagnostic]) -> Vec<Span> {
    let labels = found.iter().flat_map(|d| d.labels.iter().map(|label| label.span));
    labels.chain(found.iter().filter_map(|d| d.fix.as_ref().map(|fix| fix.span))).collect()
}

fn check_tree(node: &Node, sources: &SourceMap) -> TestCaseResult {
    check_spans(sources, &[node.span])?;
    match &node.value {
        Value::Text(Text { value, verbatim: true }) => {
            prop_assert_eq!(sources.text(node.span), value);
        }
        Value::Seq(items) => {
            for item in items {
                check_tree(item, sources)?;
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                check_spans(sources, &[entry.key.span])?;
                check_tree(&entry.value, sources)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn check(path: &str, content: &[u8]) -> TestCaseResult {
    let mut sources = SourceMap::default();
    let world = MemoryWorld::new().with(path, content);
    let checked = parse(&world, path, &mut sources);
    if let Some(node) = &checked.value {
        check_tree(node, &sources)?;
    }
    prop_assert!(checked.value.is_some() || !checked.diagnostics.is_empty(), "no reason");
    sources = SourceMap::default();
    let loaded = stratapi_ir::load(&world, path, &mut sources);
    prop_assert!(loaded.value.is_some() || loaded.has_errors());
    let found = loaded.diagnostics;
    check_spans(&sources, &places(&found))?;
    let rendered = render::human(&found, &sources, false, None);
    prop_assert!(found.is_empty() || !rendered.is_empty());
    Ok(())
}

fn path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["app.yaml", "app.json", "app.toml"])
}

/// Cuts, doubles or replaces a part of a good document.
fn mutated() -> impl Strategy<Value = (&'static str, String)> {
    let edit = (any::<prop::sample::Index>(), 0..30_usize, prop::sample::select(PIECES));
    (prop::sample::select(SEEDS.to_vec()), prop::collection::vec(edit, 1..6)).prop_map(
        |((path, text), edits)| {
            let mut text = text.to_owned();
            for (at, length, piece) in edits {
                let start = text.floor_char_boundary(at.index(text.len() + 1));
                let end = text.floor_char_boundary((start + length).min(text.len()));
                text.replace_range(start..end, piece);
            }
            (path, text)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn bytes(path in path(), content in prop::collection::vec(any::<u8>(), 0..200)) {
        check(path, &content)?;
    }

    #[test]
    fn pieces(path in path(), pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(path, pieces.concat().as_bytes())?;
    }

    #[test]
    fn mutations((path, text) in mutated()) {
        check(path, text.as_bytes())?;
    }
}
