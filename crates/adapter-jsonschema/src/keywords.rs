//! Keywords whose implementation in the crate is replaced.

use std::collections::HashMap;

use jsonschema::{Keyword, ValidationError, paths::Location};
use schema::{CompiledPattern, is_multiple_of};
use serde_json::{Map, Number, Value};

/// `multipleOf`, in the decimal arithmetic that both checkers share. The crate's own takes microseconds for a fraction.
pub(crate) struct MultipleOf(Number);

impl MultipleOf {
    pub(crate) fn compile<'a>(
        _: &'a Map<String, Value>,
        divisor: &'a Value,
        _: Location,
    ) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
        match divisor {
            Value::Number(divisor) => Ok(Box::new(Self(divisor.clone()))),
            _ => Err(ValidationError::custom("multipleOf is not a number")),
        }
    }
}

impl<'i> Keyword<'i> for MultipleOf {
    fn validate(&self, value: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(value) { Ok(()) } else { Err(ValidationError::custom("not a multiple")) }
    }

    fn is_valid(&self, value: &'i Value) -> bool {
        match value {
            Value::Number(value) => is_multiple_of(value, &self.0),
            _ => true,
        }
    }
}

/// `pattern`, with the pattern that the plan has compiled: compiling is slow, so it is done only once.
pub(crate) struct PlanPattern(CompiledPattern);

impl PlanPattern {
    pub(crate) fn compile<'a>(
        pattern: &'a Value,
        compiled: &HashMap<String, CompiledPattern>,
    ) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
        let compiled = pattern.as_str().and_then(|pattern| compiled.get(pattern));
        compiled
            .map(|pattern| Box::new(Self(pattern.clone())) as _)
            .ok_or_else(|| ValidationError::custom("pattern is not one of the plan's"))
    }
}

impl<'i> Keyword<'i> for PlanPattern {
    fn validate(&self, value: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(value) { Ok(()) } else { Err(ValidationError::custom("no match")) }
    }

    fn is_valid(&self, value: &'i Value) -> bool {
        value.as_str().is_none_or(|text| self.0.is_match(text))
    }
}
