//! Names that nothing declares: neither the module, nor React, nor any browser.
//!
//! Reading such a name throws. A name that the source tests (`typeof x`, `window.x`, `"x" in window`) or that is the `id` of an
//! element, which browsers make a global, is accepted.

use std::{borrow::Cow, collections::HashSet};

use domain::{library::LibrarySet, limits};
use oxc_ast::{
    AstKind,
    ast::{BinaryOperator, Expression, JSXAttributeName, JSXAttributeValue, UnaryOperator},
};
use oxc_semantic::{NodeId, ReferenceId, Scoping};
use oxc_span::GetSpan;

use super::{
    browser,
    findings::{Findings, quoted},
    globals,
    module::{Module, is_window, peeled},
    react,
    rule::Rule,
    similar,
};
use crate::libraries::{exporter, is_imported};

/// Maximum number of declared names to compare with an undeclared one.
const MAX_CANDIDATES: usize = 1_000;

/// An undeclared name at its first use.
struct Undeclared<'n> {
    name: &'n str,
    offset: u32,
    /// `<Name>`
    is_element: bool,
    /// `name = …`
    is_assigned: bool,
    /// `name(…)`
    is_called: bool,
}

/// Reports each undeclared name once, where it is first used.
pub(super) fn check(module: &Module<'_, '_>, libraries: &LibrarySet, findings: &mut Findings) {
    let scoping = module.semantic.scoping();
    let unresolved = scoping.root_unresolved_references().iter();
    let mut undeclared: Vec<_> =
        unresolved.filter_map(|(name, references)| first_use(module, scoping, name.as_str(), references)).collect();
    if undeclared.is_empty() {
        return;
    }
    let tested = tested_names(module);
    undeclared.retain(|it| !tested.contains(it.name));
    if undeclared.iter().any(|it| is_of_node(it.name)) && tests_environment(module) {
        undeclared.retain(|it| !is_of_node(it.name));
    }
    undeclared.sort_by_key(|it| it.offset);
    for it in undeclared.iter().take(limits::MAX_ERRORS) {
        let message = format!("`{}` is not declared: {}", quoted(it.name), remedy(module, libraries, it));
        findings.add(Rule::UndeclaredName, it.offset, message);
    }
}

fn is_of_node(name: &str) -> bool {
    matches!(name, "global" | "process")
}

/// The first use of an unresolved name; `None` if a browser declares it, another rule reports it, or `typeof` tests it.
fn first_use<'n>(
    module: &Module<'_, '_>,
    scoping: &Scoping,
    name: &'n str,
    references: &[ReferenceId],
) -> Option<Undeclared<'n>> {
    let is_global = browser::has_global(name) && !browser::is_deleted(name);
    // A global of the browser is no component, so `<Image>` is undeclared.
    if (is_global && name.starts_with(|c: char| c.is_ascii_lowercase())) || globals::is_forbidden(name) {
        return None;
    }
    let nodes = module.semantic.nodes();
    let mut first: Option<Undeclared<'n>> = None;
    for id in references {
        let reference = scoping.get_reference(*id);
        let parent = nodes.parent_kind(reference.node_id());
        if matches!(parent, AstKind::UnaryExpression(it) if it.operator == UnaryOperator::Typeof) {
            return None;
        }
        if is_caught(module, reference.node_id()) {
            continue;
        }
        let is_element = matches!(parent, AstKind::JSXOpeningElement(_) | AstKind::JSXClosingElement(_));
        let span = nodes.kind(reference.node_id()).span();
        let offset = span.start;
        if (is_element || !is_global) && first.as_ref().is_none_or(|it| offset < it.offset) {
            let is_assigned = reference.is_write() && !reference.is_read();
            // `<motion.div>`
            let is_element = is_element || matches!(parent, AstKind::JSXMemberExpression(_));
            let is_called = matches!(parent, AstKind::CallExpression(it) if it.callee.span() == span);
            first = Some(Undeclared { name, offset, is_element, is_assigned, is_called });
        }
    }
    first
}

/// Whether a node is in a `try` whose `catch` handles that the name is not declared.
fn is_caught(module: &Module<'_, '_>, node: NodeId) -> bool {
    let span = module.semantic.nodes().kind(node).span();
    module.semantic.nodes().ancestor_kinds(node).any(
        |kind| matches!(kind, AstKind::TryStatement(it) if it.handler.is_some() && it.block.span.contains_inclusive(span)),
    )
}

/// Whether the source tests which environment it runs in: `typeof window !== "undefined" ? window : global`.
fn tests_environment(module: &Module<'_, '_>) -> bool {
    let is_test = |kind| {
        matches!(kind, AstKind::UnaryExpression(it) if it.operator == UnaryOperator::Typeof
            && module.global(&it.argument).is_some_and(|name| is_window(name) || name == "process"))
    };
    module.semantic.nodes().iter().any(|node| is_test(node.kind()))
}

/// The names that the source uses as properties of the global object, and the ids of its elements.
fn tested_names<'a>(module: &Module<'_, 'a>) -> HashSet<Cow<'a, str>> {
    let mut names = HashSet::new();
    for node in module.semantic.nodes() {
        match node.kind() {
            AstKind::StaticMemberExpression(it) if module.global(&it.object).is_some_and(is_window) => {
                names.insert(Cow::Borrowed(it.property.name.as_str()));
            }
            AstKind::ComputedMemberExpression(it) if module.global(&it.object).is_some_and(is_window) => {
                names.extend(known(module, &it.expression));
            }
            AstKind::BinaryExpression(it) if it.operator == BinaryOperator::In => {
                if let Expression::StringLiteral(name) = peeled(&it.left) {
                    names.insert(Cow::Borrowed(name.value.as_str()));
                }
            }
            AstKind::JSXAttribute(it) if matches!(&it.name, JSXAttributeName::Identifier(name) if name.name == "id") => {
                names.extend(attribute_text(module, it.value.as_ref()));
            }
            _ => {}
        }
    }
    names
}

/// The text of an expression, if it can be determined.
fn known<'a>(module: &Module<'_, 'a>, expression: &Expression<'a>) -> Option<Cow<'a, str>> {
    let known = module.text(expression);
    known.whole.then_some(Cow::Owned(known.text))
}

/// The text of an attribute, if it can be determined.
fn attribute_text<'a>(module: &Module<'_, 'a>, value: Option<&JSXAttributeValue<'a>>) -> Option<Cow<'a, str>> {
    match value? {
        JSXAttributeValue::StringLiteral(text) => Some(Cow::Borrowed(text.value.as_str())),
        JSXAttributeValue::ExpressionContainer(it) => known(module, it.expression.as_expression()?),
        _ => None,
    }
}

/// What the author should do about an undeclared name.
fn remedy(module: &Module<'_, '_>, libraries: &LibrarySet, it: &Undeclared<'_>) -> String {
    let name = it.name;
    if name == "React" {
        return "add `import React from \"react\"` at the top; JSX itself needs no import".into();
    }
    if react::has_export(name) {
        return format!("add `import {{ {name} }} from \"react\"` at the top");
    }
    if let Some(known) = known_remedy(name) {
        return known.into();
    }
    if browser::is_deleted(name) {
        return "the frame of a widget does not have it; do without it".into();
    }
    let import = missing_import(module, libraries, it);
    if it.is_element && browser::has_global(name) {
        let import = import.map(|import| format!("{import}, ")).unwrap_or_default();
        return format!(
            "the browser's `{name}` is no component; {import}write the component in this source, or use an HTML element"
        );
    }
    if let Some(import) = import {
        return format!("{import} at the top");
    }
    let declared = module.semantic.scoping().symbol_names().take(MAX_CANDIDATES);
    let alike = |other: &&str| similar::begin_alike(name, other);
    let globals = browser::globals().iter().copied().filter(|other| !it.is_element && alike(other));
    // With over 1,000 globals, two changed letters often make another word, so one is the maximum.
    let meant = similar::closest(name, similar::MAX_ERRORS, declared.filter(alike))
        .or_else(|| similar::closest(name, similar::MAX_ERRORS, react::exports().filter(alike)))
        .or_else(|| similar::closest(name, 1, globals));
    if let Some(meant) = meant {
        return format!("did you mean `{}`?", quoted(meant));
    }
    if it.is_element {
        "write the component in this source, or use an HTML element".into()
    } else if it.is_assigned {
        "declare it with `const` or `let`".into()
    } else {
        "declare it in this source, or take it from `data` or the other props".into()
    }
}

/// The import of a library that has the name. A name in lower case that is not called is probably a variable, and an element with the
/// name of a global (`<Image />`) belongs to another library unless the source imports from this one.
fn missing_import(module: &Module<'_, '_>, libraries: &LibrarySet, it: &Undeclared<'_>) -> Option<String> {
    if it.is_assigned || !(it.is_element || it.is_called || it.name.starts_with(char::is_uppercase)) {
        return None;
    }
    let program = module.semantic.nodes().program();
    let from = exporter(libraries, program, it.name)?;
    let is_meant = !browser::has_global(it.name) || is_imported(libraries, program, from);
    is_meant.then(|| format!("add `import {{ {} }} from \"{from}\"`", it.name))
}

/// The remedy for names that are declared elsewhere: in Node.js, in other libraries, in the props of the component.
fn known_remedy(name: &str) -> Option<&'static str> {
    Some(match name {
        "data" | "onAction" | "theme" | "locale" | "dir" | "state" | "setState" => {
            "it is a prop of the default export; take it there, as in `function Widget({ data, onAction })`, and pass it on"
        }
        "children" => {
            "it is a prop of the component that contains them; take it there, as in `function Card({ children })`"
        }
        "react" => "write `React`, and add `import React from \"react\"` at the top",
        "None" | "nil" => "write `null`",
        "props" => "declare it as the parameter of the component, as in `function Widget(props)`",
        "process" => "a component has no environment variables; remove it, or have the value sent in `data`",
        "module" | "exports" => "the source is an ES module; write `export default` instead",
        "global" => "write `globalThis`",
        "Buffer" | "__dirname" | "__filename" => {
            "it exists in Node.js alone; use what browsers have, such as TextEncoder"
        }
        "setImmediate" | "clearImmediate" => "it exists in Node.js alone; use setTimeout and clearTimeout",
        "ReactDOM" | "createRoot" | "hydrateRoot" => {
            "the service renders the default export itself; remove the call that renders it"
        }
        "createPortal" | "flushSync" => "import it from \"react-dom\"",
        "$" | "_" | "L" | "Plotly" | "THREE" | "axios" | "d3" | "dayjs" | "gsap" | "jQuery" | "moment" => {
            "libraries cannot be loaded; write what you need in this source"
        }
        "PropTypes" => "remove `propTypes`; the schema of the widget describes its data",
        "openai" | "claude" => {
            "it belongs to another host; read the prop `data`, and send what the user does with `onAction(name, payload)`"
        }
        _ => return None,
    })
}
