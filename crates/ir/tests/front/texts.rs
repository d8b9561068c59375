//! Any text in any place of a document means the same after a trip through the resolved form.

use std::fmt::Write;

use proptest::prelude::*;
use serde_json::json;

use crate::golden::facts;
use crate::world::model;

/// Texts of characters that mean something to YAML, Python, SQL, templates or shells.
const TEXT: &str =
    "[a-zA-Z0-9\"'\\\\{}%$#:;,\\[\\]<>/&*!|>?=~@` \\n\\té😀ß\u{301}\u{2028}_.+-]{1,24}";
/// The same without what only some places take.
const LINE: &str = "[a-zA-Z0-9\"'\\\\{}%$#:;,\\[\\]<>/&*!|>?=~@`é😀ß_.+-]{1,24}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn texts_survive(description in TEXT, first in TEXT, second in LINE, line in LINE, key in TEXT) {
        prop_assume!(first != second);
        let document = json!({
            "stratapi": 1,
            "app": {"name": "a", "title": line, "description": description},
            "domain": {
                "enums": {"Kind": {"description": description, "values": {&first: description, &second: line}}},
                "entities": {"Thing": {
                    "description": description,
                    "attributes": {
                        "kind": {"type": "Kind", "default": first, "description": description},
                        "line": {"type": "string", "default": line, "example": second},
                        "body": {"type": "text", "default": format!("x{description}"), "nullable": true},
                        "data": {"type": "json", "default": {&key: [first, {"a": second}]}},
                        "many": {"type": "string", "list": true, "default": [line, second]},
                    },
                    "checks": {"c": {"check": "body is None or body != ''", "message": description}},
                }},
            },
            "api": {"resources": {"Thing": {"access": {"all": format!("not (kind == '{}')", escaped(&first))}}}},
        });
        let document = document.to_string();
        let ir = model(&document);
        let printed = stratapi_ir::resolved(&ir);
        prop_assert_eq!(facts(&ir), facts(&model(&printed)));
    }
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut all, c| {
        write!(all, "\\U{:08x}", u32::from(c)).expect("text grows");
        all
    })
}
