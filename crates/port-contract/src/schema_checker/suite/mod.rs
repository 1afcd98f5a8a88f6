//! The draft-07 cases of the JSON-Schema-Test-Suite, required and optional.

mod cases;
mod exceptions;

use std::fmt::Write as _;

use self::{
    cases::Group,
    exceptions::{ADMITTED, REFUSED, Refused},
};
use ports::SchemaChecker;

use super::{caller, compiles, document_of};

/// Every case of the suite is answered as the suite says, but for those that [`differences_from_the_public_test_suite`] lists:
/// these are answered otherwise, each in the way that is listed.
pub async fn the_public_test_suite_is_passed(checker: &dyn SchemaChecker) {
    let (mut refused, mut admitted) = (Vec::new(), Vec::new());
    for group in cases::groups() {
        match group.parse() {
            Err(message) => refused.push((group.file, group.name, message)),
            Ok(schema) => {
                compiles(checker, &schema, &group.name).await;
                for test in &group.tests {
                    let data = document_of(test.data());
                    let errors = checker.check_data(&schema, &data, "data", &caller()).await.expect("an answer");
                    if test.fits {
                        assert_eq!(errors, [], "{}: {}: {}", group.file, group.name, test.name);
                    } else if errors.is_empty() {
                        admitted.push((group.file.clone(), group.name.clone(), test.name.clone()));
                    }
                }
            }
        }
    }
    let found: Vec<_> = refused.iter().map(|(file, group, _)| (file.as_str(), group.as_str())).collect();
    let listed: Vec<_> = REFUSED.iter().map(|refused| (refused.file, refused.group)).collect();
    assert_eq!(found, listed, "schemas that the guard does not take");
    for (listed, found) in REFUSED.iter().zip(&refused) {
        assert!(found.2.contains(listed.says), "{found:?} is not refused by {:?}", listed.says);
    }

    let found: Vec<_> = admitted.iter().map(|(file, group, test)| (&**file, &**group, &**test)).collect();
    let each = |group: &'static exceptions::Admitted| group.tests.iter().map(|test| (group.file, group.group, *test));
    let listed: Vec<_> = ADMITTED.iter().flat_map(each).collect();
    assert_eq!(found, listed, "values that are admitted and should not be");
}

/// A schema of the suite, as text, and what the service answers: whether it takes the schema, and of each value, as text,
/// whether it admits it.
pub struct SuiteCase {
    /// File and description.
    pub name: String,
    /// The schema, as the service is sent it.
    pub schema: String,
    /// Whether the service takes it.
    pub taken: bool,
    /// Data, and whether it is admitted.
    pub data: Vec<(String, bool)>,
}

/// The suite, with the differences that are listed applied: for those who ask a whole service.
pub fn suite_cases() -> Vec<SuiteCase> {
    let case = |group: &Group| {
        let is_admitted = |test: &str| {
            let listed = ADMITTED.iter().filter(|a| (a.file, a.group) == (&*group.file, &*group.name));
            listed.flat_map(|a| a.tests).any(|listed| *listed == test)
        };
        SuiteCase {
            name: format!("{}: {}", group.file, group.name),
            schema: group.text(),
            taken: !is_refused(group),
            data: group.tests.iter().map(|test| (test.data(), test.fits || is_admitted(&test.name))).collect(),
        }
    };
    cases::groups().iter().map(case).collect()
}

fn is_refused(group: &Group) -> bool {
    REFUSED.iter().any(|r| (r.file, r.group) == (&*group.file, &*group.name))
}

/// What `docs/schema-checking.md` says about the suite, as Markdown: the counts, and each case that is answered otherwise.
pub fn differences_from_the_public_test_suite() -> String {
    let groups = cases::groups();
    let all: usize = groups.iter().map(|group| group.tests.len()).sum();
    let refused: usize = groups.iter().filter(|group| is_refused(group)).map(|group| group.tests.len()).sum();
    let admitted: usize = ADMITTED.iter().map(|group| group.tests.len()).sum();
    let mut text = format!(
        "| cases | |\n|---|---|\n| in the suite | {all} |\n| not run: the guard refuses the schema | {refused} |\n\
         | run | {} |\n| answered as the suite says | {} |\n| admitted, though the suite does not | {admitted} |\n",
        all - refused,
        all - refused - admitted,
    );
    text += "\n| refused schema | because |\n|---|---|\n";
    for Refused { file, group, says } in REFUSED {
        writeln!(text, "| {file}: {group} | {says} |").expect("a string takes everything");
    }
    text += "\n| admitted value | because |\n|---|---|\n";
    for group in ADMITTED {
        for test in group.tests {
            writeln!(text, "| {}: {test} | {} |", group.file, group.why).expect("a string takes everything");
        }
    }
    text
}
