//! Images and buttons that a screen reader cannot name.

use oxc_ast::{
    AstKind,
    ast::{
        Expression, JSXAttribute, JSXAttributeItem, JSXAttributeName, JSXAttributeValue, JSXChild, JSXElement,
        JSXElementName, JSXOpeningElement,
    },
};
use oxc_semantic::AstNode;

use super::{
    findings::Findings,
    module::{Module, peeled},
    rule::Rule,
};

const IMAGE: &str = "an image has no `alt`, so a screen reader reads its address; describe it with alt=\"…\", or write alt=\"\" if \
     it is decoration";
const BUTTON: &str = "a button has no text, so a screen reader cannot name it; add aria-label=\"…\"";

/// Reports images without `alt`, and buttons that contain only an icon.
pub(super) fn check<'a>(module: &Module<'_, 'a>, node: &AstNode<'a>, findings: &mut Findings) {
    let AstKind::JSXElement(element) = node.kind() else {
        return;
    };
    let opening = &element.opening_element;
    let JSXElementName::Identifier(name) = &opening.name else {
        return;
    };
    match name.name.as_str() {
        "img" if !has_any(opening, &["alt", "role", "aria-hidden", "aria-label", "aria-labelledby"]) => {
            findings.add(Rule::ImageAlt, opening.span.start, IMAGE);
        }
        "button"
            if !has_any(opening, &NAMING)
                && !has_any(opening, &["children", "id", "hidden", "aria-hidden"])
                && !any_named(&element.children, &mut { MAX_CHILDREN })
                && !module.semantic.nodes().ancestor_kinds(node.id()).any(is_label) =>
        {
            findings.add(Rule::ButtonName, opening.span.start, BUTTON);
        }
        _ => {}
    }
}

/// Maximum number of children of a button to examine. A button that contains more is taken for one with a name.
const MAX_CHILDREN: u32 = 100;

/// Attributes that name an element.
const NAMING: [&str; 3] = ["aria-label", "aria-labelledby", "title"];

fn is_label(kind: AstKind<'_>) -> bool {
    matches!(kind, AstKind::JSXElement(it)
        if matches!(&it.opening_element.name, JSXElementName::Identifier(name) if name.name == "label"))
}

/// Whether the element has one of the attributes. A spread may contain any.
fn has_any(element: &JSXOpeningElement<'_>, names: &[&str]) -> bool {
    element.attributes.iter().any(|item| match item {
        JSXAttributeItem::Attribute(it) => names.iter().any(|name| is_named(it, name)),
        JSXAttributeItem::SpreadAttribute(_) => true,
    })
}

fn is_named(attribute: &JSXAttribute<'_>, name: &str) -> bool {
    matches!(&attribute.name, JSXAttributeName::Identifier(it) if it.name == name)
}

fn any_named(children: &[JSXChild<'_>], budget: &mut u32) -> bool {
    children.iter().any(|child| child_is_named(child, budget))
}

/// Whether the child may give a name to the element around it.
fn child_is_named(child: &JSXChild<'_>, budget: &mut u32) -> bool {
    *budget = budget.saturating_sub(1);
    if *budget == 0 {
        return true;
    }
    match child {
        JSXChild::Text(text) => !text.value.trim().is_empty(),
        JSXChild::Element(element) => element_is_named(element, budget),
        JSXChild::Fragment(fragment) => any_named(&fragment.children, budget),
        JSXChild::ExpressionContainer(it) => {
            it.expression.as_expression().is_some_and(|it| expression_is_named(it, budget))
        }
        JSXChild::Spread(_) => true,
    }
}

fn expression_is_named(expression: &Expression<'_>, budget: &mut u32) -> bool {
    match peeled(expression) {
        Expression::JSXElement(element) => element_is_named(element, budget),
        Expression::JSXFragment(fragment) => any_named(&fragment.children, budget),
        Expression::ConditionalExpression(it) => {
            expression_is_named(&it.consequent, budget) || expression_is_named(&it.alternate, budget)
        }
        Expression::LogicalExpression(it) => expression_is_named(&it.right, budget),
        Expression::StringLiteral(it) => !it.value.trim().is_empty(),
        Expression::NullLiteral(_) | Expression::BooleanLiteral(_) => false,
        _ => true,
    }
}

fn element_is_named(element: &JSXElement<'_>, budget: &mut u32) -> bool {
    let opening = &element.opening_element;
    match &opening.name {
        JSXElementName::Identifier(name) => match name.name.as_str() {
            "img" => opening.attributes.iter().any(|item| match item {
                JSXAttributeItem::Attribute(it) => {
                    let is_empty =
                        matches!(&it.value, Some(JSXAttributeValue::StringLiteral(it)) if it.value.is_empty());
                    is_named(it, "aria-label") || (is_named(it, "alt") && !is_empty)
                }
                JSXAttributeItem::SpreadAttribute(_) => true,
            }),
            "style" => false,
            _ => has_any(opening, &NAMING) || any_named(&element.children, budget),
        },
        // A component draws anything; only one that is called an icon is taken for one.
        JSXElementName::IdentifierReference(name) => {
            !name.name.ends_with("Icon")
                || !opening.attributes.iter().all(is_decoration)
                || !element.children.is_empty()
        }
        _ => true,
    }
}

/// Whether an attribute of an icon only changes how it looks.
fn is_decoration(item: &JSXAttributeItem<'_>) -> bool {
    const LOOK: [&str; 9] = ["className", "color", "fill", "height", "size", "stroke", "strokeWidth", "style", "width"];
    matches!(item, JSXAttributeItem::Attribute(it) if LOOK.iter().any(|name| is_named(it, name)))
}
