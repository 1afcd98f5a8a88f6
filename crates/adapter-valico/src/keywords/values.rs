//! Replacements for keywords of the crate. Both checkers share their implementation.

use std::cmp::Ordering;

use schema::{compare_numbers, equal, first_duplicate, is_multiple_of};
use serde_json::Value;
use valico::json_schema::{
    Scope, ValidationState,
    keywords::{Keyword, KeywordResult},
    schema::WalkContext,
    validators::Validator,
};

use super::{CompiledPatterns, malformed, validation_state};

/// `enum` and `const`. To the crate's own, `[1]` and `[1.0]` are different.
pub(super) struct AllowedValues(pub(super) &'static str);

impl Keyword for AllowedValues {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        let text = schema.get(self.0).and_then(Value::as_str).unwrap_or("[]");
        let choices: Vec<Value> = serde_json::from_str(text).map_err(|error| malformed(&error))?;
        Ok(validator(move |value| choices.iter().any(|choice| equal(choice, value))))
    }
}

/// `pattern`. The crate's own uses a backtracking engine.
pub(super) struct Pattern(pub(super) CompiledPatterns);

impl Keyword for Pattern {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        let pattern = schema.get("pattern").and_then(Value::as_str).unwrap_or_default();
        let pattern = self.0.get(pattern).ok_or_else(|| malformed(&"a pattern that is not in the plan"))?.clone();
        Ok(validator(move |value| value.as_str().is_none_or(|text| pattern.is_match(text))))
    }
}

/// `format`. The crate's own supports fewer formats, and some of them differently.
pub(super) struct Format;

impl Keyword for Format {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        let format = schema.get("format").and_then(Value::as_str).and_then(schema::Format::from_name);
        Ok(format.and_then(|format| validator(move |value| value.as_str().is_none_or(|text| format.matches(text)))))
    }
}

/// `multipleOf`. In the crate's binary arithmetic 19.99 is not a multiple of 0.01.
pub(super) struct MultipleOf;

impl Keyword for MultipleOf {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        let Some(Value::Number(divisor)) = schema.get("multipleOf").cloned() else { return Ok(None) };
        Ok(validator(move |value| value.as_number().is_none_or(|number| is_multiple_of(number, &divisor))))
    }
}

/// `minimum` and the like. The crate's own compares doubles, which cannot distinguish 2⁵³ and 2⁵³ + 1.
pub(super) struct Bound {
    pub(super) keyword: &'static str,
    pub(super) fits: fn(Ordering) -> bool,
}

impl Keyword for Bound {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        let Some(Value::Number(limit)) = schema.get(self.keyword).cloned() else { return Ok(None) };
        let fits = self.fits;
        Ok(validator(move |value| value.as_number().is_none_or(|number| fits(compare_numbers(number, &limit)))))
    }
}

/// `uniqueItems`. The crate's own compares each item with every other.
pub(super) struct UniqueItems;

impl Keyword for UniqueItems {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        if schema.get("uniqueItems") != Some(&Value::Bool(true)) {
            return Ok(None);
        }
        Ok(validator(|value| value.as_array().is_none_or(|items| first_duplicate(items).is_none())))
    }
}

fn validator(is_valid: impl Fn(&Value) -> bool + Send + Sync + 'static) -> Option<Box<dyn Validator + Send + Sync>> {
    Some(Box::new(FnValidator(is_valid)))
}

struct FnValidator<F>(F);

impl<F: Fn(&Value) -> bool> Validator for FnValidator<F> {
    fn validate(&self, value: &Value, _: &str, _: &Scope, _: &ValidationState) -> ValidationState {
        validation_state((self.0)(value))
    }
}
