use serde_json::Value;
use valico::json_schema::{
    SchemaVersion, Scope, ValidationState,
    keywords::{Keyword, KeywordResult},
    schema::WalkContext,
    validators::{BoxedValidator, Validator},
};

/// A keyword of the crate that keeps at most one error. The crate's own collects every error of every item, and the path of
/// every value: gigabytes, if long names are around many items.
pub(super) struct Bounded<K>(pub(super) K);

impl<K: Keyword> Keyword for Bounded<K> {
    fn compile(&self, schema: &Value, context: &WalkContext<'_>) -> KeywordResult {
        let validator = self.0.compile(schema, context)?;
        Ok(validator.map(|inner| Box::new(BoundedValidator(inner)) as BoxedValidator))
    }

    fn is_exclusive(&self, version: SchemaVersion) -> bool {
        self.0.is_exclusive(version)
    }

    fn place_first(&self) -> bool {
        self.0.place_first()
    }

    fn place_last(&self) -> bool {
        self.0.place_last()
    }
}

struct BoundedValidator(BoxedValidator);

impl Validator for BoundedValidator {
    fn validate(&self, value: &Value, _: &str, scope: &Scope, state: &ValidationState) -> ValidationState {
        // The path is only for error messages, which are not used. An empty one stays short.
        let mut state = self.0.validate(value, "", scope, state);
        state.errors.truncate(1);
        state.missing.truncate(1);
        state.evaluated = Default::default();
        state
    }
}
