//! The text that an expression yields, as far as it stands in the source.

use std::borrow::Cow;

use oxc_ast::ast::{BinaryOperator, Expression, MemberExpression, PropertyKey};

use super::module::{Module, peeled};

/// Most expressions that one question looks at: `const b = a + a, c = b + b, …` doubles with every name.
const BUDGET: u32 = 64;

/// Longest text that is put together, in bytes. A URL scheme or the name of a property is far shorter.
const MAX_LEN: usize = 512;

/// A text that an expression begins with.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) text: String,
    /// Whether the expression yields this text and no more.
    pub(super) whole: bool,
}

impl<'a> Module<'_, 'a> {
    /// What is known of the text that `expression` yields. Literals, templates, `+` and constants are followed.
    pub(super) fn text(&self, expression: &Expression<'a>) -> Known {
        let mut reader = Reader { module: self, budget: BUDGET, text: String::new() };
        let whole = reader.read(expression);
        Known { text: reader.text, whole }
    }

    /// The name of a property in an object or a pattern, computed or not.
    pub(super) fn key_name(&self, key: &PropertyKey<'a>) -> Option<Cow<'a, str>> {
        key.static_name().or_else(|| {
            let known = self.text(key.as_expression()?);
            known.whole.then_some(Cow::Owned(known.text))
        })
    }

    /// The name of the property that a member expression takes, computed or not.
    pub(super) fn member_name(&self, member: &MemberExpression<'a>) -> Option<Cow<'a, str>> {
        match member {
            MemberExpression::ComputedMemberExpression(it) => {
                let known = self.text(&it.expression);
                known.whole.then_some(Cow::Owned(known.text))
            }
            other => other.static_property_name().map(Cow::Borrowed),
        }
    }

    /// Whether the expression is sure to yield a string, or does on one of its branches.
    pub(super) fn is_text(&self, expression: &Expression<'a>) -> bool {
        let mut reader = Reader { module: self, budget: BUDGET, text: String::new() };
        reader.is_text(expression)
    }
}

struct Reader<'r, 'm, 'a> {
    module: &'r Module<'m, 'a>,
    budget: u32,
    text: String,
}

impl<'a> Reader<'_, '_, 'a> {
    fn spend(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    fn push(&mut self, text: &str) -> bool {
        let fits = self.text.len() + text.len() <= MAX_LEN;
        let end = if fits { text.len() } else { text.floor_char_boundary(MAX_LEN - self.text.len()) };
        self.text.push_str(&text[..end]);
        fits
    }

    /// Appends what is known of the expression's text; whether that is all of it.
    fn read(&mut self, expression: &Expression<'a>) -> bool {
        if !self.spend() {
            return false;
        }
        match peeled(expression) {
            Expression::StringLiteral(literal) => self.push(&literal.value),
            Expression::TemplateLiteral(template) => {
                let mut values = template.expressions.iter();
                template.quasis.iter().all(|quasi| {
                    quasi.value.cooked.is_some_and(|text| self.push(&text))
                        && values.next().is_none_or(|value| self.read(value))
                })
            }
            Expression::BinaryExpression(binary) if binary.operator == BinaryOperator::Addition => {
                self.read(&binary.left) && self.read(&binary.right)
            }
            Expression::Identifier(name) => self.module.constant(name).is_some_and(|value| self.read(value)),
            _ => false,
        }
    }

    fn is_text(&mut self, expression: &Expression<'a>) -> bool {
        if !self.spend() {
            return false;
        }
        match peeled(expression) {
            Expression::StringLiteral(_) | Expression::TemplateLiteral(_) => true,
            Expression::BinaryExpression(binary) if binary.operator == BinaryOperator::Addition => {
                self.is_text(&binary.left) || self.is_text(&binary.right)
            }
            Expression::Identifier(name) => self.module.constant(name).is_some_and(|value| self.is_text(value)),
            Expression::ConditionalExpression(it) => self.is_text(&it.consequent) || self.is_text(&it.alternate),
            Expression::LogicalExpression(it) => self.is_text(&it.left) || self.is_text(&it.right),
            _ => false,
        }
    }
}
