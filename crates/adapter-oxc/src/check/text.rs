//! The text that an expression yields, as far as it can be determined from the source.

use std::borrow::Cow;

use oxc_ast::ast::{BinaryOperator, Expression, MemberExpression, PropertyKey};

use super::module::{Module, peeled};

/// Maximum number of expressions that one query visits: in `const b = a + a, c = b + b, …` the number doubles with every name.
const MAX_EXPRESSIONS: u32 = 64;

/// Maximum length of a determined text, in bytes. A URL scheme or the name of a property is far shorter.
const MAX_TEXT_BYTES: usize = 512;

/// The determined beginning of the text that an expression yields.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct KnownText {
    pub(super) text: String,
    /// Whether the expression yields exactly this text.
    pub(super) whole: bool,
}

impl<'a> Module<'_, 'a> {
    /// Determines the text that `expression` yields, through literals, templates, `+` and constants.
    pub(super) fn text(&self, expression: &Expression<'a>) -> KnownText {
        let mut reader = Reader { module: self, budget: MAX_EXPRESSIONS, text: String::new() };
        let whole = reader.read(expression);
        KnownText { text: reader.text, whole }
    }

    /// The name of a property in an object or a pattern, computed or not.
    pub(super) fn key_name(&self, key: &PropertyKey<'a>) -> Option<Cow<'a, str>> {
        key.static_name().or_else(|| {
            let known = self.text(key.as_expression()?);
            known.whole.then_some(Cow::Owned(known.text))
        })
    }

    /// The name of the property that a member expression accesses, computed or not.
    pub(super) fn member_name(&self, member: &MemberExpression<'a>) -> Option<Cow<'a, str>> {
        match member {
            MemberExpression::ComputedMemberExpression(it) => {
                let known = self.text(&it.expression);
                known.whole.then_some(Cow::Owned(known.text))
            }
            other => other.static_property_name().map(Cow::Borrowed),
        }
    }

    /// Whether the expression certainly yields a string, at least on one of its branches.
    pub(crate) fn is_text(&self, expression: &Expression<'a>) -> bool {
        let mut reader = Reader { module: self, budget: MAX_EXPRESSIONS, text: String::new() };
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
        let fits = self.text.len() + text.len() <= MAX_TEXT_BYTES;
        let end = if fits { text.len() } else { text.floor_char_boundary(MAX_TEXT_BYTES - self.text.len()) };
        self.text.push_str(&text[..end]);
        fits
    }

    /// Appends the known text of the expression. Returns whether it is complete.
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
