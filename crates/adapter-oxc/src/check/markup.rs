//! Raw HTML, inline styles, and JSX syntax that React does not support.

use oxc_ast::{
    AstKind,
    ast::{
        Expression, JSXAttribute, JSXAttributeItem, JSXAttributeName, JSXAttributeValue, JSXElementName,
        JSXOpeningElement,
    },
};
use oxc_semantic::AstNode;
use oxc_span::{GetSpan, Span};

use super::{elements, findings::Findings, module::Module, rule::Rule};

const DANGEROUS: &str = "`dangerouslySetInnerHTML` is not allowed in components; build the elements with JSX";
pub(super) const DECORATOR: &str = "Decorators are not supported; call the function around the class instead";
const RAW_HTML: &str =
    "Raw HTML is not allowed in components; build the elements with JSX instead of assigning text as markup";

/// Reports raw HTML, inline styles and unsupported syntax in a node.
pub(super) fn check<'a>(module: &Module<'_, 'a>, node: &AstNode<'a>, findings: &mut Findings) {
    match node.kind() {
        AstKind::JSXOpeningElement(element) => opening_element(module, element, findings),
        AstKind::JSXSpreadChild(it) => {
            let message = "React has no spread children; write `{items}` instead of `{...items}`";
            findings.add(Rule::UnsupportedSyntax, it.span.start, message);
        }
        AstKind::Decorator(it) => {
            findings.add(Rule::UnsupportedSyntax, it.span.start, DECORATOR);
        }
        AstKind::AccessorProperty(it) => {
            let message = "`accessor` fields are not supported; write a field, or a getter and a setter";
            findings.add(Rule::UnsupportedSyntax, it.span.start, message);
        }
        AstKind::ObjectProperty(it) => {
            if let Some(name) = module.key_name(&it.key) {
                raw_html(&name, it.key.span(), findings);
            }
        }
        AstKind::StaticMemberExpression(it) => {
            member(module, node, &it.property.name, it.property.span, findings);
        }
        AstKind::ComputedMemberExpression(it) => {
            let name = module.text(&it.expression);
            if name.whole {
                member(module, node, &name.text, it.expression.span(), findings);
            }
        }
        AstKind::CallExpression(call) => {
            let created = call.callee_name() == Some("createElement");
            let props = call.arguments.get(1).and_then(|props| props.as_expression());
            if let (true, Some(Expression::ObjectExpression(props))) = (created, props) {
                let mut properties = props.properties.iter().filter_map(|it| it.as_property());
                if let Some(style) = properties.find(|it| it.key.is_specific_static_name("style"))
                    && !elements::style_text(module, &style.value, findings)
                {
                    findings.add(Rule::InlineStyle, style.span.start, "");
                }
            }
        }
        _ => {}
    }
}

fn opening_element<'a>(module: &Module<'_, 'a>, element: &JSXOpeningElement<'a>, findings: &mut Findings) {
    if let JSXElementName::NamespacedName(name) = &element.name {
        let message = "React has no elements with a namespace (`<a:b>`); write the element's plain name";
        findings.add(Rule::UnsupportedSyntax, name.span.start, message);
    }
    let of_html = matches!(&element.name, JSXElementName::Identifier(_));
    for item in &element.attributes {
        let JSXAttributeItem::Attribute(attribute) = item else {
            continue;
        };
        let JSXAttributeName::Identifier(name) = &attribute.name else {
            continue;
        };
        raw_html(&name.name, name.span, findings);
        if name.name == "style"
            && !(of_html && is_text(module, attribute, findings))
            && (of_html || holds_styles(attribute))
        {
            findings.add(Rule::InlineStyle, attribute.span.start, "");
        }
    }
}

/// Reports the `style` of an element if it is text.
fn is_text<'a>(module: &Module<'_, 'a>, attribute: &JSXAttribute<'a>, findings: &mut Findings) -> bool {
    match &attribute.value {
        Some(JSXAttributeValue::StringLiteral(text)) => {
            elements::note_style_text(Some(&text.value), text.span.start, findings);
            true
        }
        Some(JSXAttributeValue::ExpressionContainer(it)) => {
            it.expression.as_expression().is_some_and(|value| elements::style_text(module, value, findings))
        }
        _ => false,
    }
}

/// Whether a component's `style` holds CSS. A literal may be the name of a theme; an object or a computed value counts as CSS.
fn holds_styles(attribute: &JSXAttribute<'_>) -> bool {
    matches!(&attribute.value, Some(JSXAttributeValue::ExpressionContainer(it))
        if !it.expression.as_expression().is_some_and(|value| value.is_literal() || value.is_no_substitution_template()))
}

/// Reports assignments to members that take markup, and any reference to methods that do. Reading a member is allowed:
/// `data.innerHTML` is plain text.
fn member<'a>(module: &Module<'_, 'a>, node: &AstNode<'a>, name: &str, span: Span, findings: &mut Findings) {
    if is_method(name) || is_assigned(module.semantic.nodes().parent_kind(node.id()), node.kind().span()) {
        raw_html(name, span, findings);
    }
}

/// Whether an expression is the target of an assignment in its parent.
fn is_assigned(parent: AstKind<'_>, expression: Span) -> bool {
    match parent {
        AstKind::AssignmentExpression(it) => it.left.span() == expression,
        AstKind::ForInStatement(it) => it.left.span() == expression,
        AstKind::ForOfStatement(it) => it.left.span() == expression,
        AstKind::AssignmentTargetWithDefault(it) => it.binding.span() == expression,
        AstKind::AssignmentTargetPropertyProperty(it) => it.binding.span() == expression,
        AstKind::ArrayAssignmentTarget(_) | AstKind::AssignmentTargetRest(_) | AstKind::UpdateExpression(_) => true,
        _ => false,
    }
}

fn raw_html(name: &str, span: Span, findings: &mut Findings) {
    match name {
        "dangerouslySetInnerHTML" => findings.add(Rule::NoDangerousHtml, span.start, DANGEROUS),
        "innerHTML" | "outerHTML" | "srcDoc" | "srcdoc" => findings.add(Rule::NoRawHtml, span.start, RAW_HTML),
        _ if is_method(name) => findings.add(Rule::NoRawHtml, span.start, RAW_HTML),
        _ => {}
    }
}

fn is_method(name: &str) -> bool {
    matches!(name, "insertAdjacentHTML" | "setHTMLUnsafe" | "createContextualFragment")
}
