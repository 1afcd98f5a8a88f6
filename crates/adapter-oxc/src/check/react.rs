//! The exports of React, and uses of names that it does not export.

use std::{borrow::Cow, collections::HashSet};

use domain::limits;
use oxc_ast::{
    AstKind,
    ast::{
        BinaryOperator, BindingPattern, BindingProperty, Expression, ImportDeclaration, ImportDeclarationSpecifier,
        ModuleExportName,
    },
};
use oxc_semantic::{NodeId, SymbolId};
use oxc_span::GetSpan;

use super::{
    findings::{Findings, quoted},
    imports::REACT,
    module::{Module, peeled},
    rule::Rule,
    similar,
};

/// What `react` exports, sorted, one a line. A test of the web assets compares the file with the React that widgets get.
const EXPORTS: &str = include_str!("react-exports.txt");

/// Whether an expression is this export of React: imported, a member of React, or destructured from React under its own name.
pub(super) fn is_export<'a>(module: &Module<'_, 'a>, expression: &Expression<'a>, name: &str) -> bool {
    match declaration(module, expression) {
        Some(AstKind::ImportSpecifier(it)) => it.imported.name() == name,
        Some(AstKind::VariableDeclarator(it)) => {
            matches!(peeled(expression), Expression::Identifier(local) if local.name == name)
                && it.id.is_destructuring_pattern()
                && it.init.as_ref().is_some_and(|init| is_whole(module, init))
        }
        _ => peeled(expression)
            .get_member_expr()
            .is_some_and(|it| it.static_property_name() == Some(name) && is_whole(module, it.object())),
    }
}

/// Whether an expression is React itself: the default export or the namespace. Nothing else can be imported.
fn is_whole<'a>(module: &Module<'_, 'a>, expression: &Expression<'a>) -> bool {
    match declaration(module, expression) {
        Some(AstKind::ImportSpecifier(it)) => it.imported.name() == "default",
        Some(AstKind::ImportDefaultSpecifier(_) | AstKind::ImportNamespaceSpecifier(_)) => true,
        _ => false,
    }
}

/// The declaration of the name that an expression is.
fn declaration<'a>(module: &Module<'_, 'a>, expression: &Expression<'a>) -> Option<AstKind<'a>> {
    match peeled(expression) {
        Expression::Identifier(it) => Some(module.declaration(module.symbol(it)?)),
        _ => None,
    }
}

/// What to do about a function of react-dom that is imported from react, or that is not available.
pub(crate) fn instead_of_react_dom(name: &str) -> Option<&'static str> {
    Some(match name {
        "createRoot" | "findDOMNode" | "hydrateRoot" | "render" => "the service renders the default export itself",
        "createPortal" | "flushSync" => "import it from \"react-dom\"",
        "useFormStatus" => "pass the third value of `useActionState` to what shows it",
        "useFormState" => "use `useActionState`",
        _ => return None,
    })
}

/// Types that TypeScript sources import from react.
const TYPES: [&str; 16] = [
    "CSSProperties",
    "ChangeEvent",
    "ComponentProps",
    "ComponentType",
    "Dispatch",
    "FC",
    "FormEvent",
    "FunctionComponent",
    "HTMLAttributes",
    "KeyboardEvent",
    "MouseEvent",
    "PropsWithChildren",
    "ReactElement",
    "ReactNode",
    "RefObject",
    "SetStateAction",
];

/// The names that React exports, without `default`.
pub(super) fn exports() -> impl Iterator<Item = &'static str> {
    EXPORTS.lines()
}

/// Whether React exports the name.
pub(super) fn has_export(name: &str) -> bool {
    exports().any(|it| it == name)
}

/// Whether the module `react` has no such member. `default` is React itself.
fn is_missing(name: &str) -> bool {
    name != "default" && !has_export(name)
}

/// Names that React does not export, with their byte offsets.
type Missing<'a> = Vec<(Cow<'a, str>, u32)>;

/// Reports imports, re-exports and members of React that do not exist.
pub(super) fn check<'a>(module: &Module<'_, 'a>, kind: AstKind<'a>, findings: &mut Findings) {
    let mut missing = Vec::new();
    match kind {
        AstKind::ImportDeclaration(it) if it.source.value == REACT => imported(module, it, &mut missing),
        AstKind::ExportFromDeclaration(it) if it.source.value == REACT => {
            missing.extend(it.specifiers.iter().filter_map(|it| missing_name(&it.local)));
        }
        _ => {}
    }
    for (name, offset) in missing.into_iter().take(limits::MAX_ERRORS) {
        let message = format!("\"react\" does not export `{}`: {}", quoted(&name), remedy(&name));
        findings.add(Rule::MissingExport, offset, message);
    }
}

fn imported<'a>(module: &Module<'_, 'a>, it: &'a ImportDeclaration<'a>, missing: &mut Missing<'a>) {
    for specifier in it.specifiers.iter().flatten() {
        match specifier {
            ImportDeclarationSpecifier::ImportSpecifier(it) if it.imported.name() == "default" => {
                members(module, it.local.symbol_id(), missing);
            }
            ImportDeclarationSpecifier::ImportSpecifier(it) => missing.extend(missing_name(&it.imported)),
            ImportDeclarationSpecifier::ImportDefaultSpecifier(it) => members(module, it.local.symbol_id(), missing),
            ImportDeclarationSpecifier::ImportNamespaceSpecifier(it) => members(module, it.local.symbol_id(), missing),
        }
    }
}

fn missing_name<'a>(it: &ModuleExportName<'a>) -> Option<(Cow<'a, str>, u32)> {
    let name = it.name();
    is_missing(&name).then(|| (Cow::Borrowed(name.as_str()), it.span().start))
}

/// Finds members of React that do not exist and that the source calls, renders or extends without a test.
fn members<'a>(module: &Module<'_, 'a>, react: SymbolId, missing: &mut Missing<'a>) {
    let nodes = module.semantic.nodes();
    let mut used: Vec<(&str, u32)> = Vec::new();
    let mut tested: HashSet<&str> = HashSet::new();
    for reference in module.semantic.scoping().get_resolved_references(react) {
        match nodes.parent_kind(reference.node_id()) {
            AstKind::StaticMemberExpression(it) if is_missing(&it.property.name) => {
                let name = it.property.name.as_str();
                if !it.optional && is_used(module, it.node_id.get()) {
                    used.push((name, it.property.span.start));
                } else {
                    tested.insert(name);
                }
            }
            AstKind::JSXMemberExpression(it) if is_missing(&it.property.name) => {
                used.push((it.property.name.as_str(), it.property.span.start));
            }
            // `"useStat" in React`
            AstKind::BinaryExpression(it) if it.operator == BinaryOperator::In => {
                if let Expression::StringLiteral(name) = &it.left {
                    tested.insert(name.value.as_str());
                }
            }
            AstKind::VariableDeclarator(it) => {
                if let BindingPattern::ObjectPattern(pattern) = &it.id {
                    missing.extend(pattern.properties.iter().filter_map(|it| destructured(module, it)));
                }
            }
            _ => {}
        }
    }
    let untested = used.into_iter().filter(|(name, _)| !tested.contains(name));
    missing.extend(untested.map(|(name, offset)| (Cow::Borrowed(name), offset)));
}

/// The name that a pattern takes from React, if that does not exist and every use of it would throw.
fn destructured<'a>(module: &Module<'_, 'a>, taken: &BindingProperty<'a>) -> Option<(Cow<'a, str>, u32)> {
    let BindingPattern::BindingIdentifier(local) = &taken.value else {
        return None;
    };
    let name = module.key_name(&taken.key).filter(|name| is_missing(name))?;
    let mut references = module.semantic.symbol_references(local.symbol_id()).peekable();
    let is_missing = references.peek().is_some() && references.all(|it| is_used(module, it.node_id()));
    is_missing.then_some((name, taken.span.start))
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

/// What the author should do about a name that React does not export.
fn remedy(name: &str) -> String {
    if let Some(instead) = instead_of_react_dom(name) {
        format!("it is not part of react; {instead}")
    } else if TYPES.contains(&name) {
        "it is a type of TypeScript; remove it".into()
    } else if let Some(meant) = similar::closest(name, similar::MAX_ERRORS, exports()) {
        format!("did you mean `{meant}`?")
    } else {
        "declare it in this source, or remove it".into()
    }
}
