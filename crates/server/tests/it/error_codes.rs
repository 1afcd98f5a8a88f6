//! `docs/errors.md` lists the error codes of the service.

use std::{collections::HashSet, fs, path::Path};

#[test]
fn the_documented_error_codes_are_those_of_the_service() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
    let text = fs::read_to_string(file).unwrap();
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").map(str::trim).collect();
        let [status, code, meaning, _details] = cells.as_slice() else { return None };
        Some((code.strip_prefix('`')?.strip_suffix('`')?, status.parse::<u16>().ok()?, *meaning))
    });
    let (documented, codes): (Vec<_>, _) = (rows.collect(), http::error_codes());
    for (documented, code) in documented.iter().zip(&codes) {
        assert_eq!(documented, code);
    }
    assert_eq!(documented.len(), codes.len());
}

#[test]
fn error_codes_are_unique_and_none_has_a_success_status() {
    let mut seen = HashSet::new();
    for (code, status, meaning) in http::error_codes() {
        assert!(seen.insert(code), "{code} twice");
        assert!((400..600).contains(&status) && meaning.ends_with('.'), "{code}");
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code}");
    }
}
