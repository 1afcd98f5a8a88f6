//! The cases by rule: aliases, computed names, destructuring, shadowed names, spreads, concatenated text.

mod language;
mod page;
mod policy;
mod styles;

pub(super) use self::page::caught_and_left;

pub(super) struct Case {
    pub(super) rule: &'static str,
    pub(super) refused: Vec<String>,
    pub(super) accepted: Vec<String>,
}

fn case(rule: &'static str, refused: &[&str], accepted: &[&str]) -> Case {
    let owned = |all: &[&str]| all.iter().map(|&it| it.to_owned()).collect();
    Case { rule, refused: owned(refused), accepted: owned(accepted) }
}

/// The complete source of a case. A module is complete; a statement is put before a component.
pub(super) fn source_of(case: &str) -> String {
    if case.contains("export default") || case.contains("as default") || case.starts_with("/* whole */") {
        case.to_owned()
    } else {
        format!("{case}\nexport default function Widget({{ data }}) {{ return <p>{{data.title}}</p>; }}\n")
    }
}

pub(super) fn cases() -> Vec<Case> {
    [
        language::syntax(),
        language::module(),
        policy::code_of_text(),
        policy::markup(),
        policy::surroundings(),
        styles::styles(),
        language::warnings(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
