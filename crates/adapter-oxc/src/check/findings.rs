//! Findings of the rules, and the report built from them.

use std::borrow::Cow;

use domain::{
    component::{ComponentError, ComponentWarning, INLINE_STYLE_WARNING, Language},
    limits,
};
use serde::{Deserialize, Serialize};

use super::{position::LineIndex, rule::Rule};

/// Maximum length of a message, in characters. oxc quotes the source in its messages, and an identifier may be 256 KiB long.
const MAX_MESSAGE_CHARS: usize = 400;

/// Maximum length of a name that a message quotes from the source, in characters.
const MAX_NAME_CHARS: usize = 60;

struct Finding {
    offset: u32,
    rule: Rule,
    message: Cow<'static, str>,
}

/// The result of a check. A component without errors is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Report {
    /// The errors, in source order.
    pub(crate) errors: Vec<ComponentError>,
    /// The warnings, in source order.
    pub(crate) warnings: Vec<ComponentWarning>,
    /// The language of the source; `None` if it could not be parsed.
    pub(crate) language: Option<Language>,
}

/// Collects findings, in any order.
#[derive(Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a violation of `rule` at a byte offset.
    pub(crate) fn add(&mut self, rule: Rule, offset: u32, message: impl Into<Cow<'static, str>>) {
        self.0.push(Finding { offset, rule, message: message.into() });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any finding is an error.
    pub(super) fn have_errors(&self) -> bool {
        self.0.iter().any(|finding| !finding.rule.is_warning())
    }

    /// Builds the report, in source order, with up to [`limits::MAX_ERRORS`] errors and up to [`limits::MAX_ERRORS`] warnings.
    pub(crate) fn into_report(mut self, source: &str) -> Report {
        let mut report = Report::default();
        if self.0.is_empty() {
            return report;
        }
        self.0.sort_by_key(|finding| (finding.offset, finding.rule));
        self.0.dedup_by_key(|finding| (finding.offset, finding.rule));
        let mut reported = Vec::new();
        self.0.retain(|finding| {
            let is_repeated = reported.contains(&finding.rule);
            if finding.rule.is_reported_once() && !is_repeated {
                reported.push(finding.rule);
            }
            !is_repeated
        });
        let lines = LineIndex::new(source);
        let (warnings, errors): (Vec<_>, Vec<_>) = self.0.into_iter().partition(|finding| finding.rule.is_warning());
        report.errors.extend(errors.into_iter().take(limits::MAX_ERRORS).map(|finding| {
            let (line, column) = lines.position(finding.offset);
            let message = shortened(&finding.message, MAX_MESSAGE_CHARS).into_owned();
            ComponentError { line, column, message, code: finding.rule.code().to_owned() }
        }));
        report.warnings.extend(warnings.into_iter().take(limits::MAX_ERRORS).map(|finding| {
            let (line, column) = lines.position(finding.offset);
            let message = match finding.rule {
                // The reference's exact wording.
                Rule::InlineStyle => INLINE_STYLE_WARNING.to_owned(),
                _ => shortened(&finding.message, MAX_MESSAGE_CHARS).into_owned(),
            };
            ComponentWarning { line, column, message, code: finding.rule.code().to_owned() }
        }));
        report
    }
}

/// A name from the source, shortened for a message.
pub(crate) fn quoted(name: &str) -> Cow<'_, str> {
    shortened(name, MAX_NAME_CHARS)
}

fn shortened(text: &str, chars: usize) -> Cow<'_, str> {
    match text.char_indices().nth(chars) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_in_source_order_without_duplicates() {
        let mut findings = Findings::default();
        findings.add(Rule::NoEval, 4, "late");
        findings.add(Rule::NoImport, 0, "early");
        findings.add(Rule::NoEval, 4, "late, again");
        let report = findings.into_report("ab\n\ncd");
        let found: Vec<_> = report.errors.iter().map(|e| (e.line, e.column, e.message.as_str())).collect();
        assert_eq!(found, [(1, 1, "early"), (3, 1, "late")]);
    }

    #[test]
    fn a_report_is_bounded() {
        let mut findings = Findings::default();
        for offset in 0..200 {
            findings.add(Rule::NoEval, offset, "x".repeat(10_000));
            findings.add(Rule::MissingKey, offset, "y".repeat(10_000));
        }
        let report = findings.into_report(&" ".repeat(200));
        assert_eq!((report.errors.len(), report.warnings.len()), (50, 50));
        assert!(report.errors.iter().all(|error| error.message.chars().count() <= MAX_MESSAGE_CHARS + 1));
    }

    #[test]
    fn a_rule_that_is_reported_once_is_reported_at_its_first_violation() {
        let mut findings = Findings::default();
        for offset in [3, 1, 2] {
            findings.add(Rule::InlineStyle, offset, "no");
            findings.add(Rule::MissingKey, offset, "no");
        }
        let report = findings.into_report("abcd");
        let found: Vec<_> = report.warnings.iter().map(|it| (it.column, it.code.as_str())).collect();
        assert_eq!(found, [(2, "inline-style"), (2, "missing-key"), (3, "missing-key"), (4, "missing-key")]);
    }
}
