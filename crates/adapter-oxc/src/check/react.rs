//! The exports of React, and uses of names that it does not export.

use std::collections::HashSet;

use oxc_ast::{
    AstKind,
    ast::{BindingPattern, ImportDeclaration, ImportDeclarationSpecifier, ModuleExportName},
};
use oxc_semantic::{NodeId, SymbolId};
use oxc_span::GetSpan;

use super::{
    findings::{Findings, quoted},
    imports::REACT,
    module::Module,
    rule::Rule,
    similar,
};

/// What `react` exports, sorted, one a line. A test of the web assets compares the file with the React that widgets get.
const EXPORTS: &str = include_str!("react-exports.txt");

/// Names of react-dom that are often imported from react.
const OF_REACT_DOM: [&str; 7] =
    ["createPortal", "createRoot", "findDOMNode", "flushSync", "hydrateRoot", "render", "useFormStatus"];

/// Types that TypeScript sources import from react.
const TYPES: [&str; 12] = [
    "CSSProperties",
    "ChangeEvent",
    "ComponentProps",
    "ComponentType",
    "FC",
    "FormEvent",
    "FunctionComponent",
    "KeyboardEvent",
    "MouseEvent",
    "PropsWithChildren",
    "ReactElement",
    "ReactNode",
];

/// The names that React exports, without `default`.
pub(super) fn exports() -> impl Iterator<Item = &'static str> {
    EXPORTS.lines()
}

/// Whether React exports the name.
pub(super) fn has_export(name: &str) -> bool {
    exports().any(|it| it == name)
}

/// Reports imports, re-exports and members of React that do not exist.
pub(super) fn check<'a>(module: &Module<'_, 'a>, kind: AstKind<'a>, findings: &mut Findings) {
    match kind {
        AstKind::ImportDeclaration(it) if it.source.value == REACT => imported(module, it, findings),
        AstKind::ExportFromDeclaration(it) if it.source.value == REACT => {
            for specifier in &it.specifiers {
                name(&specifier.local, findings);
            }
        }
        _ => {}
    }
}

fn imported<'a>(module: &Module<'_, 'a>, it: &ImportDeclaration<'a>, findings: &mut Findings) {
    for specifier in it.specifiers.iter().flatten() {
        match specifier {
            ImportDeclarationSpecifier::ImportSpecifier(it) if it.imported.name() == "default" => {
                members(module, it.local.symbol_id(), findings);
            }
            ImportDeclarationSpecifier::ImportSpecifier(it) => name(&it.imported, findings),
            ImportDeclarationSpecifier::ImportDefaultSpecifier(it) => members(module, it.local.symbol_id(), findings),
            ImportDeclarationSpecifier::ImportNamespaceSpecifier(it) => members(module, it.local.symbol_id(), findings),
        }
    }
}

fn name(it: &ModuleExportName<'_>, findings: &mut Findings) {
    let name = it.name();
    if name != "default" && !has_export(&name) {
        missing(&name, it.span().start, findings);
    }
}

/// Reports members of React that do not exist and that the source calls, renders or extends without a test.
fn members<'a>(module: &Module<'_, 'a>, react: SymbolId, findings: &mut Findings) {
    let nodes = module.semantic.nodes();
    let mut used: Vec<(&str, u32)> = Vec::new();
    let mut tested: HashSet<&str> = HashSet::new();
    for reference in module.semantic.scoping().get_resolved_references(react) {
        match nodes.parent_kind(reference.node_id()) {
            AstKind::StaticMemberExpression(it) if !has_export(&it.property.name) => {
                let name = it.property.name.as_str();
                if !it.optional && is_used(module, it.node_id.get()) {
                    used.push((name, it.property.span.start));
                } else {
                    tested.insert(name);
                }
            }
            AstKind::JSXMemberExpression(it) if !has_export(&it.property.name) => {
                used.push((it.property.name.as_str(), it.property.span.start));
            }
            AstKind::VariableDeclarator(it) => {
                if let BindingPattern::ObjectPattern(pattern) = &it.id {
                    for taken in &pattern.properties {
                        let BindingPattern::BindingIdentifier(local) = &taken.value else {
                            continue;
                        };
                        let Some(name) = module.key_name(&taken.key).filter(|name| !has_export(name)) else {
                            continue;
                        };
                        let mut references = module.semantic.symbol_references(local.symbol_id()).peekable();
                        if references.peek().is_some() && references.all(|it| is_used(module, it.node_id())) {
                            missing(&name, taken.span.start, findings);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    for (name, offset) in used {
        if !tested.contains(name) {
            missing(name, offset, findings);
        }
    }
}

/// Whether the value of a node is called, rendered, extended or read from, so that `undefined` would throw.
fn is_used(module: &Module<'_, '_>, node: NodeId) -> bool {
    let nodes = module.semantic.nodes();
    let span = nodes.kind(node).span();
    match nodes.parent_kind(node) {
        AstKind::CallExpression(it) => it.callee.span() == span && !it.optional,
        AstKind::NewExpression(it) => it.callee.span() == span,
        AstKind::StaticMemberExpression(it) => !it.optional,
        AstKind::Class(it) => it.heritage.as_ref().is_some_and(|it| it.expression.span() == span),
        AstKind::JSXOpeningElement(_) | AstKind::JSXClosingElement(_) => true,
        _ => false,
    }
}

fn missing(name: &str, offset: u32, findings: &mut Findings) {
    let remedy = if let Some(meant) = similar::closest(name, similar::MAX_ERRORS, exports()) {
        format!("did you mean `{meant}`?")
    } else if OF_REACT_DOM.contains(&name) {
        "it is part of react-dom, which is not available; the service renders the default export itself".into()
    } else if TYPES.contains(&name) {
        "it is a type of TypeScript; remove it".into()
    } else {
        "declare it in this source, or remove it".into()
    };
    let message = format!("\"react\" does not export `{}`: {remedy}", quoted(name));
    findings.add(Rule::MissingExport, offset, message);
}
