//! Compares `docs/schema-checking.md` with the contract.

use port_contract::schema_checker as contract;

const DOCUMENT: &str = include_str!("../../../../docs/schema-checking.md");

#[test]
fn the_document_lists_each_difference_from_the_public_test_suite() {
    let differences = contract::differences_from_the_public_test_suite();
    assert!(DOCUMENT.contains(&differences), "docs/schema-checking.md should hold:\n{differences}");
}
