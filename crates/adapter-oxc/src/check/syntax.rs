//! Converts oxc's diagnostics to findings.

use domain::limits;
use oxc_ast::ast::Comment;
use oxc_diagnostics::OxcDiagnostic;
use oxc_span::Span;

use super::{escaped_attribute, findings::Findings, rule::Rule, wrapped};

/// oxc's error number for a second default export.
const DUPLICATE_DEFAULT: &str = "2528";

pub(super) const SECOND_DEFAULT: &str =
    "Component must have exactly one default export; remove this one, or export it by name";

/// The byte offset of the first diagnostic.
pub(super) fn first_offset(diagnostics: &[OxcDiagnostic]) -> Option<u32> {
    diagnostics.iter().map(|it| span(it).start).min()
}

/// Reports the first diagnostics of the parser. Returns whether there were any.
pub(super) fn note_parsed(
    diagnostics: &[OxcDiagnostic],
    comments: &[Comment],
    source: &str,
    findings: &mut Findings,
) -> bool {
    let first = diagnostics.iter().map(|it| (span(it).start, it)).min_by_key(|(start, _)| *start);
    let Some((start, diagnostic)) = first else {
        return false;
    };
    let offset = source.floor_char_boundary(start as usize);
    if let Some(at) = escaped_attribute::before(source, offset) {
        findings.add(Rule::Syntax, at, escaped_attribute::MESSAGE);
    } else if let Some(wrapping) = wrapped::at_error(source, offset, &diagnostic.message, comments) {
        findings.add(Rule::WrappedSource, wrapping.offset, wrapping.message);
    } else {
        return note(diagnostics, source, findings);
    }
    true
}

/// Reports the first diagnostics of the parser or the semantic analysis. Returns whether there were any.
///
/// There may be 90,000, so only up to [`limits::MAX_ERRORS`] are formatted.
pub(super) fn note(diagnostics: &[OxcDiagnostic], source: &str, findings: &mut Findings) -> bool {
    let mut placed: Vec<(Span, &OxcDiagnostic)> = diagnostics.iter().map(|it| (span(it), it)).collect();
    placed.sort_by_key(|(span, _)| span.start);
    placed.truncate(limits::MAX_ERRORS);
    for (span, diagnostic) in &placed {
        if diagnostic.code.number.as_deref() == Some(DUPLICATE_DEFAULT) {
            findings.add(Rule::MultipleDefaultExports, span.start, SECOND_DEFAULT);
        } else {
            findings.add(Rule::Syntax, span.start, message(diagnostic, *span, source));
        }
    }
    !placed.is_empty()
}

/// Reports syntax that parses but that the JSX transform does not support, such as a `key` without a value.
pub(super) fn note_unsupported(diagnostics: &[OxcDiagnostic], findings: &mut Findings) {
    for diagnostic in diagnostics.iter().take(limits::MAX_ERRORS) {
        let message = diagnostic.message.trim_end_matches('.').to_string();
        findings.add(Rule::UnsupportedSyntax, span(diagnostic).start, message);
    }
}

/// The part of the source that the author should look at.
fn span(diagnostic: &OxcDiagnostic) -> Span {
    let labels = &diagnostic.labels;
    let second = diagnostic.message.ends_with("has already been declared")
        || diagnostic.code.number.as_deref() == Some(DUPLICATE_DEFAULT);
    let label = if second { labels.last() } else { labels.iter().find(|label| label.primary()).or(labels.first()) };
    label.map_or(Span::new(0, 0), |label| label.span())
}

fn message(diagnostic: &OxcDiagnostic, span: Span, source: &str) -> String {
    let said = diagnostic.message.trim_end_matches('.');
    if said == "Unexpected token" {
        return match source.get(span.start as usize..span.end as usize).map(str::trim) {
            Some(token) if !token.is_empty() && token.len() <= 40 => format!("Syntax error: {said} `{token}`"),
            _ if source[source.floor_char_boundary(span.start as usize)..].trim().is_empty() => {
                format!("Syntax error: {said}: the source ends here; close what is still open")
            }
            _ => format!("Syntax error: {said}"),
        };
    }
    if said.starts_with("Bad escape sequence in untagged template") {
        return format!("Syntax error: {said}; write its backslash twice, as in `\\\\2022`");
    }
    match &diagnostic.help {
        Some(help) => format!("Syntax error: {said}. {help}"),
        None => format!("Syntax error: {said}"),
    }
}
