//! Checks and invariants of entities with seeds: they hold, or the document is refused.

use stratapi_diagnostics::Code;

use super::codes;

/// Seeds of one entity, and what its attributes and rules are.
fn seeded(attributes: &str, rules: &str, seed: &str) -> Vec<Code> {
    codes(&format!(
        "domain:\n  entities:\n    Thing:\n      attributes: {{name: string unique, {attributes}}}\n      \
         seeds: [{{name: one, {seed}}}]\n{rules}"
    ))
}

#[test]
fn a_check_holds_for_every_seed() {
    let check = |check: &str, seed: &str| {
        let rules = format!("      checks: {{holds: \"{check}\"}}\n");
        seeded(
            "low: int = 3, high: int?, day: date?, at: datetime = now(), ends: datetime?",
            &rules,
            seed,
        )
    };
    assert_eq!(check("high is None or low < high", "high: 4"), []);
    assert_eq!(check("high is None or low < high", ""), []);
    assert_eq!(check("high is None or low < high", "high: 3"), [Code::E0324]);
    assert_eq!(check("len(name) > 3", ""), [Code::E0324]);
    assert_eq!(check("is_active", ""), []);
    assert_eq!(check("day is None or day > '2026-01-01'", "day: 2026-01-02"), []);
    assert_eq!(check("day is None or day > '2026-01-01'", "day: 2025-01-02"), [Code::E0324]);
    // The default is known only when the row is inserted.
    let ends = "ends: '2026-01-02T00:00:00Z'";
    assert_eq!(check("ends is None or at < ends", ends), [Code::E0311]);
    let said = format!("{ends}, at: '2026-01-01T00:00:00Z'");
    assert_eq!(check("ends is None or at < ends", &said), []);
    let said = format!("{ends}, at: '2026-01-03T00:00:00Z'");
    assert_eq!(check("ends is None or at < ends", &said), [Code::E0324]);
}

#[test]
fn an_invariant_of_creation_holds_for_every_seed() {
    let invariant = |when: &str, seed: &str| {
        let rules = format!(
            "behavior:\n  invariants:\n    Thing:\n      kept: {{when: {when}, check: not pinned}}\n"
        );
        seeded("pinned: bool = false", &rules, seed)
    };
    assert_eq!(invariant("create", "pinned: true"), [Code::E0324]);
    assert_eq!(invariant("delete", "pinned: true"), []);
    assert_eq!(invariant("[create, update]", ""), []);
}

#[test]
fn words_with_routes_are_no_keys_of_seeds() {
    let resources = |operations: &str, seed: &str| {
        let rules = format!(
            "api: {{resources: {{Thing: {{lookup: word, operations: [{operations}]}}}}}}\n"
        );
        seeded("word: slug from name", &rules, seed)
    };
    assert_eq!(resources("list, get, create, bulk_create", "word: bulk"), [Code::E0324]);
    assert_eq!(resources("list, get, create", "word: bulk"), []);
}
