//! The draft-07 cases of the JSON-Schema-Test-Suite, required and optional.

mod cases;
mod exceptions;

use std::fmt::Write as _;

use self::{
    cases::Group,
    exceptions::{ADMITTED, REFUSED, Refused},
};
use super::document_of;
use crate::SchemaChecker;

/// Every case of the suite is answered as the suite says, but for those that [`differences_from_the_public_test_suite`] lists:
/// these are answered otherwise, each in the way that is listed.
pub async fn the_public_test_suite_is_passed(checker: &dyn SchemaChecker) {
    let (mut refused, mut admitted) = (Vec::new(), Vec::new());
    for group in cases::groups() {
        match group.parse() {
            Err(message) => refused.push((group.file, group.name, message)),
            Ok(schema) => {
                assert_eq!(checker.check_schema(&schema).await, Ok(Vec::new()), "{}: {}", group.file, group.name);
                for test in &group.tests {
                    let data = document_of(test.data());
                    let errors = checker.check_data(&schema, &data, "data").await.expect("an answer");
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

/// What `docs/schema-checking.md` says about the suite, as Markdown: the counts, and each case that is answered otherwise.
pub fn differences_from_the_public_test_suite() -> String {
    let groups = cases::groups();
    let is_refused = |group: &&Group| REFUSED.iter().any(|r| (r.file, r.group) == (&*group.file, &*group.name));
    let all: usize = groups.iter().map(|group| group.tests.len()).sum();
    let refused: usize = groups.iter().filter(is_refused).map(|group| group.tests.len()).sum();
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
