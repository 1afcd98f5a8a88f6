//! The cases, by rule: aliases, computed names, destructuring, shadowed names, spreads, text put together.

mod language;
mod policy;

pub(super) struct Case {
    pub(super) rule: &'static str,
    pub(super) refused: Vec<String>,
    pub(super) accepted: Vec<String>,
}

fn case(rule: &'static str, refused: &[&str], accepted: &[&str]) -> Case {
    let owned = |all: &[&str]| all.iter().map(|&it| it.to_owned()).collect();
    Case { rule, refused: owned(refused), accepted: owned(accepted) }
}

pub(super) fn cases() -> Vec<Case> {
    [
        language::syntax(),
        language::module(),
        policy::code_of_text(),
        policy::markup(),
        policy::surroundings(),
        language::warnings(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
