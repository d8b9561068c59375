//! What they have found about rows that are replaced, and about what stands in a path.

use stratapi_diagnostics::Code;

use super::{Files as _, build, codes, secured};

const REPLACED: &str = "    Box: {operations: [list, get, replace], access: RULE}\n";

/// One desk at the most is the caller's: the box stays at it.
#[test]
fn a_replaced_row_stays_where_only_one_is_the_caller_s() {
    let entities = "    Desk:\n      relationships: {user: one_to_one User}\n    Box:\n      attributes: {x: int}\n      \
                    relationships: {desk: many_to_one Desk}\n";
    let resources = REPLACED.replace("RULE", "desk.user == current_user");
    let tests = build(&secured("", entities, &resources));
    let tests = tests.file("tests/api/test_boxes.py");
    assert!(tests.contains("{\"desk_id\": str(row.desk_id)}"), "{tests}");
    // Of a row that is somebody else's, the body names a desk of its own.
    assert!(tests.contains("\"desk_id\": str(desk_row.id)"), "{tests}");
}

#[test]
fn a_replaced_row_keeps_the_caller_among_linked_rows() {
    let entities =
        "    Box:\n      attributes: {x: int}\n      relationships: {people: many_to_many User}\n";
    let resources = REPLACED.replace("RULE", "any(p == current_user for p in people)");
    let tests = build(&secured("", entities, &resources));
    let tests = tests.file("tests/api/test_boxes.py");
    assert!(tests.contains("people_row = caller\n"), "{tests}");
}

#[test]
fn a_part_of_a_key_does_not_identify_a_row() {
    let lookup = |other: &str| {
        codes(&format!(
            "domain:\n  entities:\n    Shelf: {{attributes: {{x: int}}}}\n    Thing:\n      attributes: {{code: int primary}}\n      \
             relationships: {{shelf: many_to_one Shelf{other}}}\napi: {{resources: {{Thing: {{lookup: code}}}}}}\n"
        ))
    };
    assert_eq!(lookup(" (primary)"), [Code::E0309]);
    assert_eq!(lookup(""), []);
}
