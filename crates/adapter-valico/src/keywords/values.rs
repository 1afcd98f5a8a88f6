//! Keywords about one value, checked the way both checkers share.

use std::cmp::Ordering;

use schema::{Format, compare_numbers, equal, first_duplicate, is_multiple_of};
use serde_json::Value;
use valico::json_schema::{
    Scope, ValidationState,
    keywords::{Keyword, KeywordResult},
    schema::WalkContext,
    validators::Validator,
};

use super::{CompiledPatterns, malformed, verdict};

/// `enum` and `const`: the crate takes `[1]` and `[1.0]` for different.
pub(super) struct Choices(pub(super) &'static str);

impl Keyword for Choices {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        let text = schema.get(self.0).and_then(Value::as_str).unwrap_or("[]");
        let choices: Vec<Value> = serde_json::from_str(text).map_err(|error| malformed(&error))?;
        Ok(checks(move |value| choices.iter().any(|choice| equal(choice, value))))
    }
}

/// `pattern`: the crate uses a backtracking engine.
pub(super) struct Patterns(pub(super) CompiledPatterns);

impl Keyword for Patterns {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        let pattern = schema.get("pattern").and_then(Value::as_str).unwrap_or_default();
        let pattern = self.0.get(pattern).ok_or_else(|| malformed(&"a pattern that is not in the plan"))?.clone();
        Ok(checks(move |value| value.as_str().is_none_or(|text| pattern.is_match(text))))
    }
}

/// `format`: the crate knows fewer, and knows some of them differently.
pub(super) struct Formats;

impl Keyword for Formats {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        let format = schema.get("format").and_then(Value::as_str).and_then(Format::from_name);
        Ok(format.and_then(|format| checks(move |value| value.as_str().is_none_or(|text| format.matches(text)))))
    }
}

/// `multipleOf`: in the crate's binary arithmetic 19.99 is no multiple of 0.01.
pub(super) struct Multiples;

impl Keyword for Multiples {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        let Some(Value::Number(divisor)) = schema.get("multipleOf").cloned() else { return Ok(None) };
        Ok(checks(move |value| value.as_number().is_none_or(|number| is_multiple_of(number, &divisor))))
    }
}

/// `minimum` and its like: the crate compares doubles, to which 2⁵³ and the next whole number are the same.
pub(super) struct Bound {
    pub(super) keyword: &'static str,
    pub(super) fits: fn(Ordering) -> bool,
}

impl Keyword for Bound {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        let Some(Value::Number(limit)) = schema.get(self.keyword).cloned() else { return Ok(None) };
        let fits = self.fits;
        Ok(checks(move |value| value.as_number().is_none_or(|number| fits(compare_numbers(number, &limit)))))
    }
}

/// `uniqueItems`: the crate compares each item with each.
pub(super) struct Unique;

impl Keyword for Unique {
    fn compile(&self, schema: &Value, _: &WalkContext<'_>) -> KeywordResult {
        if schema.get("uniqueItems") != Some(&Value::Bool(true)) {
            return Ok(None);
        }
        Ok(checks(|value| value.as_array().is_none_or(|items| first_duplicate(items).is_none())))
    }
}

fn checks(fits: impl Fn(&Value) -> bool + Send + Sync + 'static) -> Option<Box<dyn Validator + Send + Sync>> {
    Some(Box::new(Check(fits)))
}

struct Check<F>(F);

impl<F: Fn(&Value) -> bool> Validator for Check<F> {
    fn validate(&self, value: &Value, _: &str, _: &Scope, _: &ValidationState) -> ValidationState {
        verdict((self.0)(value))
    }
}
