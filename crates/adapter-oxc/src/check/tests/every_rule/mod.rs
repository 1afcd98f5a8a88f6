//! Every documented rule has cases: sources that it refuses, and similar sources that it accepts. The documentation's table of
//! what is left to the sandbox is checked too.

mod cases;

use std::{collections::BTreeSet, fs};

use domain::component::ComponentSource;

use self::cases::{Case, cases, caught_and_left, source_of};
use super::check_source;

/// The result of checking a case: the codes of errors, or `warning`.
fn codes_of(case: &str) -> Vec<String> {
    let report = check_source(&source_of(case));
    let mut codes: Vec<_> = report.errors.into_iter().map(|error| error.code).collect();
    codes.dedup();
    if codes.is_empty() && !report.warnings.is_empty() { vec!["warning".to_owned()] } else { codes }
}

fn page() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/component-checking.md")).unwrap()
}

/// The rules in the section of the page with this heading.
fn rules_under(page: &str, heading: &str) -> Vec<String> {
    let part = page.split(&format!("\n## {heading}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
    part.lines().filter_map(|line| Some(line.strip_prefix("### `")?.strip_suffix('`')?.to_owned())).collect()
}

#[test]
fn every_documented_rule_refuses_its_cases_and_accepts_similar_sources() {
    let page = page();
    let cases = cases();
    for (heading, warns) in [("Errors", false), ("Warnings", true)] {
        for rule in rules_under(&page, heading) {
            // `ComponentSource` enforces this rule, before the check.
            if rule == "source" {
                assert!(ComponentSource::parse(" \n").is_err() && ComponentSource::parse("a\0").is_err());
                assert!(ComponentSource::parse("a").is_ok());
                continue;
            }
            // The first depends on the service, and the cases of the second need a compiler: src/tailwind/tests.rs.
            if rule == "no-libraries" || rule == "unstyled-class" {
                continue;
            }
            let Some(Case { refused, accepted, .. }) = cases.iter().find(|case| case.rule == rule) else {
                panic!("{rule} has no cases");
            };
            assert!(refused.len() >= 3 && accepted.len() >= 2, "{rule} has few cases");
            let expected = if warns { "warning" } else { &rule };
            for case in refused {
                assert_eq!(codes_of(case), [expected], "{rule}: {case}");
            }
            for case in accepted {
                assert_eq!(codes_of(case), [""; 0], "{rule}: {case}");
            }
        }
    }
    let documented: BTreeSet<_> =
        rules_under(&page, "Errors").into_iter().chain(rules_under(&page, "Warnings")).collect();
    assert!(cases.iter().all(|case| documented.contains(case.rule)));
}

#[test]
fn the_documented_table_of_caught_sources_and_those_left_to_the_sandbox_is_correct() {
    let page = page();
    let mut rules = BTreeSet::new();
    for (rule, caught, left) in caught_and_left() {
        assert!(!caught.is_empty() && !left.is_empty(), "{rule}");
        for case in caught {
            assert_eq!(codes_of(&case), [rule.as_str()], "{case}");
        }
        for case in left {
            assert_eq!(codes_of(&case), [""; 0], "{case}");
        }
        rules.insert(rule);
    }
    let of_policy: BTreeSet<String> =
        rules_under(&page, "Errors").into_iter().filter(|rule| POLICY.contains(&rule.as_str())).collect();
    assert_eq!(rules, of_policy);
}

/// The rules about what code may use when it runs. A static check can enforce them only in part.
const POLICY: [&str; 10] = [
    "no-require",
    "no-eval",
    "no-new-function",
    "no-string-timer",
    "no-dangerous-html",
    "no-raw-html",
    "no-script-url",
    "no-storage",
    "no-parent-window",
    "no-network",
];
