//! A keyword that the crate would check in its own way.

use domain::schema::is_multiple_of;
use jsonschema::{Keyword, ValidationError, paths::Location};
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
