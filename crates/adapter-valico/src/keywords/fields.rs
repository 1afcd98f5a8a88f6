use std::collections::HashMap;

use schema::CompiledPattern;
use serde_json::Value;
use url::Url;
use valico::json_schema::{
    Scope, ValidationState, helpers,
    keywords::{Keyword, KeywordResult},
    schema::WalkContext,
    validators::Validator,
};

use super::{CompiledPatterns, invalid, malformed};
use crate::rewrite::{FIELD_NAMES, FIELD_PATTERNS, FIELDS};

/// `properties`, `patternProperties` and `additionalProperties`, in the form of [`rewrite`](crate::rewrite).
///
/// The crate's own keywords compile patterns with a backtracking engine and without a size limit.
pub(super) struct Fields(pub(super) CompiledPatterns);

impl Keyword for Fields {
    fn compile(&self, schema: &Value, context: &WalkContext<'_>) -> KeywordResult {
        let names = strings(schema, FIELD_NAMES)?;
        let patterns = strings(schema, FIELD_PATTERNS)?;
        let count = schema.get(FIELDS).and_then(Value::as_array).map_or(0, Vec::len);
        let mut urls = (0..count).map(|index| {
            let fragment = [context.escaped_fragment().as_str(), FIELDS, &index.to_string()].join("/");
            helpers::alter_fragment_path(context.url.clone(), fragment)
        });
        let named = names.into_iter().zip(urls.by_ref()).collect();
        let patterns = patterns
            .iter()
            .map(|pattern| self.0.get(pattern).cloned().ok_or_else(|| malformed(&"a pattern that is not in the plan")));
        let patterns = patterns.collect::<Result<Vec<CompiledPattern>, _>>()?.into_iter().zip(urls.by_ref()).collect();
        Ok(Some(Box::new(FieldsValidator { named, patterns, additional: urls.next() })))
    }
}

fn strings(schema: &Value, keyword: &str) -> Result<Vec<String>, valico::json_schema::SchemaError> {
    let text = schema.get(keyword).and_then(Value::as_str).unwrap_or("[]");
    serde_json::from_str(text).map_err(|error| malformed(&error))
}

struct FieldsValidator {
    named: HashMap<String, Url>,
    patterns: Vec<(CompiledPattern, Url)>,
    additional: Option<Url>,
}

impl FieldsValidator {
    fn urls<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Url> {
        let matching = self.patterns.iter().filter(|(pattern, _)| pattern.is_match(name)).map(|(_, url)| url);
        let mut known = self.named.get(name).into_iter().chain(matching).peekable();
        let additional = if known.peek().is_none() { self.additional.as_ref() } else { None };
        known.chain(additional)
    }
}

impl Validator for FieldsValidator {
    fn validate(&self, value: &Value, _: &str, scope: &Scope, _: &ValidationState) -> ValidationState {
        let Value::Object(members) = value else { return ValidationState::default() };
        let mut missing = Vec::new();
        for (name, value) in members {
            for url in self.urls(name) {
                match scope.resolve(url) {
                    Some(schema) => {
                        let state = schema.validate_in(value, "");
                        if !state.is_valid() {
                            return invalid();
                        }
                        missing.extend(state.missing.into_iter().take(1));
                    }
                    None => missing.push(url.clone()),
                }
            }
        }
        missing.truncate(1);
        ValidationState { missing, ..ValidationState::default() }
    }
}
