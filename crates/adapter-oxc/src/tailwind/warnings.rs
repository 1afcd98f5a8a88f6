//! Warnings: class names that no compiler finds, and those that Tailwind no longer has.

use oxc_ast::{
    AstKind,
    ast::{Expression, StringLiteral, TemplateLiteral},
};
use oxc_semantic::NodeId;
use oxc_span::{GetSpan as _, Span};
use oxc_syntax::operator::BinaryOperator;

use super::{
    candidates::{Token, is_class},
    utility::{base, begins_utility},
};
use crate::check::{Findings, Module, Rule, quoted};

/// Utilities of Tailwind 3 for the opacity of a color.
const OPACITIES: [&str; 6] = ["bg", "text", "border", "divide", "ring", "placeholder"];

/// Reports class names that are put together at run time.
pub(super) fn put_together(module: &Module<'_, '_>, findings: &mut Findings) {
    for node in module.semantic.nodes() {
        match node.kind() {
            AstKind::TemplateLiteral(it) => template(module, node.id(), it, findings),
            AstKind::StringLiteral(it) => string(module, node.id(), it, findings),
            _ => {}
        }
    }
}

fn template(module: &Module<'_, '_>, node: NodeId, template: &TemplateLiteral<'_>, findings: &mut Findings) {
    for (pair, expression) in template.quasis.windows(2).zip(&template.expressions) {
        let (before, after) = (pair[0].value.raw.as_str(), pair[1].value.raw.as_str());
        let start = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_number =
            |text: &str| text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let begins = begins_utility(start);
        // `bg-${color}-500` is a class name wherever it stands.
        if (begins && (is_number(after) || is_class(module, node)))
            || (start.is_empty() && is_number(after) && is_class(module, node))
        {
            let offset = pair[0].span.end - u32::try_from(start.len()).unwrap_or_default();
            let rest = after.split(char::is_whitespace).next().unwrap_or_default();
            add(&format!("{start}${{…}}{rest}"), Span::new(offset, expression.span().start), findings);
        }
    }
}

fn string(module: &Module<'_, '_>, node: NodeId, literal: &StringLiteral<'_>, findings: &mut Findings) {
    let start = literal.value.rsplit(char::is_whitespace).next().unwrap_or_default();
    if begins_utility(start) && is_continued(module, node, literal) && is_class(module, node) {
        add(&format!("'{start}' + …"), literal.span, findings);
    }
}

/// Whether something is added to the end of the string.
fn is_continued(module: &Module<'_, '_>, node: NodeId, literal: &StringLiteral<'_>) -> bool {
    let is_literal = |side: &Expression<'_>| side.span() == literal.span;
    let mut around = module.semantic.nodes().ancestor_kinds(node);
    let Some(AstKind::BinaryExpression(inner)) = around.next() else { return false };
    let is_sum = inner.operator == BinaryOperator::Addition;
    let mut is_inner = || {
        matches!(around.next(), Some(AstKind::BinaryExpression(outer))
            if outer.operator == BinaryOperator::Addition && outer.left.span() == inner.span)
    };
    is_sum && (is_literal(&inner.left) || is_inner())
}

fn add(name: &str, span: Span, findings: &mut Findings) {
    let message = format!(
        "`{}` is put together at run time, so it is not in the style sheet; write whole class names, for example in an object \
         that has one for each value",
        quoted(name)
    );
    findings.add(Rule::UnstyledClass, span.start, message);
}

/// Reports utilities that Tailwind 4 no longer has.
pub(super) fn removed(tokens: &[Token<'_>], findings: &mut Findings) {
    for token in tokens.iter().filter(|token| token.is_class) {
        let name = base(token.text).unwrap_or_default();
        if let Some((utility, opacity)) = name.split_once("-opacity-")
            && OPACITIES.contains(&utility)
        {
            let message = format!(
                "Tailwind 4 has no `{}`; write the opacity after the color: `{utility}-black/{}`",
                quoted(name),
                quoted(opacity)
            );
            findings.add(Rule::UnstyledClass, token.offset, message);
        }
    }
}
