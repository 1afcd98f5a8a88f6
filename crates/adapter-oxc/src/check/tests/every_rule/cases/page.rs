//! The cases in the documentation.

use std::fs;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/component-checking.md");

/// The rows under "Caught, and left to the sandbox": a rule, sources that it refuses, and sources that it accepts.
pub(crate) fn caught_and_left() -> Vec<(String, Vec<String>, Vec<String>)> {
    let page = fs::read_to_string(PAGE).expect("the page is there");
    let after = page.split("\n## Caught, and left to the sandbox\n").nth(1).expect("the page has the heading");
    let table = after.split("\n## ").next().unwrap_or_default();
    table.lines().filter(|line| line.starts_with("| `")).map(row).collect()
}

fn row(line: &str) -> (String, Vec<String>, Vec<String>) {
    let code = |cell: &str| -> Vec<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
    let [rule, caught, left] = cells.as_slice() else { panic!("{line}") };
    (code(rule).concat(), code(caught), code(left))
}
