//! `javascript:` URLs in places that take a URL, and code that leaves the document of the widget.

use oxc_allocator::Allocator;
use oxc_ast::{
    AstKind,
    ast::{
        AssignmentExpression, AssignmentTarget, CallExpression, Expression, JSXAttribute, JSXAttributeItem,
        JSXAttributeName, JSXAttributeValue, JSXOpeningElement,
    },
};
use oxc_span::GetSpan;
use oxc_syntax::xml_entities::decode_entities;

use super::{
    findings::Findings,
    module::{Module, peeled},
    rule::Rule,
};

const SCHEME: &str = "javascript:";

const MESSAGE: &str =
    "`javascript:` URLs are not allowed in components; use an event handler such as onClick, or a real address";

const NAVIGATION: &str = "a widget that leaves its document ends; let the user follow <a href=…>, or open the address in a \
     click with window.open(…)";

/// Maximum number of expressions to follow, through conditions and alternatives.
const MAX_EXPRESSIONS: u32 = 64;

/// Whether the attribute or property takes a URL that the browser navigates to or loads.
fn takes_url(name: &str) -> bool {
    matches!(name, "href" | "src" | "action" | "formAction" | "formaction" | "xlinkHref" | "xlink:href")
}

/// Reports `javascript:` URLs in attributes, properties, assignments and arguments of calls that take a URL.
pub(super) fn check<'a>(module: &Module<'_, 'a>, kind: AstKind<'a>, findings: &mut Findings) {
    match kind {
        AstKind::JSXOpeningElement(element) => opening_element(module, element, findings),
        AstKind::ObjectProperty(it) if module.key_name(&it.key).is_some_and(|name| takes_url(&name)) => {
            value(module, &it.value, findings);
        }
        AstKind::AssignmentExpression(it) => assigned(module, it, findings),
        AstKind::CallExpression(call) => called(module, call, findings),
        _ => {}
    }
}

fn opening_element<'a>(module: &Module<'_, 'a>, element: &JSXOpeningElement<'a>, findings: &mut Findings) {
    for item in &element.attributes {
        if let JSXAttributeItem::Attribute(it) = item
            && takes_url_in_jsx(it)
        {
            match &it.value {
                Some(JSXAttributeValue::StringLiteral(text)) if is_script(&without_entities(&text.value)) => {
                    findings.add(Rule::NoScriptUrl, text.span.start, MESSAGE);
                }
                Some(JSXAttributeValue::ExpressionContainer(container)) => {
                    if let Some(expression) = container.expression.as_expression() {
                        value(module, expression, findings);
                    }
                }
                _ => {}
            }
        }
    }
}

fn takes_url_in_jsx(attribute: &JSXAttribute<'_>) -> bool {
    match &attribute.name {
        JSXAttributeName::Identifier(name) => takes_url(&name.name),
        JSXAttributeName::NamespacedName(name) => name.namespace.name == "xlink" && name.name.name == "href",
    }
}

fn assigned<'a>(module: &Module<'_, 'a>, assignment: &AssignmentExpression<'a>, findings: &mut Findings) {
    let (takes_url, leaves) = match &assignment.left {
        AssignmentTarget::AssignmentTargetIdentifier(name) => {
            (false, name.name == "location" && module.symbol(name).is_none())
        }
        other => {
            let Some(member) = other.as_member_expression() else {
                return;
            };
            let Some(name) = module.member_name(member) else {
                return;
            };
            let object = module.global(member.object());
            let is_location = object.and_then(|object| module.global_property(object, &name)) == Some("location");
            (takes_url(&name), is_location || (object == Some("location") && name == "href"))
        }
    };
    let is_script = (takes_url || leaves) && value(module, &assignment.right, findings);
    if leaves && !is_script {
        navigated(module, &assignment.right, assignment.span.start, findings);
    }
}

/// Warns of a navigation, unless its target is known to be in the document.
fn navigated<'a>(module: &Module<'_, 'a>, target: &Expression<'a>, offset: u32, findings: &mut Findings) {
    if !module.text(target).text.starts_with('#') {
        findings.add(Rule::NoNavigation, offset, NAVIGATION);
    }
}

fn called<'a>(module: &Module<'_, 'a>, call: &CallExpression<'a>, findings: &mut Findings) {
    let argument = |n: usize| call.arguments.get(n).and_then(|it| it.as_expression());
    let mut leaves = false;
    let url = if module.global(&call.callee) == Some("open") {
        argument(0)
    } else if let Some(member) = peeled(&call.callee).get_member_expr() {
        match member.static_property_name() {
            Some("assign" | "replace") if module.global(member.object()) == Some("location") => {
                leaves = true;
                argument(0)
            }
            Some("setAttribute") => argument(1)
                .filter(|_| argument(0).is_some_and(|name| takes_url(&module.text(name).text.to_ascii_lowercase()))),
            _ => None,
        }
    } else {
        None
    };
    if let Some(url) = url
        && !value(module, url, findings)
        && leaves
    {
        navigated(module, url, call.span.start, findings);
    }
}

/// Reports an address that may be a `javascript:` URL. Returns whether it is one.
fn value<'a>(module: &Module<'_, 'a>, expression: &Expression<'a>, findings: &mut Findings) -> bool {
    let mut budget = MAX_EXPRESSIONS;
    let is_script = may_be_script(module, expression, &mut budget);
    if is_script {
        findings.add(Rule::NoScriptUrl, expression.span().start, MESSAGE);
    }
    is_script
}

fn may_be_script<'a>(module: &Module<'_, 'a>, expression: &Expression<'a>, budget: &mut u32) -> bool {
    *budget = budget.saturating_sub(1);
    if *budget == 0 {
        return false;
    }
    match peeled(expression) {
        Expression::ConditionalExpression(it) => {
            may_be_script(module, &it.consequent, budget) || may_be_script(module, &it.alternate, budget)
        }
        Expression::LogicalExpression(it) => {
            may_be_script(module, &it.left, budget) || may_be_script(module, &it.right, budget)
        }
        Expression::SequenceExpression(it) => {
            it.expressions.last().is_some_and(|last| may_be_script(module, last, budget))
        }
        Expression::Identifier(name) => module.constant(name).is_some_and(|value| may_be_script(module, value, budget)),
        other => is_script(&module.text(other).text),
    }
}

/// Whether a browser parses the text as a `javascript:` URL. It ignores leading control characters and spaces, all tabs and line
/// breaks, and the case of letters (WHATWG URL, "basic URL parser").
fn is_script(url: &str) -> bool {
    let mut letters = url
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .map(|c| c.to_ascii_lowercase());
    SCHEME.chars().all(|expected| letters.next() == Some(expected))
}

/// The text of a JSX attribute with its entities decoded, as React receives it: `&#106;` is `j`.
fn without_entities(text: &str) -> String {
    let allocator = Allocator::default();
    let mut decoded = None;
    decode_entities(text, &mut decoded, text.len(), &allocator);
    decoded.map_or_else(|| text.to_owned(), |decoded| decoded.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::is_script;

    #[test]
    fn a_script_url_is_recognized_as_browsers_parse_it() {
        for url in ["javascript:x", "JavaScript:x", " \u{1}javascript:x", "java\nscr\tipt\r:x", "javascript:"] {
            assert!(is_script(url), "{url:?}");
        }
        for url in ["", "java", "javascript", "https://javascript:x", "./javascript:x", "java script:x", "xjavascript:"]
        {
            assert!(!is_script(url), "{url:?}");
        }
    }
}
