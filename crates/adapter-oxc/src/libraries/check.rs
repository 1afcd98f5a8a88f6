//! Reports imports of what is no library, and of names that a library does not export.

use domain::library::{Library, LibrarySet};
use oxc_ast::ast::{ImportDeclarationSpecifier, ImportPhase, ModuleExportName, Statement, StringLiteral, WithClause};
use oxc_span::GetSpan as _;

use super::{is_stylesheet, remedy, specifier::canonical};
use crate::check::{Findings, REACT, Rule, instead_of_react_dom, quoted, similar};

/// Checks the statement if it imports or exports from a module. What `react` exports is checked elsewhere.
pub(crate) fn check(set: &LibrarySet, statement: &Statement<'_>, findings: &mut Findings) {
    match statement {
        Statement::ImportDeclaration(it) => {
            clauses(it.with_clause.as_deref(), it.phase, it.span.start, findings);
            if is_stylesheet(&it.source.value) && it.specifiers.is_none() {
                let message = format!(
                    "\"{}\" is not loaded: put the rules into a `<style>` element, or use Tailwind's classes",
                    quoted(&it.source.value)
                );
                findings.add(Rule::CssImport, it.source.span.start, message);
            } else if let Some(library) = source(set, &it.source, findings) {
                for specifier in it.specifiers.iter().flatten() {
                    imported(set, &it.source.value, library, specifier, findings);
                }
            }
        }
        Statement::ExportAllDeclaration(it) => {
            clauses(it.with_clause.as_deref(), None, it.span.start, findings);
            if source(set, &it.source, findings).is_some() && has_icons(set, &it.source.value) {
                whole_icons(&it.source, findings);
            }
        }
        Statement::ExportFromDeclaration(it) => {
            clauses(it.with_clause.as_deref(), None, it.span.start, findings);
            if let Some(library) = source(set, &it.source, findings) {
                for specifier in &it.specifiers {
                    exported(&it.source.value, library, &specifier.local, findings);
                }
            }
        }
        _ => {}
    }
}

fn clauses(with: Option<&WithClause<'_>>, phase: Option<ImportPhase>, start: u32, findings: &mut Findings) {
    if phase.is_some() {
        let message = "Import phases (`import source`, `import defer`) are not supported; use a plain import";
        findings.add(Rule::UnsupportedSyntax, start, message);
    }
    if let Some(with) = with.filter(|with| !with.with_entries.is_empty()) {
        let message = "Import attributes are not supported; remove the `with` clause";
        findings.add(Rule::UnsupportedSyntax, with.span.start, message);
    }
}

/// The library of a specifier. Reports any other specifier but `react`.
fn source<'s>(set: &'s LibrarySet, source: &StringLiteral<'_>, findings: &mut Findings) -> Option<&'s Library> {
    let library = set.library(&canonical(set, &source.value));
    if library.is_none() && source.value != REACT {
        let (rule, message) = remedy::of(set, &source.value);
        findings.add(rule, source.span.start, message);
    }
    library.filter(|_| source.value != REACT)
}

fn imported(
    set: &LibrarySet,
    from: &str,
    library: &Library,
    specifier: &ImportDeclarationSpecifier<'_>,
    findings: &mut Findings,
) {
    match specifier {
        ImportDeclarationSpecifier::ImportSpecifier(it) => {
            let is_icon = |icons: domain::library::Icons| icons.find(&it.imported.name()).is_some();
            if !set.icons.filter(|icons| icons.specifier == from).is_some_and(is_icon) {
                let icons = set.icons.filter(|icons| icons.specifier == from);
                let candidates = library.names.iter().copied().chain(icons.iter().flat_map(|icons| icons.names()));
                missing(from, library, &it.imported, candidates, findings);
            }
        }
        ImportDeclarationSpecifier::ImportDefaultSpecifier(it) => {
            if !library.names.contains(&"default") {
                let name = it.local.name.as_str();
                let is_name = library.names.contains(&name);
                let name = if is_name { quoted(name) } else { "…".into() };
                let message = format!("\"{from}\" has no default export: write `import {{ {name} }} from \"{from}\"`");
                findings.add(Rule::MissingExport, it.span.start, message);
            }
        }
        ImportDeclarationSpecifier::ImportNamespaceSpecifier(it) => {
            if has_icons(set, from) {
                whole_icons_at(it.span.start, from, findings);
            }
        }
    }
}

fn exported(from: &str, library: &Library, name: &ModuleExportName<'_>, findings: &mut Findings) {
    missing(from, library, name, library.names.iter().copied(), findings);
}

fn missing<'n>(
    from: &str,
    library: &Library,
    name: &ModuleExportName<'_>,
    candidates: impl Iterator<Item = &'n str>,
    findings: &mut Findings,
) {
    let text = name.name();
    if library.names.contains(&text.as_str()) {
        return;
    }
    let instead = instead_of_react_dom(&text).filter(|_| from == "react-dom");
    let remedy = match (instead, similar::closest(&text, similar::MAX_ERRORS, candidates)) {
        (Some(instead), _) => instead.to_owned(),
        (None, Some(meant)) => format!("did you mean `{meant}`?"),
        (None, None) => "declare it in this source, or remove it".to_owned(),
    };
    let message = format!("\"{from}\" does not export `{}`: {remedy}", quoted(&text));
    findings.add(Rule::MissingExport, name.span().start, message);
}

fn has_icons(set: &LibrarySet, specifier: &str) -> bool {
    set.icons.is_some_and(|icons| icons.specifier == specifier)
}

fn whole_icons(source: &StringLiteral<'_>, findings: &mut Findings) {
    whole_icons_at(source.span.start, &source.value, findings);
}

fn whole_icons_at(offset: u32, from: &str, findings: &mut Findings) {
    let message = format!(
        "Only the icons that a component names are part of it: write `import {{ Check, X }} from \"{from}\"`, and choose by name \
         from an object of them"
    );
    findings.add(Rule::NoImport, offset, message);
}
