//! Cases of the JSON-Schema-Test-Suite, required and optional: draft-07's, and those of 2020-12 that are in reach.

mod cases;
mod exceptions;

use std::fmt::Write as _;

use self::{
    cases::Group,
    exceptions::{ACCEPTED_VALUES, AcceptedValues, REFUSED_SCHEMAS, RefusedSchema},
};
use ports::SchemaChecker;

use super::{assert_compiles, caller, document_of};

/// Every case has the suite's result, except exactly those that [`differences_from_the_public_test_suite`] lists.
pub async fn the_public_test_suite_is_passed(checker: &dyn SchemaChecker) {
    let (mut refused, mut accepted) = (Vec::new(), Vec::new());
    for group in cases::groups() {
        match group.parse() {
            Err(message) => refused.push((group.file, group.name, message)),
            Ok(schema) => {
                assert_compiles(checker, &schema, &group.name).await;
                for test in &group.tests {
                    let data = document_of(test.data());
                    let errors = checker.check_data(&schema, &data, "data", &caller()).await.expect("an answer");
                    if test.is_valid {
                        assert_eq!(errors, [], "{}: {}: {}", group.file, group.name, test.name);
                    } else if errors.is_empty() {
                        accepted.push((group.file.clone(), group.name.clone(), test.name.clone()));
                    }
                }
            }
        }
    }
    let found: Vec<_> = refused.iter().map(|(file, group, _)| (file.as_str(), group.as_str())).collect();
    let listed: Vec<_> = REFUSED_SCHEMAS.iter().map(|refused| (refused.file, refused.group)).collect();
    assert_eq!(found, listed, "schemas that the guard refuses");
    for (listed, found) in REFUSED_SCHEMAS.iter().zip(&refused) {
        assert!(found.2.contains(listed.message), "{found:?} is not refused by {:?}", listed.message);
    }

    let found: Vec<_> = accepted.iter().map(|(file, group, test)| (&**file, &**group, &**test)).collect();
    let each = |group: &'static AcceptedValues| group.tests.iter().map(|test| (group.file, group.group, *test));
    let listed: Vec<_> = ACCEPTED_VALUES.iter().flat_map(each).collect();
    assert_eq!(found, listed, "values that are accepted although the suite refuses them");
}

/// A schema of the suite with its data, and the results that the service returns.
pub struct SuiteCase {
    /// File and description.
    pub name: String,
    /// The text of the schema.
    pub schema: String,
    /// Whether the schema is accepted.
    pub is_accepted: bool,
    /// The texts of data, and whether each is valid.
    pub data: Vec<(String, bool)>,
}

/// The cases of the suite, with the listed differences applied. For tests of a whole service.
pub fn suite_cases() -> Vec<SuiteCase> {
    let case = |group: &Group| {
        let is_accepted_value = |test: &str| {
            let listed = ACCEPTED_VALUES.iter().filter(|a| (a.file, a.group) == (&*group.file, &*group.name));
            listed.flat_map(|a| a.tests).any(|listed| *listed == test)
        };
        SuiteCase {
            name: format!("{}: {}", group.file, group.name),
            schema: group.text(),
            is_accepted: !is_refused(group),
            data: group
                .tests
                .iter()
                .map(|test| (test.data(), test.is_valid || is_accepted_value(&test.name)))
                .collect(),
        }
    };
    cases::groups().iter().map(case).collect()
}

fn is_refused(group: &Group) -> bool {
    REFUSED_SCHEMAS.iter().any(|r| (r.file, r.group) == (&*group.file, &*group.name))
}

/// The section of `docs/schema-checking.md` about the suite, as Markdown: the counts, and each difference.
pub fn differences_from_the_public_test_suite() -> String {
    let groups = cases::groups();
    let all: usize = groups.iter().map(|group| group.tests.len()).sum();
    let refused: usize = groups.iter().filter(|group| is_refused(group)).map(|group| group.tests.len()).sum();
    let accepted: usize = ACCEPTED_VALUES.iter().map(|group| group.tests.len()).sum();
    let mut text = format!(
        "| cases | |\n|---|---|\n| in the suite | {all} |\n| not run: the guard refuses the schema | {refused} |\n\
         | run | {} |\n| answered as the suite says | {} |\n| admitted, though the suite does not | {accepted} |\n",
        all - refused,
        all - refused - accepted,
    );
    text += "\n| refused schema | because |\n|---|---|\n";
    for RefusedSchema { file, group, message } in REFUSED_SCHEMAS {
        writeln!(text, "| {file}: {group} | {message} |").expect("writing to a string cannot fail");
    }
    text += "\n| admitted value | because |\n|---|---|\n";
    for group in ACCEPTED_VALUES {
        for test in group.tests {
            writeln!(text, "| {}: {test} | {} |", group.file, group.why).expect("writing to a string cannot fail");
        }
    }
    text
}
