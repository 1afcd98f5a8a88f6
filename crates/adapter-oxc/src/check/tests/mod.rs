//! Tests of the rules: sources that each rule refuses, with the position, and sources that it accepts.

mod accepted;
mod early_errors;
mod every_rule;
mod exports;
mod imports;
mod policy;
mod repairs;
mod syntax;
mod typescript;
mod warnings;

use domain::component::Language;

use super::{Report, Rule, check_source};

/// The report on JSX without errors and warnings.
const ACCEPTED: Report = Report { errors: Vec::new(), warnings: Vec::new(), language: Some(Language::Jsx) };

/// A component after this statement.
fn with(statement: &str) -> String {
    format!("{statement}\nexport default function Widget({{ data }}) {{ return <p>{{data.title}}</p>; }}\n")
}

/// The errors of a report, as `line:column code`.
fn errors(report: &Report) -> Vec<String> {
    report.errors.iter().map(|error| format!("{}:{} {}", error.line, error.column, error.code)).collect()
}

/// Each statement, before a component, violates exactly this rule, at this column of line 1.
#[track_caller]
fn each_breaks(code: &str, cases: &[(&str, u32)]) {
    for (statement, column) in cases {
        let report = check_source(&with(statement));
        assert_eq!(errors(&report), [format!("1:{column} {code}")], "{statement}\n{report:#?}");
    }
}

/// Each statement, before a component, is accepted without a warning.
#[track_caller]
fn each_passes(cases: &[&str]) {
    for statement in cases {
        assert_eq!(check_source(&with(statement)), ACCEPTED, "{statement}");
    }
}
