//! List elements without a `key`.

use oxc_ast::{
    AstKind,
    ast::{ArrowFunctionExpression, CallExpression, Expression, Function, JSXAttributeItem, JSXElement, Statement},
};

use super::{
    findings::Findings,
    module::{Module, peeled},
    rule::Rule,
};

const NO_KEY: &str = "an element made for each item of a list has no `key`; give it one that stays with the item, such as \
     key={item.id}";
const FRAGMENT: &str =
    "a fragment made for each item of a list cannot have a `key`; write <React.Fragment key={item.id}>";

/// Reports elements without a key that the callback of `.map`, `.flatMap` or `Array.from` returns.
pub(super) fn check<'a>(module: &Module<'_, 'a>, call: &CallExpression<'a>, findings: &mut Findings) {
    let Some(callback) = callback(module, call) else {
        return;
    };
    match peeled(callback) {
        Expression::ArrowFunctionExpression(arrow) => of_arrow(arrow, findings),
        Expression::FunctionExpression(function) => of_function(function, findings),
        Expression::Identifier(name) => match module.symbol(name).map(|symbol| module.declaration(symbol)) {
            Some(AstKind::Function(function)) => of_function(function, findings),
            Some(AstKind::VariableDeclarator(_)) => match module.constant(name).map(peeled) {
                Some(Expression::ArrowFunctionExpression(arrow)) => of_arrow(arrow, findings),
                Some(Expression::FunctionExpression(function)) => of_function(function, findings),
                _ => {}
            },
            _ => {}
        },
        _ => {}
    }
}

fn callback<'e, 'a>(module: &Module<'_, 'a>, call: &'e CallExpression<'a>) -> Option<&'e Expression<'a>> {
    let member = peeled(&call.callee).get_member_expr()?;
    match member.static_property_name()? {
        // React.Children.map assigns keys itself.
        "map" | "flatMap" if !is_children(member.object()) => call.arguments.first()?.as_expression(),
        "from" if module.global(member.object()) == Some("Array") => call.arguments.get(1)?.as_expression(),
        _ => None,
    }
}

fn is_children(object: &Expression<'_>) -> bool {
    match peeled(object) {
        Expression::Identifier(name) => name.name == "Children",
        other => other.get_member_expr().and_then(|it| it.static_property_name()) == Some("Children"),
    }
}

fn of_arrow(arrow: &ArrowFunctionExpression<'_>, findings: &mut Findings) {
    match arrow.body.as_expression() {
        Some(value) => returned(value, findings),
        None => arrow.body.as_function_body().into_iter().for_each(|body| statements(&body.statements, findings)),
    }
}

fn of_function(function: &Function<'_>, findings: &mut Findings) {
    if let Some(body) = &function.body {
        statements(&body.statements, findings);
    }
}

fn statements(list: &[Statement<'_>], findings: &mut Findings) {
    list.iter().for_each(|it| statement(it, findings));
}

fn statement(it: &Statement<'_>, findings: &mut Findings) {
    match it {
        Statement::ReturnStatement(it) => {
            if let Some(value) = &it.argument {
                returned(value, findings);
            }
        }
        Statement::BlockStatement(it) => statements(&it.body, findings),
        Statement::IfStatement(it) => {
            statement(&it.consequent, findings);
            if let Some(alternate) = &it.alternate {
                statement(alternate, findings);
            }
        }
        Statement::SwitchStatement(it) => it.cases.iter().for_each(|case| statements(&case.consequent, findings)),
        Statement::TryStatement(it) => statements(&it.block.body, findings),
        _ => {}
    }
}

fn returned(value: &Expression<'_>, findings: &mut Findings) {
    match peeled(value) {
        Expression::JSXElement(element) if !has_key(element) => {
            findings.add(Rule::MissingKey, element.span.start, NO_KEY);
        }
        Expression::JSXFragment(fragment) => findings.add(Rule::MissingKey, fragment.span.start, FRAGMENT),
        Expression::ConditionalExpression(it) => {
            returned(&it.consequent, findings);
            returned(&it.alternate, findings);
        }
        Expression::LogicalExpression(it) => {
            returned(&it.left, findings);
            returned(&it.right, findings);
        }
        _ => {}
    }
}

/// Whether the element has a key. A spread may contain one.
fn has_key(element: &JSXElement<'_>) -> bool {
    element.opening_element.attributes.iter().any(|item| match item {
        JSXAttributeItem::Attribute(attribute) => attribute.is_key(),
        JSXAttributeItem::SpreadAttribute(_) => true,
    })
}
