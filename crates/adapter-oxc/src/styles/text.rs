//! The text of a `<style jsx>`, with markers for the values that are known only when the component renders.

use std::borrow::Cow;

use oxc_ast::ast::{BinaryOperator, Expression, JSXChild, JSXElement, TemplateLiteral};
use oxc_span::{GetSpan, Span};

use super::css::{FIRST_VALUE, MAX_VALUES, Problem as CssProblem, is_marker};
use crate::check::{Module, peeled};

/// Maximum number of expressions that one look-up of constants visits: in `const b = a + a, c = b + b, …` it doubles with each.
const MAX_EXPRESSIONS: u32 = 256;

/// Maximum length of the constants in one value, in bytes.
const MAX_CONSTANT_BYTES: usize = 64 * 1024;

const CONTENT: &str = "`<style jsx>` needs its CSS as one template: <style jsx>{`.name { color: red }`}</style>";
const NOT_HERE: &str = "the text of a `<style jsx>` is scoped when the component is saved; write it into the element as a template, \
     and expressions for its values: <style jsx>{`.name { color: ${color} }`}</style>";

const TOO_LONG: &str =
    "the styles of a component are longer than 1 MiB with their constants; use shorter constants, or fewer";

/// What is wrong, at a byte offset of the source.
pub(super) struct Problem {
    pub(super) offset: u32,
    pub(super) message: Cow<'static, str>,
}

impl Problem {
    pub(super) fn new(offset: u32, message: impl Into<Cow<'static, str>>) -> Self {
        Self { offset, message: message.into() }
    }
}

/// A text, and where its parts are in the source.
#[derive(Default)]
pub(super) struct StyleText {
    pub(super) css: String,
    /// The indices of the template's expressions that are values. The `n`th has the `n`th marker.
    pub(super) values: Vec<usize>,
    /// Offsets in the text and in the source. The bytes that follow them correspond, unless the part is a constant.
    parts: Vec<(usize, u32, bool)>,
}

impl StyleText {
    /// Reads the content of an element, and takes its length from `bytes_left`, the maximum of the texts that follow. The text of a global style
    /// may be any expression.
    pub(super) fn read<'a>(
        element: &JSXElement<'a>,
        is_global: bool,
        module: &Module<'_, 'a>,
        bytes_left: &mut usize,
    ) -> Result<Self, Problem> {
        if *bytes_left == 0 {
            return Err(Problem::new(element.span.start, TOO_LONG));
        }
        let mut content = element.children.iter().filter(|child| !is_blank(child));
        let (Some(JSXChild::ExpressionContainer(container)), None) = (content.next(), content.next()) else {
            return Err(Problem::new(element.span.start, CONTENT));
        };
        let Some(expression) = container.expression.as_expression() else {
            return Err(Problem::new(element.span.start, CONTENT));
        };
        let mut text = Self::default();
        if let Expression::TemplateLiteral(template) = peeled(expression) {
            text.template(template, module, bytes_left)?;
        } else if let Some(constant) = constant(expression, module) {
            text.part(expression.span().start, true);
            text.push(&constant);
        } else if is_global {
            text.value(0, expression.span())?;
        } else {
            return Err(Problem::new(expression.span().start, NOT_HERE));
        }
        *bytes_left = bytes_left.saturating_sub(text.css.len());
        Ok(text)
    }

    fn template<'a>(
        &mut self,
        template: &TemplateLiteral<'a>,
        module: &Module<'_, 'a>,
        bytes_left: &mut usize,
    ) -> Result<(), Problem> {
        let source = module.semantic.source_text();
        let mut expressions = template.expressions.iter().enumerate();
        for quasi in &template.quasis {
            self.raw(quasi.span, source);
            if let Some((index, expression)) = expressions.next() {
                if self.css.len() > *bytes_left {
                    *bytes_left = 0;
                    return Err(Problem::new(expression.span().start, TOO_LONG));
                }
                if let Some(constant) = constant(expression, module) {
                    self.part(expression.span().start, true);
                    self.push(&constant);
                } else {
                    self.value(index, expression.span())?;
                }
            }
        }
        Ok(())
    }

    /// Appends a part of a template. As in styled-jsx, escapes are those of CSS (`\f101`); a backslash that is escaped as
    /// JavaScript has it is one (`\\f101`).
    fn raw(&mut self, span: Span, source: &str) {
        let mut at = span.start;
        let mut rest = &source[span.start as usize..span.end as usize];
        while let Some(backslash) = rest.find('\\') {
            self.part(at, false);
            self.push(&rest[..backslash]);
            let escape = &rest[backslash..];
            let length = if escape.starts_with("\\\\") { 2 } else { 1 };
            if !escape.starts_with("\\`") && !escape.starts_with("\\${") {
                self.css.push('\\');
            }
            at += u32::try_from(backslash + length).unwrap_or_default();
            rest = &escape[length..];
        }
        self.part(at, false);
        self.push(rest);
    }

    fn value(&mut self, index: usize, span: Span) -> Result<(), Problem> {
        if self.values.len() == MAX_VALUES {
            let message = format!("a `<style jsx>` has at most {MAX_VALUES} expressions; use fewer");
            return Err(Problem::new(span.start, message));
        }
        self.part(span.start, true);
        let number = u32::try_from(self.values.len()).unwrap_or_default();
        self.css.extend(char::from_u32(FIRST_VALUE as u32 + number));
        self.values.push(index);
        Ok(())
    }

    fn part(&mut self, offset: u32, is_constant: bool) {
        self.parts.push((self.css.len(), offset, is_constant));
    }

    /// Appends the author's text, with the characters that mean something else here as escapes of CSS.
    fn push(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '\0' => self.css.push('\u{fffd}'),
                '\u{1}' => self.css.push(' '),
                other if is_marker(other) => self.css.push_str(&format!("\\{:x} ", other as u32)),
                other => self.css.push(other),
            }
        }
    }

    /// The byte offset in the source of an offset in the text.
    pub(super) fn position(&self, offset: usize) -> u32 {
        let after = self.parts.partition_point(|(start, ..)| *start <= offset);
        let Some((start, position, is_constant)) = after.checked_sub(1).map(|last| self.parts[last]) else {
            return 0;
        };
        position + if is_constant { 0 } else { u32::try_from(offset - start).unwrap_or_default() }
    }

    pub(super) fn problem(&self, problem: CssProblem) -> Problem {
        Problem { offset: self.position(problem.offset), message: problem.message }
    }
}

fn is_blank(child: &JSXChild<'_>) -> bool {
    match child {
        JSXChild::Text(text) => text.value.trim().is_empty(),
        JSXChild::ExpressionContainer(container) => !container.expression.is_expression(),
        _ => false,
    }
}

/// The text of a constant: a literal, a template or a sum of constants, or the name of one.
fn constant<'a>(expression: &Expression<'a>, module: &Module<'_, 'a>) -> Option<String> {
    let mut text = String::new();
    append(expression, module, &mut { MAX_EXPRESSIONS }, &mut text).then_some(text)
}

fn append<'a>(expression: &Expression<'a>, module: &Module<'_, 'a>, budget: &mut u32, text: &mut String) -> bool {
    if *budget == 0 || text.len() > MAX_CONSTANT_BYTES {
        return false;
    }
    *budget -= 1;
    match peeled(expression) {
        Expression::StringLiteral(literal) if !literal.lone_surrogates => text.push_str(&literal.value),
        Expression::NumericLiteral(number) if number.value == 0.0 || (1e-6..1e15).contains(&number.value) => {
            text.push_str(&number.value.to_string());
        }
        Expression::TemplateLiteral(template) => {
            let mut values = template.expressions.iter();
            return template.quasis.iter().all(|quasi| {
                quasi.value.cooked.is_some_and(|cooked| {
                    text.push_str(&cooked);
                    !quasi.lone_surrogates
                }) && values.next().is_none_or(|value| append(value, module, budget, text))
            });
        }
        // A sum of texts; a sum of two numbers is none.
        Expression::BinaryExpression(sum) if sum.operator == BinaryOperator::Addition => {
            return (module.is_text(&sum.left) || module.is_text(&sum.right))
                && append(&sum.left, module, budget, text)
                && append(&sum.right, module, budget, text);
        }
        Expression::Identifier(name) => {
            return module.constant(name).is_some_and(|value| append(value, module, budget, text));
        }
        _ => return false,
    }
    true
}
