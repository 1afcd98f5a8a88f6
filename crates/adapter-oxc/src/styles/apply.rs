//! Changes the tree of a module as its [`Plan`] says.

use oxc_allocator::{Allocator, TakeIn};
use oxc_ast::ast::{
    Expression, JSXAttribute, JSXAttributeItem, JSXAttributeName, JSXAttributeValue, JSXChild, JSXOpeningElement,
    ObjectProperty, Program,
};
use oxc_ast_visit::{VisitMut, walk_mut};

use super::{
    Plan, Scope, Style,
    css::{CLASS, FIRST_ANIMATION, FIRST_VALUE, is_marker},
    start,
};
use crate::tree;

/// What the changed modules need when they run.
const RUNTIME: &str = include_str!("runtime.js");

/// Scopes the styles of a program. Its scopes and symbols must be computed again afterwards.
pub(crate) fn apply<'a>(plan: &Plan, allocator: &'a Allocator, program: &mut Program<'a>) {
    let prefix = tree::unused_name(program.source_text, "_style");
    let values = plan.scopes.iter().map(|_| Vec::new()).collect();
    let mut change = Change { plan, allocator, prefix, scope: None, is_in_style: false, values };
    change.visit_program(program);
    let mut runtime = RUNTIME.replace('$', &change.prefix).replace(&format!("{}{{", change.prefix), "${");
    for (scope, Scope { keyframes, .. }) in plan.scopes.iter().enumerate().filter(|(_, it)| !it.keyframes.is_empty()) {
        runtime.push_str(&format!("\nconst {} = {};", change.frames(scope), serde_json::json!(keyframes)));
    }
    for (index, statement) in tree::statements(allocator, &runtime).into_iter().enumerate() {
        program.body.insert(index, statement);
    }
}

struct Change<'p, 'a> {
    plan: &'p Plan,
    allocator: &'a Allocator,
    /// The beginning of names that the source does not contain.
    prefix: String,
    /// The scope that the visited node is in.
    scope: Option<usize>,
    /// Whether the visited node is in the `style` of an element of the scope.
    is_in_style: bool,
    /// The values of each scope, taken out of its styles.
    values: Vec<Vec<Expression<'a>>>,
}

impl<'a> VisitMut<'a> for Change<'_, 'a> {
    fn visit_expression(&mut self, it: &mut Expression<'a>) {
        if self.walk_in_scope(start(it), |change| walk_mut::walk_expression(change, it)) {
            let expression = it.take_in(&self.allocator);
            *it = self.replaced(expression);
        }
    }

    fn visit_jsx_child(&mut self, it: &mut JSXChild<'a>) {
        let start = match it {
            JSXChild::Element(element) => Some(element.span.start),
            JSXChild::Fragment(fragment) => Some(fragment.span.start),
            _ => None,
        };
        if self.walk_in_scope(start, |change| walk_mut::walk_jsx_child(change, it)) {
            let expression = match it.take_in(&self.allocator) {
                JSXChild::Element(element) => Expression::JSXElement(element),
                JSXChild::Fragment(fragment) => Expression::JSXFragment(fragment),
                _ => return,
            };
            let expression = self.replaced(expression);
            if let Expression::JSXFragment(mut parent) = self.built("<>{$0}</>", vec![expression])
                && let Some(child) = parent.children.pop()
            {
                *it = child;
            }
        }
    }

    fn visit_jsx_attribute_value(&mut self, it: &mut JSXAttributeValue<'a>) {
        let start = match it {
            JSXAttributeValue::Element(element) => Some(element.span.start),
            JSXAttributeValue::Fragment(fragment) => Some(fragment.span.start),
            _ => None,
        };
        if self.walk_in_scope(start, |change| walk_mut::walk_jsx_attribute_value(change, it)) {
            let expression = match it.take_in(&self.allocator) {
                JSXAttributeValue::Element(element) => Expression::JSXElement(element),
                JSXAttributeValue::Fragment(fragment) => Expression::JSXFragment(fragment),
                _ => return,
            };
            let expression = self.replaced(expression);
            *it = self.attribute_value(expression);
        }
    }

    fn visit_jsx_opening_element(&mut self, it: &mut JSXOpeningElement<'a>) {
        walk_mut::walk_jsx_opening_element(self, it);
        if let Some(scope) = self.plan.elements.get(&it.span.start) {
            self.add_class(it, *scope);
        }
    }

    fn visit_jsx_attribute(&mut self, it: &mut JSXAttribute<'a>) {
        let outer = self.is_in_style;
        self.is_in_style = is_named(it, "style");
        walk_mut::walk_jsx_attribute(self, it);
        self.is_in_style = outer;
    }

    /// `style={{ animation: "name 1s" }}` names keyframes too.
    fn visit_object_property(&mut self, it: &mut ObjectProperty<'a>) {
        walk_mut::walk_object_property(self, it);
        let Some(scope) = self.scope.filter(|_| self.is_in_style) else {
            return;
        };
        let names = &self.plan.scopes[scope].keyframes;
        let is_animation =
            it.key.is_specific_static_name("animation") || it.key.is_specific_static_name("animationName");
        if is_animation && !names.is_empty() {
            let text = format!("{}Names($0, {}, {})", self.prefix, self.frames(scope), self.class(scope));
            it.shorthand = false;
            it.value = self.built(&text, vec![it.value.take_in(&self.allocator)]);
        }
    }
}

impl<'a> Change<'_, 'a> {
    /// Walks a node, in the scope that it starts if it is an element. Returns whether the node is to be replaced.
    fn walk_in_scope(&mut self, start: Option<u32>, walk: impl FnOnce(&mut Self)) -> bool {
        let outer = self.scope;
        if let Some(scope) = start.and_then(|start| self.plan.roots.get(&start)) {
            self.scope = Some(*scope);
        }
        walk(self);
        self.scope = outer;
        self.is_replaced(start)
    }

    /// Whether an element is a style or starts a scope with values.
    fn is_replaced(&self, start: Option<u32>) -> bool {
        start.is_some_and(|start| {
            let root = self.plan.roots.get(&start);
            self.plan.styles.contains_key(&start) || root.is_some_and(|scope| self.plan.scopes[*scope].values > 0)
        })
    }

    fn replaced(&mut self, expression: Expression<'a>) -> Expression<'a> {
        let Some(start) = start(&expression) else {
            return expression;
        };
        if let Some(style) = self.plan.styles.get(&start) {
            return self.style(style, expression);
        }
        let Some(scope) = self.plan.roots.get(&start) else {
            return expression;
        };
        let values = std::mem::take(&mut self.values[*scope]);
        self.with_values(&self.plan.scopes[*scope].class, expression, values)
    }

    /// Binds the class and the values of an element's styles.
    fn with_values(&self, class: &str, element: Expression<'a>, mut values: Vec<Expression<'a>>) -> Expression<'a> {
        let prefix = &self.prefix;
        let holes: Vec<String> = (1..=values.len()).map(|index| format!(",${index}")).collect();
        values.insert(0, element);
        self.built(&format!("(({prefix})=>$0)({prefix}Values({}{}))", quoted(class), holes.concat()), values)
    }

    /// The element that keeps a style in the document.
    fn style(&mut self, style: &Style, element: Expression<'a>) -> Expression<'a> {
        let values = values_of(element, style, self.allocator);
        let (prefix, order) = (&self.prefix, style.order);
        let depends = match style.scope {
            Some(scope) => self.plan.scopes[scope].values > 0,
            None => !values.is_empty(),
        };
        if !depends {
            let class = style.scope.map_or("", |scope| &self.plan.scopes[scope].class);
            let text = quoted(&style.css.replace(CLASS, class));
            return self.built(&format!("<{prefix}Style order={{{order}}} text={{()=>{text}}}/>"), Vec::new());
        }
        let text = self.template(style);
        let element = format!("<{prefix}Style order={{{order}}} id={{{prefix}[0]}} text={{()=>{text}}}/>");
        let element = self.built(&element, Vec::new());
        match style.scope {
            Some(scope) => {
                self.values[scope].extend(values);
                element
            }
            None => self.with_values("", element, values),
        }
    }

    /// The text of a style as a template with its class and values.
    fn template(&self, style: &Style) -> String {
        let prefix = &self.prefix;
        let mut out = String::from("`");
        for character in style.css.chars() {
            match character {
                CLASS => out.push_str(&format!("${{{prefix}[0]}}")),
                '`' | '\\' | '$' => out.extend(['\\', character]),
                // A line break in a template is always `\n`, and a real `\r` would become one.
                '\r' => out.push_str("\\r"),
                marker if is_marker(marker) => {
                    let is_animation = marker >= FIRST_ANIMATION;
                    let first = if is_animation { FIRST_ANIMATION } else { FIRST_VALUE };
                    let index = style.first_value + (marker as usize - first as usize) + 1;
                    let value = format!("{prefix}[{index}]");
                    match style.scope.filter(|_| is_animation) {
                        Some(scope) => {
                            let names = self.frames(scope);
                            out.push_str(&format!("${{{prefix}Names({value},{names},{prefix}[0])}}"));
                        }
                        None => out.push_str(&format!("${{{value}}}")),
                    }
                }
                other => out.push(other),
            }
        }
        out.push('`');
        out
    }

    /// The name of the constant with a scope's names of keyframes.
    fn frames(&self, scope: usize) -> String {
        format!("{}Frames{scope}", self.prefix)
    }

    /// The class of a scope, as an expression.
    fn class(&self, scope: usize) -> String {
        let Scope { class, values, .. } = &self.plan.scopes[scope];
        if *values > 0 { format!("{}[0]", self.prefix) } else { quoted(class) }
    }

    /// Adds the class of a scope to whatever the element has as `className`. The last attribute decides, so the class is added
    /// to the last `className` and to what is spread after it.
    fn add_class(&self, opening: &mut JSXOpeningElement<'a>, scope: usize) {
        let class = self.class(scope);
        let last = opening.attributes.iter().rposition(
            |item| matches!(item, JSXAttributeItem::Attribute(attribute) if is_named(attribute, "className")),
        );
        for item in opening.attributes.iter_mut().skip(last.map_or(0, |last| last + 1)) {
            if let JSXAttributeItem::SpreadAttribute(spread) = item {
                let props = spread.argument.take_in(&self.allocator);
                spread.argument = self.built(&format!("{}Own({class},$0)", self.prefix), vec![props]);
            }
        }
        let Some(last) = last else {
            if let Some(attribute) = self.attribute(&class, Vec::new()) {
                opening.attributes.insert(0, attribute);
            }
            return;
        };
        let JSXAttributeItem::Attribute(attribute) = &mut opening.attributes[last] else {
            return;
        };
        let is_static = self.plan.scopes[scope].values == 0;
        let value = attribute.value.as_mut().map(|value| value.take_in(&self.allocator));
        let value = match value {
            Some(JSXAttributeValue::StringLiteral(mut literal)) => {
                if is_static {
                    let text = format!("{} {}", self.plan.scopes[scope].class, literal.value);
                    literal.value = self.allocator.alloc_str(&text).into();
                    literal.raw = None;
                    attribute.value = Some(JSXAttributeValue::StringLiteral(literal));
                    return;
                }
                self.built(&format!("{class}+{}", quoted(&format!(" {}", decoded(&literal.value)))), Vec::new())
            }
            Some(JSXAttributeValue::ExpressionContainer(mut container)) if container.expression.is_expression() => {
                let own = container.expression.to_expression_mut().take_in(&self.allocator);
                let is_text = matches!(own, Expression::StringLiteral(_) | Expression::TemplateLiteral(_));
                let text = if is_text { format!("{class}+\" \"+$0") } else { format!("{class}+\" \"+($0||\"\")") };
                self.built(&text, vec![own])
            }
            _ => self.built(&class, Vec::new()),
        };
        attribute.value = Some(self.attribute_value(value));
    }

    fn attribute(&self, class: &str, holes: Vec<Expression<'a>>) -> Option<JSXAttributeItem<'a>> {
        match self.built(&format!("<a className={{{class}}}/>"), holes) {
            Expression::JSXElement(mut element) => element.opening_element.attributes.pop(),
            _ => None,
        }
    }

    fn attribute_value(&self, value: Expression<'a>) -> JSXAttributeValue<'a> {
        match self.attribute("$0", vec![value]) {
            Some(JSXAttributeItem::Attribute(mut attribute)) => {
                attribute.value.take().expect("the attribute was built with a value")
            }
            _ => unreachable!("the element was built with an attribute"),
        }
    }

    /// As [`tree::expression`].
    fn built(&self, text: &str, holes: Vec<Expression<'a>>) -> Expression<'a> {
        tree::expression(self.allocator, text, holes)
    }
}

/// Takes the values out of the text of a `<style jsx>`.
fn values_of<'a>(element: Expression<'a>, style: &Style, allocator: &'a Allocator) -> Vec<Expression<'a>> {
    let Expression::JSXElement(mut element) = element else {
        return Vec::new();
    };
    let container = element.children.iter_mut().find_map(|child| match child {
        JSXChild::ExpressionContainer(container) => container.expression.as_expression_mut(),
        _ => None,
    });
    let Some(content) = container.map(Expression::without_parentheses_mut) else {
        return Vec::new();
    };
    if let Expression::TemplateLiteral(template) = content {
        style.values.iter().map(|index| template.expressions[*index].take_in(&allocator)).collect()
    } else {
        style.values.iter().map(|_| content.take_in(&allocator)).collect()
    }
}

fn is_named(attribute: &JSXAttribute<'_>, expected: &str) -> bool {
    matches!(&attribute.name, JSXAttributeName::Identifier(name) if name.name == expected)
}

/// A text as a literal of JavaScript.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The value of an attribute with the character references that class names may need.
fn decoded(value: &str) -> String {
    let mut text = value.to_owned();
    for (reference, character) in
        [("&gt;", ">"), ("&lt;", "<"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")]
    {
        text = text.replace(reference, character);
    }
    text
}
