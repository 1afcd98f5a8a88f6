//! The words in a module's strings and templates, which may be class names.

use oxc_ast::{
    AstKind,
    ast::{CallExpression, Expression, JSXAttributeName, PropertyKey},
};
use oxc_semantic::NodeId;
use oxc_span::GetSpan as _;
use oxc_syntax::operator::BinaryOperator;

use crate::check::Module;

/// Functions that join class names.
const JOINERS: [&str; 8] = ["cn", "clsx", "cva", "cx", "classNames", "classnames", "twMerge", "twJoin"];

/// A word of a string or a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    /// Byte offset of its string.
    pub(super) offset: u32,
    /// Whether the string is a class attribute, part of one, or an argument of a function that joins class names.
    pub(super) is_class: bool,
}

/// All words, in source order.
pub(super) fn tokens<'a>(module: &Module<'_, 'a>) -> Vec<Token<'a>> {
    let mut found = Vec::new();
    for node in module.semantic.nodes() {
        let text = match node.kind() {
            AstKind::StringLiteral(it) => it.value.as_str(),
            AstKind::TemplateElement(it) => it.value.cooked.as_ref().map_or("", |text| text.as_str()),
            _ => continue,
        };
        let mut words = text.split_ascii_whitespace().peekable();
        if words.peek().is_some() {
            let (is_class, offset) = (is_class(module, node.id()), node.kind().span().start);
            found.extend(words.map(|text| Token { text, offset, is_class }));
        }
    }
    found
}

/// Whether a node belongs to class names.
pub(super) fn is_class(module: &Module<'_, '_>, node: NodeId) -> bool {
    let nodes = module.semantic.nodes();
    let start = nodes.kind(node).span().start;
    for kind in nodes.ancestor_kinds(node) {
        match kind {
            AstKind::JSXAttribute(it) => {
                return matches!(&it.name, JSXAttributeName::Identifier(name) if matches!(name.name.as_str(), "className" | "class"));
            }
            AstKind::CallExpression(call) if start >= call.callee.span().end => return joins(call),
            AstKind::BinaryExpression(it) if it.operator != BinaryOperator::Addition => return false,
            AstKind::ObjectProperty(it) if is_default_variants(&it.key) => return false,
            AstKind::ComputedMemberExpression(it) if it.expression.span().start <= start => return false,
            AstKind::JSXElement(_) | AstKind::Function(_) | AstKind::Program(_) => return false,
            _ => {}
        }
    }
    false
}

fn joins(call: &CallExpression<'_>) -> bool {
    matches!(&call.callee, Expression::Identifier(name) if JOINERS.contains(&name.name.as_str()))
}

/// Whether the property of `cva` has names of variants and no classes.
fn is_default_variants(key: &PropertyKey<'_>) -> bool {
    key.static_name().is_some_and(|name| name == "defaultVariants")
}
