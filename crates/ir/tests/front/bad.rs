//! Bad documents and what is said about them.

use crate::world::findings;

#[test]
fn a_document_that_is_no_mapping() {
    assert!(findings("- 1").contains("E0"));
}
